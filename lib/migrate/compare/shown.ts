/**
 * Values as short texts for people, without secrets: JSON, and the word `absent` for what is not there.
 */
import { isCallError } from '../../errors.js';
import { replaceSecrets } from '../../secrets/find.js';
import { isSecretMember } from '../../secrets/veil.js';

/** Characters of a value that are shown. */
const MOST = 160;

/** Both values, texts from where they begin to differ. */
export function shownPair(soap: unknown, rest: unknown, member?: string): readonly [string, string] {
  if (isSecret(member, soap) || isSecret(member, rest)) return [veiled(soap), veiled(rest)];
  if (typeof soap !== 'string' || typeof rest !== 'string') return [shown(soap), shown(rest)];
  const [one, other] = [clean(soap), clean(rest)];
  const start = Math.max(0, firstDifference(one, other) - MOST / 4);
  return [excerpt(one, start), excerpt(other, start)];
}

const isSecret = (member: string | undefined, value: unknown): boolean =>
  member !== undefined && typeof value === 'string' && isSecretMember(member);

const REDACTED = '[redacted]';

/** Whether a secret is there is no secret. */
const veiled = (value: unknown): string => (typeof value === 'string' && value !== '' ? REDACTED : shown(value));

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return at;
}

function excerpt(text: string, start: number): string {
  const quoted = JSON.stringify(text.slice(start, start + MOST));
  return `${start > 0 ? '…' : ''}${quoted}${text.length > start + MOST ? '…' : ''}`;
}

/** As a whole, since of a ticket that is cut the rest would not be known for one. */
const clean = (text: string): string => (/7[ATPS]|8A/.test(text) ? replaceSecrets(text, [], REDACTED) : text);

export function shown(value: unknown): string {
  if (value === undefined) return 'absent';
  if (typeof value === 'string') return excerpt(clean(value), 0);
  const text = clean(JSON.stringify(cut(value, { left: MOST })) ?? String(value));
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

/** A copy of the beginning of a value, since a value may be larger and deeper than can be written. */
function cut(value: unknown, budget: { left: number }): unknown {
  budget.left -= typeof value === 'string' ? value.length : 4;
  if (budget.left < 0) return '…';
  if (typeof value === 'string') return value.slice(0, MOST);
  if (typeof value !== 'object' || value === null || value instanceof Date) return writable(value);
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return value.slice(0, MOST / 4).map((item) => cut(item, budget));
  const members = Object.keys(value).slice(0, MOST / 4);
  return Object.fromEntries(
    members.map((key) => {
      const member: unknown = Reflect.get(value, key);
      return [key, isSecret(key, member) ? REDACTED : cut(member, budget)];
    }),
  );
}

/** JSON has no numbers beyond the finite ones, and knows one zero. */
const writable = (value: unknown): unknown =>
  typeof value === 'bigint' || (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
    ? Object.is(value, -0)
      ? '-0'
      : String(value)
    : value;

/** Why a call failed, in one line. */
export function shownError(error: unknown): string {
  if (!isCallError(error)) return clean(error instanceof Error ? error.message : String(error)).slice(0, MOST);
  const text = clean(error.message.replace(/\s+/g, ' '));
  return `${error.code}: ${text.length > MOST ? `${text.slice(0, MOST)}…` : text}`;
}
