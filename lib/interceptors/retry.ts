/**
 * Tries a call again where that can do no harm.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { abortedBy, type Interceptor, type Reply } from '../call.js';
import { type Operation, qualifiedName } from '../codec/operation.js';
import { isCallError } from '../errors.js';

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
 */
export function retry({ attempts = 3, random = Math.random, sleep = wait }: RetryOptions = {}): Interceptor {
  return (next) =>
    async (call): Promise<Reply> => {
      const operation = qualifiedName(call.operation);
      for (let attempt = 1; ; attempt++) {
        try {
          return await next(call);
        } catch (error) {
          if (!isCallError(error)) throw error;
          error.attempts = Math.max(error.attempts, attempt);
          // A login that failed on the way has been tried again already.
          if (error.operation !== undefined && error.operation !== operation) throw error;
          if (attempt >= attempts || !isRetryable(error, call.operation)) throw error;
          const retryAfterMs = error.kind === 'transport' ? (error.retryAfterMs ?? 0) : 0;
          // What is asked for but longer than any patience is left to the caller, who finds it in the error.
          if (retryAfterMs > LONGEST_WAIT) throw error;
          const backOff = random() * Math.min(LONGEST_WAIT, 100 * 2 ** (attempt - 1));
          await interruptible(sleep(Math.max(retryAfterMs, backOff), call.signal), call.signal, operation, attempt);
        }
      }
    };
}

const LONGEST_WAIT = 20_000;

const wait = (ms: number, signal: AbortSignal | undefined): Promise<unknown> => delay(ms, undefined, { signal });

/** The wait; if it is aborted, the error tells of the attempts before it. */
async function interruptible(
  sleeping: Promise<unknown>,
  signal: AbortSignal | undefined,
  operation: string,
  attempts: number,
): Promise<void> {
  try {
    await sleeping;
  } catch (error) {
    const told = signal?.aborted ? abortedBy(signal, 'unknown', operation) : error;
    if (isCallError(told)) told.attempts = Math.max(told.attempts, attempts);
    throw told;
  }
}

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
