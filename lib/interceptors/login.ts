/**
 * Getting a ticket for credentials, by one login where one is needed.
 */
import { createHash } from 'node:crypto';
import type { Call, Transport, Until } from '../call.js';
import { type Operation, qualifiedName, type RequestHeader } from '../codec/operation.js';
import { Fault, InputError, isCallError } from '../errors.js';
import { type AuthenticateResponse, SoPrincipal } from '../generated/so-principal.js';
import { veil } from '../secrets/veil.js';

/** What to log in with: what SoPrincipal accepts, a ticket that is there already, or a function that knows of one. */
export type Credentials =
  | { readonly userName: string; readonly password: string }
  | { readonly ticket: string }
  | { readonly accessToken: string }
  | { readonly generic: Readonly<Record<string, string>> }
  | { readonly implicit: true }
  | (() => Promise<string>);

export interface Login {
  /** The operation that makes it, or what does so in its place. */
  readonly name: string;
  /** Whether there is a new ticket to be had where one was refused. */
  readonly renewable: boolean;
  /** Who logs in, as a text that is no secret and tells none; undefined where it is not known. */
  readonly who: string | undefined;
  readonly obtain: (header: RequestHeader, until: Until) => Promise<string>;
}

/** A ticket for the credentials, by one login where one is needed; `header` may hold an application token. */
export const obtainTicket = (
  credentials: Credentials,
  transport: Transport,
  header: RequestHeader = {},
): Promise<string> => loginWith(requireCredentials(credentials), transport).obtain(header, {});

export function loginWith(credentials: Credentials, next: Transport): Login {
  if (typeof credentials === 'function')
    return {
      name: 'the credentials function',
      renewable: true,
      who: undefined,
      obtain: async () => requireTicket(await credentials()),
    };
  if ('ticket' in credentials)
    return {
      name: 'ticket',
      renewable: false,
      who: undefined,
      obtain: async () => requireTicket(credentials.ticket),
    };
  const { operation, input, who } = authentication(credentials);
  return {
    name: qualifiedName(operation),
    renewable: true,
    who,
    obtain: (header, until) => authenticate(next, { ...until, operation, input, header }),
  };
}

function authentication(credentials: Exclude<Credentials, { ticket: string } | (() => Promise<string>)>): {
  operation: Operation;
  input: unknown;
  who: string;
} {
  // What is logged of a call on its way shows none of this.
  if ('userName' in credentials) {
    const { userName, password } = credentials;
    // A ticket may stand in the place of the user's name, and has no password then.
    const input = veil({ userName, password }, 'password', ...(password === '' ? ['userName'] : []));
    return {
      operation: SoPrincipal.authenticateUsernamePassword,
      input,
      who: `user ${password === '' ? digest(userName) : userName}`,
    };
  }
  if ('accessToken' in credentials) {
    const { accessToken } = credentials;
    const input = veil({ accessToken }, 'accessToken');
    return { operation: SoPrincipal.authenticateWithAccessToken, input, who: `access token ${digest(accessToken)}` };
  }
  if ('generic' in credentials) {
    const input = { authenticationData: veil({ ...credentials.generic }, ...Object.keys(credentials.generic)) };
    const who = `generic ${digest(JSON.stringify(Object.entries(credentials.generic).sort()))}`;
    return { operation: SoPrincipal.authenticateGeneric, input, who };
  }
  return { operation: SoPrincipal.authenticateImplicit, input: {}, who: 'implicit' };
}

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The login is no caller's own; its signal is aborted when none of them waits any more. */
async function authenticate(next: Transport, { header: { applicationToken }, ...call }: Call): Promise<string> {
  const { operation } = call;
  const header = applicationToken === undefined ? {} : veil({ applicationToken }, 'applicationToken');
  try {
    const reply = await next({ ...call, header });
    const { authenticationSucceeded, credentials } = reply.output as AuthenticateResponse;
    // The service answers wrong credentials with a success whose body says that there was none.
    if (authenticationSucceeded !== true) {
      throw new Fault('login', 'the login was refused: the credentials are not right, or the user may not log in');
    }
    return requireTicket(credentials?.ticket);
  } catch (error) {
    if (isCallError(error)) {
      error.operation ??= qualifiedName(operation);
      // Whatever became of the login, the call that waits for it was not sent.
      if (error.outcome === 'unknown') error.outcome = 'not-sent';
    }
    throw error;
  }
}

/** The credentials of the one kind that they are; a misspelt member must not make a login of another kind of them. */
export function requireCredentials(credentials: Credentials): Credentials {
  if (typeof credentials === 'function') return credentials;
  const given: Readonly<Record<string, unknown>> = { ...(credentials as object | undefined) };
  const is = (key: string): boolean => typeof given[key] === 'string' && given[key] !== '';
  const { userName, password, ticket, accessToken, generic } = given;
  const kinds = [
    is('userName') && typeof password === 'string' && { userName, password },
    is('ticket') && { ticket },
    is('accessToken') && { accessToken },
    isTexts(generic) && { generic },
    given.implicit === true && { implicit: true },
  ].filter((kind) => kind !== false);
  if (kinds.length === 1) return kinds[0] as Credentials;
  const found = Object.keys(given).join(', ') || 'nothing';
  throw new InputError(
    'credentials',
    `${found}; there is one of { userName, password }, { ticket }, { accessToken }, { generic }, { implicit: true }, or a function`,
  );
}

const isTexts = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');

function requireTicket(value: string | null | undefined): string {
  if (!value) throw new Fault('login', 'the login gave no ticket');
  return value;
}
