/**
 * Bytes that were seen before, to compare with four at a time.
 */
import type { Cursor } from './lexer.js';

export interface Pattern {
  readonly bytes: Buffer;
  readonly words: Int32Array;
}

/** The bytes are copied, so that the document they come from is not kept. */
export function patternOf(source: Uint8Array): Pattern {
  const bytes = Buffer.from(source);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = new Int32Array(bytes.length >> 2);
  for (let i = 0; i < words.length; i++) words[i] = view.getInt32(i * 4, true);
  return { bytes, words };
}

/** Whether the bytes at the cursor are those of the pattern. */
export function matches(cursor: Cursor, { words, bytes: wanted }: Pattern): boolean {
  const { view, bytes, pos } = cursor;
  const { length } = wanted;
  if (pos + length > cursor.end) return false;
  const count = words.length;
  for (let i = 0, at = pos; i < count; i++, at += 4) if (view.getInt32(at, true) !== words[i]) return false;
  for (let i = count * 4; i < length; i++) if (bytes[pos + i] !== wanted[i]) return false;
  return true;
}
