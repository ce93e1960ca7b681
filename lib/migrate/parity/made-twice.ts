/**
 * What has to differ where a write is made twice: the id and the times of a record that each of the two made.
 */
import type { Call, Reply } from '../../call.js';
import type { Field } from '../../codec/schema.js';
import { ownId } from '../compare/identity.js';
import { type Comparison, type Difference, type Folded, foldedCodes, resultOf } from '../compare.js';

type Found = Pick<Comparison, 'differences' | 'folded'>;

/**
 * The comparison with this folded. An id that the input has is none that a side gave, and is to be the same; times of the
 * two sides are no further apart than the two writes.
 * @param elapsedMs how long both writes took
 */
export function foldMadeTwice(
  { differences, folded }: Found,
  { operation, input }: Call,
  replies: readonly [soap: Reply, rest: Reply],
  elapsedMs: number,
): Found {
  const type = resultOf(operation);
  const fields = type?.kind === 'complex' ? type.fields : [];
  const id = operation.retry === 'create' ? ownId(fields.map(({ key }) => key)) : undefined;
  const isMade = ({ kind, path }: Difference): boolean => {
    const pair = replies.map(({ output }) => memberOf(output, path));
    if (kind === 'time') return isTime(fields, path) && areClose(pair, elapsedMs);
    return kind === 'value' && path === id && pair.every(isId) && !isGiven(input, path);
  };
  const made = differences.filter(isMade);
  const [first] = made;
  if (!first) return { differences, folded };
  const { path, soap, rest } = first;
  const code = 'made-twice';
  const twice: Folded = { code, reason: foldedCodes[code], count: made.length, path, soap, rest };
  return { differences: differences.filter((each) => !made.includes(each)), folded: [...folded, twice] };
}

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;

const isTime = (fields: readonly Field[], path: string): boolean =>
  fields.some(({ key, type }) => key === path && type.kind === 'dateTime');

function areClose([soap, rest]: readonly unknown[], elapsedMs: number): boolean {
  if (!(soap instanceof Date) || !(rest instanceof Date)) return false;
  return Math.abs(rest.getTime() - soap.getTime()) <= elapsedMs + ROUNDED_MS;
}

/** Some services keep whole seconds. */
const ROUNDED_MS = 1000;

const isId = (value: unknown): boolean => typeof value === 'number' && value > 0;

/** Whether the input says which record is meant; 0 says that there is none yet. */
function isGiven(input: unknown, key: string): boolean {
  if (typeof input !== 'object' || input === null) return false;
  return isId(memberOf(input, key)) || Object.values(input).some((each) => isGiven(each, key));
}
