/**
 * Bytes that were seen before, to compare with four at a time.
 */
import type { Cursor } from './lexer.js';

export interface Pattern {
  readonly bytes: Buffer;
  /** Every four bytes; the last ones overlap those before where the length asks for it. None where there are no four. */
  readonly words: Int32Array;
}

/** The bytes are copied, so that the document they come from is not kept. */
export function patternOf(source: Uint8Array): Pattern {
  const bytes = Buffer.from(source);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = new Int32Array(bytes.length < 4 ? 0 : (bytes.length + 3) >> 2);
  for (let i = 0; i < words.length; i++) words[i] = view.getInt32(Math.min(i * 4, bytes.length - 4), true);
  return { bytes, words };
}

/** Whether the bytes at the cursor are those of the pattern. */
export function matches({ view, bytes, pos, end }: Cursor, { words, bytes: wanted }: Pattern): boolean {
  const { length } = wanted;
  if (pos + length > end) return false;
  const last = words.length - 1;
  if (last < 0) {
    for (let i = 0; i < length; i++) if (bytes[pos + i] !== wanted[i]) return false;
    return true;
  }
  let at = pos;
  let i = 0;
  for (; i < last - 1; i += 2, at += 8) {
    const first = view.getInt32(at, true) ^ (words[i] as number);
    if ((first | (view.getInt32(at + 4, true) ^ (words[i + 1] as number))) !== 0) return false;
  }
  if (i < last && view.getInt32(at, true) !== words[i]) return false;
  return view.getInt32(pos + length - 4, true) === words[last];
}
