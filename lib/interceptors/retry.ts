/**
 * Tries a call again where that can do no harm.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Interceptor, Reply } from '../call.js';
import type { Operation } from '../codec/operation.js';
import { isCallError } from '../errors.js';
import { abortedBy } from '../transports/http.js';

export interface RetryOptions {
  /** How often a call is tried at the most, the first time included; 3 by default. */
  readonly attempts?: number | undefined;
  /** Numbers from 0 to 1, for the waits; for tests. */
  readonly random?: (() => number) | undefined;
  /** Waits so many milliseconds; for tests. */
  readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
}

/**
 * Tries again what `isRetryable` allows, after a random wait that doubles its range each time, from 100 ms up to 20 s,
 * or after what the server asked for with Retry-After.
 */
export function retry({ attempts = 3, random = Math.random, sleep = wait }: RetryOptions = {}): Interceptor {
  return (next) =>
    async (call): Promise<Reply> => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await next(call);
        } catch (error) {
          if (!isCallError(error)) throw error;
          error.attempts = Math.max(error.attempts, attempt);
          if (attempt >= attempts || !isRetryable(error, call.operation)) throw error;
          const retryAfterMs = error.kind === 'transport' ? error.retryAfterMs : undefined;
          // What is asked for but longer than any patience is left to the caller, who finds it in the error.
          if (retryAfterMs !== undefined && retryAfterMs > LONGEST_WAIT) throw error;
          await sleep(Math.max(retryAfterMs ?? 0, random() * Math.min(LONGEST_WAIT, 100 * 2 ** attempt)), call.signal);
        }
      }
    };
}

const LONGEST_WAIT = 20_000;

/**
 * Whether the call may be made again after this error. Reads may after trouble with the connection, a time-out, and the
 * statuses 429, 502, 503 and 504; all others only where nothing was sent. A Fault is an answer, and is never retried.
 */
export function isRetryable(error: unknown, operation: Pick<Operation, 'retry'>): boolean {
  if (!isCallError(error) || error.kind !== 'transport') return false;
  if (error.code === 'aborted' || error.phase === 'total') return false;
  if (error.outcome === 'not-sent') return true;
  if (operation.retry !== 'read') return false;
  if (error.code === 'http-status') return retryableStatuses.has(error.status ?? 0);
  return error.code === 'connection' || error.code === 'timeout';
}

const retryableStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    throw signal?.aborted ? abortedBy(signal, 'unknown') : error;
  }
}
