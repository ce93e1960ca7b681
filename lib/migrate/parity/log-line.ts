/**
 * A line of the log, of which nothing is taken for granted: a file may have been changed since it was written.
 */
import { type Difference, differenceKinds, type Folded, foldedCodes } from '../compare.js';
import { isRead, type PlannedCall } from './plan.js';
import type { Refusal } from './refusal.js';
import type { ParityPair } from './report.js';

/** What the line says; undefined for one that no comparison wrote. */
export function pairOfLine(line: string): ParityPair | undefined {
  const pair = parsed(line);
  const planned = callOf(pair);
  if (!planned || !isRecord(pair)) return undefined;
  const refused = refusedOf(pair.refused);
  const { unknownSession } = pair;
  if (refused === undefined || (unknownSession !== undefined && !isCount(unknownSession))) return undefined;
  const differences = allOf(pair.differences, differenceOf);
  const folded = allOf(pair.folded, foldedOf);
  const leads = allOf(pair.leads, callOf);
  if (!differences || !folded || !leads) return undefined;
  return { ...planned, refused, differences, folded, leads, ...(unknownSession !== undefined && { unknownSession }) };
}

/** A line between those of calls: that a run begins here, or that the last one made all of its calls. */
export interface Mark {
  readonly mark: 'begun' | 'complete';
  /** As ISO 8601, in UTC. */
  readonly at: string;
}

export const lineOfMark = ({ mark, at }: Mark): string => JSON.stringify({ [mark]: at });

/** The mark that the line is, if it is one. */
export function markOfLine(line: string): Mark | undefined {
  const [, mark, at = ''] = /^\{"(begun|complete)":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"\}$/.exec(line) ?? [];
  return mark === 'begun' || mark === 'complete' ? { mark, at } : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The items, if each of them is one. */
function allOf<Item>(value: unknown, itemOf: (item: unknown) => Item | undefined): readonly Item[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map(itemOf).filter((item) => item !== undefined);
  return items.length === value.length ? items : undefined;
}

function callOf(value: unknown): PlannedCall | undefined {
  if (!isRecord(value) || !isRead(value.method) || !isRecord(value.input)) return undefined;
  return { method: value.method, input: value.input };
}

function refusedOf(value: unknown): Refusal | false | undefined {
  if (value === false) return false;
  if (!isRecord(value) || typeof value.soap !== 'string' || typeof value.rest !== 'string') return undefined;
  return { soap: value.soap, rest: value.rest };
}

function differenceOf(value: unknown): Difference | undefined {
  const shown = shownOf(value);
  return shown && isRecord(value) && isNameIn(differenceKinds, value.kind) ? { kind: value.kind, ...shown } : undefined;
}

function foldedOf(value: unknown): Folded | undefined {
  const shown = shownOf(value);
  if (!shown || !isRecord(value)) return undefined;
  const { code, reason, count } = value;
  if (!isNameIn(foldedCodes, code) || typeof reason !== 'string' || !isCount(count)) return undefined;
  return { code, reason, count, ...shown };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

/** Where something was found, and what stood there. */
function shownOf(value: unknown): Pick<Difference, 'path' | 'soap' | 'rest'> | undefined {
  if (!isRecord(value)) return undefined;
  const { path, soap, rest } = value;
  if (typeof path !== 'string' || typeof soap !== 'string' || typeof rest !== 'string') return undefined;
  return { path, soap, rest };
}

const isNameIn = <Names extends object>(names: Names, value: unknown): value is keyof Names =>
  typeof value === 'string' && Object.hasOwn(names, value);
