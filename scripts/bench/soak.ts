/**
 * Many calls in trouble, and whether anything was done twice, lost or left behind.
 */
import type { Figure, Part } from './figure.js';
import { inFreshProcess } from './fresh.js';
import type { SoakResult, SoakTask } from './soak-program.js';

export const soak: Part = {
  name: 'soak',
  title: 'Calls in trouble: 1 % connections reset, 1 % HTTP 503, 1 % without an answer; 32 at a time',
  onlyIfNamed: true,
  async *figures({ calls }) {
    const timeout = 60_000 + 20 * calls;
    yield* figuresOf(await inFreshProcess<SoakResult>('soak-program', { calls } satisfies SoakTask, timeout), calls);
  },
};

function figuresOf(result: SoakResult, calls: number): Figure[] {
  const { logins, writes, reads, late, left, complaints } = result;
  const ofWrites = `of ${writes.all.toLocaleString('en')}`;
  return [
    atMost(0, 'writes executed twice', writes.executedTwice, ofWrites),
    atMost(0, 'writes that were told to be done and are not', writes.lost, ofWrites),
    atMost(0, "writes that failed as 'refused' or 'not-sent' and are done", writes.doneAllTheSame, ofWrites),
    atMost(0, 'writes that failed without a word about their outcome', writes.untold, ofWrites),
    { what: 'writes that failed', value: writes.failed, unit: 'count', ours: ofWrites },
    {
      // Three attempts, of which 3 % fail each, leave one of 38,000 reads: in one of eight runs of 10,000 calls a read
      // fails by chance, with 3 attempts in its error. More calls tell more.
      ...atMost(1, 'reads that failed, of 10,000', (reads.failed.length / reads.all) * 10_000),
      ours: `${reads.failed.length} of ${reads.all.toLocaleString('en')}`,
      ...warningOf(reads.failed),
    },
    { ...atMost(250, 'the latest end of a call after its deadline', late.latestMs, lateText(late)), unit: 'ms' },
    memoryFigure(result, calls),
    { ...atMost(0, 'sockets, timers and the like left after closing', left.length), ...warningOf(left) },
    { ...atMost(0, 'unhandled rejections and warnings of Node', complaints.length), ...warningOf(complaints) },
    atMost(1, 'logins for the first 200 calls at once', logins.cold),
    atMost(1, 'logins for 200 calls at once whose ticket is valid no longer', logins.again),
    atMost(2, 'times that one of these reached the service', logins.mostTimes),
  ];
}

const lateText = ({ timedOut, heldUpMs }: SoakResult['late']): string =>
  `${timedOut} timed out; the process hung for ${heldUpMs.toFixed(0)} ms`;

/** Over fewer calls V8 is still getting warm, which takes memory once and not with every call. */
function memoryFigure({ memory: { slope, last } }: SoakResult, calls: number): Figure {
  const ours = `${last.toFixed(0)} MB in the end`;
  const figure: Figure = { what: 'memory gained in 1,000 calls', value: slope, unit: 'MB', ours };
  return calls < 10_000 ? figure : { ...figure, goal: { atMost: 1 } };
}

const atMost = (most: number, what: string, value: number, ours?: string): Figure => ({
  what,
  value,
  unit: 'count',
  goal: { atMost: most },
  ...(ours !== undefined && { ours }),
});

const warningOf = (lines: readonly string[]): { warning?: string } =>
  lines.length === 0 ? {} : { warning: lines.slice(0, 5).join('\n  ') };
