/**
 * Brings together what source files and logs say: by operation, and by caller.
 */
import { type CallCounts, type CallerTally, type CallGroup, sumOf } from './calls.js';
import { type Finding, isUse } from './findings.js';
import { isCovered, type RestTarget, restTargetOf } from './operations.js';
import { shownCaller } from './shown.js';

/** What is known of an operation, or of the calls of a service of which the operation is not known. */
export interface OperationUse extends CallCounts {
  readonly service: string;
  /** Null for source files that name the service and none of its operations, and for logs that do not tell. */
  readonly operation: string | null;
  readonly releases: readonly string[];
  /** How many source files use it. */
  readonly files: number;
  /** How many WSDLs and generated files have it, which is no use of its own. */
  readonly contracts: number;
  /** How many source files have its name, and no other sign of the service. */
  readonly possible: number;
  /** How many source files use it by REST. */
  readonly restAlready: number;
  /** How many user agents call it. */
  readonly callers: number;
  readonly rest: RestTarget;
}

/** Those who call with one user agent. */
export interface CallerUse extends CallCounts {
  readonly userAgent: string | null;
  /** How many different ones there are; of very many, at least so many. */
  readonly addresses: number;
  readonly users: number;
  /** Who they are and how often each calls, where this was asked for. */
  readonly names?: {
    readonly addresses: Readonly<Record<string, number>>;
    readonly users: Readonly<Record<string, number>>;
  };
  readonly operations: readonly Pick<CallGroup, 'service' | 'release' | 'operation' | 'calls'>[];
}

export interface SourceTally {
  /** The findings of one file, together. */
  readonly add: (findings: readonly Finding[]) => void;
  readonly uses: ReadonlyMap<string, SourceUse>;
  /** How many files have the namespace or the folder of the services, and name no service. */
  readonly unnamed: () => number;
}

type FileCounts = Pick<OperationUse, 'files' | 'contracts' | 'possible' | 'restAlready'>;

interface SourceUse {
  readonly service: string;
  readonly operation: string | null;
  readonly releases: Set<string>;
  readonly counts: { -readonly [Key in keyof FileCounts]: FileCounts[Key] };
}

/** Counts the files in which operations and services are. */
export function tallySources(): SourceTally {
  const tally = new Map<string, SourceUse>();
  let unnamed = 0;
  return {
    add: (findings) => {
      if (findings.length > 0 && findings.every(({ service, kind }) => service === null && kind !== 'rest')) unnamed++;
      const counted = new Set<string>();
      for (const { service, operation, release, kind } of tellingOf(findings)) {
        const key = keyOf(service, operation);
        const use = tally.get(key) ?? newUse(service, operation);
        tally.set(key, use);
        if (release !== null) use.releases.add(release);
        const count = countOf(kind);
        if (!counted.has(`${key} ${count}`)) use.counts[count]++;
        counted.add(`${key} ${count}`);
      }
    },
    uses: tally,
    unnamed: () => unnamed,
  };
}

type Telling = Finding & { readonly service: string };

/** Where a file uses an operation, that it names it as well, or its service, says nothing more. */
function tellingOf(findings: readonly Finding[]): Telling[] {
  const named = findings.filter((finding): finding is Telling => finding.service !== null);
  const used = named.filter(({ kind }) => isUse(kind));
  const services = new Set(used.map(({ service }) => service));
  const operations = new Set(used.map(({ service, operation }) => keyOf(service, operation)));
  return named.filter(({ service, operation, kind }) =>
    operation === null ? !services.has(service) : kind !== 'possible' || !operations.has(keyOf(service, operation)),
  );
}

const keyOf = (service: string, operation: string | null): string => `${service.toLowerCase()} ${operation ?? ''}`;

const newUse = (service: string, operation: string | null): SourceUse => ({
  service,
  operation,
  releases: new Set(),
  counts: { files: 0, contracts: 0, possible: 0, restAlready: 0 },
});

function countOf(kind: Finding['kind']): keyof FileCounts {
  if (kind === 'contract') return 'contracts';
  if (kind === 'possible') return 'possible';
  return kind === 'rest' ? 'restAlready' : 'files';
}

/** Each operation that is somewhere, those of the covered services first. */
export function operationUses(
  sources: ReadonlyMap<string, SourceUse>,
  callers: readonly CallerTally[],
): OperationUse[] {
  const groups = new Map<string, CallGroup[]>();
  const agents = new Map<string, number>();
  for (const caller of callers) {
    const own = [...caller.groups.values()].map((group) => ({ key: keyOf(group.service, group.operation), group }));
    for (const { key, group } of own) groups.set(key, [...(groups.get(key) ?? []), group]);
    for (const key of new Set(own.map((each) => each.key))) agents.set(key, (agents.get(key) ?? 0) + 1);
  }
  const uses = [...new Set([...sources.keys(), ...groups.keys()])].map((key): OperationUse => {
    const source = sources.get(key);
    const logged = groups.get(key) ?? [];
    const { service, operation } = source ?? logged[0] ?? { service: '', operation: null };
    const releases = [...(source?.releases ?? []), ...logged.flatMap(({ release }) => release ?? [])];
    return {
      service,
      operation,
      releases: [...new Set(releases)].sort(),
      ...(source ?? newUse(service, operation)).counts,
      ...sumOf(logged),
      callers: agents.get(key) ?? 0,
      rest: restTargetOf(service, operation),
    };
  });
  return uses.sort(byName);
}

function byName(a: OperationUse, b: OperationUse): number {
  const rank = ({ service, operation }: OperationUse): string =>
    `${isCovered(service) ? 0 : 1} ${service} ${operation === null ? 1 : 0} ${operation}`;
  return rank(a) < rank(b) ? -1 : 1;
}

/** Each user agent, the busiest first. */
export function callerUses(callers: readonly CallerTally[], withNames: boolean): CallerUse[] {
  return callers
    .map(
      ({ userAgent, addresses, users, groups }): CallerUse => ({
        userAgent,
        ...sumOf(groups.values()),
        addresses: addresses.size,
        users: users.size,
        ...(withNames && { names: { addresses: shownNames(addresses), users: shownNames(users) } }),
        operations: [...groups.values()]
          .map(({ service, release, operation, calls }) => ({ service, release, operation, calls }))
          .sort((a, b) => b.calls - a.calls),
      }),
    )
    .sort((a, b) => b.calls - a.calls || ((a.userAgent ?? '') < (b.userAgent ?? '') ? -1 : 1));
}

/** Where a user's name is expected, a ticket may be. */
function shownNames(names: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  const shown = new Map<string, number>();
  for (const [name, calls] of names) {
    const key = shownCaller(name);
    shown.set(key, (shown.get(key) ?? 0) + calls);
  }
  return Object.fromEntries(shown);
}
