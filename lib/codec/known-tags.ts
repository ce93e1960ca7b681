/**
 * Start tags that have been seen before.
 *
 * A start tag is parsed fully only when it is seen for the first time. Its exact text is then remembered for the place
 * it stood at, that is the namespaces in scope and the type around it, together with what it means. From then on, in
 * later documents too, one comparison of bytes recognises it: prefixes, xsi:type on every element and declarations on
 * every item cost nothing more. Each remembered tag also knows which one followed it last time, so that the first
 * comparison usually hits; members in another order, missing or unknown ones take the longer way and end up the same.
 */
import { type Cursor, readStartTag, refuse, rootScope, type Scope, type StartTag } from './lexer.js';
import type { ArraySchema, ComplexSchema, DictionarySchema, Field, Schema } from './schema.js';
import { collapse, lexicalForms } from './values.js';

/** A type whose values are elements. */
export type NestedSchema = ComplexSchema | ArraySchema | DictionarySchema;

export interface KnownTag {
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
  /** For types of few values: those that were read here, with the end tag behind them. */
  readonly values: KnownValue[] | null;
  /** Whether it is kept. What is kept never leads to a tag that is not, or all of them would be. */
  readonly kept: boolean;
  /** The tag that came after it last time. */
  next: KnownTag | null;
}

interface KnownValue {
  readonly text: Pattern;
  readonly value: unknown;
}

/** The inside of elements of one type with one set of namespaces in scope. */
export interface Content {
  readonly schema: NestedSchema;
  readonly scope: Scope;
  readonly tags: KnownTag[];
  first: KnownTag | null;
  /** The contents of the elements inside, by scope and type, so that recursive types have one each. */
  readonly inner: Map<Scope, Map<Schema, Content>>;
}

/** Bytes to compare with, four at a time. */
export interface Pattern {
  readonly bytes: Buffer;
  readonly words: Int32Array;
}

/**
 * All that is kept between documents. It only makes reading faster, and is dropped as a whole when it has grown to the
 * bound, so that no server can make it larger.
 */
const memory = { contents: new WeakMap<ComplexSchema, Content>(), size: 0 };
const MEMORY_LIMIT = 1 << 20;
const TAGS_PER_CONTENT = 64;
const VALUES_PER_TAG = 32;
const LONGEST_TAG = 2048;

/** What is known of documents of a schema. */
export function rootContent(document: ComplexSchema): Content {
  if (memory.size > MEMORY_LIMIT) {
    memory.contents = new WeakMap();
    memory.size = 0;
  }
  const root = memory.contents.get(document) ?? contentOf(document, rootScope, new Map());
  memory.contents.set(document, root);
  return root;
}

const contentOf = (schema: NestedSchema, scope: Scope, inner: Content['inner']): Content => ({
  schema,
  scope,
  tags: [],
  first: null,
  inner,
});

/** The start tag at the cursor, which is moved past it. `previous` is the one before it in the same element. */
export function nextTag(cursor: Cursor, content: Content, previous: KnownTag | null): KnownTag {
  const guess = previous === null ? content.first : previous.next;
  if (guess !== null && matches(cursor, guess.text)) {
    cursor.pos += guess.text.bytes.length;
    return guess;
  }
  const tag = findTag(cursor, content) ?? learn(cursor, content);
  if (tag.kept) {
    if (previous === null) content.first = tag;
    else previous.next = tag;
  }
  return tag;
}

function findTag(cursor: Cursor, content: Content): KnownTag | undefined {
  const tag = content.tags.find((each) => matches(cursor, each.text));
  if (tag) cursor.pos += tag.text.bytes.length;
  return tag;
}

/** Whether the bytes at the cursor are those of the pattern. */
export function matches(cursor: Cursor, pattern: Pattern): boolean {
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
  const length = cursor.pos - start;
  // Attributes that mean nothing here, as ids, would fill the memory with tags that never come again.
  const lasting = length <= LONGEST_TAG && tag.attributes.every((attribute) => attribute.namespace === XSI);
  const kept = lasting && content.tags.length < TAGS_PER_CONTENT && memory.size <= MEMORY_LIMIT;
  const known = understand(cursor, content, tag, start, kept);
  if (kept) {
    content.tags.push(known);
    memory.size += 4 * length + 500;
  }
  return known;
}

/** Keeps a value that was read from `start` up to the cursor, its end tag included. */
export function rememberValue(cursor: Cursor, { values }: KnownTag, start: number, value: unknown): void {
  const length = cursor.pos - start;
  if (!values || values.length >= VALUES_PER_TAG || length > LONGEST_TAG || memory.size > MEMORY_LIMIT) return;
  values.push({ text: patternOf(Buffer.from(cursor.bytes.subarray(start, cursor.pos))), value });
  memory.size += 2 * length + 200;
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

function understand(cursor: Cursor, content: Content, tag: StartTag, start: number, kept: boolean): KnownTag {
  const { schema } = content;
  const index = indexOf(schema, tag);
  const field = (schema.kind === 'complex' ? schema.fields : [itemOf(schema)])[index];
  if (!field) refuseUnknown(cursor, schema, tag, start);
  return {
    text: patternOf(Buffer.from(cursor.bytes.subarray(start, cursor.pos))),
    close: patternOf(Buffer.from(`</${tag.qname}>`)),
    qname: tag.qname,
    scope: tag.scope,
    empty: tag.empty,
    nil: isNil(cursor, tag, start),
    field: field ?? null,
    index,
    content: field && isNested(field.type) ? innerContent(content, tag.scope, field.type, kept) : null,
    values: kept && (field?.type.kind === 'enum' || field?.type.kind === 'boolean') ? [] : null,
    kept,
    next: null,
  };
}

/** Unknown members are passed over, but not in a Body or in a list. */
function refuseUnknown(cursor: Cursor, schema: NestedSchema, tag: StartTag, start: number): void {
  if (schema.kind !== 'complex') refuse(cursor, 'schema', `${display(tag)} in a list of ${itemOf(schema).name}`, start);
  if (schema.strict !== 'closed') return;
  const wanted = schema.fields.map((each) => each.name);
  const list = wanted.length > 3 ? `one of ${wanted.length} elements` : wanted.join(' or ');
  refuse(cursor, 'envelope', `${display(tag)} where ${list} should stand`, start);
}

const display = ({ name, namespace }: StartTag): string =>
  namespace === '' ? `<${name}> in no namespace` : `{${namespace}}${name}`;

const itemOf = (schema: ArraySchema | DictionarySchema): Field =>
  schema.kind === 'array' ? schema.item : schema.entry;

function indexOf(schema: NestedSchema, { name, namespace }: StartTag): number {
  const fields = schema.kind === 'complex' ? schema.fields : [itemOf(schema)];
  return fields.findIndex((field) => field.name === name && field.namespace === namespace);
}

const isNested = (schema: Schema): schema is NestedSchema =>
  schema.kind === 'complex' || schema.kind === 'array' || schema.kind === 'dictionary';

/** What has the same namespaces in scope shares one map, in which a recursive type finds itself. */
function innerContent(content: Content, scope: Scope, schema: NestedSchema, kept: boolean): Content {
  const contents = content.inner.get(scope) ?? new Map<Schema, Content>();
  const inner = contents.get(schema) ?? contentOf(schema, scope, scope === content.scope ? content.inner : new Map());
  if (kept) {
    contents.set(schema, inner);
    content.inner.set(scope, contents);
  }
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
