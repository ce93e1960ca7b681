/**
 * Makes the same reads over SOAP and over REST, and adds up whether they answer the same.
 */
import { setMaxListeners } from 'node:events';
import type { Call, Transport } from '../call.js';
import type { RequestHeader } from '../codec/operation.js';
import { type CallError, InputError, isCallError } from '../errors.js';
import { Chat } from '../generated/chat.js';
import { requireCount, requireFunction, requireKnown } from '../options.js';
import { shownError } from './compare/shown.js';
import { COMPARE_OPTIONS, type CompareOptions } from './compare.js';
import { type Answers, askBoth, compareTwice, type Sides } from './pair.js';
import type { ParityLog } from './parity/log.js';
import { keyOfCall, leadsOf, type PlannedCall, planOf } from './parity/plan.js';
import { refusalOf, unknownSessionOf } from './parity/refusal.js';
import { type Ended, type ParityPair, type ParityReport, tallyOf } from './parity/report.js';

export interface ParityOptions extends Omit<CompareOptions, 'select'> {
  readonly soap: Transport;
  readonly rest: Transport;
  /** Ids of the sessions to look at; those of ChatSessionsForUser if left out. */
  readonly sessions?: Iterable<number> | undefined;
  /** How many calls are under way at the same time, each over both sides; 4 by default. */
  readonly concurrency?: number | undefined;
  /** What the two sides are called in the report; no credentials are to be in it. */
  readonly names?: { readonly soap: string; readonly rest: string } | undefined;
  /** Where each call is noted that is done, and is known from; what `openParityLog` gives. */
  readonly log?: ParityLog | undefined;
  /** Ends the comparison, whose report is then of what was done. */
  readonly signal?: AbortSignal | undefined;
  /** Is told after each call. */
  readonly onProgress?: ((progress: { readonly calls: number; readonly different: number }) => void) | undefined;
  /** The clock of the report; for tests. */
  readonly clock?: (() => Date) | undefined;
}

/**
 * Compares session, messages and transcripts of each session, their topics with opening hours and agents, and what the
 * caller sees as a user. Nothing but reads is sent. Where the two sides differ, both are asked once more, and what
 * remains is a difference: data may change in between.
 *
 * Before all else both sides are tried by one call. One that cannot be used ends the comparison, then and later: the
 * report says so, and is not complete.
 * @throws InputError for options that are not right
 */
export async function runParity(options: ParityOptions): Promise<ParityReport> {
  requireParityOptions(options);
  const { soap, rest, sessions, concurrency = 4, names, log, onProgress, clock = () => new Date() } = options;
  const sides = { soap, rest };
  const { signal, release } = forMany(options.signal);
  const plan = planOf(sessions ?? []);
  const tally = tallyOf();
  const called = { soap: names?.soap ?? 'SOAP', rest: names?.rest ?? 'REST' };
  const about = { ...called, startedAt: clock().toISOString(), resumedFrom: log?.begunAt };
  let ended: Ended | undefined;
  const finish = async (planned: PlannedCall): Promise<void> => {
    const known = log?.finished.get(keyOfCall(planned));
    const pair = known ?? (await pairOf(sides, planned, { ...options, signal }, !sessions));
    if (!pair) return;
    if ('side' in pair) {
      ended ??= pair;
      return;
    }
    const leads = plan.add(pair.leads);
    const done = { ...pair, leads };
    if (!known) log?.add(done);
    tally.add(done, known !== undefined);
    onProgress?.(tally.counts());
  };
  try {
    ended = await unusableSide(sides, signal);
    await inParallel(concurrency, () => (ended || signal.aborted ? undefined : plan.next()), finish);
  } finally {
    release();
  }
  const complete = !ended && !signal.aborted;
  if (complete) log?.complete();
  return tally.report({ ...about, complete, ended, endedAt: clock().toISOString() });
}

/** A signal that ends with the given one, and does not mind how many calls listen to it. */
function forMany(given: AbortSignal | undefined): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const { signal } = controller;
  const abort = (): void => controller.abort(given?.reason);
  setMaxListeners(0, signal);
  if (given?.aborted) abort();
  given?.addEventListener('abort', abort, { once: true });
  return { signal, release: () => given?.removeEventListener('abort', abort) };
}

/** Does all that `next` gives, so many at a time; what is done may have `next` give more. */
async function inParallel<Item>(
  most: number,
  next: () => Item | undefined,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const active = new Set<Promise<void>>();
  // Kept until the end, since others may end in the same turn.
  const failures: unknown[] = [];
  try {
    while (failures.length === 0) {
      while (active.size < most) {
        const item = next();
        if (item === undefined) break;
        const worked = work(item)
          .catch((error: unknown) => void failures.push(error))
          .finally(() => active.delete(worked));
        active.add(worked);
      }
      if (active.size === 0) return;
      await Promise.race(active);
    }
  } finally {
    await Promise.all(active);
  }
  throw failures[0];
}

/** What was found of a call; why the comparison ends with it; or nothing, where it was given up. */
async function pairOf(
  sides: Sides,
  planned: PlannedCall,
  { signal, ...options }: ParityOptions,
  everySession: boolean,
): Promise<ParityPair | Ended | undefined> {
  const call = callOf(planned, options.timeZone ? { timeZone: options.timeZone } : {}, signal);
  const again = (): Promise<Answers> => askBoth(sides, call);
  const { comparison, answers } = await compareTwice(await again(), call, again, options);
  if (signal?.aborted) return undefined;
  if (answers.some((answer) => failureOf(answer) !== undefined)) {
    const ended = await unusableSide(sides, signal);
    if (ended || signal?.aborted) return ended;
  }
  const answered = answers.find((answer) => answer.status === 'fulfilled');
  const { differences, folded } = comparison;
  const output = answered?.value.output;
  const leads = answered ? leadsOf(planned, output, everySession) : [];
  const isAsked = !everySession && comparison.equal;
  const unknownSession = isAsked ? unknownSessionOf(planned, output) : undefined;
  return { ...planned, refused: refusalOf(answers), differences, folded, leads, unknownSession };
}

const callOf = ({ method, input }: PlannedCall, header: RequestHeader, signal: AbortSignal | undefined): Call => ({
  operation: Chat[method],
  input,
  header,
  signal,
});

/** Tries both sides by one call; which of them cannot be used, and why. */
async function unusableSide(sides: Sides, signal: AbortSignal | undefined): Promise<Ended | undefined> {
  const answers = await askBoth(sides, callOf({ method: 'chatTopicsForUser', input: {} }, {}, signal));
  if (signal?.aborted) return undefined;
  for (const [index, side] of (['soap', 'rest'] as const).entries()) {
    const failure = failureOf(answers[index], isNotThere);
    if (failure) return { side, ...failure };
  }
  return undefined;
}

/** A call that asks for nothing by an id and is not found is one that nobody is there to take. */
const isNotThere = ({ http }: CallError): boolean => http?.status === 404;

/** Why there was no answer to a call; what the service refuses is one, unless it is `unlike` one. */
function failureOf(
  answer: Answers[number] | undefined,
  unlike: (error: CallError) => boolean = () => false,
): Omit<Ended, 'side'> | undefined {
  if (answer?.status !== 'rejected') return undefined;
  const error: unknown = answer.reason;
  if (!isCallError(error)) return { kind: 'unexpected', code: 'unexpected', reason: shownError(error) };
  if (error.kind === 'fault' && error.code !== 'login' && !unlike(error)) return undefined;
  return { kind: error.kind, code: error.code, reason: shownError(error) };
}

function requireParityOptions(options: ParityOptions): void {
  requireKnown('', options, PARITY_OPTIONS);
  for (const path of ['soap', 'rest', 'onProgress', 'clock'] as const) {
    if (options[path] === undefined && (path === 'soap' || path === 'rest')) throw new InputError(path, 'missing');
    requireFunction(path, options[path]);
  }
  requireCount('concurrency', options.concurrency);
}

const PARITY_OPTIONS = [
  ...COMPARE_OPTIONS.filter((name) => name !== 'select'),
  'soap',
  'rest',
  'sessions',
  'concurrency',
  'names',
  'log',
  'signal',
  'onProgress',
  'clock',
];
