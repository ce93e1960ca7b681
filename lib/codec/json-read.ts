/**
 * Reads values by their schema from JSON, as the service's REST API writes and takes them.
 */
import { ProtocolError } from '../errors.js';
import { defaultLimits } from './lexer.js';
import type { Field, FlagsSchema, Schema } from './schema.js';
import { durationOfTimeSpan } from './time-span.js';
import { lexicalForms, readEnum } from './values.js';

/** Where in the document the reader is. It is told only of what goes wrong, so that no path is made of it before. */
interface Place {
  readonly steps: (string | number)[];
  /** How many more objects may stand inside each other. */
  deeper: number;
  readonly anyCase: boolean;
}

export interface JsonReadOptions {
  /** How many objects may stand inside each other; 256 by default. */
  readonly depth?: number | undefined;
  /** Whether names are found in any case, as .NET finds them in requests. */
  readonly anyCase?: boolean | undefined;
}

const placeOf = ({ depth = defaultLimits.depth, anyCase = false }: JsonReadOptions): Place => ({
  steps: [],
  deeper: depth,
  anyCase,
});

/**
 * The value of a member. Null stands for nil, and for a date that is not there.
 * @throws ProtocolError with the path of a value that is not of its type; `$` is the whole
 */
export const readJson = (field: Field, json: unknown, options: JsonReadOptions = {}): unknown =>
  readItem(field, json, placeOf(options));

/** The members of an object that are there. */
export const readJsonMembers = (
  fields: readonly Field[],
  json: Readonly<Record<string, unknown>>,
  options: JsonReadOptions = {},
): Record<string, unknown> => readMembers(fields, json, placeOf(options));

function readItem({ type, nillable }: Field, json: unknown, place: Place): unknown {
  if (json !== null) return readValue(type, json, place);
  return nillable || type.kind === 'dateTime' ? null : refuse(json, type, place);
}

/** The value of a member, an item or an entry of what is being read. */
function readInside(field: Field, json: unknown, step: string | number, place: Place): unknown {
  place.steps.push(step);
  const value = readItem(field, json, place);
  place.steps.pop();
  return value;
}

/** Null for a member that cannot be nil, as `$select` writes it, says that it is not there. */
function readMembers(
  fields: readonly Field[],
  object: Readonly<Record<string, unknown>>,
  place: Place,
): Record<string, unknown> {
  if (place.deeper-- <= 0) {
    throw new ProtocolError('schema', 'objects deeper than can be read', { path: pathOf(place) });
  }
  const members: Record<string, unknown> = {};
  let others: ReadonlyMap<string, string> | undefined;
  for (const field of fields) {
    const { name, key, nillable, type } = field;
    // .NET's newer servers, and the vendor's own client, have the first letter lowered.
    let found = Object.hasOwn(object, name) ? name : Object.hasOwn(object, key) ? key : undefined;
    if (found === undefined && place.anyCase) {
      others ??= new Map(Object.keys(object).map((given) => [given.toLowerCase(), given]));
      found = others.get(name.toLowerCase());
    }
    if (found === undefined) continue;
    const json = object[found];
    if (json === null && !nillable && type.kind !== 'dateTime') continue;
    members[key] = readInside(field, json, found, place);
  }
  place.deeper++;
  return members;
}

function readValue(type: Schema, json: unknown, place: Place): unknown {
  switch (type.kind) {
    case 'complex':
      return readMembers(type.fields, objectOf(json, type, place), place);
    case 'array':
      if (!Array.isArray(json)) return refuse(json, type, place);
      return json.map((item, index) => readInside(type.item, item, index, place));
    case 'dictionary':
      return readDictionary(type.value, objectOf(json, type, place), place);
    case 'string':
      return typeof json === 'string' ? json : refuse(json, type, place);
    case 'enum':
      return readEnum(type, nameOf(type.values, json) ?? refuse(json, type, place)) ?? refuse(json, type, place);
    case 'flags':
      return readFlags(type, json) ?? refuse(json, type, place);
    case 'int':
      return Number.isInteger(json) && (json as number) >= -0x80000000 && (json as number) <= 0x7fffffff
        ? (json as number) + 0
        : refuse(json, type, place);
    case 'short':
      return Number.isInteger(json) && (json as number) >= -0x8000 && (json as number) <= 0x7fff
        ? (json as number) + 0
        : refuse(json, type, place);
    case 'boolean':
      return typeof json === 'boolean' ? json : refuse(json, type, place);
    case 'double':
      return typeof json === 'number' ? json : (doubles.get(json) ?? refuse(json, type, place));
    case 'anyType':
      return json;
    default: {
      if (typeof json !== 'string') return refuse(json, type, place);
      const text = type.kind === 'duration' ? (durationOfTimeSpan(json) ?? json) : json;
      const value = lexicalForms[type.kind].read(text);
      return value === undefined ? refuse(json, type, place) : value;
    }
  }
}

/** The numbers that JSON has no word for, as .NET writes them. */
const doubles: ReadonlyMap<unknown, number> = new Map([
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['NaN', Number.NaN],
]);

function readDictionary(
  value: Field,
  object: Readonly<Record<string, unknown>>,
  place: Place,
): Record<string, unknown> {
  const read = Object.entries(object).map(([key, item]) => [key, readInside(value, item, key, place)]);
  return Object.assign(Object.create(null), Object.fromEntries(read));
}

/** A name, or that of a number; undefined for anything else. */
function nameOf(values: Readonly<Record<string, number>>, json: unknown): string | undefined {
  if (typeof json === 'string') return json;
  return typeof json === 'number' ? Object.keys(values).find((name) => values[name] === json) : undefined;
}

/** Names with a comma between them, or the sum of their numbers. */
function readFlags(type: FlagsSchema, json: unknown): readonly string[] | undefined {
  if (typeof json === 'number') return namesIn(type, json);
  if (typeof json !== 'string') return undefined;
  if (/^\d+$/.test(json)) return namesIn(type, Number(json));
  return json.split(/[\s,]+/).filter((name) => name !== '' && name !== 'None' && name !== zeroNameOf(type));
}

/** Undefined where the number has a part that is none of the names. */
function namesIn({ values }: FlagsSchema, sum: number): readonly string[] | undefined {
  let rest = sum;
  const names = Object.keys(values).filter((name) => {
    const value = values[name] ?? 0;
    const is = value !== 0 && (rest & value) === value;
    if (is) rest -= value;
    return is;
  });
  return rest === 0 ? names : undefined;
}

/** What REST writes for flags where none is set; the contract of SOAP has no name for it. */
export const zeroNameOf = ({ name }: FlagsSchema): string =>
  name === 'ChatSessionFlags' ? 'CustomerIsTyping' : 'None';

function objectOf(json: unknown, type: Schema, place: Place): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) refuse(json, type, place);
  return json as Readonly<Record<string, unknown>>;
}

/** `$[1].Message` */
const pathOf = ({ steps }: Place): string =>
  steps.reduce<string>((path, step) => path + (typeof step === 'number' ? `[${step}]` : `.${step}`), '$');

function refuse(json: unknown, type: Schema, place: Place): never {
  const found = Array.isArray(json)
    ? 'an array'
    : typeof json === 'object' && json
      ? 'an object'
      : JSON.stringify(json).slice(0, 100);
  throw new ProtocolError('schema', `${found} is not of the type ${type.name}`, { path: pathOf(place) });
}
