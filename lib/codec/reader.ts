/**
 * Reads documents by their schema, in one pass over the bytes and without a tree: the start tags that `known-tags`
 * recognises say which member comes, and its type says how to read it.
 */

import type { ProtocolCode } from '../errors.js';
import {
  type Content,
  type KnownTag,
  matches,
  type NestedSchema,
  nextTag,
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
  skipSpace,
  type XmlLimits,
} from './lexer.js';
import { located } from './locate.js';
import type { ArraySchema, ComplexSchema, DictionarySchema, Field, Schema } from './schema.js';
import { collapse, lexicalForms, readEnum, readFlags } from './values.js';
import { readElement } from './xml.js';

export interface ReadOptions {
  readonly limits?: Partial<XmlLimits> | undefined;
  /** Whether references to control characters stand for the characters, as in the replies of .NET services. */
  readonly controls?: boolean;
}

/**
 * Reads a document whose root element is one of the schema's members, and gives an object with that one member.
 * @param bytes valid UTF-8, as `toUtf8` gives it
 */
export function readDocument(
  document: ComplexSchema,
  bytes: Buffer,
  options: ReadOptions = {},
): Readonly<Record<string, unknown>> {
  return located(bytes, () => {
    const cursor = cursorOver(bytes, options);
    readProlog(cursor);
    const tag = nextTag(cursor, rootContent(document), null);
    if (tag.field === null) {
      const code = tag.qname.endsWith('Envelope') ? 'version' : 'envelope';
      refuse(cursor, code, `the root element is <${tag.qname}>, not an Envelope of SOAP 1.1 or 1.2`, 0);
    }
    const value = readValue(cursor, tag, tag.field);
    readEpilog(cursor);
    if (value === undefined) refuse(cursor, 'envelope', `the ${tag.field.name} is nil`, 0);
    return { [tag.field.key]: value };
  });
}

/** The value of the element whose start tag was just read, up to and with its end tag. */
function readValue(cursor: Cursor, tag: KnownTag, field: Field): unknown {
  if (tag.nil) return readNil(cursor, tag);
  const { type } = field;
  switch (type.kind) {
    case 'complex':
      return readMembers(cursor, tag, type);
    case 'array':
      return readItems(cursor, tag, type);
    case 'dictionary':
      return readEntries(cursor, tag, type);
    default:
      return readSimple(cursor, tag, type);
  }
}

const NIL_CONTENT = 'content in an element that is nil';

/** Nil is null; undefined stands for a nil that the type has no value for, as in the published samples. */
function readNil(cursor: Cursor, tag: KnownTag): null | undefined {
  if (!tag.empty) {
    skipMisc(cursor);
    if (atStartTag(cursor)) refuseElement(cursor, tag, NIL_CONTENT);
    if (!atEndTag(cursor)) refuseText(cursor, 'schema', NIL_CONTENT);
    close(cursor, tag);
  }
  return tag.field?.nillable ? null : undefined;
}

function readSimple(cursor: Cursor, tag: KnownTag, type: Exclude<Schema, NestedSchema>): unknown {
  if (tag.empty) return simpleValue(cursor, tag, type, '', cursor.pos);
  if (type.kind === 'int' || type.kind === 'short') {
    const value = readDigits(cursor, tag, type.kind === 'int' ? 9 : 4);
    if (value !== undefined) return value;
  } else if (tag.values !== null) {
    const known = tag.values.find((each) => matches(cursor, each.text));
    if (known) {
      cursor.pos += known.text.bytes.length;
      return known.value;
    }
  }
  const start = cursor.pos;
  const text = readText(cursor);
  if (!atEndTag(cursor)) refuseElement(cursor, tag, `an element inside ${type.name}`);
  close(cursor, tag);
  const value = simpleValue(cursor, tag, type, text, start);
  if (tag.values !== null) rememberValue(cursor, tag, start, value);
  return value;
}

/** The usual form of a number, so few digits that its range needs no look; undefined, and nothing read, for any other. */
function readDigits(cursor: Cursor, tag: KnownTag, most: number): number | undefined {
  const { bytes, pos } = cursor;
  let value = 0;
  let at = pos;
  for (; at - pos <= most; at++) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (at === pos || at - pos > most) return undefined;
  cursor.pos = at;
  if (matches(cursor, tag.close)) {
    cursor.pos += tag.close.bytes.length;
    return value;
  }
  cursor.pos = pos;
  return undefined;
}

function simpleValue(
  cursor: Cursor,
  tag: KnownTag,
  type: Exclude<Schema, NestedSchema>,
  text: string,
  at: number,
): unknown {
  if (type.kind === 'string') return text;
  const value = valueOfText(type, collapse(text));
  if (value === undefined) {
    refuse(cursor, 'schema', `${quote(collapse(text))} is not ${article(type.name)}`, tag.empty ? at - 1 : at);
  }
  return value;
}

function valueOfText(type: Exclude<Schema, NestedSchema>, text: string): unknown {
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

const quote = (text: string): string =>
  text.length > 40 ? `${JSON.stringify(text.slice(0, 40))}…` : JSON.stringify(text);
const article = (name: string): string => (/^[aeiou]/i.test(name) ? `an ${name}` : `a ${name}`);

/** The end tag of `tag`, at the cursor. */
function close(cursor: Cursor, tag: KnownTag): void {
  if (matches(cursor, tag.close)) cursor.pos += tag.close.bytes.length;
  else readEndTag(cursor, tag.qname);
}

/**
 * The start tag of the next element inside `tag`, where `previous` was the last one, or null when the end tag was read
 * instead. Between elements there may be white space and comments only.
 */
function nextChild(cursor: Cursor, tag: KnownTag, content: Content, previous: KnownTag | null): KnownTag | null {
  if (previous === null) {
    if (tag.empty) return null;
    enter(cursor);
  }
  if (cursor.bytes[cursor.pos] !== LT) skipSpace(cursor);
  if (!atStartTag(cursor)) {
    if (!atEndTag(cursor)) skipMisc(cursor);
    if (atEndTag(cursor)) {
      close(cursor, tag);
      cursor.depth--;
      return null;
    }
    if (!atStartTag(cursor)) refuseText(cursor, codeFor(content.schema), `text between the elements of ${tag.qname}`);
  }
  return nextTag(cursor, content, previous);
}

const LT = 0x3c;

const codeFor = (schema: NestedSchema): ProtocolCode =>
  schema.kind === 'complex' && schema.strict ? 'envelope' : 'schema';

/** What is not well-formed is refused as such. The text may be a secret in the wrong place, and is not repeated. */
function refuseText(cursor: Cursor, code: ProtocolCode, found: string): never {
  const at = cursor.pos;
  readText(cursor);
  refuse(cursor, code, found, at);
}

/** The same for an element, which is read first. */
function refuseElement(cursor: Cursor, tag: KnownTag, found: string): never {
  const at = cursor.pos;
  skip(cursor, readStartTag(cursor, tag.scope));
  refuse(cursor, 'schema', found, at);
}

/** The content of `tag`, which has one because its type is nested. */
const inside = (tag: KnownTag): Content => tag.content as Content;

function readMembers(cursor: Cursor, tag: KnownTag, schema: ComplexSchema): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const content = inside(tag);
  let highest = -1;
  // Members that were there without a value.
  let left: Set<number> | undefined;
  let child: KnownTag | null = null;
  for (;;) {
    child = nextChild(cursor, tag, content, child);
    if (child === null) return out;
    const { field, index } = child;
    if (field === null) {
      skip(cursor, child);
      continue;
    }
    if (index > highest && !schema.strict) highest = index;
    else highest = requirePlace(cursor, child, field, schema, highest, field.key in out || left?.has(index) === true);
    const value = field.type.kind === 'anyType' ? readTree(cursor, child) : readValue(cursor, child, field);
    if (value === undefined) {
      left ??= new Set();
      left.add(index);
    } else out[field.key] = value;
  }
}

/**
 * Refuses a member that may not stand after one with the index `highest`, and gives the new highest. The members of
 * values may come in any order; the parts of an envelope may not.
 */
function requirePlace(
  cursor: Cursor,
  tag: KnownTag,
  field: Field,
  { strict, fields }: ComplexSchema,
  highest: number,
  twice: boolean,
): number {
  const code: ProtocolCode = strict ? 'envelope' : 'schema';
  const last = fields[highest]?.name;
  if (twice) refuse(cursor, code, `${field.name} stands there twice`, startOf(cursor, tag));
  if (strict === 'closed' && highest >= 0) {
    refuse(cursor, code, `${field.name} after ${last}, where nothing else may stand`, startOf(cursor, tag));
  }
  if (strict && highest === fields.length - 1) {
    refuse(cursor, code, `${field.name} after ${last}`, startOf(cursor, tag));
  }
  return Math.max(highest, tag.index);
}

/** Where a tag begins that was just read. */
const startOf = ({ pos }: Cursor, { text }: KnownTag): number => pos - text.bytes.length;

/** Free-form content is read again from its start tag on, whose attributes belong to it; its own scope holds all it needs. */
function readTree(cursor: Cursor, tag: KnownTag): unknown {
  cursor.pos = startOf(cursor, tag);
  return readElement(cursor, tag.scope);
}

function readItems(cursor: Cursor, tag: KnownTag, { item }: ArraySchema): unknown[] {
  const out: unknown[] = [];
  const content = inside(tag);
  let child: KnownTag | null = null;
  for (;;) {
    child = nextChild(cursor, tag, content, child);
    if (child === null) return out;
    const value = readValue(cursor, child, item);
    if (value === undefined)
      refuse(cursor, 'schema', `a nil item among values of the type ${item.type.name}`, cursor.pos - 1);
    out.push(value);
  }
}

function readEntries(cursor: Cursor, tag: KnownTag, schema: DictionarySchema): Record<string, unknown> {
  // Without a prototype every key is a plain key, `__proto__` too.
  const out: Record<string, unknown> = Object.create(null);
  const content = inside(tag);
  let child: KnownTag | null = null;
  for (;;) {
    child = nextChild(cursor, tag, content, child);
    if (child === null) return out;
    const pair = (readValue(cursor, child, schema.entry) ?? {}) as { key?: unknown; value?: unknown };
    const name = keyText(schema, pair.key);
    if (name === undefined) refuse(cursor, 'schema', `a ${schema.entry.name} without a Key`, cursor.pos - 1);
    if (name in out) refuse(cursor, 'schema', `the key ${quote(name)} stands there twice`, cursor.pos - 1);
    out[name] = pair.value ?? null;
  }
}

/** A key is text, also where its type is not; undefined where there is none. */
function keyText({ key }: DictionarySchema, value: unknown): string | undefined {
  if (value === undefined || (value === null && key.nillable)) return undefined;
  return key.type.kind === 'dateTime' ? lexicalForms.dateTime.write(value) : String(value);
}

/** Passes over an element that the schema does not know; it must be well-formed all the same. */
function skip(cursor: Cursor, { qname, scope, empty }: Pick<StartTag, 'qname' | 'scope' | 'empty'>): void {
  if (empty) return;
  enter(cursor);
  for (;;) {
    readText(cursor);
    if (atEndTag(cursor)) break;
    skip(cursor, readStartTag(cursor, scope));
  }
  readEndTag(cursor, qname);
  cursor.depth--;
}
