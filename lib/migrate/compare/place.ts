/**
 * Where in a reply something stands. It is made for every pair of values, and written as a text only where it is told.
 */
export interface Place {
  readonly above: Place | undefined;
  /** The key of a member or of an entry, or the index of an item. */
  readonly step: string | number;
}

/** The result itself. */
export const top: Place = { above: undefined, step: '' };

export const under = (above: Place, step: string | number): Place => ({ above, step });

/** `[3].whenPosted`, `user.extraFields.x`; the result itself has no text. */
export function pathOf(place: Place): string {
  const text = stepsOf(place)
    .map((step) =>
      typeof step === 'number' ? `[${step}]` : /^[\w$-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
    )
    .join('');
  return text.startsWith('.') ? text.slice(1) : text;
}

/** From the top down. */
export function stepsOf(place: Place): readonly (string | number)[] {
  const steps: (string | number)[] = [];
  for (let at = place; at.above; at = at.above) steps.push(at.step);
  return steps.reverse();
}
