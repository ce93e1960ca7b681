/**
 * `xs:dateTime` without loss: an instant that also keeps the text it was written as.
 */

import type { Bytes } from './bytes.js';

/**
 * A Date that remembers how it stood on the wire. The service writes up to seven fraction digits and often no zone;
 * a Date alone would lose the digits and guess the zone. `JSON.stringify` and sending it again give the same text
 * back. One that was changed by Date's setters is written in the zone that it was read in.
 */
export class DateTime extends Date {
  /** All of the text that does not follow from the time. */
  readonly #suffix: string;

  /**
   * @param time milliseconds since 1970, UTC
   * @param suffix what stands behind the seconds in the text: fraction digits and zone, as in `'.1234567+01:00'`
   */
  constructor(time: number, suffix: string) {
    super(time);
    const usual = suffix === '' || suffix === 'Z' || usualSuffixes.includes(suffix);
    if (!usual && !/^(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/.test(suffix)) {
      throw new RangeError(`${JSON.stringify(suffix)} is not what stands behind the seconds of an xs:dateTime`);
    }
    this.#suffix = suffix;
  }

  /**
   * Reads `xs:dateTime` text; a text without a zone is taken as UTC. Of a Date it is the one in UTC.
   * @throws RangeError for anything else
   */
  static from(value: string | Date): DateTime {
    return parseDateTime(value instanceof Date && !Number.isNaN(value.getTime()) ? lexicalOf(value) : value);
  }

  /** The text as it was read, with all its fraction digits. */
  get lexical(): string {
    const suffix = this.#suffix;
    // The usual forms, which need no parts.
    const time = this.getTime();
    if ((suffix === '' || suffix === 'Z') && time % 1000 === 0 && time >= YEAR_1 && time < YEAR_10000) {
      return this.toISOString().slice(0, SECONDS_END) + suffix;
    }
    const [fraction, zone] = partsOf(suffix);
    const local = new Date(this.getTime() + minutesOf(zone) * 60_000);
    const milliseconds = local.getUTCMilliseconds();
    // Digits beyond the milliseconds stay, unless the milliseconds are others than those that were read.
    const same = Number(fraction.slice(1, 4).padEnd(3, '0')) === milliseconds;
    const digits = same ? fraction : milliseconds === 0 ? '' : `.${String(milliseconds).padStart(3, '0')}`;
    const text = local.toISOString();
    // Beyond the years 1 to 9999 there is no such text; then it is the one that a Date has, which is not sent.
    return text.length > 'YYYY-MM-DDThh:mm:ss.fffZ'.length ? text : text.slice(0, SECONDS_END) + digits + zone;
  }

  /** The zone that was written: `'Z'`, an offset as `'+02:00'`, or undefined where there was none. */
  get zone(): string | undefined {
    return partsOf(this.#suffix)[1] || undefined;
  }

  override toJSON(): string {
    // Date gives null for a value that was made invalid.
    return Number.isNaN(this.getTime()) ? super.toJSON() : this.lexical;
  }
}

/** Fraction with its point, and zone. */
function partsOf(suffix: string): [string, string] {
  const [fraction = ''] = /^\.\d+/.exec(suffix) ?? [];
  return [fraction, suffix.slice(fraction.length)];
}

/** Minutes east of UTC; 0 for what is no offset. */
function minutesOf(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)) || 0;
  return zone.startsWith('-') ? -minutes : minutes;
}

function parseDateTime(text: unknown): DateTime {
  const bytes = Buffer.from(typeof text === 'string' ? text : '');
  const time = timeOf(bytes, 0, bytes.length);
  if (typeof text !== 'string' || Number.isNaN(time)) {
    throw new RangeError(`${JSON.stringify(text)} is not an xs:dateTime`);
  }
  return new DateTime(time, text.slice(SECONDS_END));
}

/** The text for any Date: its own if it is a DateTime of any copy of this package, else UTC with `Z`. */
export function lexicalOf(date: Date): string {
  const lexical = 'lexical' in date ? date.lexical : undefined;
  return typeof lexical === 'string' ? lexical : formatDate(date);
}

const formatDate = (date: Date): string => date.toISOString().replace('.000Z', 'Z');

/** What the service writes where there is no date. */
export const NO_VALUE = '0001-01-01T00:00:00';

/** The value of `xs:dateTime` text: null for year 1, undefined for what is no dateTime. */
export function readDateTime(text: string): DateTime | null | undefined {
  const bytes = Buffer.from(text) as Bytes;
  return dateTimeAt(bytes, 0, bytes.length);
}

/** The same for the text from `start` to `end`. */
export function dateTimeAt(bytes: Bytes, start: number, end: number): DateTime | null | undefined {
  const time = timeOf(bytes, start, end);
  if (Number.isNaN(time)) return bytes.latin1Slice(start, end).startsWith(NO_VALUE_OF_GSOAP) ? null : undefined;
  // A conversion between zones may have moved the "no value" by some hours, so the year alone counts.
  if (bytes[start] === ZERO && twoDigits(bytes, start) === 0 && twoDigits(bytes, start + 2) === 1) return null;
  const suffix = start + SECONDS_END;
  return new DateTime(time, suffixAt(bytes, suffix, end));
}

function suffixAt(bytes: Bytes, start: number, end: number): string {
  const length = end - start;
  if (length === 0) return '';
  if (length === 1) return 'Z';
  for (const usual of usualSuffixes) {
    let at = 0;
    while (at < length && bytes[start + at] === usual.charCodeAt(at)) at++;
    if (at === length && at === usual.length) return usual;
  }
  return bytes.latin1Slice(start, end);
}

/** gSOAP's, and those of Central Europe, which need not be made anew each time. */
const usualSuffixes = ['.000000Z', '+01:00', '+02:00'];

/** gSOAP writes the year without leading zeros, which is no xs:dateTime. */
const NO_VALUE_OF_GSOAP = '1-01-01T00:00:00';

const YEAR_1 = Date.parse('0001-01-01T00:00:00Z');
const YEAR_10000 = Date.UTC(10_000, 0);
const SECONDS_END = 19;
const ZERO = 0x30;
const DASH = 0x2d;
const PLUS = 0x2b;
const COLON = 0x3a;
const POINT = 0x2e;
const T = 0x54;
const Z = 0x5a;

/** Milliseconds since 1970 for `YYYY-MM-DDThh:mm:ss[.f…][Z|±hh:mm]`, NaN for anything else. */
function timeOf(bytes: Buffer, start: number, end: number): number {
  if (end - start < SECONDS_END) return Number.NaN;
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  const hour = twoDigits(bytes, start + 11);
  const minute = twoDigits(bytes, start + 14);
  const second = twoDigits(bytes, start + 17);
  if (bytes[start + 4] !== DASH || bytes[start + 7] !== DASH || bytes[start + 10] !== T) return Number.NaN;
  if (bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return Number.NaN;
  if (year <= 0 || month <= 0 || month > 12 || day <= 0 || day > daysIn(year, month)) return Number.NaN;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return Number.NaN;
  let at = start + SECONDS_END;
  let milliseconds = 0;
  if (bytes[at] === POINT) {
    const first = ++at;
    for (let unit = 100; at < end && isDigit(bytes, at); at++, unit = unit / 10) {
      if (unit >= 1) milliseconds += ((bytes[at] as number) - ZERO) * unit;
    }
    if (at === first) return Number.NaN;
  }
  const seconds = ((daysBefore(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
  const time = seconds * 1000 + milliseconds;
  return at === end ? time : time - offsetAt(bytes, at, end) * 60_000;
}

/** Minutes east of UTC that the bytes up to `end` state, NaN where they state no zone. */
function offsetAt(bytes: Buffer, at: number, end: number): number {
  if (bytes[at] === Z && at + 1 === end) return 0;
  if (at + 6 !== end || bytes[at + 3] !== COLON) return Number.NaN;
  const hours = twoDigits(bytes, at + 1);
  const minutes = twoDigits(bytes, at + 4);
  if (hours < 0 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 14 * 60) return Number.NaN;
  if (bytes[at] === PLUS) return hours * 60 + minutes;
  return bytes[at] === DASH ? -(hours * 60 + minutes) : Number.NaN;
}

const isDigit = (bytes: Buffer, at: number): boolean => {
  const byte = bytes[at] as number;
  return byte >= ZERO && byte <= ZERO + 9;
};

/** The number that two digits state; where they are none, one so far below 0 that nothing added to it makes up for it. */
function twoDigits(bytes: Buffer, at: number): number {
  if (!isDigit(bytes, at) || !isDigit(bytes, at + 1)) return -100_000;
  return ((bytes[at] as number) - ZERO) * 10 + (bytes[at + 1] as number) - ZERO;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 1970-01-01 in the Gregorian calendar; years are counted from March, so that the leap day comes last. */
function daysBefore(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}
