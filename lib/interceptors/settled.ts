/**
 * Waiting that can be given up.
 */
import { abortedBy } from '../call.js';
import type { Outcome } from '../errors.js';

/**
 * The promise's result, or an error when the signal is aborted; what the promise does then is not minded.
 * @param outcome what is known of the call when the wait is given up
 * @param options `grace`: milliseconds that the promise gets after the abort to reject with an error of its own;
 *   `during`: what was waited for, for the message
 */
export async function settled<Result>(
  promise: Promise<Result>,
  signal: AbortSignal | undefined,
  outcome: Outcome,
  operation: string,
  { grace = 0, during }: { readonly grace?: number; readonly during?: string } = {},
): Promise<Result> {
  if (!signal) return promise;
  promise.catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    const giveUp = (): void => reject(abortedBy(signal, outcome, operation, during));
    abort = () => {
      if (grace === 0) giveUp();
      else timer = setTimeout(giveUp, grace);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
