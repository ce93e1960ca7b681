/**
 * Times of things that compete, taken in turn: what slows the machine down for a while slows all of them down, and the
 * ratio of two times of one round is hardly touched by it.
 *
 * Each is timed with two clocks. What counts is the time that passes. Where others are at work on the machine it says
 * little, since a contender that has to wait for the processor looks slow; then the time of the processor is taken.
 */
import { performance } from 'node:perf_hooks';

/** Milliseconds for one run, round by round. */
export interface Laps {
  readonly elapsed: number[];
  /** Of all threads of the process, so that it is more than what passes where V8 tidies up beside the program. */
  readonly processor: number[];
}

export type Times<Name extends string = string> = Readonly<Record<Name, Laps>>;

/** What is measured; it may give a promise, which is waited for. */
export type Run = () => unknown;

export interface Effort {
  readonly rounds?: number;
  /** Milliseconds that a contender runs for in a round. */
  readonly round?: number;
  /** Milliseconds that a contender runs for before the first round. */
  readonly warmUp?: number;
  /** How many runs of a contender are under way at the same time, where they give promises; 1 if left out. */
  readonly atOnce?: number;
}

/** How many tries in a row must be no faster before a contender counts as warm. */
const PATIENCE = 5;

/** What the contenders gave last; as long as it is kept, V8 cannot leave the work out. */
const sink: Record<string, unknown> = {};

/** Measures each contender in each round. Who begins changes from round to round. */
export async function race<Name extends string>(
  contenders: Readonly<Record<Name, Run>>,
  { rounds = 11, round = 30, warmUp = 200, atOnce = 1 }: Effort = {},
): Promise<Times<Name>> {
  const racers: { name: string; run: Run; runs: number; laps: Laps }[] = [];
  for (const [name, run] of Object.entries<Run>(contenders)) {
    const runs = Math.max(1, Math.ceil(round / (await warm(name, run, warmUp, atOnce))));
    racers.push({ name, run, runs, laps: { elapsed: [], processor: [] } });
  }
  for (let number = 0; number < rounds; number++) {
    for (const { name, run, runs, laps } of number % 2 === 0 ? racers : racers.toReversed()) {
      const { elapsed, processor } = await timed(name, run, runs, atOnce);
      laps.elapsed.push(elapsed);
      laps.processor.push(processor);
    }
  }
  return Object.fromEntries(racers.map(({ name, laps }) => [name, laps])) as Record<Name, Laps>;
}

/**
 * Milliseconds for one run once it is warm: when it has run for long enough, and the last tries were not faster than
 * those before. V8 compiles in other threads, which on a busy machine may take long to get their turn.
 */
async function warm(name: string, run: Run, milliseconds: number, atOnce: number): Promise<number> {
  const start = performance.now();
  let best = (await timed(name, run, 1, 1)).elapsed;
  let runs = 1;
  for (let since = 0; performance.now() - start < milliseconds || since < PATIENCE; ) {
    const { elapsed: last } = await timed(name, run, runs, atOnce);
    since = last < best * 0.97 ? 0 : since + 1;
    best = Math.max(Math.min(last, best), 1e-6);
    runs = Math.min(runs * 2, 1 + Math.floor(milliseconds / PATIENCE / best));
    if (performance.now() - start > milliseconds * 10) break;
  }
  return best;
}

async function timed(
  name: string,
  run: Run,
  runs: number,
  atOnce: number,
): Promise<{ elapsed: number; processor: number }> {
  const stop = clocks();
  const first = run();
  if (first instanceof Promise) {
    let left = runs - 1;
    const oneAfterTheOther = async (begun?: Promise<unknown>): Promise<void> => {
      if (begun) sink[name] = await begun;
      while (left-- > 0) sink[name] = await run();
    };
    await Promise.all([first, ...Array<undefined>(atOnce - 1)].map(oneAfterTheOther));
  } else {
    sink[name] = first;
    for (let number = 1; number < runs; number++) sink[name] = run();
  }
  const { elapsed, processor } = stop();
  return { elapsed: elapsed / runs, processor: processor / runs };
}

/** Starts both clocks; the function that it gives says what they show. */
export function clocks(): () => { elapsed: number; processor: number } {
  const used = process.cpuUsage();
  const start = performance.now();
  return () => {
    const elapsed = performance.now() - start;
    const { user, system } = process.cpuUsage(used);
    return { elapsed, processor: (user + system) / 1000 };
  };
}

/** The clock to go by: whichever of them waited for the processor, the ratio would say more about that than of them. */
export function clockFor(...contenders: readonly Laps[]): keyof Laps {
  const waiting = contenders.map(({ elapsed, processor }) => median(ratios(elapsed, processor)));
  return Math.max(...waiting) > 1.1 ? 'processor' : 'elapsed';
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
