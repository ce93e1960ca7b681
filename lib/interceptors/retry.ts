/**
 * Tries a call again where that can do no harm.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { abortedBy, type Interceptor, type Reply } from '../call.js';
import { type Operation, qualifiedName } from '../codec/operation.js';
import { type CallError, isCallError, TransportError } from '../errors.js';
import { requireCount } from '../options.js';

export interface RetryOptions {
  /** How often a call is tried at the most, the first time included; 3 by default. */
  readonly attempts?: number | undefined;
  /** Numbers from 0 to 1, for the waits; for tests. */
  readonly random?: (() => number) | undefined;
  /** Waits so many milliseconds; for tests. */
  readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<unknown>) | undefined;
}

/**
 * Tries again what `isRetryable` allows, after a random wait of up to 100 ms, 200 ms and so on, at the most 20 s, or
 * after what the server asked for with Retry-After.
 * @throws InputError for a number of attempts that is none
 */
export function retry({ attempts = 3, random = Math.random, sleep = wait }: RetryOptions = {}): Interceptor {
  requireCount('attempts', attempts);
  return (next) =>
    async (call): Promise<Reply> => {
      const operation = qualifiedName(call.operation);
      for (let attempt = 1; ; attempt++) {
        try {
          return await next(call);
        } catch (error) {
          if (!isCallError(error) || error.kind === 'input') throw error;
          error.attempts = Math.max(error.attempts, attempt);
          // A login that failed on the way has been tried again already.
          const own = error.operation === undefined || error.operation === operation;
          const ms =
            own && attempt < attempts && isRetryable(error, call.operation)
              ? waitAfter(error, attempt, random)
              : undefined;
          if (ms === undefined) throw error;
          await sleep(ms, call.signal).catch((broken: unknown) => {
            if (!call.signal?.aborted) throw broken;
            // What is known of the call is what the last attempt told.
            const ended = abortedBy(call.signal, error.outcome, operation, error);
            ended.attempts = attempt;
            throw ended;
          });
        }
      }
    };
}

const LONGEST_WAIT = 20_000;

/** Milliseconds until the next attempt; undefined where the server asks for more than any patience. */
function waitAfter(error: CallError, attempt: number, random: () => number): number | undefined {
  const asked = error instanceof TransportError ? (error.retryAfterMs ?? 0) : 0;
  if (asked > LONGEST_WAIT) return undefined;
  return Math.max(asked, random() * Math.min(LONGEST_WAIT, 100 * 2 ** (attempt - 1)));
}

const wait = (ms: number, signal: AbortSignal | undefined): Promise<unknown> => delay(ms, undefined, { signal });

/**
 * Whether the call may be made again after this error. Reads may after trouble with the connection, a time-out, and the
 * statuses 429, 502, 503 and 504, logins after 502, 503 and 504; all others only where no connection came about or
 * nothing was sent over it. A Fault is an answer, and is never retried.
 */
export function isRetryable(error: unknown, { retry }: Pick<Operation, 'retry'>): boolean {
  if (!isCallError(error) || error.kind !== 'transport' || error.phase === 'total') return false;
  switch (error.code) {
    case 'connect':
    case 'connection':
    case 'timeout':
      return retry === 'read' || error.outcome === 'not-sent';
    case 'http-status':
      return (retryableStatuses[retry] ?? []).includes(error.status ?? 0);
    default:
      return false;
  }
}

const retryableStatuses: Partial<Record<Operation['retry'], readonly number[]>> = {
  read: [429, 502, 503, 504],
  login: [502, 503, 504],
};
