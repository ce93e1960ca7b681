/**
 * The tokens of XML 1.0 (fifth edition) with namespaces, read from bytes. `parseXml` and the schema-driven reader are
 * both built on these functions, so that what is proven for one holds for the other.
 *
 * A cursor moves over UTF-8 that was checked beforehand; nothing is decoded until a piece of text is complete. Text is
 * looked through four bytes at a time: the subtractions in `bitsOf` set the high bit of a byte that is one of `< & ]`,
 * a control character or beyond ASCII, so that one test passes plain words; only where it hits are the bytes
 * looked at one by one. A run of plain ASCII, the usual case, becomes a string as it stands; other text is put
 * together in a scratch buffer first, as long as Latin-1 can hold it.
 *
 * The functions are long where a call for each byte would cost more than it explains.
 */
import { InputError, type ProtocolCode } from '../errors.js';
import { requireKnown } from '../options.js';
import { brief } from './brief.js';
import type { Bytes } from './bytes.js';
import { classes, codePointAt, isNameCodePoint, isNameStart, NAME, NAME_START, STOP } from './characters.js';
import { usualDeclaration } from './declaration.js';

/** What a document may cost. Beyond it the document is refused with the code `xml-limit`. */
export interface XmlLimits {
  /** Elements inside each other. */
  readonly depth: number;
  /** Attributes of one element, namespace declarations included. */
  readonly attributes: number;
  /** Bytes in the name of an element, attribute or prefix. */
  readonly name: number;
  /** Bytes of the whole document. */
  readonly bytes: number;
  /** Elements that have no schema and are kept as a tree, as those in the detail of a Fault. */
  readonly elements: number;
}

export const defaultLimits: XmlLimits = {
  depth: 256,
  attributes: 1000,
  name: 1024,
  bytes: 16 * 1024 * 1024,
  elements: 100_000,
};

const LIMITS = Object.keys(defaultLimits);

/**
 * The limits that an option states, with the defaults for those that it does not.
 * @throws InputError for what is no limit
 */
export function limitsOf(stated: Partial<XmlLimits> = {}): XmlLimits {
  requireKnown('limits.', stated, LIMITS);
  const limitOf = (key: keyof XmlLimits): number => {
    const limit = stated[key] ?? defaultLimits[key];
    if (!(limit > 0)) throw new InputError(`limits.${key}`, 'not a number above 0');
    return limit;
  };
  return {
    depth: limitOf('depth'),
    attributes: limitOf('attributes'),
    name: limitOf('name'),
    bytes: limitOf('bytes'),
    elements: limitOf('elements'),
  };
}

export interface Cursor {
  readonly bytes: Bytes;
  readonly view: DataView;
  readonly end: number;
  readonly limits: XmlLimits;
  /** Whether processing instructions may stand in the document; a SOAP message has none. */
  readonly instructions: boolean;
  /** Whether references to control characters are read as the characters, as .NET writes them. */
  readonly controls: boolean;
  /** Short texts that were read lately; null where the document is too small for it to be worthwhile. */
  readonly recent: string[] | null;
  pos: number;
  depth: number;
  /** How many elements of trees there were. */
  elements: number;
}

export interface CursorOptions {
  readonly limits?: Partial<XmlLimits> | undefined;
  readonly instructions?: boolean;
  readonly controls?: boolean;
}

/** @param bytes valid UTF-8 without a byte order mark, as `toUtf8` gives it */
export function cursorOver(bytes: Buffer, options: CursorOptions = {}): Cursor {
  const limits = options.limits ? limitsOf(options.limits) : defaultLimits;
  const cursor: Cursor = {
    bytes: bytes as Bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    end: bytes.length,
    limits,
    instructions: options.instructions ?? false,
    controls: options.controls ?? false,
    recent: bytes.length > 32_768 ? new Array<string>(RECENT).fill('') : null,
    pos: 0,
    depth: 0,
    elements: 0,
  };
  if (bytes.length > limits.bytes)
    refuse(cursor, 'xml-limit', `the document has ${bytes.length} bytes, more than ${limits.bytes}`);
  return cursor;
}

/** What is wrong with a document, and at which byte; `located` makes it the error that callers see. */
export class Refusal extends Error {
  constructor(
    readonly code: ProtocolCode,
    readonly found: string,
    readonly at: number,
    /** Whether all that is wrong is that the document ends here. */
    readonly ended = false,
  ) {
    super(found);
  }
}

export function refuse(cursor: Cursor, code: ProtocolCode, found: string, at = cursor.pos): never {
  throw new Refusal(code, found, at);
}

/** The prefixes that an element binds, over those of its parent. */
export interface Scope {
  readonly parent: Scope | null;
  readonly bindings: ReadonlyMap<string, string>;
}

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

export const rootScope: Scope = { parent: null, bindings: new Map([['xml', XML]]) };

/** The namespace that a prefix stands for; `''` for the default where there is none. */
export function namespaceOf(scope: Scope, prefix: string): string | undefined {
  for (let each: Scope | null = scope; each; each = each.parent) {
    const namespace = each.bindings.get(prefix);
    if (namespace !== undefined) return namespace;
  }
  return prefix === '' ? '' : undefined;
}

export interface Attribute {
  readonly name: string;
  /** `''` where there is none. */
  readonly namespace: string;
  readonly value: string;
}

export interface StartTag {
  /** As written, with its prefix: what the end tag must repeat. */
  readonly qname: string;
  readonly name: string;
  readonly namespace: string;
  /** Namespace declarations are not among them. */
  readonly attributes: readonly Attribute[];
  /** The prefixes inside the element. */
  readonly scope: Scope;
  /** `<x/>` */
  readonly empty: boolean;
}

const LT = 0x3c;
const GT = 0x3e;
const AMP = 0x26;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const DASH = 0x2d;
const SEMICOLON = 0x3b;
const HASH = 0x23;
const CLOSE_BRACKET = 0x5d;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;

const isSpace = (byte: number | undefined): boolean => byte === SPACE || byte === LF || byte === 9 || byte === CR;

/** Moves past white space and says whether there was any. */
export function skipSpace(c: Cursor): boolean {
  const start = c.pos;
  while (isSpace(c.bytes[c.pos])) c.pos++;
  return c.pos > start;
}

/** Whether the bytes at the cursor are this ASCII text. */
function looksAt(c: Cursor, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (c.bytes[c.pos + i] !== text.charCodeAt(i)) return false;
  return true;
}

function expect(c: Cursor, text: string, where: string): void {
  if (!looksAt(c, text)) unexpected(c, where);
  c.pos += text.length;
}

function unexpected(c: Cursor, where: string): never {
  if (c.pos >= c.end) ends(c, where);
  refuse(c, 'xml-syntax', `${printable(c)} ${where}`);
}

/** Refuses a document that ends before it is complete. */
function ends(c: Cursor, where: string, at = c.pos): never {
  throw new Refusal('xml-syntax', `the document ends ${where}`, at, true);
}

function printable(c: Cursor): string {
  const byte = c.bytes[c.pos] ?? 0;
  return byte < 0x20 || byte === 0x7f
    ? `the character U+${byte.toString(16).padStart(4, '0').toUpperCase()}`
    : JSON.stringify(charAt(c));
}

const charAt = (c: Cursor): string => String.fromCodePoint(codePointAt(c.bytes, c.pos));

/** The XML declaration and what else may stand before the root element. */
export function readProlog(c: Cursor): void {
  c.pos = usualDeclaration(c.bytes);
  if (c.pos === 0 && looksAt(c, '<?xml') && isSpace(c.bytes[5])) readDeclaration(c);
  skipMisc(c);
  if (c.bytes[c.pos] !== LT) unexpected(c, 'where the root element should begin');
}

function readDeclaration(c: Cursor): void {
  const close = c.bytes.indexOf('?>', c.pos);
  if (close < 0) ends(c, 'inside the XML declaration');
  const text = c.bytes.latin1Slice(c.pos, close + 2);
  const form =
    /^<\?xml[\t\n\r ]+version[\t\n\r ]*=[\t\n\r ]*(?:"1\.\d+"|'1\.\d+')(?:[\t\n\r ]+encoding[\t\n\r ]*=[\t\n\r ]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[\t\n\r ]+standalone[\t\n\r ]*=[\t\n\r ]*(?:"(?:yes|no)"|'(?:yes|no)'))?[\t\n\r ]*\?>$/;
  if (!form.test(text)) refuse(c, 'xml-syntax', 'the XML declaration is malformed');
  c.pos = close + 2;
}

/** Moves past white space, comments and, where they are allowed, processing instructions. */
export function skipMisc(c: Cursor): void {
  for (;;) {
    skipSpace(c);
    if (c.bytes[c.pos] !== LT) return;
    const next = c.bytes[c.pos + 1];
    if (next === QUESTION) readInstruction(c);
    else if (next === BANG && c.bytes[c.pos + 2] === DASH) readComment(c);
    else if (next === BANG && looksAt(c, '<!DOCTYPE')) refuse(c, 'xml-forbidden', 'a DOCTYPE is not accepted');
    else return;
  }
}

/** After the root element only comments, white space and instructions may follow. */
export function readEpilog(c: Cursor): void {
  skipMisc(c);
  if (c.pos < c.end) unexpected(c, 'after the root element');
}

function readComment(c: Cursor): void {
  const start = c.pos;
  expect(c, '<!--', 'where a comment should begin');
  for (;;) {
    const byte = c.bytes[c.pos];
    if (byte === undefined) ends(c, 'inside a comment', start);
    if (byte === DASH && c.bytes[c.pos + 1] === DASH) break;
    refuseControl(c, byte);
    c.pos++;
  }
  expect(c, '-->', 'after "--" in a comment');
}

function readInstruction(c: Cursor): void {
  const start = c.pos;
  if (!c.instructions && !(looksAt(c, '<?xml') && isSpace(c.bytes[c.pos + 5]))) {
    refuse(c, 'xml-forbidden', 'a processing instruction is not accepted in a message');
  }
  c.pos += 2;
  const target = readName(c);
  if (target.includes(':')) refuse(c, 'xml-syntax', 'a colon in the name of a processing instruction', start);
  if (target.toLowerCase() === 'xml')
    refuse(c, 'xml-syntax', 'an XML declaration that does not begin the document', start);
  if (!looksAt(c, '?>') && !skipSpace(c)) unexpected(c, 'in a processing instruction');
  while (!looksAt(c, '?>')) {
    const byte = c.bytes[c.pos];
    if (byte === undefined) ends(c, 'inside a processing instruction', start);
    refuseControl(c, byte);
    c.pos++;
  }
  c.pos += 2;
}

function refuseControl(c: Cursor, byte: number): void {
  if (byte < 0x20 && byte !== 9 && byte !== LF && byte !== CR) {
    refuse(c, 'xml-syntax', `${printable(c)} is not allowed in XML`);
  }
}

/** A Name, colons included; whether they stand where a QName may have one is checked by `splitName`. */
function readName(c: Cursor): string {
  const { bytes } = c;
  const start = c.pos;
  let ascii = true;
  let need = NAME_START;
  for (;;) {
    const byte = bytes[c.pos];
    if (byte === undefined) break;
    if (byte < 0x80) {
      if (((classes[byte] ?? 0) & need) === 0) break;
      c.pos++;
    } else {
      const code = codePointAt(bytes, c.pos);
      if (!isNameCodePoint(code, need === NAME_START)) break;
      ascii = false;
      c.pos += code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    }
    need = NAME;
  }
  if (c.pos === start) unexpected(c, 'where a name should begin');
  if (c.pos - start > c.limits.name)
    refuse(c, 'xml-limit', `a name of ${c.pos - start} bytes, more than ${c.limits.name}`, start);
  return ascii ? bytes.latin1Slice(start, c.pos) : bytes.utf8Slice(start, c.pos);
}

/** Prefix (`''` for none) and local part. */
function splitName(c: Cursor, qname: string, at: number): [string, string] {
  const colon = qname.indexOf(':');
  if (colon < 0) return ['', qname];
  const prefix = qname.slice(0, colon);
  const local = qname.slice(colon + 1);
  // What follows the colon must be a name of its own, which "a:1" and "a:-" are not.
  const starts = isNameStart(local.codePointAt(0) ?? 0);
  const bad = prefix === '' || !starts || local.includes(':');
  if (bad) refuse(c, 'xml-syntax', `${JSON.stringify(qname)} is not a qualified name`, at);
  return [prefix, local];
}

/** Reads `<name attribute="value" …>` with its namespaces resolved in the scope outside of it. */
export function readStartTag(c: Cursor, outer: Scope): StartTag {
  const start = c.pos;
  expect(c, '<', 'where a start tag should begin');
  const qname = readName(c);
  const raw: { qname: string; value: string; at: number }[] = [];
  let empty = false;
  for (;;) {
    const spaced = skipSpace(c);
    const byte = c.bytes[c.pos];
    if (byte === GT) break;
    if (byte === SLASH) {
      c.pos++;
      empty = true;
      if (c.bytes[c.pos] !== GT) unexpected(c, 'after "/" in a tag');
      break;
    }
    if (!spaced || byte === undefined) unexpected(c, 'inside a tag');
    if (raw.length >= c.limits.attributes) refuse(c, 'xml-limit', `more than ${c.limits.attributes} attributes`, start);
    const at = c.pos;
    const name = readName(c);
    skipSpace(c);
    expect(c, '=', `after the attribute name ${name}`);
    skipSpace(c);
    raw.push({ qname: name, value: readAttributeValue(c), at });
  }
  c.pos++;
  const scope = raw.length > 0 ? declare(c, outer, raw) : outer;
  const [prefix, name] = splitName(c, qname, start);
  if (prefix === 'xmlns') refuse(c, 'xml-syntax', 'the prefix xmlns is not for elements', start);
  const namespace =
    namespaceOf(scope, prefix) ?? refuse(c, 'xml-syntax', `the prefix ${prefix} is not declared`, start);
  return { qname, name, namespace, attributes: raw.length > 0 ? expand(c, scope, raw) : [], scope, empty };
}

function declare(c: Cursor, outer: Scope, raw: readonly { qname: string; value: string; at: number }[]): Scope {
  let bindings: Map<string, string> | undefined;
  for (const { qname, value, at } of raw) {
    if (!qname.startsWith('xmlns')) continue;
    const prefix = qname === 'xmlns' ? '' : qname[5] === ':' ? splitName(c, qname, at)[1] : undefined;
    if (prefix === undefined) continue;
    bindings ??= new Map();
    if (bindings.has(prefix)) refuse(c, 'xml-syntax', `the attribute ${qname} stands twice in one tag`, at);
    const reserved = prefix === 'xmlns' || value === XMLNS || (prefix === 'xml') !== (value === XML);
    if (reserved) refuse(c, 'xml-syntax', `${qname}="${brief(value, 100)}" declares what XML reserves`, at);
    if (value === '' && prefix !== '') refuse(c, 'xml-syntax', `${qname}="" takes a prefix back`, at);
    bindings.set(prefix, value);
  }
  return bindings ? { parent: outer, bindings } : outer;
}

function expand(c: Cursor, scope: Scope, raw: readonly { qname: string; value: string; at: number }[]): Attribute[] {
  const attributes: Attribute[] = [];
  const seen = new Set<string>();
  for (const { qname, value, at } of raw) {
    if (qname === 'xmlns' || qname.startsWith('xmlns:')) continue;
    const [prefix, name] = splitName(c, qname, at);
    // The default namespace is not for attributes.
    const namespace =
      prefix === ''
        ? ''
        : (namespaceOf(scope, prefix) ?? refuse(c, 'xml-syntax', `the prefix ${prefix} is not declared`, at));
    const expanded = `{${namespace}}${name}`;
    if (seen.has(expanded)) refuse(c, 'xml-syntax', `the attribute ${qname} stands twice in one tag`, at);
    seen.add(expanded);
    attributes.push({ name, namespace, value });
  }
  return attributes;
}

/** The value between quotes, references resolved and white space characters made spaces. */
function readAttributeValue(c: Cursor): string {
  const { bytes } = c;
  const quote = bytes[c.pos];
  if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) unexpected(c, 'where an attribute value should begin');
  const start = ++c.pos;
  for (;;) {
    const byte = bytes[c.pos];
    if (byte === quote) return bytes.utf8Slice(start, c.pos++);
    if (byte === undefined || byte === LT || byte === AMP || byte < 0x20) break;
    c.pos++;
  }
  c.pos = start;
  let value = '';
  for (;;) {
    value += readNarrow(c, quote);
    const byte = bytes[c.pos];
    if (byte === quote) break;
    if (byte === undefined || byte === LT) unexpected(c, 'in an attribute value');
    if (byte === AMP) value += String.fromCodePoint(readReference(c));
    else if (byte >= 0x80) value += readWide(c, quote);
  }
  c.pos++;
  return value;
}

/** `&amp;`, `&#10;`, `&#xA;` and their like, as a code point. There are no other entities, since there is no DTD. */
function readReference(c: Cursor): number {
  const second = c.bytes[c.pos + 1];
  if (second === HASH) return readCharacterReference(c);
  for (const { text, code } of entities) {
    if (text.charCodeAt(1) === second && looksAt(c, text)) {
      c.pos += text.length;
      return code;
    }
  }
  const semicolon = c.bytes.subarray(c.pos, c.pos + 64).indexOf(SEMICOLON);
  const name = semicolon < 0 ? '' : c.bytes.latin1Slice(c.pos + 1, c.pos + semicolon);
  refuse(c, 'xml-syntax', name === '' ? 'a bare "&"' : `the entity &${name}; is not declared`);
}

const entities = [
  { text: '&amp;', code: AMP },
  { text: '&lt;', code: LT },
  { text: '&gt;', code: GT },
  { text: '&quot;', code: DOUBLE_QUOTE },
  { text: '&apos;', code: SINGLE_QUOTE },
];

function readCharacterReference(c: Cursor): number {
  const hex = c.bytes[c.pos + 2] === 0x78;
  const first = c.pos + (hex ? 3 : 2);
  let code = 0;
  let at = first;
  for (; ; at++) {
    const digit = digitOf(c.bytes[at], hex);
    if (digit < 0) break;
    // One that is too large stays so, however many digits follow.
    code = Math.min(code * (hex ? 16 : 10) + digit, 0x110000);
  }
  if (at >= c.end) ends(c, 'inside a reference');
  if (at === first || c.bytes[at] !== SEMICOLON) refuse(c, 'xml-syntax', 'a bare "&#"');
  if (!isAllowed(code, c.controls)) {
    const found = c.bytes.latin1Slice(c.pos, Math.min(at, c.pos + 20));
    refuse(c, 'xml-syntax', `the reference ${found}; stands for no character that XML allows`);
  }
  c.pos = at + 1;
  return code;
}

function digitOf(byte: number | undefined, hex: boolean): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return hex && letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Whether a reference may stand for a character. */
function isAllowed(code: number, controls: boolean): boolean {
  if (code < 0x20) return code === 9 || code === LF || code === CR || (controls && code > 0);
  return (code < 0xd800 || code >= 0xe000) && code <= 0x10ffff && code !== 0xfffe && code !== 0xffff;
}

/**
 * The character data at the cursor, up to the next tag: references and CDATA resolved, line ends normalised, comments
 * left out.
 */
export function readText(c: Cursor): string {
  const { bytes, pos } = c;
  const stop = asciiRun(c, pos);
  const next = bytes[stop + 1];
  if (bytes[stop] !== LT || next === BANG || next === QUESTION) return composeText(c);
  c.pos = stop;
  if (stop - pos > LONGEST_RECENT || c.recent === null) return bytes.latin1Slice(pos, stop);
  return stop === pos ? '' : recentText(bytes, pos, stop, c.recent);
}

const LONGEST_RECENT = 16;
const RECENT = 64;

/** Names and the like come again and again in one document, and are made once. */
function recentText(bytes: Bytes, start: number, stop: number, recent: string[]): string {
  const place = ((bytes[start] as number) * 7 + (bytes[stop - 1] as number) + stop - start) % RECENT;
  const known = recent[place] as string;
  const { length } = known;
  if (length === stop - start) {
    let at = 0;
    while (at < length && bytes[start + at] === known.charCodeAt(at)) at++;
    if (at === length) return known;
  }
  const text = bytes.latin1Slice(start, stop);
  recent[place] = text;
  return text;
}

/** Where the run of plain ASCII that begins at `from` ends. */
function asciiRun({ bytes, view, end }: Cursor, from: number): number {
  const last = end - 8;
  let at = from;
  for (;;) {
    while (at <= last && ((bitsOf(view.getInt32(at, true)) | bitsOf(view.getInt32(at + 4, true))) & HIGH_BITS) === 0)
      at += 8;
    const stop = Math.min(at + 8, end);
    for (; at < stop; at++) if (((classes[bytes[at] as number] as number) & STOP) !== 0) return at;
    if (at >= end) return end;
  }
}

/**
 * The high bit of a byte is set in what this gives for four bytes, if one of them is no plain ASCII. A tab or line feed
 * sets it too: the bytes are looked at one by one then.
 */
const bitsOf = (word: number): number =>
  ((word ^ 0x3c3c3c3c) - 0x01010101) |
  ((word ^ 0x26262626) - 0x01010101) |
  ((word ^ 0x5d5d5d5d) - 0x01010101) |
  (word - 0x20202020) |
  word;

const HIGH_BITS = 0x80808080;

/** Text that is not one run of plain ASCII. */
function composeText(c: Cursor): string {
  const { bytes } = c;
  let text = '';
  for (;;) {
    text += readNarrow(c);
    const byte = bytes[c.pos];
    if (byte === undefined) ends(c, 'inside an element');
    if (byte === LT) {
      const next = bytes[c.pos + 1];
      if (next === QUESTION) readInstruction(c);
      else if (next !== BANG) return text;
      else if (bytes[c.pos + 2] === DASH) readComment(c);
      else text += readCdata(c);
    } else if (byte === AMP) text += String.fromCodePoint(readReference(c));
    else if (byte >= 0x80) text += readWide(c);
  }
}

/**
 * Where text is put together that is more than one run, a byte for each character up to U+00FF, so that it becomes a
 * string in one piece. It holds nothing from one text to the next.
 */
const scratch = Buffer.allocUnsafeSlow(4096) as Bytes;
const scratchView = new DataView(scratch.buffer);

/**
 * Text of characters up to U+00FF, up to markup, a wider character, or as much as there is room for. With a quote it is
 * the text of an attribute that the quote ends, in which white space characters are spaces.
 */
function readNarrow(c: Cursor, quote = 0): string {
  const { bytes, view, end } = c;
  let to = 0;
  while (to <= scratch.length - 4) {
    const at = c.pos;
    if (quote === 0 && at <= end - 4) {
      const word = view.getInt32(at, true);
      if ((bitsOf(word) & HIGH_BITS) === 0) {
        scratchView.setInt32(to, word, true);
        c.pos = at + 4;
        to += 4;
        continue;
      }
    }
    const byte = bytes[at];
    if (byte === undefined || byte === LT || byte > 0xc3 || (byte === quote && quote !== 0)) break;
    if (byte >= 0x80) {
      scratch[to++] = ((byte & 3) << 6) | ((bytes[at + 1] as number) & 0x3f);
      c.pos = at + 2;
    } else if (byte === AMP) {
      const code = readReference(c);
      if (code > 0xff) {
        c.pos = at;
        break;
      }
      scratch[to++] = code;
    } else {
      if (byte === CLOSE_BRACKET && quote === 0) refuseClose(c);
      refuseControl(c, byte);
      scratch[to++] = byte >= 0x20 ? byte : quote !== 0 ? SPACE : byte === CR ? LF : byte;
      c.pos = byte === CR && bytes[at + 1] === LF ? at + 2 : at + 1;
    }
  }
  return to === 0 ? '' : scratch.latin1Slice(0, to);
}

function refuseClose(c: Cursor): void {
  if (c.bytes[c.pos + 1] === CLOSE_BRACKET && c.bytes[c.pos + 2] === GT) refuse(c, 'xml-syntax', '"]]>" in text');
}

/** Text of any characters up to the next one that does not stand for itself; with a quote, the text of an attribute. */
function readWide(c: Cursor, quote = 0): string {
  const { bytes, view } = c;
  const last = quote === 0 ? c.end - 4 : -1;
  let at = c.pos;
  for (;;) {
    while (at <= last && standsForItself(view.getInt32(at, true))) at += 4;
    const byte = bytes[at];
    if (byte === undefined || (byte < 0x80 && ((classes[byte] as number) & STOP) !== 0)) break;
    if (quote !== 0 && (byte === quote || byte < 0x20)) break;
    at++;
  }
  const text = bytes.utf8Slice(c.pos, at);
  c.pos = at;
  return text;
}

/** Whether four bytes are plain, whether they are ASCII or not. */
function standsForItself(word: number): boolean {
  const lt = word ^ 0x3c3c3c3c;
  const amp = word ^ 0x26262626;
  const bracket = word ^ 0x5d5d5d5d;
  const hit =
    ((lt - 0x01010101) & ~lt) |
    ((amp - 0x01010101) & ~amp) |
    ((bracket - 0x01010101) & ~bracket) |
    ((word - 0x20202020) & ~word);
  return (hit & HIGH_BITS) === 0;
}

function readCdata(c: Cursor): string {
  const { bytes } = c;
  const start = c.pos;
  expect(c, '<![CDATA[', 'where a CDATA section should begin');
  const from = c.pos;
  for (;;) {
    const byte = bytes[c.pos];
    if (byte === undefined) ends(c, 'inside a CDATA section', start);
    if (byte === CLOSE_BRACKET && bytes[c.pos + 1] === CLOSE_BRACKET && bytes[c.pos + 2] === GT) break;
    refuseControl(c, byte);
    c.pos++;
  }
  const text = bytes.utf8Slice(from, c.pos);
  c.pos += 3;
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Whether an end tag is next. */
export const atEndTag = (c: Cursor): boolean => c.bytes[c.pos] === LT && c.bytes[c.pos + 1] === SLASH;

/** Whether a start tag is next, rather than an end tag, a comment or the like. */
export function atStartTag({ bytes, pos }: Cursor): boolean {
  const next = bytes[pos + 1];
  return bytes[pos] === LT && next !== SLASH && next !== BANG && next !== QUESTION;
}

/** Reads the end tag of the element that was written as `qname`. */
export function readEndTag(c: Cursor, qname: string): void {
  const start = c.pos;
  expect(c, '</', `where <${qname}> should end`);
  const name = readName(c);
  if (c.pos >= c.end) unexpected(c, 'in an end tag');
  if (name !== qname) refuse(c, 'xml-syntax', `</${name}> where <${qname}> should end`, start);
  skipSpace(c);
  expect(c, '>', 'in an end tag');
}

/** Counts an element of a tree. */
export function keepElement(c: Cursor): void {
  if (++c.elements <= c.limits.elements) return;
  refuse(c, 'xml-limit', `more than ${c.limits.elements} elements that have no schema`, c.pos - 1);
}

/** Goes one element deeper, behind its start tag; the caller counts down again. */
export function enter(c: Cursor): void {
  if (++c.depth > c.limits.depth) refuse(c, 'xml-limit', `elements more than ${c.limits.depth} deep`, c.pos - 1);
}
