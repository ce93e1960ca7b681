/**
 * One line of the table: a ratio, and the goal that it is held against.
 */
export interface Figure {
  readonly what: string;
  /** Left out where there is nothing to measure yet. */
  readonly ratio?: number;
  readonly goal?: Goal;
  /** Our time in milliseconds, or another figure of ours with its unit. */
  readonly ours?: number | string;
  readonly note?: string;
}

export type Goal = { readonly atMost: number } | { readonly atLeast: number };

/** Undefined where there is no goal, or nothing was measured. */
export function isReached({ ratio, goal }: Figure): boolean | undefined {
  if (ratio === undefined || goal === undefined) return undefined;
  return 'atMost' in goal ? ratio <= goal.atMost : ratio >= goal.atLeast;
}

/** A part of the bench, which gives its figures one by one as they are measured. */
export interface Part {
  readonly name: string;
  readonly title: string;
  readonly figures: () => AsyncGenerator<Figure>;
}
