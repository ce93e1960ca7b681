/**
 * The text of a file, piece by piece: unpacked where it is gzip, and decoded by its byte order mark, else as UTF-8.
 */
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/**
 * Reads a file.
 * @param onBytes is told how many bytes were read, before they are unpacked
 * @throws what reading or unpacking throws
 */
export async function* textOf(path: string, onBytes: (count: number) => void): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const bytes of unpacked(counted(path, onBytes))) {
    decoder ??= decoderFor(bytes);
    const text = decoder.decode(bytes, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield rest;
}

const CHUNK = 65_536;

async function* counted(path: string, onBytes: (count: number) => void): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: CHUNK });
  for await (const bytes of stream) {
    onBytes((bytes as Buffer).length);
    yield bytes as Buffer;
  }
}

/** By the first bytes and not by the name, which rotation changes. */
async function* unpacked(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const { value: first, done } = await chunks.next();
  if (done) return;
  const whole = startingWith(first, chunks);
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    yield* whole;
    return;
  }
  const gunzip = createGunzip({ chunkSize: CHUNK });
  // What goes wrong is thrown where the result is read.
  pipeline(Readable.from(whole), gunzip, () => {});
  yield* gunzip;
}

async function* startingWith(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

function decoderFor(bytes: Buffer): InstanceType<typeof TextDecoder> {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be');
  return new TextDecoder('utf-8');
}
