import type { Field, Schema } from '../../../lib/codec/schema.js';
import { Chat, DateTime, type Operation } from '../../../lib/index.js';
import { compareReplies, type Settled } from '../../../lib/migrate.js';
import { membersOf, plain, randomFrom } from '../../contract/values.js';

const answered = (output: unknown): Settled => ({ status: 'fulfilled', value: { output, header: {} } });

/** A copy that shares nothing with the value, so that no identity makes them equal. */
function copyOf(value: unknown): unknown {
  if (value instanceof DateTime) return DateTime.from(value);
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, copyOf(item)]);
  return Object.assign(Object.create(Object.getPrototypeOf(value)), Object.fromEntries(entries));
}

interface Leaf {
  readonly path: string;
  readonly type: Schema;
  readonly holder: object;
  readonly key: string | number;
}

const step = (path: string, key: string): string =>
  /^[\w$-]+$/.test(key) ? `${path}${path && '.'}${key}` : `${path}[${JSON.stringify(key)}]`;

/** Every value that is no object, and every null, with what holds it. */
function leavesOf(type: Schema, value: unknown, leaf: Leaf): readonly Leaf[] {
  const { path } = leaf;
  if (value === null || value === undefined) return value === null ? [leaf] : [];
  const inside = (holder: object, key: string | number, of: Field, at: string) =>
    leavesOf(of.type, Reflect.get(holder, key), { path: at, type: of.type, holder, key });
  switch (type.kind) {
    case 'complex':
      return type.fields.flatMap((field) => inside(value, field.key, field, step(path, field.key)));
    case 'array':
      return (value as unknown[]).flatMap((_, index) => inside(value, index, type.item, `${path}[${index}]`));
    case 'dictionary':
      return Object.keys(value).flatMap((key) => inside(value, key, type.value, step(path, key)));
    default:
      return [leaf];
  }
}

/** Another value of the type, which means something else. */
function another(type: Schema, value: unknown): unknown {
  if (value instanceof Date) {
    const later = DateTime.from(value);
    later.setTime(later.getTime() - 3_600_000);
    return later;
  }
  switch (type.kind) {
    case 'boolean':
      return !value;
    case 'int':
    case 'short':
    case 'double':
      return Number.isFinite(value) && Math.abs(value as number) < 1e9 ? (value as number) + 1 : 0;
    case 'dateTime':
      return DateTime.from('2026-03-02T08:15:30Z');
    case 'enum':
      return Object.keys(type.values).find((name) => type.values[name] !== type.values[value as string]) ?? 'Other';
    case 'flags':
      return (value as string[]).length > 0 ? [] : Object.keys(type.values).slice(0, 1);
    case 'duration':
      return value === 'PT1S' ? 'PT2S' : 'PT1S';
    case 'string':
      return `${value ?? ''}x`;
    case 'array':
      return [];
    default:
      return {};
  }
}

const operations: readonly Operation[] = Object.values(Chat).filter(({ reply }) => reply.fields.length === 1);

/** An output of the operation in an object of its own, so that the whole of it can be replaced as well. */
function outputOf({ reply }: Operation, seed: number): { output: unknown; type: Schema } {
  const [field] = reply.fields;
  if (!field) throw new Error('the operation has no result');
  const output = membersOf([{ ...field, required: true, nillable: false }], randomFrom(seed))[field.key];
  return { output, type: field.type };
}

test.each(operations.map((operation) => [operation.name, operation] as const))(
  'what %s answers is equal to itself, and any single change of it is found where it is',
  (_, operation) => {
    let changes = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const { output, type } = outputOf(operation, seed);
      const holder = { output: copyOf(output) };
      const compare = () => compareReplies(operation, answered(output), answered(holder.output));
      expect(plain(holder.output)).toEqual(plain(output));
      expect(compare()).toMatchObject({ equal: true, folded: [] });
      const leaves = leavesOf(type, holder.output, { path: '', type, holder, key: 'output' });
      const random = randomFrom(seed + 1000);
      for (let time = 0; time < 20 && leaves.length > 0; time++) {
        const { path, type: of, holder: object, key } = leaves[Math.floor(random() * leaves.length)] as Leaf;
        const before: unknown = Reflect.get(object, key);
        Reflect.set(object, key, another(of, before));
        const found = compare().differences.map((difference) => difference.path);
        Reflect.set(object, key, before);
        // What has another id is another record, and is missed as a whole.
        if (/(?:^id|Id)$/.test(String(key))) expect(found.length).toBeGreaterThan(0);
        else expect(found).toEqual([path]);
        changes++;
      }
    }
    expect(changes).toBeGreaterThan(0);
  },
);

test.each(operations.map((operation) => [operation.name, operation] as const))(
  'what %s answers differs from nothing at all, and from each member that is left out',
  (_, operation) => {
    for (let seed = 1; seed <= 20; seed++) {
      const { output } = outputOf(operation, seed);
      expect(compareReplies(operation, answered(output), answered(undefined)).equal).toBe(false);
      if (typeof output !== 'object' || Array.isArray(output)) continue;
      for (const [key, value] of Object.entries(output ?? {})) {
        const { [key]: _left, ...rest } = output as Record<string, unknown>;
        expect(compareReplies(operation, answered(output), answered(rest)).equal).toBe(value === null);
      }
    }
  },
);
