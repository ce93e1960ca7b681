/**
 * Start tags that have been seen before.
 *
 * A start tag is parsed fully only when it is seen for the first time. Its exact text is then remembered for the place
 * it stood at, that is the namespaces in scope and the type around it, together with what it means. What stood between
 * two values, the end tag of the one and the start tag of the other, is remembered too, as a step from tag to tag. From
 * then on, in later documents too, one comparison of bytes goes from a value to the next one: prefixes, xsi:type on
 * every element and declarations on every item cost nothing more, and the comparison is the check of well-formedness.
 * Members in another order, missing or unknown ones take the longer way and end up the same.
 */
import type { ProtocolCode } from '../errors.js';
import { brief } from './brief.js';
import {
  atEndTag,
  atStartTag,
  type Cursor,
  defaultLimits,
  readEndTag,
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
import { matches, type Pattern, patternOf } from './pattern.js';
import type { ArraySchema, ComplexSchema, DictionarySchema, Field, Schema } from './schema.js';
import { collapse, lexicalForms } from './values.js';

/** A type whose values are elements. */
export type NestedSchema = ComplexSchema | ArraySchema | DictionarySchema;

export interface KnownTag {
  readonly text: Pattern;
  /** The text of its end tag; nothing where the element is empty. */
  readonly close: Pattern;
  readonly qname: string;
  readonly scope: Scope;
  readonly empty: boolean;
  /** How to read the element: as a value of its type, of a simple type without text, as nil, or as what nobody knows. */
  readonly kind: Schema['kind'] | 'empty' | 'nil' | 'unknown';
  /** The member that it begins; null for what the schema does not know. */
  readonly field: Field | null;
  /** The key of the member. */
  readonly key: string;
  /** Where the member stands in the schema. */
  readonly index: number;
  /** What may stand inside; null for simple types. */
  readonly content: Content | null;
  /** For types of few values: those that were read here. */
  readonly values: KnownValue[] | null;
  /** Whether it is kept. What is kept never leads to a tag that is not, or all of them would be. */
  readonly kept: boolean;
  /** To the next tag in the same element. */
  readonly after: Steps;
}

interface KnownValue {
  /** With the `</` behind it. */
  readonly text: Pattern;
  readonly value: unknown;
}

/** From one tag to the next. */
interface Step {
  /** What stands between, and the next tag; or the end tag of the element around, to which the step does not go on. */
  readonly text: Pattern;
  readonly length: number;
  readonly tag: KnownTag | null;
}

interface Steps {
  /** The one that was taken last, which is the likeliest. */
  last: Step | null;
  readonly all: Step[];
}

/** The inside of elements of one type with one set of namespaces in scope. */
export interface Content {
  readonly schema: NestedSchema;
  readonly scope: Scope;
  /** Whether anything is remembered here. */
  readonly lasting: boolean;
  /** Makes an empty object of the type. */
  readonly Row: new () => Record<string, unknown>;
  /** Whether there may be one element at the most. */
  readonly single: boolean;
  readonly tags: KnownTag[];
  /** To the first tag inside. */
  readonly begin: Steps;
  /** The contents of the elements inside, by scope and type, so that recursive types have one each. */
  readonly inner: Map<Scope, Map<Schema, Content>>;
}

/**
 * All that is kept between documents. It only makes reading faster, and is dropped as a whole when it has grown to the
 * bound, so that no server can make it larger.
 */
const memory = { contents: new WeakMap<ComplexSchema, Content>(), size: 0 };
const MEMORY_LIMIT = 1 << 20;
const TAGS_PER_CONTENT = 64;
const STEPS_PER_TAG = 8;
const VALUES_PER_TAG = 32;
/** Shorter than any name, and any number of attributes, that the default limits refuse. */
const LONGEST_TAG = 1024;

/** What is known of documents of a schema. */
export function rootContent(document: ComplexSchema, { name, attributes }: XmlLimits): Content {
  // What is remembered is not measured again, which only lower limits than the default ones would ask for.
  if (name < defaultLimits.name || attributes < defaultLimits.attributes) {
    return contentOf(document, rootScope, new Map(), false);
  }
  if (memory.size > MEMORY_LIMIT) {
    memory.contents = new WeakMap();
    memory.size = 0;
  }
  const known = memory.contents.get(document);
  if (known) return known;
  const root = contentOf(document, rootScope, new Map(), true);
  memory.contents.set(document, root);
  return root;
}

const contentOf = (schema: NestedSchema, scope: Scope, inner: Content['inner'], lasting: boolean): Content => ({
  lasting,
  schema,
  scope,
  Row: rowsOf(),
  single: schema.kind === 'complex' && schema.strict === 'closed',
  tags: [],
  begin: { last: null, all: [] },
  inner,
});

/**
 * A constructor of plain objects. The engine learns from the first objects of one how much room the next ones need, so
 * that they are made in one piece.
 */
function rowsOf(): Content['Row'] {
  function Row(): void {}
  Row.prototype = Object.prototype;
  return Row as unknown as Content['Row'];
}

/** The start tag at the cursor, which is moved past it. */
export function nextTag(cursor: Cursor, content: Content): KnownTag {
  for (const tag of content.tags) {
    if (matches(cursor, tag.text)) {
      cursor.pos += tag.text.bytes.length;
      return tag;
    }
  }
  return learn(cursor, content);
}

/**
 * Goes from the end of the value of `previous`, or from the start tag of `parent`, to the next value inside `parent`.
 * Null at the end tag of `parent`, which is left to be read. Between elements there may be white space and comments only.
 */
export function nextChild(cursor: Cursor, parent: KnownTag, previous: KnownTag | null): KnownTag | null {
  const steps = previous === null ? insideOf(parent).begin : previous.after;
  const step = steps.last;
  if (step !== null && matches(cursor, step.text)) {
    cursor.pos += step.length;
    return step.tag;
  }
  return walk(cursor, parent, previous, steps);
}

/** The content of a tag that has one because its type is nested. */
export const insideOf = (tag: KnownTag): Content => tag.content as Content;

function walk(cursor: Cursor, parent: KnownTag, previous: KnownTag | null, steps: Steps): KnownTag | null {
  for (const known of steps.all) {
    if (matches(cursor, known.text)) {
      cursor.pos += known.length;
      steps.last = known;
      return known.tag;
    }
  }
  const start = cursor.pos;
  if (previous !== null) close(cursor, previous);
  const tag = startTag(cursor, parent);
  if ((previous ?? parent).kept && (tag === null || tag.kept)) remember(cursor, parent, steps, start, tag);
  return tag;
}

function startTag(cursor: Cursor, parent: KnownTag): KnownTag | null {
  skipSpace(cursor);
  if (!atStartTag(cursor)) {
    if (!atEndTag(cursor)) skipMisc(cursor);
    if (atEndTag(cursor)) return null;
    if (!atStartTag(cursor)) {
      refuseText(cursor, codeFor(insideOf(parent).schema), `text between the elements of ${parent.qname}`);
    }
  }
  return nextTag(cursor, insideOf(parent));
}

/** What is not well-formed is refused as such. The text may be a secret in the wrong place, and is not repeated. */
export function refuseText(cursor: Cursor, code: ProtocolCode, found: string): never {
  const at = cursor.pos;
  readText(cursor);
  refuse(cursor, code, found, at);
}

/** What is wrong in a part of the envelope is told apart from what is wrong in a value. */
export const codeFor = (schema: NestedSchema): ProtocolCode =>
  schema.kind === 'complex' && (schema.strict === 'open' || schema.strict === 'closed') ? 'envelope' : 'schema';

/** The end tag of `tag`, at the cursor. */
export function close(cursor: Cursor, tag: KnownTag): void {
  if (matches(cursor, tag.close)) cursor.pos += tag.close.bytes.length;
  else readEndTag(cursor, tag.qname);
}

function remember(cursor: Cursor, parent: KnownTag, steps: Steps, start: number, tag: KnownTag | null): void {
  const length = cursor.pos - start;
  if (steps.all.length >= STEPS_PER_TAG || length > LONGEST_TAG || memory.size > MEMORY_LIMIT) return;
  const beyond = tag === null ? parent.close.bytes.length : 0;
  // The end tag of the parent may be written in another way, with white space in it.
  if (tag === null && !matches(cursor, parent.close)) return;
  steps.last = { text: patternOf(cursor.bytes.subarray(start, cursor.pos + beyond)), length, tag };
  steps.all.push(steps.last);
  memory.size += 2 * (length + beyond) + 300;
}

function learn(cursor: Cursor, content: Content): KnownTag {
  const start = cursor.pos;
  const tag = readStartTag(cursor, content.scope);
  const length = cursor.pos - start;
  // Attributes that mean nothing here, as ids, would fill the memory with tags that never come again.
  const lasting =
    content.lasting && length <= LONGEST_TAG && tag.attributes.every((attribute) => attribute.namespace === XSI);
  const kept = lasting && content.tags.length < TAGS_PER_CONTENT && memory.size <= MEMORY_LIMIT;
  const known = understand(cursor, content, tag, start, kept);
  if (kept) {
    content.tags.push(known);
    memory.size += 4 * length + 600;
  }
  return known;
}

/** Keeps a value that was read from `start` up to the end tag at the cursor. */
export function rememberValue(cursor: Cursor, { values }: KnownTag, start: number, value: unknown): void {
  const length = cursor.pos + 2 - start;
  if (!values || values.length >= VALUES_PER_TAG || length > LONGEST_TAG || memory.size > MEMORY_LIMIT) return;
  values.push({ text: patternOf(cursor.bytes.subarray(start, cursor.pos + 2)), value });
  memory.size += 2 * length + 200;
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

function understand(cursor: Cursor, content: Content, tag: StartTag, start: number, kept: boolean): KnownTag {
  const { schema } = content;
  const index = indexOf(schema, tag);
  const field = (schema.kind === 'complex' ? schema.fields : [itemOf(schema)])[index];
  if (!field) refuseUnknown(cursor, schema, tag, start);
  return {
    text: patternOf(cursor.bytes.subarray(start, cursor.pos)),
    close: patternOf(Buffer.from(tag.empty ? '' : `</${tag.qname}>`)),
    qname: tag.qname,
    scope: tag.scope,
    empty: tag.empty,
    kind: field === undefined ? 'unknown' : isNil(cursor, tag, start) ? 'nil' : kindOf(tag, field.type),
    field: field ?? null,
    key: field?.key ?? '',
    index,
    content: field && isNested(field.type) ? innerContent(content, tag.scope, field.type, kept) : null,
    values: kept && (field?.type.kind === 'enum' || field?.type.kind === 'boolean') ? [] : null,
    kept,
    after: { last: null, all: [] },
  };
}

function kindOf({ empty }: StartTag, type: Schema): KnownTag['kind'] {
  return empty && !isNested(type) && type.kind !== 'anyType' ? 'empty' : type.kind;
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
  namespace === '' ? `<${name}> in no namespace` : `{${brief(namespace, 100)}}${name}`;

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
  const inner =
    contents.get(schema) ??
    contentOf(schema, scope, scope === content.scope ? content.inner : new Map(), content.lasting);
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
  if (value === undefined) refuse(cursor, 'schema', `xsi:nil="${brief(nil)}"`, start);
  return value === true;
}
