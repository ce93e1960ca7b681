/**
 * Keeps what was sent as a secret out of errors: services repeat tickets and passwords in their messages.
 */
import type { Operation, RequestHeader } from '../codec/operation.js';
import { isCallError } from '../errors.js';

/** What must not be seen of a call: the ticket, the application token, and all that a login sends but the user's name. */
export function secretsOf(
  operation: Operation,
  input: unknown,
  { credentials, applicationToken }: RequestHeader,
): string[] {
  const sent = operation.retry === 'login' ? stringsIn(input, ['userName']) : [];
  return [credentials?.ticket, applicationToken, ...sent].filter(
    (text): text is string => typeof text === 'string' && text.length >= SHORTEST,
  );
}

/** What is shorter is in too many words to be taken out of them. */
const SHORTEST = 4;

function stringsIn(value: unknown, except: readonly string[] = []): unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return Object.entries(value).flatMap(([key, item]) => (except.includes(key) ? [] : stringsIn(item)));
}

/** The same error, with `[redacted]` for each of the secrets in its texts and in those of its causes. */
export function redact(error: unknown, secrets: readonly string[]): unknown {
  if (!isCallError(error) || secrets.length === 0) return error;
  for (const key of texts) {
    const found: unknown = Reflect.get(error, key);
    // By assignment, since newer versions of Node have an accessor for the stack.
    if (found !== undefined) Reflect.set(error, key, clean(found, secrets));
  }
  redact(error.cause, secrets);
  return error;
}

/** Where an error has text from the other side. */
const texts = [
  'message',
  'stack',
  'path',
  'reason',
  'faultCode',
  'exceptionType',
  'friendlyText',
  'parameters',
  'detail',
];

function clean(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), value);
  if (Array.isArray(value)) return value.map((item) => clean(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [clean(key, secrets), clean(item, secrets)]));
}
