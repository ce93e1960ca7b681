/**
 * Ends a call after a given time, whatever it is doing.
 */
import { abortedBy, type Interceptor, type TimeIsUp } from '../call.js';
import { qualifiedName } from '../codec/operation.js';
import { requireMilliseconds } from '../options.js';
import { settled } from './settled.js';

/**
 * Gives each call `ms` milliseconds in all, with every attempt and every wait between them; with Infinity, any time.
 * @throws InputError for what is no time
 */
export function deadline(ms: number): Interceptor {
  requireMilliseconds('ms', ms);
  if (ms > LONGEST_TIMER) return (next) => next;
  return (next) => async (call) => {
    const operation = qualifiedName(call.operation);
    if (call.signal?.aborted) throw abortedBy(call.signal, 'not-sent', operation);
    const controller = new AbortController();
    const reason: TimeIsUp = { deadlineMs: ms };
    const timer = setTimeout(() => controller.abort(reason), ms);
    const abort = (): void => controller.abort(call.signal?.reason);
    call.signal?.addEventListener('abort', abort, { once: true });
    try {
      return await settled(next({ ...call, signal: controller.signal }), controller.signal, 'unknown', operation, {
        grace: GRACE,
      });
    } finally {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', abort);
    }
  };
}

/** What Node's timers can hold, some 24 days. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** Milliseconds for those who mind the signal to reject by themselves, since they know whether anything was sent. */
const GRACE = 100;
