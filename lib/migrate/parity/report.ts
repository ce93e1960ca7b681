/**
 * What a comparison of both sides found, added up.
 */
import { qualifiedName } from '../../codec/operation.js';
import type { ErrorCode, ErrorKind } from '../../errors.js';
import { Chat } from '../../generated/chat.js';
import type { Difference, DifferenceKind, Folded, FoldedCode } from '../compare.js';
import type { PlannedCall } from './plan.js';

/** A call that was made over both sides, and what was found; as a line of the log has it. */
export interface ParityPair extends PlannedCall {
  /** Whether both sides refused it, and so agree without having shown anything. */
  readonly refused: boolean;
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

export interface OperationCounts {
  /** `'Chat.GetChatMessages'` */
  readonly operation: string;
  /** `equal` and `different` add up to `calls`; `refused` are those of the equal that both sides refused. */
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
  /** Calls that are known from the log of an earlier run. */
  readonly resumed: number;
  readonly operations: readonly OperationCounts[];
  readonly kinds: Readonly<Partial<Record<DifferenceKind, number>>>;
  /** No more than 100,000; `leftOut` says how many more there are. */
  readonly differences: readonly ParityDifference[];
  readonly leftOut: number;
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
    about: Pick<ParityReport, 'complete' | 'ended' | 'soap' | 'rest' | 'startedAt' | 'endedAt'>,
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
    for (const each of pair.folded) {
      const known = folded.get(each.code);
      folded.set(each.code, known ? { ...known, count: known.count + each.count } : { operation, input, ...each });
    }
  };
  const report: Tally['report'] = ({ complete, ended, ...about }) => {
    const { folded: _codes, ...totals } = total;
    return {
      same: total.different === 0 && total.refused < total.calls,
      complete,
      ...(ended && { ended }),
      ...about,
      ...totals,
      resumed,
      operations: [...operations].map(([operation, counts]) => ({ operation, ...counts })).sort(byOperation),
      kinds,
      differences,
      leftOut,
      folded: [...folded.values()].sort((one, other) => other.count - one.count),
    };
  };
  return { add, report, counts: () => total };
}

type Counts = { -readonly [Key in Exclude<keyof OperationCounts, 'operation' | 'folded'>]: number } & {
  readonly folded: Partial<Record<FoldedCode, number>>;
};

const countsOf = (): Counts => ({ calls: 0, equal: 0, refused: 0, different: 0, folded: {} });

function count(counts: Counts, { refused, differences, folded }: ParityPair): void {
  counts.calls++;
  if (differences.length > 0) counts.different++;
  else counts.equal++;
  if (refused && differences.length === 0) counts.refused++;
  for (const { code, count: times } of folded) counts.folded[code] = (counts.folded[code] ?? 0) + times;
}

const byOperation = (one: OperationCounts, other: OperationCounts): number =>
  one.operation < other.operation ? -1 : 1;
