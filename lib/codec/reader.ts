/**
 * Reads documents by their schema, in one pass over the bytes and without a tree.
 *
 * A start tag is parsed fully only when it is seen for the first time. Its exact text is then remembered for the place
 * it stood at, that is the namespaces in scope and the type around it, together with what it means. From then on, in
 * later documents too, one comparison of bytes recognises it: prefixes, xsi:type on every element and declarations on
 * every item cost nothing more. Each remembered tag also knows which one followed it last time, so that the first
 * comparison usually hits; members in another order, missing or unknown ones take the longer way and end up the same.
 */
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
  rootScope,
  type Scope,
  type StartTag,
  skipMisc,
  skipSpace,
  type XmlLimits,
} from './lexer.js';
import { located } from './locate.js';
import type { ArraySchema, ComplexSchema, DictionarySchema, Field, Schema } from './schema.js';
import { collapse, lexicalForms, readEnum, readFlags } from './values.js';
import { readElement } from './xml.js';

/** A start tag whose text has been seen before. */
interface KnownTag {
  readonly text: Pattern;
  /** The text of its end tag. */
  readonly close: Pattern;
  readonly qname: string;
  readonly scope: Scope;
  readonly empty: boolean;
  readonly nil: boolean;
  /** The member that it begins; null for what the schema does not know, which is passed over. */
  readonly field: Field | null;
  /** Where the member stands in the schema. */
  readonly index: number;
  /** What may stand inside; null for simple types. */
  readonly content: Content | null;
  /** The tag that came after it last time. */
  next: KnownTag | null;
}

/** The inside of elements of one type with one set of namespaces in scope. */
interface Content {
  readonly schema: ComplexSchema | ArraySchema | DictionarySchema;
  readonly scope: Scope;
  readonly tags: KnownTag[];
  first: KnownTag | null;
  /** The contents of the elements inside, by scope and type, so that recursive types have one each. */
  readonly inner: Map<Scope, Map<Schema, Content>>;
}

/** Bytes to compare with, four at a time. */
interface Pattern {
  readonly bytes: Buffer;
  readonly words: Int32Array;
}

/**
 * What is remembered between documents. It only makes reading faster, and is dropped as a whole when it has grown to
 * the bound, so that no server can make it larger.
 */
const memory = { contents: new WeakMap<ComplexSchema, Content>(), size: 0 };
const MEMORY_LIMIT = 1 << 20;
const TAGS_PER_CONTENT = 64;
const LONGEST_TAG = 2048;

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
  if (memory.size > MEMORY_LIMIT) {
    memory.contents = new WeakMap();
    memory.size = 0;
  }
  const root = memory.contents.get(document) ?? contentOf(document, rootScope);
  memory.contents.set(document, root);
  return located(bytes, () => {
    const cursor = cursorOver(bytes, options);
    readProlog(cursor);
    const tag = nextTag(cursor, root, root.first);
    root.first = tag;
    if (tag.field === null) {
      const code = tag.qname.endsWith('Envelope') ? 'version' : 'envelope';
      refuse(cursor, code, `the root element is <${tag.qname}>, not an Envelope of SOAP 1.1 or 1.2`, 0);
    }
    const value = readValue(cursor, tag, tag.field);
    readEpilog(cursor);
    return { [tag.field.key]: value };
  });
}

const contentOf = (schema: Content['schema'], scope: Scope, inner: Content['inner'] = new Map()): Content => ({
  schema,
  scope,
  tags: [],
  first: null,
  inner,
});

/** The start tag at the cursor, which is moved past it: `guess` if it is that, else another known one, else a new one. */
function nextTag(cursor: Cursor, content: Content, guess: KnownTag | null): KnownTag {
  if (guess !== null && matches(cursor, guess.text)) {
    cursor.pos += guess.text.bytes.length;
    return guess;
  }
  for (const tag of content.tags) {
    if (matches(cursor, tag.text)) {
      cursor.pos += tag.text.bytes.length;
      return tag;
    }
  }
  return learn(cursor, content);
}

function matches(cursor: Cursor, pattern: Pattern): boolean {
  const { view, bytes, pos } = cursor;
  const { words, bytes: wanted } = pattern;
  if (pos + wanted.length > cursor.end) return false;
  const count = words.length;
  for (let i = 0; i < count; i++) if (view.getInt32(pos + i * 4, true) !== words[i]) return false;
  for (let i = count * 4; i < wanted.length; i++) if (bytes[pos + i] !== wanted[i]) return false;
  return true;
}

function learn(cursor: Cursor, content: Content): KnownTag {
  const start = cursor.pos;
  const tag = readStartTag(cursor, content.scope);
  const known = understand(cursor, content, tag, start);
  const length = cursor.pos - start;
  // Attributes that mean nothing here, as ids, would fill the memory with tags that never come again.
  const lasting = tag.attributes.every((attribute) => attribute.namespace === XSI);
  if (lasting && length <= LONGEST_TAG && content.tags.length < TAGS_PER_CONTENT && memory.size <= MEMORY_LIMIT) {
    content.tags.push(known);
    memory.size += 4 * length + 400;
  }
  return known;
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

function understand(cursor: Cursor, content: Content, tag: StartTag, start: number): KnownTag {
  const { schema } = content;
  const index = indexOf(schema, tag);
  const field = schema.kind === 'complex' ? schema.fields[index] : index === 0 ? itemOf(schema) : undefined;
  if (!field && schema.kind === 'complex' && schema.strict === 'closed') {
    const wanted = schema.fields.map((each) => each.name);
    const list = wanted.length > 3 ? `one of ${wanted.length} elements` : wanted.join(' or ');
    refuse(cursor, 'envelope', `${display(tag)} where ${list} should stand`, start);
  }
  if (!field && schema.kind !== 'complex')
    refuse(cursor, 'schema', `${display(tag)} in a list of ${itemOf(schema).name}`, start);
  return {
    text: patternOf(Buffer.from(cursor.bytes.subarray(start, cursor.pos))),
    close: patternOf(Buffer.from(`</${tag.qname}>`)),
    qname: tag.qname,
    scope: tag.scope,
    empty: tag.empty,
    nil: isNil(cursor, tag, start),
    field: field ?? null,
    index,
    content: field && isNested(field.type) ? innerContent(content, tag.scope, field.type) : null,
    next: null,
  };
}

const display = ({ name, namespace }: StartTag): string =>
  namespace === '' ? `<${name}> in no namespace` : `{${namespace}}${name}`;

const itemOf = (schema: ArraySchema | DictionarySchema): Field =>
  schema.kind === 'array' ? schema.item : schema.entry;

function indexOf(schema: Content['schema'], { name, namespace }: StartTag): number {
  const fields = schema.kind === 'complex' ? schema.fields : [itemOf(schema)];
  return fields.findIndex((field) => field.name === name && field.namespace === namespace);
}

const isNested = (schema: Schema): schema is Content['schema'] =>
  schema.kind === 'complex' || schema.kind === 'array' || schema.kind === 'dictionary';

function innerContent(content: Content, scope: Scope, schema: Content['schema']): Content {
  const contents = content.inner.get(scope) ?? new Map<Schema, Content>();
  content.inner.set(scope, contents);
  // What has the same namespaces in scope shares one map, in which a recursive type finds itself.
  const inner = contents.get(schema) ?? contentOf(schema, scope, scope === content.scope ? content.inner : new Map());
  contents.set(schema, inner);
  return inner;
}

function isNil(cursor: Cursor, tag: StartTag, start: number): boolean {
  const nil = tag.attributes.find((attribute) => attribute.name === 'nil' && attribute.namespace === XSI)?.value;
  if (nil === undefined) return false;
  const value = lexicalForms.boolean.read(collapse(nil));
  if (value === undefined) refuse(cursor, 'schema', `xsi:nil="${nil}"`, start);
  return value === true;
}

function patternOf(bytes: Buffer): Pattern {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = new Int32Array(bytes.length >> 2);
  for (let i = 0; i < words.length; i++) words[i] = view.getInt32(i * 4, true);
  return { bytes, words };
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

function readSimple(cursor: Cursor, tag: KnownTag, type: Exclude<Schema, Content['schema']>): unknown {
  const start = cursor.pos;
  let text = '';
  if (!tag.empty) {
    text = readText(cursor);
    if (!atEndTag(cursor)) refuse(cursor, 'schema', `an element inside ${type.name}`);
    close(cursor, tag);
  }
  if (type.kind === 'string') return text;
  text = collapse(text);
  const value =
    type.kind === 'enum'
      ? readEnum(type, text)
      : type.kind === 'flags'
        ? readFlags(type, text)
        : type.kind === 'anyType'
          ? text
          : lexicalForms[type.kind].read(text);
  if (value === undefined) refuse(cursor, 'schema', `${quote(text)} is not ${article(type.name)}`, start);
  return value;
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
    const child: KnownTag = nextTag(cursor, content, previous === null ? content.first : previous.next);
    if (previous === null) content.first = child;
    else previous.next = child;
    previous = child;
    use(child, start);
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
    if (child.index > highest) highest = child.index;
    else if (field.key in out)
      refuse(cursor, schema.strict ? 'envelope' : 'schema', `${field.name} stands there twice`, start);
    else if (schema.strict && highest === schema.fields.length - 1)
      refuse(cursor, 'envelope', `${field.name} after ${schema.fields[highest]?.name}`, start);
    const value = field.type.kind === 'anyType' ? readTree(cursor, child, start) : readValue(cursor, child, field);
    if (value !== undefined) out[field.key] = value;
  });
  return out;
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
