/**
 * Counts the calls that web servers logged, by caller, service, release and operation.
 */
import type { LogRequest, ServiceRequest } from './log-request.js';
import { isCovered, knownOperations, OTHERS } from './operations.js';
import { kept, shownCaller } from './shown.js';

/** How many calls there were, how they ended, and when. */
export interface CallCounts {
  readonly calls: number;
  /** Those with a status of 400 and more. */
  readonly failures: number;
  /** How many there were of each status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** `2026-03-01T10:00:00Z`, without the Z where the log states no zone; null where no log tells the time. */
  readonly first: string | null;
  readonly last: string | null;
}

/** The calls of one operation by one kind of caller. */
export interface CallGroup extends CallCounts {
  /** `(others)` for those beyond the first 10,000 that nothing is known of. */
  readonly service: string;
  readonly release: string | null;
  /** Null where the log does not tell. */
  readonly operation: string | null;
}

/** All calls with one user agent. */
export interface CallerTally {
  /** Null where the log does not tell. */
  readonly userAgent: string | null;
  /** How often each of them calls; those beyond the first 20,000 in all are not told apart. */
  readonly addresses: ReadonlyMap<string, number>;
  readonly users: ReadonlyMap<string, number>;
  readonly groups: ReadonlyMap<string, CallGroup>;
}

export interface CallTally {
  readonly add: (call: ServiceRequest) => void;
  readonly callers: () => readonly CallerTally[];
  /** By service, how many requests were no calls: for the WSDL, or the page that a service shows. */
  readonly otherRequests: ReadonlyMap<string, number>;
}

export function tallyCalls(): CallTally {
  const callers = new Map<string | null, Caller>();
  const otherRequests = new Map<string, number>();
  const count = nameCounter();
  const groupOf = groupFinder();
  return {
    add: (call) => {
      if (!call.isCall) return count(otherRequests, call.service);
      const { request } = call;
      const caller = callerOf(callers, request.userAgent?.slice(0, LONGEST_NAME) ?? null);
      addCall(groupOf(caller, call), request);
      count(caller.addresses, request.address?.slice(0, LONGEST_NAME));
      count(caller.users, request.user?.slice(0, LONGEST_NAME));
    },
    callers: () => [...callers.values()],
    otherRequests,
  };
}

interface Caller extends CallerTally {
  readonly addresses: Map<string, number>;
  readonly users: Map<string, number>;
  readonly groups: Map<string, Counting>;
}

type Counting = { -readonly [Key in keyof CallGroup]: CallGroup[Key] } & { readonly statuses: Record<string, number> };

const MOST_CALLERS = 1000;
const MOST_NAMES = 20_000;
const MOST_GROUPS = 10_000;
const LONGEST_NAME = 1000;

function callerOf(callers: Map<string | null, Caller>, userAgent: string | null): Caller {
  const key = callers.has(userAgent) || callers.size < MOST_CALLERS ? userAgent : OTHERS;
  const known = callers.get(key);
  if (known) return known;
  const own = key && kept(key);
  const caller = { userAgent: own && shownCaller(own), addresses: new Map(), users: new Map(), groups: new Map() };
  callers.set(own, caller);
  return caller;
}

type Named = Pick<ServiceRequest, 'service' | 'release' | 'operation'>;

/** Finds the group of a call, or begins it, as long as there are not too many groups of all callers. */
function groupFinder(): (caller: Caller, call: Named) => Counting {
  let left = MOST_GROUPS;
  return ({ groups }, call) => {
    const known = groups.get(keyOf(call));
    if (known) return known;
    const named = left > 0 ? call : withoutUnknown(call);
    const group = groups.get(keyOf(named)) ?? newGroup(named);
    groups.set(kept(keyOf(named)), group);
    left--;
    return group;
  };
}

const keyOf = ({ service, release, operation }: Named): string => `${service} ${release} ${operation}`;

/** Whoever tries out addresses makes up names without end; of those in the contract there are only so many. */
function withoutUnknown({ service, operation }: Named): Named {
  const isKnown = isCovered(service) && (operation === null || knownOperations.has(operation));
  return isKnown ? { service, release: null, operation } : { service: OTHERS, release: null, operation: null };
}

const newGroup = ({ service, release, operation }: Named): Counting => ({
  service: kept(service),
  release: release && kept(release),
  operation: operation && kept(operation),
  calls: 0,
  failures: 0,
  statuses: {},
  first: null,
  last: null,
});

function addCall(group: Counting, { status, time }: LogRequest): void {
  group.calls++;
  if (status !== undefined) {
    group.statuses[status] = (group.statuses[status] ?? 0) + 1;
    if (status >= 400) group.failures++;
  }
  if (time === undefined) return;
  if (group.first === null || time < group.first) group.first = kept(time);
  if (group.last === null || time > group.last) group.last = kept(time);
}

/** Counts by name, in any of several tallies, as long as there are not too many names in all of them. */
function nameCounter(): (tally: Map<string, number>, name: string | undefined) => void {
  let left = MOST_NAMES;
  return (tally, name) => {
    if (name === undefined) return;
    const known = tally.get(name);
    if (known !== undefined) tally.set(name, known + 1);
    else if (left === 0) tally.set(OTHERS, (tally.get(OTHERS) ?? 0) + 1);
    else {
      left--;
      tally.set(kept(name), 1);
    }
  };
}

/** The counts of several groups together. */
export function sumOf(groups: Iterable<CallCounts>): CallCounts {
  const sum = { calls: 0, failures: 0, statuses: {} as Record<string, number> };
  let first: string | null = null;
  let last: string | null = null;
  for (const group of groups) {
    sum.calls += group.calls;
    sum.failures += group.failures;
    for (const [status, times] of Object.entries(group.statuses)) {
      sum.statuses[status] = (sum.statuses[status] ?? 0) + times;
    }
    if (group.first !== null && (first === null || group.first < first)) first = group.first;
    if (group.last !== null && (last === null || group.last > last)) last = group.last;
  }
  return { ...sum, first, last };
}
