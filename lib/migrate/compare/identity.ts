/**
 * Which items of two lists belong together: those with the same id, so that one item that is missing is one difference
 * and not one in each that follows.
 */
import type { Schema } from '../../codec/schema.js';

export type IdOf = (item: unknown) => unknown;

/** How items of a type are told apart, or undefined where they have no id. */
export function identityOf(type: Schema): IdOf | undefined {
  if (type.kind !== 'complex') return undefined;
  const own = ownId(type.fields.map(({ key }) => key));
  const path = identities[type.name] ?? (own === undefined ? undefined : [own]);
  return path && ((item) => path.reduce<unknown>(memberOf, item));
}

/** Where the first id is not what tells items apart: the agents of a topic all have its id. */
const identities: Readonly<Record<string, readonly string[]>> = { ChatTopicAgent: ['user', 'associateId'] };

/** The key of the id of a record: the first that is one. */
export const ownId = (keys: readonly string[]): string | undefined =>
  keys.find((each) => each === 'id' || each.endsWith('Id'));

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** Which item of one list stands for which of the other, by index. */
export interface Alignment {
  readonly pairs: readonly (readonly [soap: number, rest: number])[];
  readonly onlySoap: readonly Single[];
  readonly onlyRest: readonly Single[];
  /** Whether the pairs are in the same order on both sides. */
  readonly inOrder: boolean;
}

/** An item without a partner; `doubled` where one with the same id has a partner. */
export interface Single {
  readonly index: number;
  readonly doubled: boolean;
}

/** Of several items with the same id the first belong together, and so on. */
export function align(soap: readonly unknown[], rest: readonly unknown[], idOf: IdOf): Alignment {
  const open = new Map<unknown, number[]>();
  for (const [index, item] of rest.entries()) {
    const id = idOf(item);
    const others = open.get(id);
    if (others) others.push(index);
    else open.set(id, [index]);
  }
  // From the end, so that the first can be taken without moving the others.
  for (const indexes of open.values()) indexes.reverse();
  const pairs: [number, number][] = [];
  const onlySoap: Single[] = [];
  for (const [index, item] of soap.entries()) {
    const found = open.get(idOf(item));
    const partner = found?.pop();
    if (partner === undefined) onlySoap.push({ index, doubled: found !== undefined });
    else pairs.push([index, partner]);
  }
  const known = new Set(soap.map(idOf));
  const onlyRest = [...open.values()].flatMap((indexes) =>
    indexes.reverse().map((index) => ({ index, doubled: known.has(idOf(rest[index])) })),
  );
  onlyRest.sort((one, other) => one.index - other.index);
  const inOrder = pairs.every(([, at], index) => index === 0 || at > (pairs[index - 1]?.[1] ?? -1));
  return { pairs, onlySoap, onlyRest, inOrder };
}
