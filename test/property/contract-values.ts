/**
 * Arbitraries of everything that an operation takes and gives, made from the schema tables.
 */
import fc, { type Arbitrary } from 'fast-check';
import type { ArraySchema, DictionarySchema, Field, Schema } from '../../lib/codec/schema.js';
import { Chat, type ExceptionInfo, type Operation, SoPrincipal } from '../../lib/codec.js';
import { SoExceptionInfo } from '../../lib/generated/schemas.js';
import { dateText, dateTime, duration, text, unknownName } from './texts.js';

export const operations: readonly Operation[] = [...Object.values(Chat), ...Object.values(SoPrincipal)];

/** Which names enumerations have: those of the contract, or also others, which replies pass on. */
export type Names = 'known' | 'any';

/** Deeper than this there is nothing but nil and absent members. */
const DEEPEST = 6;

/** Stands for a member that is left out. */
const absent = Symbol('absent');

/** The input of an operation; parameters that cannot be nil are always there. */
export const inputOf = ({ request }: Operation): Arbitrary<Record<string, unknown>> =>
  members(request.fields.map(stated), 'known', 0);

/** The output of an operation, where nil and absent are one and the same if there is one member. */
export function outputOf({ reply }: Operation, names: Names = 'any'): Arbitrary<unknown> {
  const [only, more] = reply.fields;
  if (!only) return fc.constant(undefined);
  if (more) return members(reply.fields, names, 0);
  const value = valuesOf(only.type, names, 0);
  return only.nillable ? fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 9, arbitrary: value }) : value;
}

/** The header parts of a request. */
export const requestHeaderOf = ({ requestHeader }: Operation): Arbitrary<Record<string, unknown>> =>
  members(requestHeader, 'known', 0);

/** What the header of a reply holds that is a refusal. */
export const exceptionInfos = (): Arbitrary<ExceptionInfo> =>
  valuesOf(SoExceptionInfo, 'known', 0) as Arbitrary<ExceptionInfo>;

/** The header parts of a reply that is no refusal. */
export const replyHeaderOf = ({ replyHeader }: Operation, names: Names = 'any'): Arbitrary<Record<string, unknown>> =>
  fc.tuple(members(replyHeader, names, 0), fc.boolean()).map(([{ exceptionInfo, ...header }, nil]) => ({
    ...header,
    ...(nil && { exceptionInfo: null }),
    succeeded: true,
  }));

const stated = (field: Field): Field => ({ ...field, required: !field.nillable });

/** Objects with some of the members, in the order of the contract or the other way round. */
export function members(fields: readonly Field[], names: Names, depth: number): Arbitrary<Record<string, unknown>> {
  return fc.tuple(fc.boolean(), ...fields.map((field) => memberOf(field, names, depth))).map(([turned, ...values]) => {
    const pairs = fields.map(({ key }, index) => [key, values[index]] as const).filter(([, value]) => value !== absent);
    return Object.fromEntries(turned ? pairs.reverse() : pairs);
  });
}

/** Present, nil or absent; the deeper, the more is left out. A key with undefined is absent too. */
function memberOf(field: Field, names: Names, depth: number): Arbitrary<unknown> {
  const leaf = field.type.kind !== 'complex' && field.type.kind !== 'array' && field.type.kind !== 'dictionary';
  const choices = [
    { weight: field.required ? 0 : 2 + depth, arbitrary: fc.constant<unknown>(absent) },
    { weight: field.required ? 0 : 1, arbitrary: fc.constant<unknown>(undefined) },
    { weight: field.nillable ? 1 : 0, arbitrary: fc.constant<unknown>(null) },
  ].filter(({ weight }) => weight > 0);
  const present = leaf || depth < DEEPEST || choices.length === 0;
  if (present) choices.push({ weight: 4, arbitrary: valuesOf(field.type, names, depth + 1) });
  return fc.oneof(...choices);
}

const made = new Map<string, WeakMap<Schema, Arbitrary<unknown>>>();

/** The values of a type. Each arbitrary is made once, since the types are used by each other over and over. */
export function valuesOf(type: Schema, names: Names, depth: number): Arbitrary<unknown> {
  const level = made.get(`${names} ${depth}`) ?? new WeakMap<Schema, Arbitrary<unknown>>();
  made.set(`${names} ${depth}`, level);
  const arbitrary = level.get(type) ?? makeValues(type, names, depth);
  level.set(type, arbitrary);
  return arbitrary;
}

const simple: Partial<Record<Schema['kind'], Arbitrary<unknown>>> = {
  string: text,
  int: fc.integer({ min: -2147483648, max: 2147483647 }),
  short: fc.integer({ min: -32768, max: 32767 }),
  boolean: fc.boolean(),
  double: fc.double(),
  dateTime,
  duration,
  base64Binary: fc.uint8Array({ maxLength: 12 }),
};

function makeValues(type: Schema, names: Names, depth: number): Arbitrary<unknown> {
  switch (type.kind) {
    case 'complex':
      return members(type.fields, names, depth);
    case 'array':
      return itemsOf(type, names, depth);
    case 'dictionary':
      return entriesOf(type, names, depth);
    case 'enum':
      return nameOf(Object.keys(type.values), names);
    case 'flags':
      return fc.array(nameOf(Object.keys(type.values), names), { maxLength: 4 });
    default: {
      const values = simple[type.kind];
      if (!values) throw new Error(`the contract has no ${type.name}`);
      return values;
    }
  }
}

const nameOf = (known: readonly string[], names: Names): Arbitrary<string> =>
  names === 'known'
    ? fc.constantFrom(...known)
    : fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: unknownName });

const nilOr = ({ nillable }: Field, value: Arbitrary<unknown>): Arbitrary<unknown> =>
  nillable ? fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) }) : value;

const manyAt = (depth: number): number => (depth < 2 ? 3 : depth < DEEPEST ? 1 : 0);

const itemsOf = ({ item }: ArraySchema, names: Names, depth: number): Arbitrary<unknown[]> =>
  fc.array(nilOr(item, valuesOf(item.type, names, depth + 1)), { maxLength: manyAt(depth) });

/** A dictionary has no prototype, so that every text is a key like any other. */
function entriesOf({ key, value }: DictionarySchema, names: Names, depth: number): Arbitrary<object> {
  const keys = key.type.kind === 'dateTime' ? dateText('0002') : fc.oneof(text, fc.constantFrom('__proto__', '', '7'));
  return fc
    .uniqueArray(fc.tuple(keys, nilOr(value, valuesOf(value.type, names, depth + 1))), {
      selector: ([name]) => name,
      maxLength: manyAt(depth) + 1,
    })
    .map((pairs) => Object.assign(Object.create(null), Object.fromEntries(pairs)));
}
