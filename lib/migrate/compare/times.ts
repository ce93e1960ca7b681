/**
 * Whether two times are the same, however they are written.
 */
import { lexicalOf } from '../../codec/date-time.js';
import type { TimeZonePart } from '../../codec/operation.js';
import type { FoldedCode, Verdict } from './kinds.js';
import { same } from './kinds.js';

/** What a clock on the wall of a time zone shows at a moment; both in seconds since 1970. */
export type WallClock = (seconds: number) => number;

/**
 * Compares two times by the second and then by the digits that both have. One without a zone is the same as one with a
 * zone only where it is known which zone the service left out.
 */
export function compareTimes(soap: Date, rest: Date, wallClock: WallClock | undefined): Verdict {
  const [one, other] = [partsOf(soap), partsOf(rest)];
  if (!one || !other) return 'type';
  if (one.text === other.text) return same;
  if (isNoDate(one.text) && isNoDate(other.text)) return ['no-date'];
  const isSame = (one.zone === '') === (other.zone === '');
  if (!(isSame ? one.seconds === other.seconds : sameOnTheWall(one, other, wallClock))) return 'time';
  if (!sameDigits(one.digits, other.digits)) return 'time';
  const codes: FoldedCode[] = [];
  if (one.zone !== other.zone) codes.push(isSame ? 'zone-spelling' : 'zone-left-out');
  if (one.digits !== other.digits) codes.push('fraction-digits');
  return codes;
}

/** The service's "no value": a conversion between zones may have moved it by some hours. */
export const isNoDate = (text: string): boolean => text.startsWith('0001-');

/** What a Date says, or undefined for one that says nothing. */
export const textOfTime = (date: Date): string | undefined =>
  Number.isNaN(date.getTime()) ? undefined : lexicalOf(date);

interface Parts {
  readonly text: string;
  readonly seconds: number;
  readonly digits: string;
  readonly zone: string;
}

function partsOf(date: Date): Parts | undefined {
  const text = textOfTime(date);
  if (text === undefined) return undefined;
  const [, digits = '', zone = ''] = /(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  return { text, seconds: Math.floor(date.getTime() / 1000), digits, zone };
}

function sameOnTheWall(one: Parts, other: Parts, wallClock: WallClock | undefined): boolean {
  if (!wallClock) return false;
  const [zoned, bare] = one.zone === '' ? [other, one] : [one, other];
  // What has no zone was read as UTC, so that its seconds are those on the wall.
  return wallClock(zoned.seconds) === bare.seconds;
}

/** A side that has fewer digits left out the last ones, which say nothing: zeros, or what is below a millisecond. */
function sameDigits(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.startsWith(short) && (short.length >= MILLISECONDS || /^0*$/.test(long.slice(short.length)));
}

const MILLISECONDS = 3;

/** The clock of a zone that is named by the service's id or code, where it is one of those that its documents name. */
export function wallClockOf(zone: TimeZonePart | null | undefined): WallClock | undefined {
  const name = zoneNames.find(
    ([id, code]) =>
      zone?.soTimeZoneId === id || (!zone?.soTimeZoneId && zone?.soTimeZoneLocationCode?.toUpperCase() === code),
  )?.[2];
  if (name === undefined) return undefined;
  return name === 'UTC' ? (seconds) => seconds : clockOf(name);
}

const zoneNames: readonly (readonly [id: number, code: string, name: string])[] = [
  [1, 'UTC', 'UTC'],
  [261, 'NO', 'Europe/Oslo'],
  [140, 'DK', 'Europe/Copenhagen'],
  [460, 'US-NY', 'America/New_York'],
];

function clockOf(timeZone: string): WallClock {
  const two = '2-digit';
  const parts = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...parts });
  return (seconds) => {
    const found = format.formatToParts(seconds * 1000);
    const number = (type: string): number => Number(found.find((part) => part.type === type)?.value);
    const [hour, minute, second] = [number('hour'), number('minute'), number('second')];
    return Date.UTC(number('year'), number('month') - 1, number('day'), hour, minute, second) / 1000;
  };
}
