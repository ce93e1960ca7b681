/**
 * From the bytes of a document to valid UTF-8. A replacement character is never made: what cannot be decoded, or
 * contradicts itself, is refused.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { InputError, ProtocolError } from '../errors.js';
import type { Bytes } from './bytes.js';
import { usualDeclaration } from './declaration.js';
import { table } from './table.js';

/**
 * Gives the document as UTF-8 without a byte order mark. A byte order mark says which encoding it is; else the
 * `charset` of the Content-Type, the XML declaration, and UTF-8, in this order; those that are there must agree.
 */
export function toUtf8(document: Uint8Array | string, charset?: string): Bytes {
  if (typeof document === 'string') {
    if (!document.isWellFormed()) throw new ProtocolError('encoding', 'the text holds half of a surrogate pair');
    return refuseNonCharacters(Buffer.from(document.charCodeAt(0) === 0xfeff ? document.slice(1) : document, 'utf8'));
  }
  if (!(document instanceof Uint8Array)) throw new InputError('document', 'neither bytes (a Uint8Array) nor a text');
  const bytes = Buffer.isBuffer(document)
    ? document
    : Buffer.from(document.buffer, document.byteOffset, document.byteLength);
  const { label, mark } = encodingOf(bytes, charset);
  const content = mark > 0 ? bytes.subarray(mark) : bytes;
  if (label === 'utf-8') return requireUtf8(content, mark);
  return fromEncoding(content, label);
}

/** Which encoding a document is in that begins so, and how long its byte order mark is. */
export function encodingOf(
  head: Buffer,
  charset: string | undefined,
): { readonly label: string; readonly mark: number } {
  const { family, mark } = sniff(head);
  const wide = family === 'utf-16le' || family === 'utf-16be';
  const declared = declaredEncoding(wide ? withoutZeros(head) : mark > 0 ? head.subarray(mark) : head);
  return { label: agree(family, charset?.toLowerCase(), declared), mark };
}

export function requireUtf8(bytes: Buffer, from: number): Bytes {
  if (isAscii(bytes)) return bytes as Bytes;
  if (isUtf8(bytes)) return refuseNonCharacters(bytes);
  throw new ProtocolError('encoding', `the document is not valid UTF-8 from byte ${from + firstInvalid(bytes)} on`);
}

/** Where a character of UTF-8 begins or ends, at the place or before it. */
export function boundaryAt(bytes: Buffer, place: number): number {
  let start = place;
  while (start > 0 && place - start < 4 && ((bytes[start - 1] as number) & 0xc0) === 0x80) start--;
  const lead = start > 0 ? (bytes[start - 1] as number) : 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return lead >= 0xc0 && place - start + 1 < length ? start - 1 : place;
}

/** What the first bytes tell. */
interface Sniffed {
  /** `bytes` is any encoding that agrees with ASCII. */
  readonly family: 'bytes' | 'utf-8' | 'utf-16le' | 'utf-16be';
  /** The length of the byte order mark. */
  readonly mark: number;
}

const usual: Sniffed = { family: 'bytes', mark: 0 };

function sniff(bytes: Buffer): Sniffed {
  const a = bytes[0];
  const b = bytes[1];
  if (a === 0x3c) return b === 0 ? { family: 'utf-16le', mark: 0 } : usual;
  if (a === 0xef && b === 0xbb && bytes[2] === 0xbf) return { family: 'utf-8', mark: 3 };
  if (a === 0xff && b === 0xfe) return { family: 'utf-16le', mark: 2 };
  if (a === 0xfe && b === 0xff) return { family: 'utf-16be', mark: 2 };
  return a === 0 && b === 0x3c ? { family: 'utf-16be', mark: 0 } : usual;
}

/** An XML declaration in UTF-16 is ASCII with a zero before or behind each character. */
function withoutZeros(head: Buffer): Buffer {
  const end = head.indexOf(GT);
  return head.subarray(0, end < 0 ? head.length : end + 2).filter((byte) => byte !== 0 && byte < 0x80) as Buffer;
}

/** The label in the XML declaration, in lower case; whether the declaration is well-formed is the lexer's to say. */
function declaredEncoding(document: Buffer): string | undefined {
  // Most documents have no declaration, which their second character tells, or a usual one.
  if (document[1] !== QUESTION) return undefined;
  if (usualDeclaration(document) > 0) return 'utf-8';
  const end = document.indexOf(GT);
  const head = document.toString('latin1', 0, end < 0 ? document.length : end);
  return /^<\?xml\s(?:[^>]*\s)?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(head)?.[1]?.toLowerCase();
}

const GT = 0x3e;
const QUESTION = 0x3f;

/** The one encoding that all sources agree on. UTF-16 without a byte order is agreed on with either order. */
function agree(family: Sniffed['family'], charset: string | undefined, declared: string | undefined): string {
  // As nearly all messages are.
  const plain = (charset === undefined || charset === 'utf-8') && (declared === undefined || declared === 'utf-8');
  if (plain && (family === 'bytes' || family === 'utf-8')) return 'utf-8';
  const named = [charset, declared].filter((label) => label !== undefined).map(normalise);
  const label = family === 'bytes' ? (named[0] ?? 'utf-8') : family;
  for (const other of named) {
    const same = other === label || (other === 'utf-16' && label.startsWith('utf-16'));
    if (!same) throw new ProtocolError('encoding', `the document is said to be ${other} and is ${label}`);
  }
  if (label === 'utf-16') throw new ProtocolError('encoding', 'the document is said to be utf-16 and is not');
  return label;
}

function normalise(label: string): string {
  const known = aliases[label];
  if (known === undefined)
    throw new ProtocolError('encoding', `the encoding ${JSON.stringify(label)} is not supported`);
  return known;
}

const aliases = table({
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'us-ascii',
  ascii: 'us-ascii',
  'utf-16': 'utf-16',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
});

/** Bytes in any encoding but UTF-8 as UTF-8. */
export const fromEncoding = (bytes: Buffer, label: string): Bytes =>
  refuseNonCharacters(Buffer.from(decode(bytes, label), 'utf8'));

function decode(bytes: Buffer, label: string): string {
  // What TextDecoder takes these labels for differs from XML's idea of them, and between versions of Node.
  if (label === 'iso-8859-1') return bytes.toString('latin1');
  if (label === 'windows-1252') return bytes.toString('latin1').replace(/[\x80-\x9f]/g, fromWindows);
  if (label === 'us-ascii' && bytes.some((byte) => byte > 0x7f)) {
    throw new ProtocolError('encoding', 'the document is not US-ASCII');
  }
  try {
    return new TextDecoder(label === 'us-ascii' ? 'utf-8' : label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new ProtocolError('encoding', `the document is not valid ${label}`, { cause });
  }
}

/** The characters of windows-1252 from 0x80 to 0x9f, with a space for each byte that has none. */
const WINDOWS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

function fromWindows(char: string): string {
  const mapped = WINDOWS.charAt(char.charCodeAt(0) - 0x80);
  if (mapped !== ' ') return mapped;
  throw new ProtocolError('encoding', `the byte 0x${char.charCodeAt(0).toString(16)} is no character of windows-1252`);
}

/** Found by halving, each half being looked at once. */
function firstInvalid(bytes: Buffer): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 4) {
    const middle = boundaryAt(bytes, (valid + invalid) >> 1);
    if (middle <= valid) break;
    if (isUtf8(bytes.subarray(valid, middle))) valid = middle;
    else invalid = middle;
  }
  for (let end = valid + 1; end < invalid; end++) if (isUtf8(bytes.subarray(valid, end))) valid = end;
  return valid;
}

const EF_BF = Buffer.from([0xef, 0xbf]);

/** U+FFFE and U+FFFF are in no XML document, so that the lexer need not look for them. */
function refuseNonCharacters(bytes: Buffer): Bytes {
  for (let at = bytes.indexOf(EF_BF); at >= 0; at = bytes.indexOf(EF_BF, at + 2)) {
    if ((bytes[at + 2] ?? 0) >= 0xbe)
      throw new ProtocolError('xml-syntax', `a character that XML does not allow at byte ${at}`);
  }
  return bytes as Bytes;
}
