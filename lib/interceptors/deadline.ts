/**
 * Ends a call after a given time, whatever it is doing.
 */
import { abortedBy, type Call, type Interceptor, type Reply, type Transport, timedOut } from '../call.js';
import { qualifiedName } from '../codec/operation.js';
import { LONGEST_TIMER, requireMilliseconds } from '../options.js';

/**
 * Gives each call `ms` milliseconds in all, with every attempt and every wait between them; with Infinity, any time.
 * @throws InputError for what is no time
 */
export function deadline(ms: number): Interceptor {
  requireMilliseconds('ms', ms);
  if (ms > LONGEST_TIMER) return (next) => next;
  return (next) => (call) => within(ms, next, call);
}

/** Milliseconds for those who keep the time to reject by themselves, since they know whether anything was sent. */
const GRACE = 100;

/** Written with one promise and one timer, since every call passes here. */
function within(ms: number, next: Transport, call: Call): Promise<Reply> {
  const { signal } = call;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortedBy(signal, 'not-sent', qualifiedName(call.operation)));
    const now = performance.now();
    const over = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const giveUp = (): void => {
      over();
      const operation = qualifiedName(call.operation);
      reject(signal?.aborted ? abortedBy(signal, 'unknown', operation) : timedOut(ms, 'unknown', operation));
    };
    const abort = (): void => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, GRACE);
    };
    let timer = setTimeout(giveUp, ms + GRACE);
    signal?.addEventListener('abort', abort, { once: true });
    const endsAt = Math.min(now + ms, call.deadline?.endsAt ?? Number.POSITIVE_INFINITY);
    // Async, so that one that throws at once is no different.
    const sent = async (): Promise<Reply> => next({ ...call, deadline: { ms, endsAt } });
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
