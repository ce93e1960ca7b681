/**
 * What is found of two values of one type, as far as they need not be looked into.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Schema } from '../../codec/schema.js';
import { compareDurations, compareEnums, compareFlags, compareNumbers, compareTexts } from './forms.js';
import { same, type Verdict } from './kinds.js';
import type { Place } from './place.js';
import { compareTimes, isNoDate, textOfTime, type WallClock } from './times.js';

export interface Pair {
  readonly type: Schema;
  readonly soap: unknown;
  readonly rest: unknown;
  readonly at: Place;
}

export interface Rules {
  /** Whether the service promises no order of the list that is the result. */
  readonly unordered: boolean;
  /** The clock of the zone that the service leaves out, where it is known. */
  readonly wallClock: WallClock | undefined;
  /** Whether a member was not asked for. */
  readonly leftOut: (at: Place) => boolean;
}

/** What is found of the two values as a whole; undefined for those of which the members decide. */
export function verdictOn(pair: Pair, rules: Rules): Verdict | undefined {
  const { type, soap, rest } = pair;
  const isSoap = soap !== null && soap !== undefined;
  const isRest = rest !== null && rest !== undefined;
  if (isSoap && isRest) return leafVerdict(type, soap, rest, rules);
  const there = isSoap ? soap : rest;
  if (type.kind === 'dateTime' && (there == null || saysNoDate(there))) return ['no-date'];
  if (!isSoap && !isRest) return ['null-for-absent'];
  if (!isRest && rules.leftOut(pair.at)) return ['not-selected'];
  if (isEmpty(type, there)) return 'empty';
  return isSoap ? 'missing-in-rest' : 'missing-in-soap';
}

const saysNoDate = (value: unknown): boolean => value instanceof Date && isNoDate(textOfTime(value) ?? '');

/** A text, a list or a dictionary with nothing in it. */
function isEmpty({ kind }: Schema, value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === '' || (kind === 'dictionary' && isRecord(value) && Object.keys(value as object).length === 0);
}

function leafVerdict(type: Schema, soap: unknown, rest: unknown, { wallClock }: Rules): Verdict | undefined {
  switch (type.kind) {
    case 'string':
    case 'QName':
      return typeof soap === 'string' && typeof rest === 'string' ? compareTexts(soap, rest) : 'type';
    case 'int':
    case 'short':
    case 'double':
      return typeof soap === 'number' && typeof rest === 'number' ? compareNumbers(soap, rest) : 'type';
    case 'boolean':
      return typeof soap === typeof rest ? 'value' : 'type';
    case 'dateTime':
      return soap instanceof Date && rest instanceof Date ? compareTimes(soap, rest, wallClock) : 'type';
    case 'duration':
      return typeof soap === 'string' && typeof rest === 'string' ? compareDurations(soap, rest) : 'type';
    case 'enum':
      return compareEnums(type, soap, rest);
    case 'flags':
      return Array.isArray(soap) && Array.isArray(rest) ? compareFlags(type, soap, rest) : 'type';
    case 'array':
      return Array.isArray(soap) && Array.isArray(rest) ? undefined : 'type';
    case 'complex':
    case 'dictionary':
      return isRecord(soap) && isRecord(rest) ? undefined : 'type';
    default:
      return isDeepStrictEqual(soap, rest) ? same : 'value';
  }
}

const isRecord = (value: unknown): boolean =>
  typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
