/**
 * From the pieces of a document to valid UTF-8, as they arrive.
 */
import type { Bytes } from './bytes.js';
import { boundaryAt, encodingOf, fromEncoding, requireUtf8 } from './encoding.js';

/** Takes a piece of a document and says whether it is the last one; gives what is whole of it as UTF-8. */
export type Utf8Pieces = (piece: Buffer, last: boolean) => Bytes;

/** What `toUtf8` does, for a document that arrives in pieces. Until the encoding can be told it gives nothing. */
export function utf8Pieces(charset?: string): Utf8Pieces {
  let label: string | undefined;
  let held: Buffer = NOTHING;
  let passed = 0;
  return (piece, last) => {
    held = held.length > 0 ? Buffer.concat([held, piece]) : piece;
    if (label === undefined) {
      if (!last && !tellsEncoding(held)) return NOTHING;
      const found = encodingOf(held, charset);
      label = found.label;
      held = held.subarray(found.mark);
      passed = found.mark;
    }
    const whole = held.subarray(0, last ? held.length : wholeEnd(held, label));
    held = held.subarray(whole.length);
    passed += whole.length;
    return label === 'utf-8' ? requireUtf8(whole, passed - whole.length) : fromEncoding(whole, label);
  };
}

const NOTHING = Buffer.alloc(0) as Bytes;

/** Whether no more bytes are needed: the declaration, where there is one, is complete. */
function tellsEncoding(head: Buffer): boolean {
  if (head.length < 8) return false;
  const start = head.subarray(0, 8).toString('latin1').replaceAll('\0', '');
  return !/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?<\?/.test(start) || head.includes('>');
}

/** Where the last whole character ends. */
function wholeEnd(bytes: Buffer, label: string): number {
  if (label === 'utf-8') return boundaryAt(bytes, bytes.length);
  if (!label.startsWith('utf-16')) return bytes.length;
  const even = bytes.length & ~1;
  // A surrogate pair is one character.
  const high = even > 0 ? (bytes[label === 'utf-16le' ? even - 1 : even - 2] as number) : 0;
  return high >= 0xd8 && high < 0xdc ? even - 2 : even;
}
