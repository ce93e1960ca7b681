/**
 * Copies a value by its schema with every member in it: the form in which the simulator keeps values and hands them
 * out. Inferred: what was left out gets the default of its type, as a .NET service would have it after reading a
 * message without the member: 0, false, null, the enum's name for 0, no flags.
 */
import { DateTime, lexicalOf } from '../../codec/date-time.js';
import type { ComplexSchema, DictionarySchema, Field, Schema } from '../../codec/schema.js';

/** A type with all its members there, at any depth. */
export type Complete<T> = T extends string | number | boolean | null | undefined | Date | Uint8Array
  ? T
  : T extends readonly (infer Item)[]
    ? Complete<Item>[]
    : T extends object
      ? { [Key in keyof T]-?: Complete<T[Key]> }
      : T;

/** A deep copy that shares nothing with what was given. The value must be one of the schema. */
export function complete<T>(schema: ComplexSchema, given: T): Complete<T>;
export function complete({ fields }: ComplexSchema, given: unknown): unknown {
  return completeMembers(fields, given);
}

/** The same for members that stand in an operation's wrapper and have no type of their own. */
export function completeMembers(fields: readonly Field[], given: unknown): Record<string, unknown> {
  const members = membersOf(given);
  return Object.fromEntries(fields.map((field) => [field.key, completeMember(field, members[field.key])]));
}

/** One member; undefined stands for one that was left out. */
export function completeMember({ type, nillable }: Field, value: unknown): unknown {
  if (value === undefined) return nillable ? null : defaultOf(type);
  return value === null ? null : copyOf(type, value);
}

function defaultOf(type: Schema): unknown {
  switch (type.kind) {
    case 'int':
    case 'short':
    case 'double':
      return 0;
    case 'boolean':
      return false;
    case 'duration':
      return 'PT0S';
    case 'enum':
      return Object.keys(type.values).find((name) => type.values[name] === 0) ?? null;
    case 'flags':
    case 'array':
      return [];
    case 'complex':
      return completeMembers(type.fields, {});
    case 'dictionary':
      return Object.create(null);
    default:
      return null;
  }
}

function copyOf(type: Schema, value: unknown): unknown {
  if (type.kind === 'complex') return completeMembers(type.fields, value);
  if (type.kind === 'dictionary') return copyOfDictionary(type, value);
  if (type.kind === 'array') return itemsOf(value).map((item) => completeMember(type.item, item));
  if (type.kind === 'flags') return [...itemsOf(value)];
  if (value instanceof Date) return copyOfDate(value);
  return value instanceof Uint8Array ? value.slice() : value;
}

function copyOfDictionary({ value: field }: DictionarySchema, value: unknown): Record<string, unknown> {
  const copy: Record<string, unknown> = Object.create(null);
  for (const [key, item] of Object.entries(membersOf(value))) copy[key] = completeMember(field, item);
  return copy;
}

/** Year 1 is "no value" to the service, which is null here. */
function copyOfDate(date: Date): DateTime | null {
  const text = lexicalOf(date);
  return text.startsWith('0001') ? null : DateTime.from(text);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' ? { ...value } : {};
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
