/**
 * Entities of which only some members were asked for, by `$select`: the service nulls out all others, and would store the
 * nulls if such an entity were saved. They carry a mark, which copies by a spread carry on, and are refused there.
 */
import { type Operation, qualifiedName } from '../codec/operation.js';
import { InputError } from '../errors.js';

/** A key of its own, which no JSON, no loop and no other copy of this package mistakes for a member. */
const mark = Symbol.for('services88-chat.selected');

/** The value, in which each object is known for one that is not whole. */
export function markSelected<Value>(value: Value): Value {
  if (!isContainer(value)) return value;
  for (const item of Object.values(value)) markSelected(item);
  if (!Array.isArray(value)) Reflect.set(value, mark, true);
  return value;
}

/** @throws InputError for an input with an entity that is not whole, wherever it stands */
export function requireWhole(operation: Operation, input: unknown): void {
  const path = pathOfMarked(input, '', 0);
  if (path === undefined) return;
  throw new InputError(
    path,
    'read with select, so that all other members are missing, and would be overwritten; read it whole',
    { operation: qualifiedName(operation) },
  );
}

/** Deeper than any entity is; an input that holds itself is refused by others. */
const DEEPEST = 100;

function pathOfMarked(value: unknown, path: string, depth: number): string | undefined {
  if (!isContainer(value) || depth > DEEPEST) return undefined;
  if (mark in value) return path;
  for (const key in value) {
    const inside: unknown = Reflect.get(value, key);
    if (typeof inside !== 'object' || inside === null) continue;
    const step = Array.isArray(value) ? `[${key}]` : path === '' ? key : `.${key}`;
    const found = pathOfMarked(inside, path + step, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !ArrayBuffer.isView(value);
