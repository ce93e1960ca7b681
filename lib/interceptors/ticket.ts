/**
 * Puts a ticket into each call that wants one, and gets tickets from SoPrincipal.
 */
import type { Call, Interceptor, Reply, TimeIsUp, Transport } from '../call.js';
import { type Operation, qualifiedName, type RequestHeader } from '../codec/operation.js';
import { Fault, InputError, isCallError } from '../errors.js';
import { type AuthenticateResponse, SoPrincipal } from '../generated/so-principal.js';
import { requireMilliseconds } from '../options.js';
import { LONGEST_TIMER } from './deadline.js';
import { type RetryOptions, retry } from './retry.js';
import { settled } from './settled.js';

/** What to log in with: what SoPrincipal accepts, a ticket that is there already, or a function that knows of one. */
export type Credentials =
  | { readonly userName: string; readonly password: string }
  | { readonly ticket: string }
  | { readonly accessToken: string }
  | { readonly generic: Readonly<Record<string, string>> }
  | { readonly implicit: true }
  | (() => Promise<string>);

/** How a login is tried again that failed on the way; one that was refused never is. */
export interface TicketOptions extends RetryOptions {
  /** Milliseconds that a login may take with all its attempts; a minute by default. */
  readonly loginMs?: number | undefined;
}

/**
 * Logs in when the first call needs a ticket, through the transport that it wraps; all calls share the login and the
 * ticket. A refused ticket is renewed once and the call made once more, whatever the operation, since a refusal proves
 * that nothing was executed. A ticket that the caller gave cannot be renewed, and its refusal is the error.
 * @throws InputError for credentials of no known form
 */
export function ticket(credentials: Credentials, { loginMs = 60_000, ...options }: TicketOptions = {}): Interceptor {
  requireCredentials(credentials);
  requireMilliseconds('loginMs', loginMs);
  return (next) => {
    const login = loginWith(credentials, retry(options)(next));
    const shared = shareTicket(login, Math.min(loginMs, LONGEST_TIMER));
    return async (call) => {
      if (!wantsTicket(call)) return next(call);
      const first = await shared.obtain(call);
      try {
        return await next(withTicket(call, first));
      } catch (error) {
        if (!login.renewable || !isCallError(error) || error.code !== 'login') throw error;
        shared.discard(first);
        return replay(next, withTicket(call, await shared.obtain(call)));
      }
    };
  };
}

/** A login that is under way, and how many calls wait for it. */
interface Pending {
  readonly promise: Promise<string>;
  readonly abandon: () => void;
  waiting: number;
}

/** One ticket for all calls, and one login at a time. */
function shareTicket(login: Login, loginMs: number) {
  let current: string | undefined;
  let pending: Pending | undefined;
  const begin = (header: RequestHeader): Pending => {
    const controller = new AbortController();
    const reason: TimeIsUp = { deadlineMs: loginMs };
    const timer = setTimeout(() => controller.abort(reason), loginMs);
    // A function that gives tickets knows of no signal, and may never settle.
    const promise = settled(login.obtain(header, controller.signal), controller.signal, 'not-sent', login.name);
    const begun = { promise, abandon: () => controller.abort(), waiting: 0 };
    const end = (obtained?: string): void => {
      clearTimeout(timer);
      if (pending !== begun) return;
      current = obtained;
      pending = undefined;
    };
    promise.then(end, () => end());
    return begun;
  };
  return {
    /** The ticket, when it is there; the call's signal ends the wait of this call only. */
    obtain: async ({ operation, header, signal }: Call): Promise<string> => {
      if (current !== undefined) return current;
      pending ??= begin(header);
      const mine = pending;
      mine.waiting++;
      try {
        return await settled(mine.promise, signal, 'not-sent', qualifiedName(operation), {
          during: `while ${login.name} was under way`,
        });
      } finally {
        mine.waiting--;
        // A login that nobody waits for any more is ended, and the next call begins another.
        if (mine.waiting === 0 && pending === mine) {
          pending = undefined;
          mine.abandon();
        }
      }
    },
    /** Forgets a ticket that was refused. Another call may have found that first, and the ticket may be a new one. */
    discard: (refused: string): void => {
      if (current === refused) current = undefined;
    },
  };
}

/** A ticket for the credentials, by one login where one is needed; `header` may hold an application token. */
export const obtainTicket = (
  credentials: Credentials,
  transport: Transport,
  header: RequestHeader = {},
): Promise<string> => loginWith(requireCredentials(credentials), transport).obtain(header, undefined);

const wantsTicket = ({ operation, header }: Call): boolean =>
  header.credentials === undefined && operation.requestHeader.some((part) => part.key === 'credentials');

const withTicket = (call: Call, value: string): Call => ({
  ...call,
  header: { ...call.header, credentials: { ticket: value } },
});

async function replay(next: Transport, call: Call): Promise<Reply> {
  try {
    return await next(call);
  } catch (error) {
    if (isCallError(error)) error.attempts += 1;
    throw error;
  }
}

interface Login {
  /** The operation that makes it, or what does so in its place. */
  readonly name: string;
  readonly renewable: boolean;
  readonly obtain: (header: RequestHeader, signal: AbortSignal | undefined) => Promise<string>;
}

function loginWith(credentials: Credentials, next: Transport): Login {
  if (typeof credentials === 'function')
    return {
      name: 'the credentials function',
      renewable: true,
      obtain: async () => requireTicket(await credentials()),
    };
  if ('ticket' in credentials)
    return { name: 'ticket', renewable: false, obtain: async () => requireTicket(credentials.ticket) };
  const { operation, input } = authentication(credentials);
  return {
    name: qualifiedName(operation),
    renewable: true,
    obtain: (header, signal) => authenticate(next, { operation, input, header, signal }),
  };
}

function authentication(credentials: Exclude<Credentials, { ticket: string } | (() => Promise<string>)>): {
  operation: Operation;
  input: unknown;
} {
  if ('userName' in credentials) {
    const { userName, password } = credentials;
    return { operation: SoPrincipal.authenticateUsernamePassword, input: { userName, password } };
  }
  if ('accessToken' in credentials) {
    return { operation: SoPrincipal.authenticateWithAccessToken, input: { accessToken: credentials.accessToken } };
  }
  if ('generic' in credentials) {
    return { operation: SoPrincipal.authenticateGeneric, input: { authenticationData: credentials.generic } };
  }
  return { operation: SoPrincipal.authenticateImplicit, input: {} };
}

/** The login is no caller's own; its signal is aborted when none of them waits any more. */
async function authenticate(next: Transport, { header: { applicationToken }, ...call }: Call): Promise<string> {
  const { operation } = call;
  try {
    const reply = await next({ ...call, header: applicationToken === undefined ? {} : { applicationToken } });
    const { authenticationSucceeded, credentials } = reply.output as AuthenticateResponse;
    // The service answers wrong credentials with a success whose body says that there was none.
    if (authenticationSucceeded !== true) {
      throw new Fault('login', `${operation.name} was refused: wrong credentials, or a user who may not log in`);
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

/** A misspelt member must not make a login of another kind of it. */
function requireCredentials(credentials: Credentials): Credentials {
  if (typeof credentials === 'function') return credentials;
  const given: Readonly<Record<string, unknown>> = { ...(credentials as object | undefined) };
  const is = (key: string): boolean => typeof given[key] === 'string' && given[key] !== '';
  const isPair = is('userName') && typeof given.password === 'string';
  const known = isPair || is('ticket') || is('accessToken') || isTexts(given.generic);
  if (known || given.implicit === true) return credentials;
  const found = Object.keys(given).join(', ') || 'nothing';
  throw new InputError(
    'credentials',
    `${found}; there is { userName, password }, { ticket }, { accessToken }, { generic }, { implicit: true }, or a function`,
  );
}

const isTexts = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');

function requireTicket(value: string | null | undefined): string {
  if (!value) throw new Fault('login', 'the login gave no ticket');
  return value;
}
