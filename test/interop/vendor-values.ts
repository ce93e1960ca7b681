/**
 * Values as the vendor's own TypeScript client for REST holds them, and how they differ from ours.
 */
import { mkDuration } from '@superoffice/webapi/Day_js.js';
import type { Field, FlagsSchema, Schema } from '../../lib/codec/schema.js';
import type { DateTime } from '../../lib/index.js';

/** Where that client is known to give something else than our own, and why. */
export const losses = {
  flags: 'flags are the sum of their numbers',
  date: 'a time is a Date: milliseconds and no zone, and text without a zone is of the zone of this machine',
  'no date': 'a date that is not there, which is that of the year 1 on the wire, stays one of the year 1',
  duration: 'a duration is an object of dayjs, to the millisecond',
  'duration sign': 'a duration loses its sign',
  'null list': 'a list that is null is an empty one',
  'absent list': 'a list that is not there is an empty one',
  'absent member': 'a member that is not there is null, where its type is of many members, a date, a duration or flags',
  'unknown name': 'a name that is none of an enumeration is undefined',
  number: 'infinity and what is no number are the text of the wire',
  'newer member': 'members that the contract of SOAP does not have are there, without a value',
  nothing: 'a call without a result gives an empty text',
} as const;

export type Loss = keyof typeof losses;

/** One value that differs, and how; undefined for a way that is not known. */
export interface Difference {
  readonly path: string;
  readonly loss: Loss | undefined;
}

/** All in which theirs differs from ours. */
export function differencesOf(field: Field | undefined, ours: unknown, theirs: unknown): readonly Difference[] {
  if (field) return itemDifferences(field.type, ours, theirs, '$');
  return [{ path: '$', loss: ours === undefined && theirs === '' ? 'nothing' : undefined }];
}

function itemDifferences(type: Schema, ours: unknown, theirs: unknown, path: string): readonly Difference[] {
  const found = (loss: Loss | undefined): readonly Difference[] => [{ path, loss }];
  if (type.kind === 'array' && (ours === null || ours === undefined)) {
    if (type.item.type.kind === 'int') return ours === theirs ? [] : found(undefined);
    const empty = Array.isArray(theirs) && theirs.length === 0;
    return found(empty ? (ours === null ? 'null list' : 'absent list') : undefined);
  }
  if (ours === undefined) {
    if (theirs === undefined) return [];
    return found(theirs === null && made.has(type.kind) ? 'absent member' : undefined);
  }
  if (ours === null) return nullDifferences(type, theirs, path);
  switch (type.kind) {
    case 'complex':
      return memberDifferences(type.fields, ours as Members, theirs, path);
    case 'array': {
      const [mine, other] = [ours as readonly unknown[], theirs as readonly unknown[]];
      if (!Array.isArray(theirs) || mine.length !== other.length) return found(undefined);
      return mine.flatMap((item, index) => itemDifferences(type.item.type, item, other[index], `${path}[${index}]`));
    }
    case 'dictionary':
      return entryDifferences(type.value, ours as Members, theirs, path);
    case 'flags':
      return found(theirs === sumOf(type, ours as readonly string[]) ? 'flags' : undefined);
    case 'dateTime':
      return found(isTime(theirs, new Date((ours as DateTime).lexical).getTime()) ? 'date' : undefined);
    case 'duration':
      return found(durationLoss(lengthOf(ours as string), theirs));
    case 'enum':
      if (theirs === undefined && !Object.hasOwn(type.values, ours as string)) return found('unknown name');
      return ours === theirs ? [] : found(undefined);
    case 'double':
      if (!Number.isFinite(ours)) return found(theirs === String(ours) ? 'number' : undefined);
      // There is no -0 in JSON.
      return ours === theirs || (ours === 0 && theirs === 0) ? [] : found(undefined);
    default:
      return ours === theirs ? [] : found(undefined);
  }
}

/** The kinds for which that client always makes something of its own. */
const made: ReadonlySet<Schema['kind']> = new Set(['complex', 'dateTime', 'duration', 'flags']);

type Members = Readonly<Record<string, unknown>>;

function nullDifferences(type: Schema, theirs: unknown, path: string): readonly Difference[] {
  if (type.kind !== 'dateTime') return theirs === null ? [] : [{ path, loss: undefined }];
  return [{ path, loss: isTime(theirs, new Date('0001-01-01T00:00:00').getTime()) ? 'no date' : undefined }];
}

function memberDifferences(
  fields: readonly Field[],
  ours: Members,
  theirs: unknown,
  path: string,
): readonly Difference[] {
  if (typeof theirs !== 'object' || theirs === null) return [{ path, loss: undefined }];
  const strange = Object.keys(theirs).filter((key) => !fields.some((field) => field.key === key));
  return [
    ...strange.map((key) => {
      const empty = ((theirs as Members)[key] ?? null) === null;
      return { path: `${path}.${key}`, loss: empty ? ('newer member' as const) : undefined };
    }),
    ...fields.flatMap(({ key, type }) => itemDifferences(type, ours[key], (theirs as Members)[key], `${path}.${key}`)),
  ];
}

function entryDifferences(value: Field, ours: Members, theirs: unknown, path: string): readonly Difference[] {
  const keys = Object.keys(ours);
  const same = typeof theirs === 'object' && theirs !== null && Object.keys(theirs).join() === keys.join();
  if (!same) return [{ path, loss: undefined }];
  return keys.flatMap((key) => itemDifferences(value.type, ours[key], (theirs as Members)[key], `${path}.${key}`));
}

const sumOf = ({ values }: FlagsSchema, names: readonly string[]): number =>
  names.reduce((sum, name) => sum | (values[name] ?? 0), 0);

const isTime = (value: unknown, time: number): boolean => value instanceof Date && value.getTime() === time;

function durationLoss(ms: number, theirs: unknown): Loss | undefined {
  const length = (theirs as { asMilliseconds?: () => number } | null)?.asMilliseconds?.();
  if (length === undefined) return undefined;
  const is = (wanted: number): boolean => Math.abs(length - wanted) <= 1;
  if (is(ms)) return 'duration';
  return is(-ms) ? 'duration sign' : undefined;
}

/** Milliseconds of an ISO 8601 duration without years and months. */
function lengthOf(text: string): number {
  const [, sign, ...parts] = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text) ?? [];
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  const ms = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return sign === '-' ? -ms : ms;
}

/** A parameter as it is given to that client, which knows of no durations below zero and none of months. */
export function asTheirs(type: Schema, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  switch (type.kind) {
    case 'complex':
      return Object.fromEntries(
        type.fields
          .filter(({ key }) => Object.hasOwn(value, key))
          .map(({ key, type: of }) => [key, asTheirs(of, (value as Members)[key])]),
      );
    case 'array':
      return (value as readonly unknown[]).map((item) => asTheirs(type.item.type, item));
    case 'dictionary':
      return Object.fromEntries(
        Object.entries(value as Members).map(([key, item]) => [key, asTheirs(type.value.type, item)]),
      );
    case 'flags':
      return sumOf(type, value as readonly string[]);
    case 'dateTime':
      return new Date((value as Date).getTime());
    case 'duration':
      return mkDuration(canHold(value as string) ? (value as string) : 'PT7H15M');
    default:
      return value;
  }
}

const canHold = (duration: string): boolean => lengthOf(duration) >= 0 && lengthOf(duration) < 30 * 86_400_000;

/** What is the same in a value that was sent by that client and one that was given to it. */
export function comparable(type: Schema, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  switch (type.kind) {
    case 'complex':
      return Object.fromEntries(
        type.fields
          .map(({ key, type: of }) => [key, comparable(of, (value as Members)[key])])
          .filter(([, member]) => member !== undefined),
      );
    case 'array':
      return (value as readonly unknown[]).map((item) => comparable(type.item.type, item));
    case 'dictionary':
      // The library below that client leaves this key out of what it sends.
      return Object.entries(value as Members)
        .filter(([key]) => key !== '__proto__')
        .map(([key, item]) => [key, comparable(type.value.type, item)]);
    case 'flags':
      return sumOf(type, value as readonly string[]);
    case 'dateTime':
      return (value as Date).getTime();
    case 'duration':
      return lengthOf(canHold(value as string) ? (value as string) : 'PT7H15M');
    case 'double':
      // JSON has null for these, which is nothing where there is no nil.
      return Number.isFinite(value) ? (value as number) + 0 : undefined;
    default:
      return value;
  }
}
