/**
 * How much the generated tests try. The same numbers give the same cases, so that a run can be repeated; other ones are
 * asked for by environment variables: PROPERTY_RUNS for the cases of each property, PROPERTY_SEED for which they are.
 */
import type { Parameters } from 'fast-check';

/** The number that an environment variable states. */
export function numberFrom(variable: string, otherwise: number): number {
  const text = process.env[variable] ?? '';
  if (text === '') return otherwise;
  if (!/^\d+$/.test(text)) throw new Error(`${variable}=${text} is not a number`);
  return Number(text);
}

const RUNS = numberFrom('PROPERTY_RUNS', 40);
const SEED = numberFrom('PROPERTY_SEED', 88);

/** For a property whose cases cost as much as a message; `times` as many where they cost less. */
export function effort<Values>(times = 1): Parameters<Values> {
  return { numRuns: Math.ceil(RUNS * times), seed: SEED };
}
