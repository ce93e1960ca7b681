/**
 * A translation as those see it who log it or write it as JSON: with the name of its operation, whose types go round in
 * circles.
 */
import { type InspectOptions, inspect } from 'node:util';
import { qualifiedName } from '../../codec/operation.js';
import { shown } from './placeholders.js';
import type { Translation } from './translate.js';

/** The same object, which says of itself what there is to say of the call. Placeholders stay what they are in JSON. */
export function printed(translation: Translation): Translation {
  const said = () => ({ ...translation, operation: qualifiedName(translation.operation) });
  // By this name `util.inspect` and `console.log` ask an object how it wants to be shown.
  const asked = Symbol.for('nodejs.util.inspect.custom');
  return Object.defineProperties(translation, {
    toJSON: { value: said },
    [asked]: { value: (depth: number, options: InspectOptions) => shown(inspect(said(), { ...options, depth })) },
  });
}
