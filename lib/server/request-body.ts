/**
 * The body of a request, as far as it is wanted.
 */
import type { IncomingMessage } from 'node:http';

/** Whether the head of a request says that its body has more bytes than the limit. */
export const announcesMore = ({ headers }: IncomingMessage, limit: number): boolean =>
  Number(headers['content-length'] ?? 0) > limit;

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
