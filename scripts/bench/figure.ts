/**
 * One line of the table: a ratio, and the goal that it is held against.
 */
import { clockFor, type Laps, median, ratios } from './measure.js';

export interface Figure {
  readonly what: string;
  /** What the goal is for. */
  readonly value: number;
  /** Where the value is no ratio. */
  readonly unit?: 'ms' | 'MB' | 'count';
  readonly goal?: Goal;
  /** Our own cost, with its unit. */
  readonly ours?: string;
  /** The same of what it is compared with; only in JSON. */
  readonly theirs?: string;
  /** By which clock times were compared. */
  readonly clock?: keyof Laps;
  /** The least and the greatest of the rounds' values. */
  readonly range?: readonly [number, number];
  /** What makes the comparison less than fair. */
  readonly warning?: string;
}

export type Goal = { readonly atMost: number } | { readonly atLeast: number };

type Measured = Required<Pick<Figure, 'value' | 'range' | 'ours' | 'clock'>>;

/** Undefined where there is no goal. */
export function isReached({ value, goal }: Figure): boolean | undefined {
  if (goal === undefined) return undefined;
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}

/** A part of the bench, which gives its figures one by one as they are measured. */
export interface Part {
  readonly name: string;
  readonly title: string;
  /** Whether it is left out of a run that names no parts. */
  readonly onlyIfNamed?: boolean;
  readonly figures: (options: PartOptions) => AsyncGenerator<Figure>;
}

export interface PartOptions {
  /** How many calls to make where many are made. */
  readonly calls: number;
}

/** The median of what the rounds say, with its range. */
export function overRounds(values: readonly number[]): Required<Pick<Figure, 'value' | 'range'>> {
  return { value: median(values), range: [Math.min(...values), Math.max(...values)] };
}

/** Our time ÷ theirs, for a goal that is at most something. In one lap `things` of what is told were done. */
export function share(ours: Laps, theirs: Laps, things = 1): Measured {
  const clock = clockFor(ours, theirs);
  return { ...overRounds(ratios(ours[clock], theirs[clock])), ...cost(ours, clock, things) };
}

/** Their time ÷ ours, for a goal that is at least something. */
export function timesFaster(ours: Laps, theirs: Laps, clock = clockFor(ours, theirs)): Measured {
  return { ...overRounds(ratios(theirs[clock], ours[clock])), ...cost(ours, clock) };
}

const cost = (ours: Laps, clock: keyof Laps, things = 1) => ({
  ours: durationText(median(ours[clock]) / things),
  clock,
});

export function durationText(milliseconds: number): string {
  return milliseconds < 1 ? `${(milliseconds * 1000).toPrecision(3)} µs` : `${milliseconds.toPrecision(3)} ms`;
}
