/**
 * What the tests of connections do with them.
 */
import { inspect } from 'node:util';
import type { TransportError } from '../../../lib/errors.js';
import { connectFailure } from '../../../lib/transports/connect-failure.js';
import { type ConnectionOptions, openConnections } from '../../../lib/transports/connections.js';

/** What a server answers over a connection of its own. */
export async function answerOf(origin: string, options: Partial<ConnectionOptions> = {}): Promise<string> {
  const pool = await openConnections(origin, { connectMs: 30_000, ...options });
  try {
    const { body } = await pool.request({ origin, path: '/Chat.svc', method: 'POST', body: 'a call' });
    return await body.text();
  } finally {
    await pool.destroy();
  }
}

/** What a request is rejected with. */
export const rejectionOf = (origin: string, options?: Partial<ConnectionOptions>): Promise<unknown> =>
  answerOf(origin, options).then(
    (text) => expect(text).toBe('no answer'),
    (error: unknown) => error,
  );

/** The error for a request that failed before anything was sent. */
export async function failureOf(origin: string, options?: Partial<ConnectionOptions>): Promise<TransportError> {
  const error = await rejectionOf(origin, options);
  const failure = connectFailure(error, `${origin}/Chat.svc`);
  if (!failure) throw error;
  return failure;
}

/** All that can be seen of an error with the usual means. */
export const everythingOf = (error: Error): string =>
  [error, error.cause as Error | undefined]
    .flatMap((each) => [
      inspect(each, { showHidden: true, depth: Number.POSITIVE_INFINITY, getters: true }),
      JSON.stringify(each),
      String(each?.message),
      String(each?.stack),
    ])
    .join('\n');
