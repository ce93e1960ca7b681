/**
 * Where in an input a value stands, and what is wrong with one that cannot be written.
 */
import { InputError } from '../errors.js';
import type { Direction, EnumSchema, FlagsSchema } from './schema.js';
import { isWritableName } from './values.js';

/** A member, an item or an entry, and what it is in. */
export interface Place {
  readonly parent: Place | null;
  readonly key: string | number;
}

export function refuse(place: Place | null, found: string): never {
  throw new InputError(pathOf(place), found);
}

/** `message.message`, `chatPresence[2].userId` */
function pathOf(place: Place | null): string {
  const keys: (string | number)[] = [];
  for (let each = place; each; each = each.parent) keys.unshift(each.key);
  return keys.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}

/** What was found, without the value where that may be a secret or long. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : 'a Date';
  if (value instanceof Map) return 'a Map';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return 'a string';
  return typeof value === 'object' ? 'an object' : `a value of the type ${typeof value}`;
}

export function objectOf(value: unknown, place: Place | null): Readonly<Record<string, unknown>> {
  const plain =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Map);
  if (!plain) refuse(place, `${describe(value)}, not an object`);
  return value as Readonly<Record<string, unknown>>;
}

/** Whether the object has the member; one that it has from its prototype would be lost by any copy. */
export function isOwn(object: Readonly<Record<string, unknown>>, key: string, place: Place | null): boolean {
  if (Object.hasOwn(object, key)) return true;
  return key in object ? refuse({ parent: place, key }, 'a member that the object does not have of its own') : false;
}

/** Members that the service would drop without a word are named instead. */
export function refuseUnknown(
  members: readonly { readonly key: string }[],
  keys: readonly string[],
  place: Place | null,
): void {
  const unknown = keys.find((key) => !members.some((member) => member.key === key));
  // Only what an object has of its own counts.
  if (unknown === undefined) return;
  const like = members.find((member) => member.key.toLowerCase() === unknown.toLowerCase());
  const names = members.map((member) => member.key).join(', ');
  const there = names === '' ? 'there is none here (options of a call are its second argument)' : `there is ${names}`;
  const hint = like ? `did you mean ${like.key}?` : there;
  refuse({ parent: place, key: unknown }, `no such member; ${hint}`);
}

/** A name of an enumeration or of flags that may be written. */
export function requireName(direction: Direction, type: EnumSchema | FlagsSchema, name: unknown, place: Place): string {
  if (isWritableName(type, name, direction)) return name;
  const found = typeof name === 'string' ? JSON.stringify(name) : describe(name);
  return refuse(place, `${found} is no ${type.name}; there is ${Object.keys(type.values).join(', ')}`);
}
