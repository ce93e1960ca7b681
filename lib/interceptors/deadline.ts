/**
 * Ends a call after a given time, whatever it is doing.
 */
import { abortedBy, type Call, type Interceptor, type Reply, type TimeIsUp, type Transport } from '../call.js';
import { qualifiedName } from '../codec/operation.js';
import type { Outcome } from '../errors.js';
import { requireMilliseconds } from '../options.js';

/**
 * Gives each call `ms` milliseconds in all, with every attempt and every wait between them; with Infinity, any time.
 * @throws InputError for what is no time
 */
export function deadline(ms: number): Interceptor {
  requireMilliseconds('ms', ms);
  if (ms > LONGEST_TIMER) return (next) => next;
  return (next) => (call) => within(ms, next, call);
}

/** What Node's timers can hold, some 24 days. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** Milliseconds for those who mind the signal to reject by themselves, since they know whether anything was sent. */
const GRACE = 100;

/** Written with one promise and no listener of its own on the signal, since every call passes here. */
function within(ms: number, next: Transport, call: Call): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const ended = (by: AbortSignal, outcome: Outcome) => reject(abortedBy(by, outcome, qualifiedName(call.operation)));
    if (call.signal?.aborted) return ended(call.signal, 'not-sent');
    const controller = new AbortController();
    const { signal } = controller;
    const end = (reason: unknown): void => {
      clearTimeout(timer);
      timer = setTimeout(ended, GRACE, signal, 'unknown');
      controller.abort(reason);
    };
    const abort = (): void => end(call.signal?.reason);
    const reason: TimeIsUp = { deadlineMs: ms };
    let timer = setTimeout(end, ms, reason);
    call.signal?.addEventListener('abort', abort, { once: true });
    const over = (): void => {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', abort);
    };
    // Async, so that one that throws at once is no different.
    const sent = async (): Promise<Reply> => next({ ...call, signal, endsAt: performance.now() + ms });
    sent().then(
      (reply) => {
        over();
        resolve(reply);
      },
      (error) => {
        over();
        reject(error);
      },
    );
  });
}
