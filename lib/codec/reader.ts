/**
 * Reads documents by their schema, in one pass over the bytes and without a tree: the start tags that `known-tags`
 * recognises say which member comes, and its type says how to read it.
 */

import { brief } from './brief.js';
import { dateTimeAt } from './date-time.js';
import {
  close,
  codeFor,
  insideOf,
  type KnownTag,
  type NestedSchema,
  nextChild,
  nextTag,
  refuseText,
  rememberValue,
  rootContent,
} from './known-tags.js';
import {
  atEndTag,
  atStartTag,
  type Cursor,
  cursorOver,
  enter,
  readEndTag,
  readEpilog,
  readProlog,
  readStartTag,
  readText,
  refuse,
  type StartTag,
  skipMisc,
  type XmlLimits,
} from './lexer.js';
import { type LocateOptions, located } from './locate.js';
import { matches } from './pattern.js';
import type { ArraySchema, ComplexSchema, DictionarySchema, Field, Schema } from './schema.js';
import { collapse, lexicalForms, readEnum, readFlags } from './values.js';
import { readContent, type XmlElement } from './xml.js';

export interface ReadOptions {
  readonly limits?: Partial<XmlLimits> | undefined;
  /** Whether references to control characters stand for the characters, as in the replies of .NET services. */
  readonly controls?: boolean;
  readonly place?: LocateOptions['place'];
}

/** The root element: the key of the member that it is, and its value. */
export interface Root {
  readonly key: string;
  readonly value: unknown;
}

/**
 * Reads a document whose root element is one of the schema's members.
 * @param bytes valid UTF-8, as `toUtf8` gives it
 */
export function readDocument(document: ComplexSchema, bytes: Buffer, options: ReadOptions = {}): Root {
  return located(
    bytes,
    () => {
      const cursor = cursorOver(bytes, options);
      readProlog(cursor);
      const tag = nextTag(cursor, rootContent(document, cursor.limits));
      if (tag.field === null) {
        const code = tag.qname.endsWith('Envelope') ? 'version' : 'envelope';
        refuse(cursor, code, `the root element is <${tag.qname}>, not an Envelope of SOAP 1.1 or 1.2`, 0);
      }
      const value = readValue(cursor, tag);
      close(cursor, tag);
      readEpilog(cursor);
      if (value === undefined) refuse(cursor, 'envelope', `the ${tag.field.name} is nil`, 0);
      return { key: tag.key, value };
    },
    options,
  );
}

type SimpleType = Exclude<Schema, NestedSchema>;

/**
 * The value of the element whose start tag was just read, up to its end tag, which is left to be read. Undefined stands
 * for a nil that the type has no value for, as in the published samples.
 */
export function readValue(cursor: Cursor, tag: KnownTag): unknown {
  switch (tag.kind) {
    case 'string':
      return readSimpleText(cursor, tag);
    case 'int':
      return readDigits(cursor, 9) ?? readSimple(cursor, tag);
    case 'short':
      return readDigits(cursor, 4) ?? readSimple(cursor, tag);
    case 'enum':
    case 'boolean':
      return readKnown(cursor, tag) ?? readSimple(cursor, tag);
    case 'dateTime':
      return readDate(cursor) ?? readSimple(cursor, tag);
    case 'nil':
      return readNil(cursor, tag);
    case 'complex':
      return readMembers(cursor, tag);
    case 'array':
      return readItems(cursor, tag);
    case 'dictionary':
      return readEntries(cursor, tag);
    case 'anyType':
      return readTree(cursor, tag);
    case 'unknown':
      return skip(cursor, tag);
    default:
      return readSimple(cursor, tag);
  }
}

const NIL_CONTENT = 'content in an element that is nil';

function readNil(cursor: Cursor, tag: KnownTag): null | undefined {
  if (!tag.empty) {
    skipMisc(cursor);
    if (atStartTag(cursor)) refuseElement(cursor, tag, NIL_CONTENT);
    if (!atEndTag(cursor)) refuseText(cursor, 'schema', NIL_CONTENT);
  }
  return tag.field?.nillable ? null : undefined;
}

/** `refuseText` for an element, which is read first. */
function refuseElement(cursor: Cursor, tag: KnownTag, found: string): never {
  const at = cursor.pos;
  const element = readStartTag(cursor, tag.scope);
  skip(cursor, element);
  if (!element.empty) readEndTag(cursor, element.qname);
  refuse(cursor, 'schema', found, at);
}

/** The usual form of a number, so few digits that its range needs no look; undefined, and nothing read, for any other. */
function readDigits(cursor: Cursor, most: number): number | undefined {
  const { bytes, pos } = cursor;
  let value = 0;
  let at = pos;
  for (; at - pos <= most; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (at === pos || at - pos > most || bytes[at] !== LT || bytes[at + 1] !== SLASH) return undefined;
  cursor.pos = at;
  return value;
}

/** A value that was read before; undefined, and nothing read, for any other. */
function readKnown(cursor: Cursor, { values }: KnownTag): unknown {
  if (values !== null) {
    for (const { text, value } of values) {
      if (matches(cursor, text)) {
        cursor.pos += text.bytes.length - 2;
        return value;
      }
    }
  }
  return undefined;
}

/** A dateTime with nothing around it; undefined, and nothing read, for "no value" and for any other text. */
function readDate(cursor: Cursor): unknown {
  const { bytes, pos } = cursor;
  let at = pos + SHORTEST_DATE;
  while (at < cursor.end && bytes[at] !== LT) at++;
  if (bytes[at + 1] !== SLASH) return undefined;
  const value = dateTimeAt(bytes, pos, at) ?? undefined;
  if (value !== undefined) cursor.pos = at;
  return value;
}

const LT = 0x3c;
const SLASH = 0x2f;
const SHORTEST_DATE = 19;

function readSimple(cursor: Cursor, tag: KnownTag): unknown {
  const type = typeOf<SimpleType>(tag);
  const start = cursor.pos;
  const text = tag.empty ? '' : collapse(readSimpleText(cursor, tag));
  const value = valueOfText(type, text);
  if (value === undefined) {
    refuse(cursor, 'schema', `${quote(text)} is not ${article(type.name)}`, tag.empty ? start - 1 : start);
  }
  if (tag.values !== null && !tag.empty) rememberValue(cursor, tag, start, value);
  return value;
}

/** The type of what the tag begins, which is of the kind that its reader was chosen by. */
const typeOf = <Type extends Schema>({ field }: KnownTag): Type => (field as Field).type as Type;

function readSimpleText(cursor: Cursor, tag: KnownTag): string {
  const text = readText(cursor);
  if (!atEndTag(cursor)) refuseElement(cursor, tag, `an element inside ${typeOf(tag).name}`);
  return text;
}

function valueOfText(type: SimpleType, text: string): unknown {
  switch (type.kind) {
    case 'string':
    case 'anyType':
      return text;
    case 'enum':
      return readEnum(type, text);
    case 'flags':
      return readFlags(type, text);
    default:
      return lexicalForms[type.kind].read(text);
  }
}

const quote = (text: string): string => JSON.stringify(brief(text));
const article = (name: string): string => (/^[aeiou]/i.test(name) ? `an ${name}` : `a ${name}`);

/** Null where there is none. */
const firstChild = (cursor: Cursor, tag: KnownTag): KnownTag | null =>
  tag.empty ? null : nextChild(cursor, tag, null);

function readMembers(cursor: Cursor, tag: KnownTag): Record<string, unknown> {
  const { Row, single } = insideOf(tag);
  const out = new Row();
  enter(cursor);
  let highest = -1;
  let unknown: number | undefined;
  // Members that were there without a value.
  let left: Set<number> | undefined;
  for (let child = firstChild(cursor, tag); child !== null; child = nextChild(cursor, tag, child)) {
    const { key, index, field } = child;
    if (index > highest && !(single && highest >= 0)) highest = index;
    else if (field !== null) {
      highest = requirePlace(cursor, child, field, typeOf(tag), highest, key in out || left?.has(index) === true);
    }
    if (field === null) unknown ??= startOf(cursor, child);
    const value = readValue(cursor, child);
    if (value !== undefined) out[key] = value;
    else if (field !== null) {
      left ??= new Set();
      left.add(index);
    }
  }
  if (unknown !== undefined && highest < 0) requireKnownMember(cursor, tag, unknown);
  cursor.depth--;
  return out;
}

/** Refuses a result that holds only what is not known: it was not given in a way that could be read, which is not nothing. */
function requireKnownMember(cursor: Cursor, tag: KnownTag, unknown: number): void {
  const { strict, fields } = typeOf<ComplexSchema>(tag);
  if (strict !== 'result') return;
  const wanted = fields.map(({ name, namespace }) => `{${namespace}}${name}`).join(' or ');
  refuse(cursor, 'schema', `an unknown element in ${tag.qname}, where ${wanted} may stand`, unknown);
}

/**
 * Refuses a member that may not stand after one with the index `highest`, and gives the new highest. The members of
 * values may come in any order; the parts of an envelope may not.
 */
function requirePlace(
  cursor: Cursor,
  tag: KnownTag,
  field: Field,
  schema: ComplexSchema,
  highest: number,
  twice: boolean,
): number {
  const { strict, fields } = schema;
  const code = codeFor(schema);
  const last = fields[highest]?.name;
  if (twice) refuse(cursor, code, `${field.name} stands there twice`, startOf(cursor, tag));
  if (strict === 'closed' && highest >= 0) {
    refuse(cursor, code, `${field.name} after ${last}, where nothing else may stand`, startOf(cursor, tag));
  }
  if (strict === 'open' && highest === fields.length - 1) {
    refuse(cursor, code, `${field.name} after ${last}`, startOf(cursor, tag));
  }
  return Math.max(highest, tag.index);
}

/** Where a tag begins that was just read. */
const startOf = ({ pos }: Cursor, { text }: KnownTag): number => pos - text.bytes.length;

/** Free-form content is read again from its start tag on, whose attributes belong to it; its own scope holds all it needs. */
function readTree(cursor: Cursor, tag: KnownTag): XmlElement {
  cursor.pos = startOf(cursor, tag);
  return readContent(cursor, readStartTag(cursor, tag.scope));
}

function readItems(cursor: Cursor, tag: KnownTag): unknown[] {
  const out: unknown[] = [];
  enter(cursor);
  for (let child = firstChild(cursor, tag); child !== null; child = nextChild(cursor, tag, child)) {
    out.push(readItem(cursor, tag, child));
  }
  cursor.depth--;
  return out;
}

/** The item of the array `tag` whose start tag was just read, up to its end tag. */
export function readItem(cursor: Cursor, tag: KnownTag, child: KnownTag): unknown {
  const value = readValue(cursor, child);
  if (value !== undefined) return value;
  const { item } = typeOf<ArraySchema>(tag);
  return refuse(cursor, 'schema', `a nil item among values of the type ${item.type.name}`, endOf(cursor, child));
}

function readEntries(cursor: Cursor, tag: KnownTag): Record<string, unknown> {
  // Without a prototype every key is a plain key, `__proto__` too.
  const out: Record<string, unknown> = Object.create(null);
  if (tag.empty) return out;
  const schema = typeOf<DictionarySchema>(tag);
  enter(cursor);
  for (let child = firstChild(cursor, tag); child !== null; child = nextChild(cursor, tag, child)) {
    const pair = (readValue(cursor, child) ?? {}) as { key?: unknown; value?: unknown };
    const name = keyText(schema, pair.key);
    if (name === undefined) refuse(cursor, 'schema', `a ${schema.entry.name} without a Key`, endOf(cursor, child));
    if (name in out) refuse(cursor, 'schema', `the key ${quote(name)} stands there twice`, endOf(cursor, child));
    out[name] = pair.value ?? null;
  }
  cursor.depth--;
  return out;
}

/** A place inside an element that was read up to its end tag. */
const endOf = ({ pos }: Cursor, { empty }: KnownTag): number => (empty ? pos - 1 : pos);

/** A key is text, also where its type is not; undefined where there is none. */
function keyText({ key }: DictionarySchema, value: unknown): string | undefined {
  if (value === undefined || (value === null && key.nillable)) return undefined;
  return key.type.kind === 'dateTime' ? lexicalForms.dateTime.write(value) : String(value);
}

/** Passes over the content of an element that the schema does not know; it must be well-formed all the same. */
function skip(cursor: Cursor, { scope, empty }: Pick<StartTag, 'scope' | 'empty'>): undefined {
  enter(cursor);
  while (!empty) {
    readText(cursor);
    if (atEndTag(cursor)) break;
    const tag = readStartTag(cursor, scope);
    skip(cursor, tag);
    if (!tag.empty) readEndTag(cursor, tag.qname);
  }
  cursor.depth--;
}
