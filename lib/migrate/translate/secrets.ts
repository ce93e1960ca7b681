/**
 * Takes the secrets out of a recorded request.
 */
import type { Operation, RequestHeader } from '../../codec/operation.js';
import type { Field, Schema } from '../../codec/schema.js';
import { placeholder, variables } from './placeholders.js';

/** The header with placeholders for its ticket and its application token, where it has them. */
export function withoutSecrets(header: RequestHeader): RequestHeader {
  const { applicationToken, credentials } = header;
  return {
    ...header,
    ...(applicationToken && { applicationToken: placeholder(variables.applicationToken) }),
    ...(credentials?.ticket && { credentials: { ticket: placeholder(variables.ticket) } }),
  };
}

/** A copy of the input with placeholders for all members that are secrets. */
export function inputWithoutSecrets({ request }: Operation, input: object): object {
  const { userName, password } = input as { readonly userName?: unknown; readonly password?: unknown };
  const copy = membersWithout(request.fields, input);
  // A ticket may stand in the place of a user's name, and has no password then.
  const isTicket = typeof userName === 'string' && userName.includes(':') && !password;
  return isTicket ? { ...copy, userName: placeholder(variables.ticket) } : copy;
}

const membersWithout = (fields: readonly Field[], object: object): object =>
  Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      const type = fields.find((field) => field.key === key)?.type;
      return [key, type && value !== null ? valueWithout(key, type, value) : value];
    }),
  );

function valueWithout(key: string, type: Schema, value: unknown): unknown {
  if (type.kind === 'complex') return membersWithout(type.fields, value as object);
  if (type.kind === 'array') {
    return (value as readonly unknown[]).map((item) => (item === null ? null : valueWithout('', type.item.type, item)));
  }
  if (type.kind === 'dictionary') return key === 'authenticationData' ? entriesWithout(value as object) : value;
  return type.kind === 'string' && value !== '' && isSecret(key) ? placeholder(variables[key]) : value;
}

/** Which of the pairs are secrets is not published, so all are. */
const entriesWithout = (entries: object): object =>
  Object.assign(
    Object.create(null),
    Object.fromEntries(Object.keys(entries).map((key) => [key, placeholder(variables.authenticationData)])),
  );

const isSecret = (key: string): key is keyof typeof variables => Object.hasOwn(variables, key);
