/**
 * Logs of JSON objects, one in each line, with the keys that servers usually give: nginx, Caddy, Traefik and others.
 */
import { foldedKey, jsonLogKeys } from './json-log-keys.js';
import { type LineRead, type LogRequest, mayConcernServices } from './log-request.js';
import { logTime } from './log-time.js';

/** Most lines of such a log begin as objects, be they cut off or not, and one at least tells of a request. */
export function looksLikeJsonLog(lines: readonly string[]): boolean {
  const begun = lines.filter((line) => line.trimStart().startsWith('{'));
  const tells = (line: string): boolean => {
    const members = membersOf(line);
    return members !== undefined && isRequest(members);
  };
  return 2 * begun.length >= lines.length && begun.some(tells);
}

export function readJsonLine(line: string): LineRead {
  const members = membersOf(line);
  if (!members) return 'unreadable';
  return mayConcernServices(line) ? (requestOf(members) ?? 'other') : 'other';
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(line: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : undefined;
  } catch {
    return undefined;
  }
}

type Field = keyof typeof jsonLogKeys;

const keys: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(jsonLogKeys).map(([field, names]) => [field, names.map(foldedKey)]),
);

/** Settings may have an address and a method too, but no status. */
function isRequest(members: Members): boolean {
  const field = fieldsOf(members);
  return (field('request') ?? field('path')) !== undefined && isStatus(field('status') ?? '');
}

const isStatus = (text: string): boolean => /^\d{3}$/.test(text);

function requestOf(members: Members): LogRequest | undefined {
  const field = fieldsOf(members);
  const [, lineMethod, lineTarget] = /^([A-Z]+) (\S+)/.exec(field('request') ?? '') ?? [];
  const target = lineTarget ?? field('path');
  if (target === undefined) return undefined;
  const [path = '', query] = target.split('?', 2);
  const status = field('status') ?? '';
  return {
    method: lineMethod ?? field('method'),
    path,
    query: query ?? field('query'),
    status: isStatus(status) ? Number(status) : undefined,
    time: logTime(field('time')),
    userAgent: field('userAgent'),
    address: field('address'),
    user: field('user'),
    action: field('action'),
  };
}

/** A member in an object, and the folded keys of the objects around it. */
interface Level {
  readonly around: string;
  readonly members: Members;
}

/**
 * Gives a field under any of its keys, with or without those around it, outer members before inner ones; lists, as headers
 * are in some, by their first.
 */
function fieldsOf(outermost: Members): (name: Field) => string | undefined {
  const found = new Map<string, string>();
  let level: readonly Level[] = [{ around: '', members: outermost }];
  for (let depth = 0; depth < 4 && level.length > 0; depth++) {
    const inner: Level[] = [];
    for (const { around, members } of level) {
      for (const [key, value] of Object.entries(members)) {
        const item: unknown = Array.isArray(value) ? value[0] : value;
        const folded = foldedKey(key);
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
          inner.push({ around: around + folded, members: value as Members });
        } else if ((typeof item === 'string' || typeof item === 'number') && item !== '' && item !== '-') {
          for (const name of [around + folded, folded]) if (!found.has(name)) found.set(name, String(item));
        }
      }
    }
    level = inner;
  }
  return (name) =>
    keys
      .get(name)
      ?.map((key) => found.get(key))
      .find((value) => value !== undefined);
}
