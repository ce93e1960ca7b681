/**
 * Waiting that can be given up.
 */
import { abortedBy } from '../call.js';

/**
 * The promise's result, or the signal's error as soon as it is aborted; what the promise does then is not minded.
 * @param outcome what is known of the call when the wait is given up
 */
export async function settled<Result>(
  promise: Promise<Result>,
  signal: AbortSignal | undefined,
  outcome: 'not-sent' | 'unknown',
  operation: string,
): Promise<Result> {
  if (!signal) return promise;
  promise.catch(() => {});
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    // What waits may mind the signal itself, and has a moment to tell more.
    abort = () => setImmediate(() => reject(abortedBy(signal, outcome, operation)));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
