/**
 * Who makes a request of REST: its Authorization header, and how calls are made in that name.
 */
import { createHash } from 'node:crypto';
import { type Call, intercept, type Transport } from '../../call.js';
import { SoPrincipal } from '../../generated/so-principal.js';
import { ticket } from '../../interceptors/ticket.js';
import { callerOf, type RestCaller } from '../../rest/header.js';
import { veil } from '../../secrets/veil.js';

export interface Caller {
  /** What stands for the caller in calls; undefined where `through` puts it there. */
  readonly credentials?: { readonly ticket: string };
  /** Carries calls in the name of the caller; the server's own transport if left out. */
  readonly through?: Transport;
  /** The call of SoPrincipal that says who it is. */
  readonly signIn: () => Pick<Call, 'operation' | 'input'>;
}

/** The callers of a server; undefined for a header that names none in a way that is known. */
export function restCallers(transport: Transport): (authorization: string | undefined) => Caller | undefined {
  const signedIn = throughLogins(transport);
  return (authorization) => {
    const named = callerOf(authorization);
    if (!named) return undefined;
    if ('ticket' in named)
      return { credentials: veil({ ticket: named.ticket }, 'ticket'), signIn: () => signInBy(named) };
    return named.userName === '' ? undefined : { through: signedIn(named), signIn: () => signInBy(named) };
  };
}

/** A ticket takes the place of a user name, with a blank password, as the service documents. */
function signInBy(named: NonNullable<RestCaller>): ReturnType<Caller['signIn']> {
  if ('userName' in named) {
    return { operation: SoPrincipal.authenticateUsernamePassword, input: veil({ ...named }, 'userName', 'password') };
  }
  const { ticket: value } = named;
  if (/^[78]A:/.test(value)) {
    return { operation: SoPrincipal.authenticateWithAccessToken, input: veil({ accessToken: value }, 'accessToken') };
  }
  const input = veil({ userName: value, password: '' }, 'userName', 'password');
  return { operation: SoPrincipal.authenticateUsernamePassword, input };
}

/** More users than one server has at a time. Those who were not seen for longest are signed in anew. */
const MOST = 1000;

type Named = Extract<RestCaller, { readonly userName: string }>;

/**
 * Each user name and password has a ticket of its own, which is renewed as any. Those that have led to an answer are kept
 * apart from all others, so that guesses do not drive them out.
 */
function throughLogins(transport: Transport): (named: Named) => Transport {
  const known = lastOf<Transport>(MOST);
  const tried = lastOf<Transport>(MOST);
  return ({ userName, password }) => {
    const key = createHash('sha256')
      .update(JSON.stringify([userName, password]))
      .digest('base64');
    const proven = known.get(key);
    if (proven) return proven;
    const signedIn = tried.get(key) ?? intercept(transport, ticket({ userName, password }));
    tried.set(key, signedIn);
    return async (call) => {
      const reply = await signedIn(call);
      known.set(key, signedIn);
      return reply;
    };
  };
}

/** The last values that were in use, so many of them. */
function lastOf<Value>(most: number) {
  const values = new Map<string, Value>();
  const set = (key: string, value: Value): void => {
    values.delete(key);
    values.set(key, value);
    if (values.size <= most) return;
    const [oldest = ''] = values.keys();
    values.delete(oldest);
  };
  return {
    set,
    get: (key: string): Value | undefined => {
      const value = values.get(key);
      if (value !== undefined) set(key, value);
      return value;
    },
  };
}
