/**
 * A record in which only its own keys are found, not those that every object inherits: what is looked up here comes
 * from outside.
 */
export const table = <Value>(entries: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
  Object.assign(Object.create(null), entries);
