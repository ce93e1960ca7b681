import { isCallError } from '../../lib/index.js';

/** The CallError that a call rejects with; anything else fails the test. */
export async function errorOf(promise: Promise<unknown>) {
  const error = await promise.then(
    (value) => new Error(`it succeeded with ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (!isCallError(error)) throw error;
  return error;
}
