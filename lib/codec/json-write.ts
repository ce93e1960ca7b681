/**
 * Writes values by their schema as the JSON of the service's REST API: under the names of the wire, and nothing that the
 * contract does not have.
 */
import { zeroNameOf } from './json-read.js';
import { describe, isOwn, objectOf, type Place, refuse, refuseUnknown, requireName } from './place.js';
import type { ComplexSchema, DictionarySchema, Direction, Field, FlagsSchema, Schema } from './schema.js';
import { lexicalForms } from './values.js';
import type { IllegalCharacters } from './writer.js';

/** How JSON is written. */
export interface JsonSheet {
  /** A request has names that the contract knows only; a reply passes others on. */
  readonly direction: Direction;
  /** What becomes of halves of surrogate pairs; all other characters can be said in JSON. */
  readonly illegalCharacters: IllegalCharacters | undefined;
}

/** The JSON of a value. */
export function writeJson(sheet: JsonSheet, { name, type, nillable }: Field, value: unknown, place: Place): string {
  if (value !== null || type.kind === 'dateTime') return writeValue(sheet, type, value, place);
  return nillable ? 'null' : refuse(place, `null, but ${name} cannot be nil`);
}

/** The JSON of an object with these members; what is undefined is left out. */
export function writeJsonMembers(
  sheet: JsonSheet,
  fields: readonly Field[],
  value: unknown,
  place: Place | null,
): string {
  const object = objectOf(value, place);
  let out = '';
  let known = 0;
  for (const field of fields) {
    const { key, name } = field;
    if (!isOwn(object, key, place)) continue;
    known++;
    const item = object[key];
    if (item === undefined) continue;
    out += `${out === '' ? '' : ','}"${name}":${writeJson(sheet, field, item, { parent: place, key })}`;
  }
  for (const _ in object) known--;
  if (known < 0) refuseUnknown(fields, Object.keys(object), place);
  return `{${out}}`;
}

function writeValue(sheet: JsonSheet, type: Schema, value: unknown, place: Place): string {
  switch (type.kind) {
    case 'complex':
      return writeJsonMembers(sheet, inOrder(type), value, place);
    case 'array':
      return `[${itemsOf(value, place)
        .map((item, index) => writeJson(sheet, type.item, item, { parent: place, key: index }))
        .join(',')}]`;
    case 'dictionary':
      return writeEntries(sheet, type, value, place);
    case 'string':
      if (typeof value !== 'string') refuse(place, `${describe(value)}, not a string`);
      return textOf(sheet, value, place);
    case 'enum':
      return JSON.stringify(requireName(sheet.direction, type, value, place));
    case 'flags':
      return writeFlags(sheet, type, value, place);
    case 'anyType':
      return refuse(place, `${type.name} cannot be written`);
    default: {
      const { write, wanted } = lexicalForms[type.kind];
      const text = write(value) ?? refuse(place, `${describe(value)}, not ${wanted}`);
      return bare.has(type.kind) && !special.has(text) ? text : JSON.stringify(special.get(text) ?? text);
    }
  }
}

/** The order in which .NET writes JSON: members of the base class come last, which come first in XML. */
function inOrder(type: ComplexSchema): readonly Field[] {
  const inherited = type.base?.fields.length ?? 0;
  if (inherited === 0) return type.fields;
  const known = ordered.get(type) ?? [...type.fields.slice(inherited), ...type.fields.slice(0, inherited)];
  ordered.set(type, known);
  return known;
}

const ordered = new WeakMap<ComplexSchema, readonly Field[]>();

/** Those that JSON has of its own, which need no quotes. */
const bare: ReadonlySet<Schema['kind']> = new Set(['int', 'short', 'double', 'boolean']);

/** The numbers that JSON has no word for, as .NET writes them. */
const special: ReadonlyMap<string, string> = new Map([
  ['INF', 'Infinity'],
  ['-INF', '-Infinity'],
  ['NaN', 'NaN'],
]);

function itemsOf(value: unknown, place: Place): readonly unknown[] {
  if (!Array.isArray(value)) refuse(place, `${describe(value)}, not an array`);
  // By index, since `map` passes over holes.
  return Array.from(value as readonly unknown[], (item, key) =>
    item === undefined ? refuse({ parent: place, key }, 'undefined in an array') : item,
  );
}

function writeEntries(sheet: JsonSheet, type: DictionarySchema, value: unknown, place: Place): string {
  const entries = Object.entries(objectOf(value, place)).map(([key, item]) => {
    const at = { parent: place, key };
    if (item === undefined) refuse(at, 'undefined in a dictionary');
    if (type.key.type.kind === 'dateTime' && lexicalForms.dateTime.read(key) === undefined) {
      refuse(at, 'the key is not an xs:dateTime');
    }
    return `${textOf({ ...sheet, illegalCharacters: 'refuse' }, key, at)}:${writeJson(sheet, type.value, item, at)}`;
  });
  return `{${entries.join(',')}}`;
}

function writeFlags({ direction }: JsonSheet, type: FlagsSchema, value: unknown, place: Place): string {
  if (!Array.isArray(value)) refuse(place, `${describe(value)}, not an array of ${type.name} names`);
  const names = itemsOf(value, place).map((name, key) => requireName(direction, type, name, { parent: place, key }));
  return JSON.stringify(names.length > 0 ? names.join(', ') : zeroNameOf(type));
}

function textOf({ illegalCharacters }: JsonSheet, text: string, place: Place): string {
  if (text.isWellFormed()) return JSON.stringify(text);
  if (illegalCharacters === 'replace') return JSON.stringify(text.toWellFormed());
  return refuse(place, 'half of a surrogate pair, which no text in UTF-8 can have');
}
