/**
 * The body of a request, as far as it is wanted.
 */
import type { IncomingMessage } from 'node:http';

/** Why a body is not taken. */
export interface RefusedBody {
  readonly status: number;
  readonly reason: string;
}

/** What the head of a request says against its body, which is not to be read then. */
export function refusedByHead({ headers }: IncomingMessage, limit: number): RefusedBody | undefined {
  const coded = !/^(?:identity)?$/i.test(headers['content-encoding'] ?? '');
  if (coded) return { status: 415, reason: 'a request must have no Content-Encoding' };
  return Number(headers['content-length'] ?? 0) > limit ? tooLarge(limit) : undefined;
}

export const tooLarge = (limit: number): RefusedBody => ({
  status: 413,
  reason: `the request has more than ${limit} bytes`,
});

/** The body, or undefined where it has more bytes than the limit, in which case the rest is left unread. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      request.off('data', take).pause();
      resolve(undefined);
    };
    request
      .on('data', take)
      .once('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)))
      .once('error', reject);
  });
}
