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
  const given = names.filter((name) => typeof Reflect.get(object, name) === 'string');
  for (const name of given) {
    let value: unknown = Reflect.get(object, name);
    Object.defineProperty(object, name, {
      enumerable: true,
      configurable: true,
      get: () => value,
      set: (changed: unknown) => {
        value = changed;
      },
    });
  }
  if (given.length > 0) {
    const toJSON = () => Object.fromEntries(Object.entries(object).filter(([name]) => !given.includes(name)));
    Object.defineProperty(object, 'toJSON', { enumerable: false, configurable: true, writable: true, value: toJSON });
  }
  return object;
}

/** The members of the service's types that are secrets, where they are texts. */
const secretMembers: readonly string[] = ['ticket', 'sessionKey'];

const answers = new WeakMap<Operation, boolean>();

/** Whether a type that the operation answers with has such members; worked out once. */
export function mayHoldSecrets(operation: Operation): boolean {
  const known = answers.get(operation);
  if (known !== undefined) return known;
  const found = operation.reply.fields.some((field) => holds(field.type, new Set()));
  answers.set(operation, found);
  return found;
}

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
 * Veils the secrets in what a service answered, wherever they stand, and tells each of them.
 * @param told is called with each secret
 */
export function veilSecrets(value: unknown, told: (secret: string) => void): void {
  if (typeof value !== 'object' || value === null || value instanceof Date || ArrayBuffer.isView(value)) return;
  if (Array.isArray(value)) {
    for (const item of value) veilSecrets(item, told);
    return;
  }
  const object = value as Record<string, unknown>;
  const found = secretMembers.filter((name) => typeof object[name] === 'string' && object[name] !== '');
  for (const name of found) told(object[name] as string);
  for (const name in object) veilSecrets(object[name], told);
  if (found.length > 0) veil(object, ...found);
}
