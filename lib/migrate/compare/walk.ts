/**
 * Compares two values of one type, member by member. It keeps what is still to be compared in a list of its own, since
 * values from outside may be deeper than the stack.
 */
import { readDateTime } from '../../codec/date-time.js';
import type { ArraySchema, ComplexSchema, DictionarySchema, Field } from '../../codec/schema.js';
import type { Finding } from './findings.js';
import { align, identityOf } from './identity.js';
import type { Verdict } from './kinds.js';
import { under } from './place.js';
import { compareTimes } from './times.js';
import { type Pair, type Rules, verdictOn } from './verdict.js';

type Tell = (finding: Finding) => void;

/** Tells each finding about the two values, in the order of the values. */
export function compareValues(first: Pair, rules: Rules, tell: Tell): void {
  const open: Pair[] = [first];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const { soap, rest } = pair;
    if (Object.is(soap, rest)) continue;
    const verdict = verdictOn(pair, rules);
    if (verdict !== undefined) tellVerdict(pair, verdict, tell);
    else {
      // The last first, so that the first is taken next; not as arguments of one call, which may be too many.
      const inside = insideOf(pair, rules, tell);
      for (let index = inside.length - 1; index >= 0; index--) open.push(inside[index] as Pair);
    }
  }
}

function insideOf(pair: Pair, rules: Rules, tell: Tell): readonly Pair[] {
  const { type } = pair;
  if (type.kind === 'complex') return membersOf(pair, type);
  if (type.kind === 'array') return itemsOf(pair, type, rules, tell);
  return type.kind === 'dictionary' ? entriesOf(pair, type, rules, tell) : [];
}

function tellVerdict({ soap, rest, at }: Pair, verdict: Verdict, tell: Tell): void {
  if (typeof verdict === 'string') tell({ kind: verdict, at, soap, rest });
  else for (const code of verdict) tell({ code, at, soap, rest });
}

function membersOf({ soap, rest, at }: Pair, { fields }: ComplexSchema): Pair[] {
  const pairs: Pair[] = [];
  for (const { key, type } of fields) {
    const [one, other] = [memberOf(soap, key), memberOf(rest, key)];
    if (!Object.is(one, other)) pairs.push({ type, soap: one, rest: other, at: under(at, key) });
  }
  return pairs;
}

/** Only what is the object's own: keys come from outside. */
const memberOf = (object: unknown, key: string): unknown =>
  Object.hasOwn(object as object, key) ? Reflect.get(object as object, key) : undefined;

function itemsOf(pair: Pair, { item }: ArraySchema, rules: Rules, tell: Tell): Pair[] {
  const { at } = pair;
  const [soap, rest] = [pair.soap as readonly unknown[], pair.rest as readonly unknown[]];
  const idOf = identityOf(item.type);
  if (!idOf) return byPosition(pair, item, soap, rest, tell);
  const { pairs, onlySoap, onlyRest, inOrder } = align(soap, rest, idOf);
  if (!inOrder) {
    const ids = { soap: soap.map(idOf), rest: rest.map(idOf) };
    tell(rules.unordered && !at.above ? { code: 'list-order', at, ...ids } : { kind: 'order', at, ...ids });
  }
  for (const { index, doubled } of onlySoap) {
    const kind = doubled ? 'doubled-in-soap' : 'missing-in-rest';
    tell({ kind, at: under(at, index), soap: soap[index], rest: undefined });
  }
  for (const { index, doubled } of onlyRest) {
    const kind = doubled ? 'doubled-in-rest' : 'missing-in-soap';
    tell({ kind, at: under(at, index), soap: undefined, rest: rest[index] });
  }
  return pairs.map(([one, other]) => ({ type: item.type, soap: soap[one], rest: rest[other], at: under(at, one) }));
}

/** Items without an id: where one is missing, nothing says which, and the list is the difference. */
function byPosition(
  { at }: Pair,
  { type }: Field,
  soap: readonly unknown[],
  rest: readonly unknown[],
  tell: Tell,
): Pair[] {
  if (soap.length !== rest.length) {
    tell({ kind: 'length', at, soap, rest });
    return [];
  }
  if (isReordered(soap, rest)) {
    tell({ kind: 'order', at, soap, rest });
    return [];
  }
  return soap.map((item, index) => ({ type, soap: item, rest: rest[index], at: under(at, index) }));
}

/** Whether two lists of simple values hold the same, in another order. */
function isReordered(soap: readonly unknown[], rest: readonly unknown[]): boolean {
  if (soap.every((item, index) => Object.is(item, rest[index]))) return false;
  const simple = (item: unknown): boolean => typeof item !== 'object' || item === null;
  if (!soap.every(simple) || !rest.every(simple)) return false;
  const counts = new Map<unknown, number>();
  for (const item of soap) counts.set(item, (counts.get(item) ?? 0) + 1);
  for (const item of rest) counts.set(item, (counts.get(item) ?? 0) - 1);
  return [...counts.values()].every((count) => count === 0);
}

function entriesOf({ soap, rest, at }: Pair, { key, value }: DictionarySchema, rules: Rules, tell: Tell): Pair[] {
  const sides = { soap: soap as Readonly<Record<string, unknown>>, rest: rest as Readonly<Record<string, unknown>> };
  const [ones, others] = [Object.keys(sides.soap), Object.keys(sides.rest)];
  // Entries of the same moment belong together, however it is written.
  const idOf = key.type.kind === 'dateTime' ? momentOf : (name: unknown) => name;
  const { pairs, onlySoap, onlyRest, inOrder } = align(ones, others, idOf);
  if (!inOrder) tell({ code: 'dictionary-order', at, soap: ones, rest: others });
  for (const { index } of onlySoap) {
    const name = ones[index] ?? '';
    tell({ kind: 'missing-in-rest', at: under(at, name), soap: sides.soap[name], rest: undefined });
  }
  for (const { index } of onlyRest) {
    const name = others[index] ?? '';
    tell({ kind: 'missing-in-soap', at: under(at, name), soap: undefined, rest: sides.rest[name] });
  }
  return pairs.map(([one, other]) => {
    const [name = '', twin = ''] = [ones[one], others[other]];
    const place = under(at, name);
    if (name !== twin)
      tellVerdict({ type: key.type, soap: name, rest: twin, at: place }, keysVerdict(name, twin, rules), tell);
    return { type: value.type, soap: sides.soap[name], rest: sides.rest[twin], at: place };
  });
}

/** A key that is a time, as a number of milliseconds. */
const momentOf = (key: unknown): unknown => readDateTime(String(key))?.getTime() ?? key;

function keysVerdict(one: string, other: string, { wallClock }: Rules): Verdict {
  const [soap, rest] = [readDateTime(one), readDateTime(other)];
  return soap && rest ? compareTimes(soap, rest, wallClock) : 'value';
}
