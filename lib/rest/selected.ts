/**
 * Entities of which only some members were asked for, by `$select`: the service nulls out all others, and would store the
 * nulls if such an entity were saved. They carry a mark, which copies by a spread carry on, and are refused there.
 */

import { type Operation, qualifiedName } from '../codec/operation.js';
import { InputError } from '../errors.js';

/** A key of its own, which no JSON, no loop and no other copy of this package mistakes for a member. */
const mark = Symbol.for('services88-chat.selected');

/** The value, in which each entity is known for one that is not whole. */
export function markSelected<Value>(value: Value): Value {
  if (Array.isArray(value)) value.forEach(markSelected);
  else if (typeof value === 'object' && value !== null) Reflect.set(value, mark, true);
  return value;
}

/** @throws InputError for an input with an entity that is not whole */
export function requireWhole(operation: Operation, input: unknown): void {
  if (typeof input !== 'object' || input === null) return;
  for (const [key, value] of Object.entries(input)) {
    const found = Array.isArray(value) ? value.findIndex(isMarked) : isMarked(value) ? -1 : undefined;
    if (found === undefined || (Array.isArray(value) && found < 0)) continue;
    throw new InputError(
      found < 0 ? key : `${key}[${found}]`,
      'read with select, so that all other members are missing, and would be overwritten; read it whole',
      { operation: qualifiedName(operation) },
    );
  }
}

const isMarked = (value: unknown): boolean => typeof value === 'object' && value !== null && mark in value;
