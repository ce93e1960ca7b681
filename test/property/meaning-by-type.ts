/**
 * What an element means by its type, worked out a second time: slowly, from a whole tree, and with nothing of the reader
 * in it but the schema tables.
 */
import type {
  ArraySchema,
  ComplexSchema,
  DictionarySchema,
  Field,
  Schema,
  SimpleSchema,
} from '../../lib/codec/schema.js';
import { DateTime, type XmlElement } from '../../lib/codec.js';

/** The document is none that the contract allows. */
export class NoMeaning extends Error {
  override name = 'NoMeaning';
}

export const refuse = (reason: string): never => {
  throw new NoMeaning(reason);
};

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** Stands for a member that is nil where nothing may be nil: it counts as left out. */
export const nothing = Symbol('nothing');

const elementsIn = ({ children }: XmlElement): XmlElement[] => children.filter((child) => typeof child !== 'string');

/** The elements inside one that may hold nothing else. */
export function elementsOnly(element: XmlElement): XmlElement[] {
  const text = element.children.filter((child) => typeof child === 'string').join('');
  if (/[^\t\n\r ]/.test(text)) refuse(`text in ${element.name}`);
  return elementsIn(element);
}

const collapsed = (text: string): string => text.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');

export function isNil(element: XmlElement): boolean {
  const nil = element.attributes.find((each) => each.namespace === XSI && each.name === 'nil');
  if (nil === undefined) return false;
  return booleanOf(collapsed(nil.value));
}

const booleanOf = (text: string): boolean =>
  /^(?:true|1)$/.test(text) || (/^(?:false|0)$/.test(text) ? false : refuse(`${text} is no boolean`));

/** The value of an element for a member of the contract. */
export function meaningOf(element: XmlElement, { type, nillable }: Pick<Field, 'type' | 'nillable'>): unknown {
  const nil = isNil(element);
  if (type.kind === 'anyType') return element;
  if (nil) {
    if (elementsOnly(element).length > 0) refuse(`content in ${element.name}, which is nil`);
    return nillable ? null : nothing;
  }
  switch (type.kind) {
    case 'complex':
      return membersOf(element, type.fields);
    case 'array':
      return itemsOf(element, type);
    case 'dictionary':
      return entriesOf(element, type);
    default:
      if (elementsIn(element).length > 0) refuse(`elements in ${element.name}`);
      return simpleValue(type, element.children.join(''));
  }
}

function simpleValue(
  { kind, name }: Exclude<Schema, ComplexSchema | ArraySchema | DictionarySchema>,
  raw: string,
): unknown {
  if (kind === 'string') return raw;
  const text = collapsed(raw);
  if (kind === 'flags') return text.split(/[\t\n\r ]+/).filter((each) => each !== '');
  if (kind === 'enum') return /^[^\t\n\r ]+$/.test(text) ? text : refuse(`no ${name}`);
  const value = simple[kind]?.(text);
  return value === undefined ? refuse(`${JSON.stringify(text)} is no ${name}`) : value;
}

const integer =
  (bits: number) =>
  (text: string): number | undefined =>
    /^[+-]?[0-9]+$/.test(text) && BigInt.asIntN(bits, BigInt(text.replace('+', ''))) === BigInt(text.replace('+', ''))
      ? Number(BigInt(text.replace('+', '')))
      : undefined;

const numbers: Readonly<Record<string, number>> = { INF: Infinity, '-INF': -Infinity, NaN: Number.NaN };

/** Undefined for text that is no value. */
const simple: Partial<Record<SimpleSchema['kind'], (text: string) => unknown>> = {
  int: integer(32),
  short: integer(16),
  boolean: booleanOf,
  double: (text) =>
    /^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?$/.test(text) ? Number(text) : numbers[text],
  dateTime: dateOf,
  duration: (text) => (secondsOf(text) <= TIME_SPAN ? text : undefined),
  base64Binary: (text) => {
    const packed = text.replace(/[\t\n\r ]/g, '');
    return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed)
      ? Uint8Array.from(atob(packed), (char) => char.charCodeAt(0))
      : undefined;
  },
  QName: (text) => text.replace(/^[^:]*:/, ''),
};

/** Days are checked by JavaScript's calendar. */
function dateOf(text: string): unknown {
  const [, day = '', time = '', fraction = '', zone] =
    /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d+))?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?$/.exec(
      text,
    ) ?? [];
  const instant = new Date(`${day}T${time}Z`);
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(day) || day.startsWith('0000'))
    return undefined;
  if (day.startsWith('0001')) return null;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  return new DateTime(
    Date.parse(`${day}T${time}.${milliseconds}${zone ?? 'Z'}`),
    text.slice('YYYY-MM-DDThh:mm:ss'.length),
  );
}

/** 2 to the power of 63 in steps of 100 nanoseconds. */
const TIME_SPAN = 2 ** 63 / 1e7;

/** NaN, which is below no limit, for what is no duration. */
function secondsOf(text: string): number {
  if (!/^-?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/.test(text)) return Number.NaN;
  const units: Readonly<Record<string, number>> = { D: 86400, H: 3600, M: 60, S: 1 };
  return [...text.matchAll(/([\d.]+)([DHMS])/g)].reduce(
    (sum, [, n, unit = '']) => sum + Number(n) * (units[unit] ?? 0),
    0,
  );
}

export const isOf = (field: Field, element: XmlElement): boolean =>
  field.name === element.name && field.namespace === element.namespace;

export function membersOf(element: XmlElement, fields: readonly Field[]): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const seen = new Set<Field>();
  for (const child of elementsOnly(element)) {
    const field = fields.find((each) => isOf(each, child));
    // What is not known is passed over, whatever it says of itself.
    if (!field) continue;
    if (seen.has(field)) refuse(`${field.name} twice`);
    seen.add(field);
    const value = meaningOf(child, field);
    if (value !== nothing) out[field.key] = value;
  }
  return out;
}

const itemsOf = (element: XmlElement, { item }: ArraySchema): unknown[] =>
  elementsOnly(element).map((child) => {
    if (!isOf(item, child)) refuse(`${child.name} in a list`);
    const value = meaningOf(child, item);
    return value === nothing ? refuse('a nil item') : value;
  });

function entriesOf(element: XmlElement, { entry, key }: DictionarySchema): unknown {
  const out = new Map<string, unknown>();
  for (const child of elementsOnly(element)) {
    if (!isOf(entry, child)) refuse(`${child.name} in a dictionary`);
    const pair = meaningOf(child, entry) as { key?: unknown; value?: unknown } | typeof nothing;
    if (pair === nothing || pair.key === undefined || (pair.key === null && key.nillable)) return refuse('no key');
    const name =
      pair.key === null ? '0001-01-01T00:00:00' : pair.key instanceof DateTime ? pair.key.lexical : String(pair.key);
    if (out.has(name)) refuse('a key twice');
    out.set(name, pair.value ?? null);
  }
  return Object.assign(Object.create(null), Object.fromEntries(out));
}
