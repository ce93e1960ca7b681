/**
 * Whether contenders read the same, so that none is measured at doing less.
 */

/** @throws Error with the name of the contender, where it is not the same */
export function requireSame(name: string, theirs: unknown, ours: unknown): void {
  const difference = firstDifference(theirs, ours);
  if (difference !== undefined) throw new Error(`${name} does not read the same: ${difference}`);
}

/**
 * The first place where they differ, undefined where they do not. Names are compared in one spelling, dates as
 * instants, and null is as good as nothing, since gSOAP does not write it.
 */
export function firstDifference(theirs: unknown, ours: unknown, path = '$'): string | undefined {
  const [one, other] = [plain(theirs), plain(ours)];
  if (typeof one !== 'object' || typeof other !== 'object') {
    return Object.is(one, other) ? undefined : `${path} ${differenceOf(one, other)}`;
  }
  for (const name of new Set([...Object.keys(other), ...Object.keys(one)])) {
    const difference = firstDifference(one[name], other[name], `${path}.${name}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Of texts only the ends from where they differ. */
function differenceOf(one: unknown, other: unknown): string {
  if (typeof one !== 'string' || typeof other !== 'string') {
    return `is ${JSON.stringify(one)} and not ${JSON.stringify(other)}`;
  }
  let at = 0;
  while (one[at] === other[at]) at++;
  const end = (text: string): string => JSON.stringify(text.slice(at, at + 40));
  return `is ${end(one)} and not ${end(other)} from character ${at} on`;
}

function plain(value: unknown): Readonly<Record<string, unknown>> | string | number | boolean | undefined {
  if (value instanceof Date) return value.getTime();
  if (value === null) return undefined;
  if (typeof value !== 'object') return value as string | number | boolean | undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name.charAt(0).toLowerCase() + name.slice(1), item]),
  );
}
