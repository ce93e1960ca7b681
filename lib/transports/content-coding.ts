/**
 * Content codings of replies: what is asked for, and how it is undone without being flooded.
 */
import { promisify } from 'node:util';
import { gunzip, type InputType, inflate, inflateRaw, type ZlibOptions } from 'node:zlib';
import { TransportError } from '../errors.js';

/** For Accept-Encoding. */
export const ACCEPTED_CODINGS = 'gzip, deflate';

/**
 * The body as it was before it was coded.
 * @param header of the reply, Content-Encoding
 * @param limit the most bytes that may come of it
 * @throws TransportError `content-type` for a coding that was not asked for, for several, and for a body that is not
 *   in the coding it is said to have, or is cut short; `too-large` for one that is too large when it is undone
 */
export async function undoContentCoding(body: Buffer, header: string, limit: number): Promise<Buffer> {
  const coding = header.trim().toLowerCase();
  if (coding === 'identity' || coding === '' || body.length === 0) return body;
  const undo = coding === 'deflate' ? deflateIn(body) : coding === 'gzip' || coding === 'x-gzip' ? gunzip : undefined;
  if (!undo)
    throw refused(`a reply in the content coding ${JSON.stringify(header.slice(0, 40))}, which was not asked for`);
  try {
    const { buffer, engine } = await decode(undo, body, limit);
    if (engine.bytesWritten === body.length) return buffer;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new TransportError('too-large', `the reply has more than ${limit} bytes when its ${coding} is undone`);
    }
    throw refused(`a reply that is no whole ${coding}, as it is said to be (${message})`);
  }
  throw refused(`a reply with more behind its ${coding} data`);
}

type Undo = (input: InputType, options: ZlibOptions, done: (error: Error | null, result: Buffer) => void) => void;

interface Decoded {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** With `info`, Node gives the engine too, which knows how much of the input it has read. */
const decode = (undo: Undo, body: Buffer, limit: number): Promise<Decoded> =>
  promisify(undo)(body, { maxOutputLength: limit, info: true }) as unknown as Promise<Decoded>;

/** The standard wraps deflate data in the zlib format; some servers, old IIS among them, send it bare. */
const deflateIn = (body: Buffer): Undo =>
  body.length >= 2 && ((body[0] ?? 0) & 0x0f) === 8 && body.readUInt16BE(0) % 31 === 0 ? inflate : inflateRaw;

const refused = (found: string): TransportError => new TransportError('content-type', found);
