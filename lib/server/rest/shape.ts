/**
 * What a result of REST has in more or in less than that of the call: only the members that were asked for, and links.
 */

/** The members that `$select` names, and those in them; those of a `whole` one are all wanted. */
interface Wanted {
  whole: boolean;
  readonly members: Map<string, Wanted>;
}

/** The JSON with null for all members that are not named: `Name,department,category/id`, in any case. */
export function selectMembers(document: string, select: string): string {
  const wanted: Wanted = { whole: false, members: new Map() };
  const names = select.split(',').map((name) => name.trim().toLowerCase());
  for (const name of names) if (name !== '') want(wanted, name.split(/[/.]/));
  return wanted.members.size === 0 ? document : JSON.stringify(narrowed(JSON.parse(document), wanted));
}

function want(wanted: Wanted, path: readonly string[]): void {
  let at = wanted;
  for (const part of path) {
    const known = at.members.get(part) ?? { whole: false, members: new Map() };
    at.members.set(part, known);
    at = known;
  }
  at.whole = true;
}

/** The members of each item of a list. */
function narrowed(json: unknown, wanted: Wanted): unknown {
  if (Array.isArray(json)) return json.map((item) => narrowed(item, wanted));
  if (wanted.whole || typeof json !== 'object' || json === null) return json;
  const members = Object.entries(json).map(([name, value]) => {
    const inside = wanted.members.get(name.toLowerCase());
    return [name, inside ? narrowed(value, inside) : null];
  });
  return Object.fromEntries(members);
}

/** The JSON of an entity with the links that the entity style adds. */
export function withLinks(document: string, self: string, archive: string): string {
  const links = `"_Links":${JSON.stringify({ Self: self, Archive: archive })}}`;
  return document === '{}' ? `{${links}` : `${document.slice(0, -1)},${links}`;
}
