/**
 * Times of logs, all in one form, so that they can be compared as texts: `2026-03-01T10:00:00Z`.
 */

/** A time as Apache writes it (`01/Mar/2026:10:00:00 +0100`), as ISO 8601, or as seconds or milliseconds since 1970. */
export function utcTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [, day, month, year, time, zone] = /^(\d\d)\/(\w{3})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})$/.exec(text) ?? [];
  const number = Number(text);
  const at = day
    ? Date.parse(`${day} ${month} ${year} ${time} ${zone}`)
    : Number.isNaN(number)
      ? Date.parse(text)
      : number * (number < FIRST_MILLISECONDS ? 1000 : 1);
  return Math.abs(at) < LAST ? `${new Date(at).toISOString().slice(0, 19)}Z` : undefined;
}

/** As seconds it would be the year 5138, as milliseconds it is 1973. */
const FIRST_MILLISECONDS = 1e11;

/** The end of the year 9999. */
const LAST = 253_402_300_800_000;
