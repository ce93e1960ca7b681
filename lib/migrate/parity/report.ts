/**
 * What a comparison of both sides found, added up.
 */
import { qualifiedName } from '../../codec/operation.js';
import type { ErrorCode, ErrorKind } from '../../errors.js';
import { Chat } from '../../generated/chat.js';
import type { Difference, DifferenceKind, Folded, FoldedCode } from '../compare.js';
import type { PlannedCall } from './plan.js';
import type { Refusal } from './refusal.js';

/** A call that was made over both sides, and what was found; as a line of the log has it. */
export interface ParityPair extends PlannedCall {
  /** What they said where both sides refused it. */
  readonly refused: Refusal | false;
  /** The id of a session that was asked for by it, and that neither side knows. */
  readonly unknownSession?: number | undefined;
  readonly differences: readonly Difference[];
  readonly folded: readonly Folded[];
  /** The calls that it led to. */
  readonly leads: readonly PlannedCall[];
}

/** Where a difference was found: the call, and what was different there. */
export interface ParityDifference extends Difference {
  readonly operation: string;
  readonly input: PlannedCall['input'];
}

export interface ParityFolded extends Folded {
  readonly operation: string;
  readonly input: PlannedCall['input'];
}

/** A call that both sides refused for the same reason, and so agree without having shown anything. */
export interface ParityRefusal extends Refusal {
  readonly operation: string;
  readonly input: PlannedCall['input'];
}

export interface OperationCounts {
  /** `'Chat.GetChatMessages'` */
  readonly operation: string;
  /** `equal`, `different` and `refused`, by both sides for the same reason, add up to `calls`. */
  readonly calls: number;
  readonly equal: number;
  readonly refused: number;
  readonly different: number;
  /** How often each code was folded. */
  readonly folded: Readonly<Partial<Record<FoldedCode, number>>>;
}

export interface ParityReport extends Omit<OperationCounts, 'operation' | 'folded'> {
  /**
   * Whether no difference was found, and something was shown: calls that both sides refuse show nothing. Of an incomplete
   * report in what was looked at.
   */
  readonly same: boolean;
  /** Whether all calls were made. */
  readonly complete: boolean;
  /** Why the comparison ended before, where a side could not be used, or not any more. */
  readonly ended?: Ended | undefined;
  /** What was compared, as the caller named it. */
  readonly soap: string;
  readonly rest: string;
  /** As ISO 8601, in UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** Calls that are known from the log of an earlier run, which was not finished, and when that began. */
  readonly resumed: number;
  readonly resumedFrom?: string | undefined;
  /** Sessions that were asked for by their ids, and that neither side knows. */
  readonly unknownSessions: readonly number[];
  readonly operations: readonly OperationCounts[];
  readonly kinds: Readonly<Partial<Record<DifferenceKind, number>>>;
  /** No more than 100,000; `leftOut` says how many more there are. */
  readonly differences: readonly ParityDifference[];
  readonly leftOut: number;
  /** No more than 100,000; `refused` counts all. */
  readonly refusals: readonly ParityRefusal[];
  /** For each code how often it was found, and where first. */
  readonly folded: readonly ParityFolded[];
}

export interface Ended {
  readonly side: 'soap' | 'rest';
  readonly kind: ErrorKind | 'unexpected';
  readonly code: ErrorCode | 'unexpected';
  readonly reason: string;
}

export interface Tally {
  readonly add: (pair: ParityPair, resumed: boolean) => void;
  readonly report: (
    about: Pick<ParityReport, 'complete' | 'ended' | 'soap' | 'rest' | 'startedAt' | 'endedAt' | 'resumedFrom'>,
  ) => ParityReport;
  readonly counts: () => { readonly calls: number; readonly different: number };
}

const MOST = 100_000;

export function tallyOf(): Tally {
  const operations = new Map<string, Counts>();
  const total = countsOf();
  const folded = new Map<FoldedCode, ParityFolded>();
  const kinds: Partial<Record<DifferenceKind, number>> = {};
  const differences: ParityDifference[] = [];
  const refusals: ParityRefusal[] = [];
  const unknownSessions: number[] = [];
  let [resumed, leftOut] = [0, 0];
  const add = (pair: ParityPair, again: boolean): void => {
    const { method, input } = pair;
    const operation = qualifiedName(Chat[method]);
    const counts = operations.get(operation) ?? countsOf();
    operations.set(operation, counts);
    if (again) resumed++;
    for (const each of [counts, total]) count(each, pair);
    for (const difference of pair.differences) {
      kinds[difference.kind] = (kinds[difference.kind] ?? 0) + 1;
      if (differences.length < MOST) differences.push({ operation, input, ...difference });
      else leftOut++;
    }
    if (isRefused(pair) && refusals.length < MOST) refusals.push({ operation, input, ...pair.refused });
    if (pair.unknownSession !== undefined) unknownSessions.push(pair.unknownSession);
    for (const each of pair.folded) {
      const known = folded.get(each.code);
      folded.set(each.code, known ? { ...known, count: known.count + each.count } : { operation, input, ...each });
    }
  };
  const report: Tally['report'] = ({ complete, ended, resumedFrom, ...about }) => {
    const { folded: _codes, ...totals } = total;
    return {
      same: total.different === 0 && total.equal > 0,
      complete,
      ...(ended && { ended }),
      ...about,
      ...totals,
      resumed,
      ...(resumed > 0 && { resumedFrom }),
      unknownSessions,
      operations: [...operations].map(([operation, counts]) => ({ operation, ...counts })).sort(byOperation),
      kinds,
      differences,
      leftOut,
      refusals,
      folded: [...folded.values()].sort((one, other) => other.count - one.count),
    };
  };
  return { add, report, counts: () => total };
}

type Counts = { -readonly [Key in Exclude<keyof OperationCounts, 'operation' | 'folded'>]: number } & {
  readonly folded: Partial<Record<FoldedCode, number>>;
};

const countsOf = (): Counts => ({ calls: 0, equal: 0, refused: 0, different: 0, folded: {} });

/** Whether both sides refused it for the same reason; for others it is a difference. */
const isRefused = (pair: ParityPair): pair is ParityPair & { readonly refused: Refusal } =>
  pair.refused !== false && pair.differences.length === 0;

function count(counts: Counts, pair: ParityPair): void {
  counts.calls++;
  if (pair.differences.length > 0) counts.different++;
  else if (isRefused(pair)) counts.refused++;
  else counts.equal++;
  for (const { code, count: times } of pair.folded) counts.folded[code] = (counts.folded[code] ?? 0) + times;
}

const byOperation = (one: OperationCounts, other: OperationCounts): number =>
  one.operation < other.operation ? -1 : 1;
