/**
 * Secrets that are there for those who ask for them by name, and for nobody who prints what holds them.
 */
import type { Operation } from '../codec/operation.js';
import type { Field, Schema } from '../codec/schema.js';

/**
 * The same object, whose members of these names say nothing when it is logged, inspected or written as JSON. They can
 * be read, changed, copied by a spread, and sent back as ever.
 */
export function veil<T extends object>(object: T, ...names: readonly string[]): T {
  const veiled = names.filter((name) => typeof Reflect.get(object, name) === 'string');
  for (const name of veiled) veilMember(object, name, Reflect.get(object, name));
  if (veiled.length > 0) {
    hide(object, 'toJSON', () => withoutThem(object, veiled));
    hide(object, INSPECT, () => ({
      ...withoutThem(object, veiled),
      ...Object.fromEntries(veiled.map((name) => [name, '[redacted]'])),
    }));
  }
  return object;
}

/** By this name `util.inspect` and `console.log` ask an object how it wants to be shown. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** By an accessor, which structures that are printed do not look behind. */
function veilMember(object: object, name: string, given: unknown): void {
  let value = given;
  const set = (changed: unknown): void => {
    value = changed;
  };
  Object.defineProperty(object, name, { enumerable: true, configurable: true, get: () => value, set });
}

const hide = (object: object, name: string | symbol, value: unknown): unknown =>
  Object.defineProperty(object, name, { enumerable: false, configurable: true, writable: true, value });

const withoutThem = (object: object, veiled: readonly string[]): object =>
  Object.fromEntries(
    Object.keys(object)
      .filter((name) => !veiled.includes(name))
      .map((name) => [name, Reflect.get(object, name)]),
  );

/** The members of the service's types that are secrets, where they are texts. */
const secretMembers: readonly string[] = ['ticket', 'sessionKey'];

/** Whether a text is a secret by the key of the member that it is. */
export const isSecretMember = (key: string): boolean => secretMembers.includes(key);

/** Whether a type that the operation answers with has such members. It is looked for once. */
export function mayHoldSecrets(operation: Operation): boolean {
  const known = looked.get(operation);
  if (known !== undefined) return known;
  const found = operation.reply.fields.some((field) => holds(field.type, new Set()));
  looked.set(operation, found);
  return found;
}

const looked = new WeakMap<Operation, boolean>();

function holds(type: Schema, seen: Set<Schema>): boolean {
  if (seen.has(type)) return false;
  seen.add(type);
  return inside(type).some(
    ({ key, type: of }) => (of.kind === 'string' && secretMembers.includes(key)) || holds(of, seen),
  );
}

function inside(type: Schema): readonly Field[] {
  if (type.kind === 'complex') return type.fields;
  return type.kind === 'array' ? [type.item] : [];
}

/**
 * Veils the secrets in what a service answered, wherever they stand.
 * @param told is called with each of them
 */
export function veilSecrets(value: unknown, told: (secret: string) => void): void {
  if (typeof value !== 'object' || value === null || value instanceof Date || ArrayBuffer.isView(value)) return;
  for (const item of Object.values(value)) veilSecrets(item, told);
  if (Array.isArray(value)) return;
  const found = secretMembers.filter(
    (name) => Reflect.get(value, name) && typeof Reflect.get(value, name) === 'string',
  );
  for (const name of found) told(Reflect.get(value, name));
  veil(value, ...found);
}
