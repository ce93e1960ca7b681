/**
 * Times of things that compete, taken in turn: what slows the machine down for a while slows all of them down, and the
 * ratio of two times of one round is hardly touched by it.
 */
import { performance } from 'node:perf_hooks';

/** Milliseconds for one run, round by round, by contender. */
export type Times<Name extends string> = Readonly<Record<Name, number[]>>;

interface Effort {
  readonly rounds?: number;
  /** Milliseconds that a contender runs for in a round. */
  readonly round?: number;
  /** Milliseconds that a contender runs for before the first round. */
  readonly warmUp?: number;
}

/** What the contenders gave last; as long as it is kept, V8 cannot leave the work out. */
const sink: Record<string, unknown> = {};

/** Measures each contender in each round. Who begins changes from round to round. */
export function race<Name extends string>(
  contenders: Readonly<Record<Name, () => unknown>>,
  { rounds = 11, round = 30, warmUp = 200 }: Effort = {},
): Times<Name> {
  const racers = Object.entries<() => unknown>(contenders).map(([name, run]) => ({
    name,
    run,
    runs: Math.max(1, Math.ceil(round / warm(name, run, warmUp))),
    times: [] as number[],
  }));
  for (let number = 0; number < rounds; number++) {
    for (const { name, run, runs, times } of number % 2 === 0 ? racers : racers.toReversed()) {
      times.push(timed(name, run, runs));
    }
  }
  return Object.fromEntries(racers.map(({ name, times }) => [name, times])) as Record<Name, number[]>;
}

/** Milliseconds for one run once it is warm. */
function warm(name: string, run: () => unknown, milliseconds: number): number {
  const end = performance.now() + milliseconds;
  let last = timed(name, run, 1);
  for (let runs = 1; performance.now() < end; runs = Math.min(runs * 2, 1 + Math.floor(milliseconds / 8 / last))) {
    last = timed(name, run, runs);
  }
  return Math.max(last, 1e-6);
}

function timed(name: string, run: () => unknown, runs: number): number {
  const start = performance.now();
  for (let number = 0; number < runs; number++) sink[name] = run();
  return (performance.now() - start) / runs;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The median of the rounds' ratios. */
export const ratio = (above: readonly number[], below: readonly number[]): number =>
  median(above.map((time, round) => time / (below[round] ?? Number.NaN)));
