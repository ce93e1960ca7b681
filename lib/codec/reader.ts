/**
 * Reads documents by their schema, in one pass over the bytes and without a tree: the start tags that `known-tags`
 * recognises say which member comes, and its type says how to read it.
 */

import { type Content, type KnownTag, matches, type NestedSchema, nextTag, rootContent } from './known-tags.js';
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

/** Nil is null; undefined stands for a nil that the type has no value for, as in the published samples. */
function readNil(cursor: Cursor, tag: KnownTag): null | undefined {
  if (!tag.empty) {
    skipMisc(cursor);
    if (!atEndTag(cursor)) refuse(cursor, 'schema', 'content in an element that is nil');
    close(cursor, tag);
  }
  return tag.field?.nillable ? null : undefined;
}

function readSimple(cursor: Cursor, tag: KnownTag, type: Exclude<Schema, NestedSchema>): unknown {
  const start = cursor.pos;
  let text = '';
  if (!tag.empty) {
    text = readText(cursor);
    if (!atEndTag(cursor)) refuse(cursor, 'schema', `an element inside ${type.name}`);
    close(cursor, tag);
  }
  if (type.kind === 'string') return text;
  const value = valueOfText(type, collapse(text));
  if (value === undefined) refuse(cursor, 'schema', `${quote(collapse(text))} is not ${article(type.name)}`, start);
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
 * Calls `use` for each element inside `tag`, and reads the end tag. Between elements there may be white space and
 * comments only.
 */
function eachChild(
  cursor: Cursor,
  tag: KnownTag,
  content: Content,
  use: (child: KnownTag, start: number) => void,
): void {
  if (tag.empty) return;
  enter(cursor);
  let previous: KnownTag | null = null;
  for (;;) {
    if (cursor.bytes[cursor.pos] !== 0x3c) skipSpace(cursor);
    if (!atStartTag(cursor) || cursor.bytes[cursor.pos + 1] === 0x3f) {
      if (atEndTag(cursor)) break;
      skipMisc(cursor);
      if (atEndTag(cursor)) break;
      if (!atStartTag(cursor)) refuseText(cursor, tag, content);
    }
    const start = cursor.pos;
    previous = nextTag(cursor, content, previous);
    use(previous, start);
  }
  close(cursor, tag);
  cursor.depth--;
}

function refuseText(cursor: Cursor, tag: KnownTag, { schema }: Content): never {
  const at = cursor.pos;
  // Whatever is not well-formed is refused as such.
  const text = collapse(readText(cursor));
  refuse(
    cursor,
    schema.kind === 'complex' && schema.strict ? 'envelope' : 'schema',
    `the text ${quote(text)} between the elements of ${tag.qname}`,
    at,
  );
}

/** The content of `tag`, which has one because its type is nested. */
const inside = (tag: KnownTag): Content => tag.content as Content;

function readMembers(cursor: Cursor, tag: KnownTag, schema: ComplexSchema): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  let highest = -1;
  eachChild(cursor, tag, inside(tag), (child, start) => {
    const { field } = child;
    if (field === null) {
      skip(cursor, child);
      return;
    }
    const fault = misplaced(schema, child.index, highest, field.key in out);
    if (fault) refuse(cursor, schema.strict ? 'envelope' : 'schema', `${field.name} ${fault}`, start);
    highest = Math.max(highest, child.index);
    const value = field.type.kind === 'anyType' ? readTree(cursor, child, start) : readValue(cursor, child, field);
    if (value !== undefined) out[field.key] = value;
  });
  return out;
}

/** What is wrong with a member after one with the index `highest`; members of values may come in any order. */
function misplaced(
  { strict, fields }: ComplexSchema,
  index: number,
  highest: number,
  twice: boolean,
): string | undefined {
  if (index > highest && !strict) return undefined;
  if (twice) return 'stands there twice';
  if (strict === 'closed' && highest >= 0) return `after ${fields[highest]?.name}, where nothing else may stand`;
  return strict && highest === fields.length - 1 ? `after ${fields[highest]?.name}` : undefined;
}

/** Free-form content is read again from its start tag on, whose attributes belong to it. */
function readTree(cursor: Cursor, tag: KnownTag, start: number): unknown {
  cursor.pos = start;
  // The scope that encloses the element is the parent of the one that it may have opened.
  return readElement(cursor, tag.scope);
}

function readItems(cursor: Cursor, tag: KnownTag, schema: ArraySchema): unknown[] {
  const out: unknown[] = [];
  eachChild(cursor, tag, inside(tag), (child, start) => {
    const value = readValue(cursor, child, schema.item);
    if (value === undefined)
      refuse(cursor, 'schema', `a nil item among values of the type ${schema.item.type.name}`, start);
    out.push(value);
  });
  return out;
}

function readEntries(cursor: Cursor, tag: KnownTag, schema: DictionarySchema): Record<string, unknown> {
  // Without a prototype every key is a plain key, `__proto__` too.
  const out: Record<string, unknown> = Object.create(null);
  eachChild(cursor, tag, inside(tag), (child, start) => {
    const pair = (readValue(cursor, child, schema.entry) ?? {}) as { key?: unknown; value?: unknown };
    const name = keyText(schema, pair.key);
    if (name === undefined) refuse(cursor, 'schema', `a ${schema.entry.name} without a Key`, start);
    if (name in out) refuse(cursor, 'schema', `the key ${quote(name)} stands there twice`, start);
    out[name] = pair.value ?? null;
  });
  return out;
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
