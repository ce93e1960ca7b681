/**
 * Waiting that can be given up.
 */
import { abortedBy } from '../transports/http.js';

/** The promise's result, or the signal's error as soon as it is aborted; what the promise does then is not minded. */
export async function settled<Result>(promise: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return promise;
  promise.catch(() => {});
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(abortedBy(signal, 'unknown'));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
