/**
 * Values of any type of the contract, made from a seed: the same seed gives the same values.
 */
import type { ComplexSchema, Field, Schema } from '../../lib/codec/schema.js';
import { DateTime } from '../../lib/codec.js';

/** Numbers from 0 to 1 that follow from the seed (mulberry32: seeds beside each other have nothing in common). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const texts = [
  '',
  ' ',
  '0012',
  'true',
  ' a\n\tb ',
  'a\r\nb',
  '<b>&amp;]]></b>',
  'Grüße — 日本 🚲',
  'it\'s "so"',
  '\u0085\u2028',
];
const dates = [
  '2024-02-29T23:59:58.1234567',
  '2026-03-02T08:15:30Z',
  '2024-12-15T09:23:15+01:00',
  '9999-12-31T23:59:59.9999999',
];
const durations = ['PT8H30M', 'PT0S', 'P1DT2H', '-PT1.5S', 'P10675199DT2H48M5.4775807S'];

/** An object with some of the members: each is there, nil where it may be, or left out. */
export function membersOf(fields: readonly Field[], random: () => number, depth = 0): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const field of fields) {
    const dice = random();
    if (dice < 0.15 && !field.required) continue;
    out[field.key] = dice < 0.3 && field.nillable ? null : anyOf(field.type, random, depth);
  }
  return out;
}

function anyOf(type: Schema, random: () => number, depth: number): unknown {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const few = depth > 3 ? 0 : Math.floor(random() * 3);
  switch (type.kind) {
    case 'string':
      return pick(texts);
    case 'int':
      return pick([0, 1, -1, 42, 2147483647, -2147483648]);
    case 'short':
      return pick([0, 1, -32768, 32767]);
    case 'double':
      return pick([0, -0, 1.5, 1.2345e-6, 1e21, Number.POSITIVE_INFINITY, Number.NaN]);
    case 'boolean':
      return random() < 0.5;
    case 'dateTime':
      return random() < 0.2 ? null : DateTime.from(pick(dates));
    case 'duration':
      return pick(durations);
    case 'base64Binary':
      return Uint8Array.from({ length: Math.floor(random() * 5) }, () => Math.floor(random() * 256));
    case 'enum':
      return pick(Object.keys(type.values));
    case 'flags':
      return Object.keys(type.values).filter(() => random() < 0.3);
    case 'complex':
      return depth > 5 ? {} : membersOf((type as ComplexSchema).fields, random, depth + 1);
    case 'array':
      return Array.from({ length: few }, () =>
        type.item.nillable && random() < 0.1 ? null : anyOf(type.item.type, random, depth + 1),
      );
    case 'dictionary': {
      const keys = type.key.type.kind === 'dateTime' ? dates : ['a', '__proto__', 'Ärger & <Lärm>'];
      const pairs = keys
        .slice(0, few)
        .map((key) => [key, random() < 0.2 ? null : anyOf(type.value.type, random, depth + 1)]);
      return Object.assign(Object.create(null), Object.fromEntries(pairs));
    }
    default:
      throw new Error(`no values of the type ${type.name} are made`);
  }
}

/** The value with each DateTime as its text, so that equality looks at all of it. */
export function plain(value: unknown): unknown {
  if (value instanceof Date) return { dateTime: value instanceof DateTime ? value.lexical : value.toISOString() };
  if (value instanceof Uint8Array) return { bytes: [...value] };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
