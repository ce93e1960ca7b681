/**
 * Times of logs, all in one form, so that they can be compared as texts: `2026-03-01T10:00:00Z`. Where a log does not state
 * the zone, nobody knows it: the time stays as it was written, without a Z.
 */

/** A time as Apache writes it (`01/Mar/2026:10:00:00 +0100`), as ISO 8601, or as seconds or milliseconds since 1970. */
export function logTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isNaN(number)) return inForm(number * (number < FIRST_MILLISECONDS ? 1000 : 1), 'Z');
  const written = text.replace(/^(\d\d)\/(\w{3})\/(\d{4}):/, '$1 $2 $3 ');
  if (WITH_ZONE.test(written)) return inForm(Date.parse(written), 'Z');
  // Read as if it were UTC, and never in the zone of this machine.
  return inForm(Date.parse(written + (/\d$/.test(written) ? 'Z' : ' UTC')), '');
}

const WITH_ZONE = /:\d\d(?:\.\d{1,9})?\s?(?:Z|GMT|UTC|(?:GMT|UTC)?[+-]\d\d:?\d\d)(?:\s\(.*\))?$/i;

const inForm = (at: number, zone: 'Z' | ''): string | undefined =>
  Math.abs(at) < LAST ? new Date(at).toISOString().slice(0, 19) + zone : undefined;

/** As seconds it would be the year 5138, as milliseconds it is 1973. */
const FIRST_MILLISECONDS = 1e11;

/** The end of the year 9999. */
const LAST = 253_402_300_800_000;
