/**
 * The lexical forms of simple types: text ⇄ value. Reading gives undefined for text that is no value of the type,
 * writing for a value that is none; null is "no value" in a dateTime and nothing else.
 */
import { lexicalOf, NO_VALUE, readDateTime } from './date-time.js';
import type { Direction, EnumSchema, FlagsSchema, SimpleSchema } from './schema.js';
import { table } from './table.js';

interface LexicalForm {
  readonly read: (text: string) => unknown;
  readonly write: (value: unknown) => string | undefined;
  /** What a value must be, for errors about one that is not. */
  readonly wanted: string;
}

/** XSD's white space, which surrounds values of all types but string without meaning anything. */
export function collapse(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

const integer = (min: number, max: number): LexicalForm => ({
  read: (text) => {
    // Not by one pattern for the whole: the memory of its repetition is limited, and that of a document is not.
    if (!/^[+-]?\d/.test(text) || /\D/.test(text.slice(1))) return undefined;
    // Adding 0 makes -0, which is no integer, 0.
    const value = Number(text) + 0;
    return value >= min && value <= max ? value : undefined;
  },
  write: (value) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max ? String(value) : undefined,
  wanted: `an integer from ${min} to ${max}`,
});

const doubles = table({ INF: Number.POSITIVE_INFINITY, '-INF': Number.NEGATIVE_INFINITY, NaN: Number.NaN });

/** The range of a .NET TimeSpan in seconds, which the contract sets for durations. */
const TIME_SPAN = ((10675199 * 24 + 2) * 60 + 48) * 60 + 5.4775808;

const durationForm = /^(-?)P(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

function readDuration(text: string): string | undefined {
  const match = durationForm.exec(text);
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(2).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds <= TIME_SPAN ? text : undefined;
}

export const lexicalForms: Readonly<Record<Exclude<SimpleSchema['kind'], 'string' | 'anyType'>, LexicalForm>> = {
  int: integer(-2147483648, 2147483647),
  short: integer(-32768, 32767),
  boolean: {
    read: (text) => (text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined),
    write: (value) => (typeof value === 'boolean' ? String(value) : undefined),
    wanted: 'true or false',
  },
  double: {
    read: (text) => (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : doubles[text]),
    write: (value) => {
      if (typeof value !== 'number') return undefined;
      if (Number.isNaN(value)) return 'NaN';
      if (!Number.isFinite(value)) return value > 0 ? 'INF' : '-INF';
      return Object.is(value, -0) ? '-0' : String(value);
    },
    wanted: 'a number',
  },
  dateTime: {
    read: readDateTime,
    write: (value) => {
      if (value === null) return NO_VALUE;
      if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
      const text = lexicalOf(value);
      return readDateTime(text) === undefined ? undefined : text;
    },
    wanted: 'a Date of the years 1 to 9999, or null',
  },
  duration: {
    read: readDuration,
    write: (value) => (typeof value === 'string' ? readDuration(value) : undefined),
    wanted: 'an ISO 8601 duration of days, hours, minutes and seconds, as in "PT8H30M"',
  },
  base64Binary: {
    read: (text) => {
      const compact = text.replace(/[\t\n\r ]/g, '');
      const valid = compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact);
      return valid ? new Uint8Array(Buffer.from(compact, 'base64')) : undefined;
    },
    write: (value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : undefined),
    wanted: 'a Uint8Array',
  },
  QName: {
    read: (text) => text.slice(text.indexOf(':') + 1),
    write: (value) => (typeof value === 'string' ? value : undefined),
    wanted: 'a name',
  },
};

/** One name; one that the contract does not know is kept, since a newer server may have it. */
export function readEnum(_schema: EnumSchema, text: string): string | undefined {
  return text === '' || /[\t\n\r ]/.test(text) ? undefined : text;
}

export function readFlags(_schema: FlagsSchema, text: string): readonly string[] {
  return text === '' ? [] : text.split(/[\t\n\r ]+/);
}

/** Whether a name may be written: a request has known names only, a reply passes on what it was given. */
export function isWritableName(schema: EnumSchema | FlagsSchema, name: unknown, direction: Direction): name is string {
  return typeof name === 'string' && (direction === 'request' ? name in schema.values : /^[^\t\n\r ]+$/.test(name));
}
