/**
 * Watches whether REST would have answered as SOAP does, while the answers are those of SOAP.
 */
import { type Call, intercept, type Reply, type Transport } from '../call.js';
import { isStackOverflow } from '../codec/stack.js';
import { InputError, isCallError } from '../errors.js';
import { deadline } from '../interceptors/deadline.js';
import { requireBoolean, requireCount, requireFunction, requireKnown, requireMilliseconds } from '../options.js';
import { COMPARE_OPTIONS, type CompareOptions, type Comparison, type Settled } from './compare.js';
import { askBoth, begun, compareTwice } from './pair.js';

export interface ShadowOptions extends CompareOptions {
  /** Answers all calls; over SOAP. */
  readonly primary: Transport;
  /** Is asked the same by the way; over REST. */
  readonly secondary: Transport;
  /** Is told of each comparison, once it is made. What it throws becomes a warning of the process. */
  readonly onComparison: (seen: ShadowedCall) => void;
  /** Which part of the reads is compared, from 0 to 1; all by default. */
  readonly sample?: number | undefined;
  /** How many comparisons may be under way; calls beyond that are not compared. 100 by default. */
  readonly pending?: number | undefined;
  /** Milliseconds that the secondary has for a call, and each side where they are asked again; 30 s by default. */
  readonly timeoutMs?: number | undefined;
  /** Whether both are asked once more where they differ, since what they tell of may have changed in between; yes by default. */
  readonly recheck?: boolean | undefined;
  /** Numbers from 0 to 1, for the sample; for tests. */
  readonly random?: (() => number) | undefined;
}

/** A call that was made over both transports. */
export interface ShadowedCall extends Comparison {
  readonly input: unknown;
  /** The code of the error, where the secondary gave no answer, so that nothing could be compared: `'connect'`, `'timeout'`. */
  readonly failed?: string | undefined;
}

export interface ShadowCounts {
  /** Comparisons that were told, and those of them with a difference. */
  readonly compared: number;
  readonly different: number;
  /** Reads to which the secondary gave no answer. */
  readonly failed: number;
  /** Reads that were in the sample and were not compared: too many were under way, or the caller had given the call up. */
  readonly skipped: number;
  /** Comparisons under way. */
  readonly pending: number;
}

export interface Shadow extends Transport {
  readonly counts: () => ShadowCounts;
  /** Compares no further calls, and waits for the comparisons under way. The two transports stay open. */
  readonly close: () => Promise<void>;
}

/**
 * A transport that answers from the primary, and makes the reads among the calls over the secondary as well. The caller
 * waits for the primary alone, and learns nothing of the secondary; nor does the caller's abort or deadline end what the
 * secondary does. Nothing but reads is ever made twice. Both are given the header parts of the call, with its ticket.
 * @throws InputError for options that are not right
 */
export function shadow(options: ShadowOptions): Shadow {
  requireShadowOptions(options);
  const { primary, sample = 1, pending: most = 100, random = Math.random } = options;
  const compare = comparerOf(options);
  const pending = new Set<Promise<void>>();
  const counted = { compared: 0, different: 0, failed: 0, skipped: 0 };
  let closing = false;
  const watch = async (call: Call, answered: Promise<Reply>): Promise<void> => {
    try {
      const comparison = await compare(call, answered);
      if (!comparison) {
        counted.skipped++;
        return;
      }
      if (comparison.failed !== undefined) counted.failed++;
      else counted.compared++;
      if (comparison.failed === undefined && !comparison.equal) counted.different++;
      await options.onComparison({ ...comparison, input: call.input });
    } catch (error) {
      process.emitWarning(`a comparison failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const transport: Transport = (call) => {
    if (closing || call.operation.retry !== 'read' || random() >= sample) return primary(call);
    if (pending.size >= most) {
      counted.skipped++;
      return primary(call);
    }
    const answered = begun(primary, call);
    const watched = watch(copyOfCall(call), answered).finally(() => pending.delete(watched));
    pending.add(watched);
    return answered;
  };
  const close = async (): Promise<void> => {
    closing = true;
    await Promise.all(pending);
  };
  return Object.assign(transport, { counts: () => ({ ...counted, pending: pending.size }), close });
}

/** Without what ends the caller's call, and with an input that the caller cannot change any more. */
const copyOfCall = ({ operation, input, header, select }: Call): Call => ({
  operation,
  input: copyOf(input),
  header,
  ...(select && { select }),
});

/** Compares what the primary answers with what the secondary does; undefined where the caller gave the call up. */
function comparerOf({ primary, secondary, timeoutMs = 30_000, recheck = true, ...options }: ShadowOptions) {
  const [soap, rest] = [primary, secondary].map((side) => intercept(side, deadline(timeoutMs))) as [
    Transport,
    Transport,
  ];
  return async (call: Call, answered: Promise<Reply>): Promise<Omit<ShadowedCall, 'input'> | undefined> => {
    // The copy is made before the caller has the reply, who may change it.
    const kept = answered.then((reply) => ({ ...reply, output: copyOf(reply.output) }));
    const answers = await Promise.allSettled([kept, begun(rest, call)]);
    const [first] = answers;
    if (first.status === 'rejected' && isCallError(first.reason) && first.reason.code === 'aborted') return undefined;
    // Who gives no answer is not asked again, nor the primary for its sake.
    const again = recheck && failureOf(answers[1]) === undefined ? () => askBoth({ soap, rest }, call) : undefined;
    const { comparison, answers: last } = await compareTwice(answers, call, again, options);
    const failed = failureOf(last[1]);
    return failed === undefined ? comparison : { ...comparison, failed };
  };
}

/** Why a side gave no answer of the service; a refusal is one. */
function failureOf(side: Settled): string | undefined {
  if (side.status === 'fulfilled') return undefined;
  if (!isCallError(side.reason)) return 'unexpected';
  return side.reason.kind === 'fault' ? undefined : side.reason.code;
}

/** A copy that shares nothing but dates with the value; the value itself where it is deeper than can be copied. */
function copyOf(value: unknown): unknown {
  try {
    return copied(value);
  } catch (error) {
    if (isStackOverflow(error)) return value;
    throw error;
  }
}

function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(copied);
  const entries = Object.keys(value).map((key) => [key, copied(Reflect.get(value, key))]);
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}

function requireShadowOptions(options: ShadowOptions): void {
  requireKnown('', options, SHADOW_OPTIONS);
  const { primary, secondary, onComparison, sample, pending, timeoutMs, recheck, random } = options;
  for (const [path, value] of Object.entries({ primary, secondary, onComparison, random })) {
    if (value === undefined && path !== 'random') throw new InputError(path, 'missing');
    requireFunction(path, value);
  }
  if (sample !== undefined && !(sample >= 0 && sample <= 1)) throw new InputError('sample', 'not a number from 0 to 1');
  requireCount('pending', pending);
  requireMilliseconds('timeoutMs', timeoutMs);
  requireBoolean('recheck', recheck);
}

const SHADOW_OPTIONS = [
  ...COMPARE_OPTIONS,
  'primary',
  'secondary',
  'onComparison',
  'sample',
  'pending',
  'timeoutMs',
  'recheck',
  'random',
];
