/**
 * Waiting that can be given up.
 */
import { abortedBy, timedOut, type Until } from '../call.js';

/**
 * The promise's result, or an error when it is not there in time, by which a call was not sent that waited for it. What
 * the promise does afterwards is not minded.
 * @param operation that waited
 * @param during what it waited for, for the message
 */
export function settled<Result>(
  promise: Promise<Result>,
  { signal, deadline }: Until,
  operation: string,
  during: () => string | undefined = () => undefined,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(abortedBy(signal as AbortSignal, 'not-sent', operation, during()));
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    const timer =
      deadline &&
      setTimeout(
        () => reject(timedOut(deadline.ms, 'not-sent', operation, during())),
        Math.max(0, deadline.endsAt - performance.now()),
      );
    const over = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    promise.finally(over).then(resolve, reject);
  });
}
