/**
 * Times of things that compete, taken in turn: what slows the machine down for a while slows all of them down, and the
 * ratio of two times of one round is hardly touched by it.
 */
import { performance } from 'node:perf_hooks';

/** Milliseconds for one run, round by round, by contender. */
export type Times<Name extends string = string> = Readonly<Record<Name, number[]>>;

/** What is measured; it may give a promise, which is waited for. */
export type Run = () => unknown;

export interface Effort {
  readonly rounds?: number;
  /** Milliseconds that a contender runs for in a round. */
  readonly round?: number;
  /** Milliseconds that a contender runs for before the first round. */
  readonly warmUp?: number;
}

/** What the contenders gave last; as long as it is kept, V8 cannot leave the work out. */
const sink: Record<string, unknown> = {};

/** Measures each contender in each round. Who begins changes from round to round. */
export async function race<Name extends string>(
  contenders: Readonly<Record<Name, Run>>,
  { rounds = 11, round = 30, warmUp = 200 }: Effort = {},
): Promise<Times<Name>> {
  const racers: { name: string; run: Run; runs: number; times: number[] }[] = [];
  for (const [name, run] of Object.entries<Run>(contenders)) {
    racers.push({ name, run, runs: Math.max(1, Math.ceil(round / (await warm(name, run, warmUp)))), times: [] });
  }
  for (let number = 0; number < rounds; number++) {
    for (const { name, run, runs, times } of number % 2 === 0 ? racers : racers.toReversed()) {
      times.push(await timed(name, run, runs));
    }
  }
  return Object.fromEntries(racers.map(({ name, times }) => [name, times])) as Record<Name, number[]>;
}

/** Milliseconds for one run once it is warm. */
async function warm(name: string, run: Run, milliseconds: number): Promise<number> {
  const end = performance.now() + milliseconds;
  let last = await timed(name, run, 1);
  for (let runs = 1; performance.now() < end; runs = Math.min(runs * 2, 1 + Math.floor(milliseconds / 8 / last))) {
    last = Math.max(await timed(name, run, runs), 1e-6);
  }
  return last;
}

async function timed(name: string, run: Run, runs: number): Promise<number> {
  const start = performance.now();
  const first = run();
  if (first instanceof Promise) {
    sink[name] = await first;
    for (let number = 1; number < runs; number++) sink[name] = await run();
  } else {
    sink[name] = first;
    for (let number = 1; number < runs; number++) sink[name] = run();
  }
  return (performance.now() - start) / runs;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The ratios of the times of each round. */
export const ratios = (above: readonly number[], below: readonly number[]): number[] =>
  above.map((time, round) => time / (below[round] ?? Number.NaN));
