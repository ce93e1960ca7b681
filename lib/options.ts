/**
 * Checks of options: what is wrong with one is told before anything is done with it.
 */
import { InputError } from './errors.js';

/** What Node's timers can hold in milliseconds, some 24 days. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** A whole number from `min` up, or undefined. */
export function requireCount(path: string, value: number | undefined, min = 1): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= min)) return;
  throw new InputError(path, `${shown(value)}, not a whole number from ${min} up`);
}

/** The number of a port, 0 for any free one, or undefined. */
export function requirePort(path: string, value: number | undefined): void {
  requireCount(path, value, 0);
  if (value !== undefined && value > 65_535) throw new InputError(path, `${value}, and the highest is 65535`);
}

/** Milliseconds, Infinity for no limit, or undefined. */
export function requireMilliseconds(path: string, value: number | undefined): void {
  if (value === undefined || (typeof value === 'number' && value > 0)) return;
  throw new InputError(path, `${shown(value)}, not a number of milliseconds above 0`);
}

/** One of some words, or undefined. */
export function requireOneOf(path: string, value: string | undefined, words: readonly string[]): void {
  if (value === undefined || words.includes(value)) return;
  throw new InputError(path, `${JSON.stringify(value)} is none of ${words.join(', ')}`);
}

/** A text that is not empty, or undefined. */
export function requireText(path: string, value: unknown): void {
  if (value === undefined || (typeof value === 'string' && value !== '')) return;
  throw new InputError(path, value === '' ? 'empty' : `${shown(value)}, not a text`);
}

/** A list of texts, or undefined. */
export function requireTexts(path: string, value: unknown): void {
  if (value === undefined || (Array.isArray(value) && value.every((text) => typeof text === 'string'))) return;
  throw new InputError(path, 'not a list of texts');
}

/** True, false or undefined. */
export function requireBoolean(path: string, value: unknown): void {
  if (value === undefined || typeof value === 'boolean') return;
  throw new InputError(path, `${shown(value)}, not true or false`);
}

/** A function, or undefined. */
export function requireFunction(path: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return;
  throw new InputError(path, `${shown(value)}, not a function`);
}

/** No option that there is not: a misspelt one would leave the default in force without a word. */
export function requireKnown(path: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new InputError(path.replace(/\.$/, ''), `${shown(options)}, not an object with ${known.join(', ')}`);
  }
  for (const key in options) {
    if (!known.includes(key)) throw new InputError(`${path}${key}`, `no such option; there is ${known.join(', ')}`);
  }
}

/** The same for the options in a group of them, as `timeouts`, if there is one. */
export function requireKnownIn(group: string, options: object | undefined, known: readonly string[]): void {
  if (options !== undefined) requireKnown(`${group}.`, options, known);
}

const shown = (value: unknown): string =>
  typeof value === 'number' || value === null ? String(value) : `a value of the type ${typeof value}`;
