/**
 * Writes values by their schema: members in the order of the contract whatever order the caller used, and nothing that
 * the contract does not have.
 */
import { InputError } from '../errors.js';
import type {
  ArraySchema,
  ComplexSchema,
  DictionarySchema,
  Direction,
  EnumSchema,
  Field,
  FlagsSchema,
  Schema,
} from './schema.js';
import { isWritableName, lexicalForms } from './values.js';

/** How a document is laid out. The contract leaves prefixes free; the published samples have their own. */
export interface Layout {
  /** With its colon; `''` for the default namespace. */
  readonly prefixOf: (namespace: string) => string;
  /** Whether each element says its type. */
  readonly typed: boolean;
  /** What stands before a tag that is so many elements deep. */
  readonly indent: (depth: number) => string;
}

export interface Sheet {
  readonly layout: Layout;
  /** A request has names that the contract knows only; a reply passes others on. */
  readonly direction: Direction;
  readonly illegalCharacters?: IllegalCharacters | undefined;
}

/**
 * What becomes of characters in a text that XML cannot carry, as control characters and halves of surrogate pairs:
 * `'refuse'` is an InputError, `'replace'` writes U+FFFD for each. Names and the keys of dictionaries are always refused.
 */
export type IllegalCharacters = 'refuse' | 'replace';

/** Where in the input a value stands. */
export interface Place {
  readonly parent: Place | null;
  readonly key: string | number;
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** The element for a member: what is undefined is left out, and null is nil. */
function writeElement(sheet: Sheet, field: Field, value: unknown, place: Place, depth: number): string {
  if (value === undefined) return '';
  const { type } = field;
  const { layout } = sheet;
  const name = layout.prefixOf(field.namespace) + field.name;
  const indent = layout.indent(depth);
  const open = `${indent}<${name}${layout.typed ? typeAttribute(layout, type) : ''}`;
  if (value === null && type.kind !== 'dateTime') {
    if (!field.nillable) refuse(place, `null, but ${field.name} cannot be nil`);
    return `${open} ${layout.prefixOf(XSI)}nil="true"/>`;
  }
  if (type.kind === 'complex' || type.kind === 'array' || type.kind === 'dictionary') {
    const content = writeContent(sheet, type, value, place, depth + 1);
    return `${open}>${content}${content === '' ? '' : indent}</${name}>`;
  }
  return `${open}>${writeText(sheet, type, value, place)}</${name}>`;
}

function typeAttribute(layout: Layout, { name, namespace }: Schema): string {
  return ` ${layout.prefixOf(XSI)}type="${layout.prefixOf(namespace)}${name}"`;
}

function writeContent(
  sheet: Sheet,
  schema: ComplexSchema | ArraySchema | DictionarySchema,
  value: unknown,
  place: Place,
  depth: number,
): string {
  if (schema.kind === 'complex') return writeMembers(sheet, schema.fields, value, place, depth);
  if (schema.kind === 'array') return writeItems(sheet, schema, value, place, depth);
  return writeEntries(sheet, schema, value, place, depth);
}

/** The members of an object. */
export function writeMembers(
  sheet: Sheet,
  fields: readonly Field[],
  value: unknown,
  place: Place | null,
  depth: number,
): string {
  const object = objectOf(value, place);
  let out = '';
  let known = 0;
  for (const field of fields) {
    if (!Object.hasOwn(object, field.key)) continue;
    known++;
    out += writeElement(sheet, field, object[field.key], { parent: place, key: field.key }, depth);
  }
  const keys = Object.keys(object);
  if (keys.length > known) refuseUnknown(fields, keys, place);
  return out;
}

/** Members that the service would drop without a word are named instead. */
function refuseUnknown(fields: readonly Field[], keys: readonly string[], place: Place | null): never {
  const unknown = keys.find((key) => !fields.some((field) => field.key === key)) ?? '';
  const like = fields.find((field) => field.key.toLowerCase() === unknown.toLowerCase());
  const names = fields.map((field) => field.key).join(', ');
  const there = names === '' ? 'there is none here (options of a call are its second argument)' : `there is ${names}`;
  const hint = like ? `did you mean ${like.key}?` : there;
  refuse({ parent: place, key: unknown }, `no such member; ${hint}`);
}

function objectOf(value: unknown, place: Place | null): Readonly<Record<string, unknown>> {
  const plain =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Map);
  if (!plain) refuse(place, `${describe(value)}, not an object`);
  return value as Readonly<Record<string, unknown>>;
}

function writeItems(sheet: Sheet, { item }: ArraySchema, value: unknown, place: Place, depth: number): string {
  if (!Array.isArray(value)) refuse(place, `${describe(value)}, not an array`);
  let out = '';
  for (let index = 0; index < value.length; index++) {
    const at = { parent: place, key: index };
    if (value[index] === undefined) refuse(at, 'undefined in an array');
    out += writeElement(sheet, item, value[index], at, depth);
  }
  return out;
}

function writeEntries(sheet: Sheet, schema: DictionarySchema, value: unknown, place: Place, depth: number): string {
  const { layout } = sheet;
  const name = layout.prefixOf(schema.entry.namespace) + schema.entry.name;
  let out = '';
  for (const [key, item] of Object.entries(objectOf(value, place))) {
    const at = { parent: place, key };
    if (item === undefined) refuse(at, 'undefined in a dictionary');
    // A key is given as text, also where its type is dateTime.
    const type = schema.key.type.kind;
    if (type === 'dateTime' && lexicalForms.dateTime.read(key) === undefined)
      refuse(at, 'the key is not an xs:dateTime');
    const keyName = layout.prefixOf(schema.key.namespace) + schema.key.name;
    const keyTag = keyName + (layout.typed ? typeAttribute(layout, schema.key.type) : '');
    const pair =
      `${layout.indent(depth + 1)}<${keyTag}>${escapeText(key, at)}</${keyName}>` +
      writeElement(sheet, schema.value, item, at, depth + 1);
    out += `${layout.indent(depth)}<${name}>${pair}${layout.indent(depth)}</${name}>`;
  }
  return out;
}

function writeText(
  sheet: Sheet,
  type: Exclude<Schema, ComplexSchema | ArraySchema | DictionarySchema>,
  value: unknown,
  place: Place,
): string {
  switch (type.kind) {
    case 'string':
      if (typeof value !== 'string') refuse(place, `${describe(value)}, not a string`);
      return escapeText(sheet.illegalCharacters === 'replace' ? replaceUnwritable(value) : value, place);
    case 'enum':
      return writeName(sheet, type, value, place);
    case 'flags':
      if (!Array.isArray(value)) refuse(place, `${describe(value)}, not an array of ${type.name} names`);
      return value.map((name, index) => writeName(sheet, type, name, { parent: place, key: index })).join(' ');
    case 'anyType':
      return refuse(place, `${type.name} cannot be written`);
    default: {
      const { write, wanted } = lexicalForms[type.kind];
      return write(value) ?? refuse(place, `${describe(value)}, not ${wanted}`);
    }
  }
}

function writeName({ direction }: Sheet, type: EnumSchema | FlagsSchema, name: unknown, place: Place): string {
  if (isWritableName(type, name, direction)) return escapeText(name, place);
  const found = typeof name === 'string' ? JSON.stringify(name) : describe(name);
  return refuse(place, `${found} is no ${type.name}; there is ${Object.keys(type.values).join(', ')}`);
}

/** Anything but the characters that stand for themselves in text. */
const special = /[^\t\n\x20-\x25\x27-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd]/;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };

/** Text as element content. A character that XML cannot carry is refused. */
export function escapeText(text: string, place: Place | null): string {
  if (!special.test(text)) return text;
  const bad = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g;
  for (let match = bad.exec(text); match; match = bad.exec(text)) {
    const code = text.codePointAt(match.index) ?? 0;
    if (code <= 0xffff) {
      const what = code >= 0xd800 && code < 0xe000 ? 'half of a surrogate pair' : 'a character that XML cannot carry';
      refuse(place, `${what}, U+${code.toString(16).toUpperCase().padStart(4, '0')}, at index ${match.index}`);
    }
    bad.lastIndex = match.index + 2;
  }
  return text.replace(/[&<>\r]/g, (char) => escapes[char] ?? char);
}

/** The text with U+FFFD for each character that XML cannot carry. */
export const replaceUnwritable = (text: string): string =>
  special.test(text)
    ? text.toWellFormed().replace(/[^\t\n\r\x20-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    : text;

/** What was found, without the value where that may be a secret or long. */
function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : 'a Date';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return 'a string';
  return typeof value === 'object' ? 'an object' : `a value of the type ${typeof value}`;
}

function refuse(place: Place | null, found: string): never {
  throw new InputError(pathOf(place), found);
}

/** `message.message`, `chatPresence[2].userId` */
function pathOf(place: Place | null): string {
  const keys: (string | number)[] = [];
  for (let each = place; each; each = each.parent) keys.unshift(each.key);
  return keys.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}
