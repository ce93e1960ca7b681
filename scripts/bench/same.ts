/**
 * Whether contenders read the same, so that none is measured at doing less.
 */
import { isDeepStrictEqual } from 'node:util';

/** @throws Error with the name of the contender, where it is not the same */
export function requireSame(name: string, theirs: unknown, ours: unknown): void {
  if (!isSame(theirs, ours)) throw new Error(`${name} does not read the same`);
}

export const isSame = (theirs: unknown, ours: unknown): boolean => isDeepStrictEqual(neutral(theirs), neutral(ours));

/** Names in one spelling, dates as instants, without members that are null, since gSOAP does not write them. */
function neutral(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (Array.isArray(value)) return value.map(neutral);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  return Object.fromEntries(
    members.map(([name, item]) => [name.charAt(0).toLowerCase() + name.slice(1), neutral(item)]),
  );
}
