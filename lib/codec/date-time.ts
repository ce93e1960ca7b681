/**
 * `xs:dateTime` without loss: an instant that also keeps the text it was written as.
 */

/**
 * A Date that remembers how it stood on the wire. The service writes up to seven fraction digits and often no zone;
 * a Date alone would lose the digits and guess the zone. `JSON.stringify` and sending it again give the same text
 * back, unless the value was changed with one of Date's setters; then it is written in UTC with `Z`.
 */
export class DateTime extends Date {
  readonly #lexical: string;
  readonly #time: number;

  /** @param time milliseconds since 1970, UTC @param lexical the `xs:dateTime` text that says the same instant */
  constructor(time: number, lexical: string) {
    super(time);
    this.#lexical = lexical;
    this.#time = time;
  }

  /** Reads `xs:dateTime` text; a text without a zone is taken as UTC. Throws RangeError for anything else. */
  static from(text: string): DateTime {
    const time = timeOf(text);
    if (time === undefined) throw new RangeError(`${JSON.stringify(text)} is not an xs:dateTime`);
    return new DateTime(time, text);
  }

  /** The text as it was read, with all its fraction digits. */
  get lexical(): string {
    return this.getTime() === this.#time ? this.#lexical : formatDate(this);
  }

  /** The zone that was written: `'Z'`, an offset as `'+02:00'`, or undefined where there was none. */
  get zone(): string | undefined {
    return /(?:Z|[+-]\d\d:\d\d)$/.exec(this.lexical)?.[0];
  }

  override toJSON(): string {
    // Date gives null for a value that was made invalid.
    return Number.isNaN(this.getTime()) ? super.toJSON() : this.lexical;
  }
}

/** The text for any Date: as it was read if it is an unchanged DateTime of any copy of this package, else UTC with `Z`. */
export function lexicalOf(date: Date): string {
  const lexical = 'lexical' in date ? date.lexical : undefined;
  return typeof lexical === 'string' ? lexical : formatDate(date);
}

const formatDate = (date: Date): string => date.toISOString().replace('.000Z', 'Z');

/** What the service writes where there is no date. */
export const NO_VALUE = '0001-01-01T00:00:00';

/** The value of `xs:dateTime` text: null for year 1, undefined for what is no dateTime. */
export function readDateTime(text: string): DateTime | null | undefined {
  const time = timeOf(text);
  if (time === undefined) return undefined;
  // A conversion between zones may have moved the "no value" by some hours, so the year alone counts.
  return text.startsWith('0001') ? null : new DateTime(time, text);
}

const DASH = 0x2d;
const COLON = 0x3a;
const POINT = 0x2e;

/** Milliseconds since 1970 for `YYYY-MM-DDThh:mm:ss[.f…][Z|±hh:mm]`, undefined for anything else. */
function timeOf(text: string): number | undefined {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH || text[10] !== 'T') return undefined;
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return undefined;
  // A part that is not of digits is NaN, of which no comparison is true.
  if (!(year > 0 && month > 0 && month <= 12 && day > 0 && day <= daysIn(year, month))) return undefined;
  if (!(hour < 24 && minute < 60 && second < 60)) return undefined;
  let end = 19;
  let milliseconds = 0;
  if (text.charCodeAt(19) === POINT) {
    for (end = 20; digitAt(text, end) >= 0; end++) {
      if (end < 23) milliseconds += digitAt(text, end) * 10 ** (22 - end);
    }
    if (end === 20) return undefined;
  }
  const offset = offsetOf(text, end);
  if (offset === undefined) return undefined;
  const seconds = ((daysBefore(year, month, day) * 24 + hour) * 60 + minute - offset) * 60 + second;
  return seconds * 1000 + milliseconds;
}

/** Minutes east of UTC that the rest of the text states. */
function offsetOf(text: string, at: number): number | undefined {
  if (at === text.length || (text[at] === 'Z' && at + 1 === text.length)) return 0;
  const minutes = twoDigits(text, at + 1) * 60 + twoDigits(text, at + 4);
  if (text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON) return undefined;
  if (!(twoDigits(text, at + 4) < 60 && minutes <= 14 * 60)) return undefined;
  if (text[at] === '+') return minutes;
  return text.charCodeAt(at) === DASH ? -minutes : undefined;
}

/** The digit at a place, -1 where there is none. */
function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 0x30;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

/** The number that two digits state, NaN where they are none. */
function twoDigits(text: string, at: number): number {
  const tens = digitAt(text, at);
  const ones = digitAt(text, at + 1);
  return tens < 0 || ones < 0 ? Number.NaN : tens * 10 + ones;
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
