/**
 * A value as text that tells all of it. Two values have the same text only if there is no difference that a caller could
 * find: nil, absent and empty, -0 and NaN, the digits and the zone of a date, the order of a dictionary.
 */
export function told(value: unknown): string {
  if (value instanceof Date) return `date ${writtenDate(value)}`;
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return `[${value.map(told).join(', ')}]`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const dictionary = Object.getPrototypeOf(value) === null;
  const pairs = Object.entries(value).filter(([, each]) => dictionary || each !== undefined);
  // The members of an object are told in one order, since a caller may give them in any.
  if (!dictionary) pairs.sort(([a], [b]) => (a < b ? -1 : 1));
  const text = pairs.map(([key, each]) => `${JSON.stringify(key)}: ${told(each)}`).join(', ');
  return dictionary ? `dictionary {${text}}` : `{${text}}`;
}

/** The text that a date is written as: its own, or that of JavaScript without a fraction of zeros. */
export const writtenDate = (date: Date): string =>
  'lexical' in date ? String(date.lexical) : date.toISOString().replace('.000Z', 'Z');
