/**
 * What every transport over HTTP does around a call, so that no secret leaves it in an error, and none goes over a
 * connection that others can read.
 */
import type { Call, Reply } from '../call.js';
import { type Operation, qualifiedName, type RequestHeader } from '../codec/operation.js';
import { type HttpExchange, isCallError } from '../errors.js';
import { learnSecrets, type Redactor } from '../secrets/redact.js';
import { type BaseUrl, requireSecure } from './base-url.js';

export interface Secrecy {
  readonly redactor: Redactor;
  readonly base: BaseUrl;
  readonly allowInsecure: boolean | undefined;
  /** What goes over the wire in the place of a ticket, where something else does. */
  readonly secretsBehind?: (ticket: string) => readonly string[];
}

/**
 * Carries a call with these header parts by `exchange`.
 * @throws what `exchange` throws, with the name of the operation and without secrets
 */
export async function guarded(
  { redactor, base, allowInsecure, secretsBehind }: Secrecy,
  { operation, input }: Call,
  parts: RequestHeader,
  exchange: () => Promise<Reply>,
): Promise<Reply> {
  const learnHeader = (): void => {
    redactor.learnToken(parts.credentials?.ticket);
    redactor.learnToken(parts.applicationToken);
  };
  learnHeader();
  if (operation.retry === 'login') learnSecrets(redactor, input);
  try {
    if (!base.secure && holdsSecrets(operation, parts)) requireSecure(base, allowInsecure);
    return await exchange();
  } catch (error) {
    // Others may have taken their place in the meantime.
    learnHeader();
    learnSecrets(redactor, input);
    for (const secret of secretsBehind?.(parts.credentials?.ticket ?? '') ?? []) redactor.learnToken(secret);
    if (isCallError(error)) error.operation ??= qualifiedName(operation);
    throw redactor.clean(error);
  }
}

const holdsSecrets = ({ retry }: Operation, { credentials, applicationToken }: RequestHeader): boolean =>
  retry === 'login' || Boolean(credentials?.ticket) || Boolean(applicationToken);

/** What `read` gives; an error says over which exchange the reply came. */
export function readOver<Read>(http: HttpExchange, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (isCallError(error)) error.http = http;
    throw error;
  }
}

/** Defaults are given to an operation only as far as it has such header parts. */
export const partsFor = ({ requestHeader }: Operation, header: RequestHeader): RequestHeader =>
  Object.fromEntries(
    Object.entries(header).filter(
      ([key, value]) => value !== undefined && requestHeader.some((part) => part.key === key),
    ),
  );
