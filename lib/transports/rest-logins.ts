/**
 * What SoPrincipal does for callers of SOAP, done by what REST has: there is no login, since credentials go with each
 * request, and no ticket is given.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Call, Reply } from '../call.js';
import { parseJson } from '../codec/json.js';
import { readJsonMembers } from '../codec/json-read.js';
import { type Operation, qualifiedName } from '../codec/operation.js';
import { Fault, isCallError, ProtocolError } from '../errors.js';
import { SoPrincipalCarrier } from '../generated/schemas.js';
import type { AuthenticateResponse } from '../generated/so-principal.js';
import { authorizationOf, basicAuthorization } from '../rest/header.js';
import type { RestRequest } from '../rest/request.js';

/**
 * How a ticket comes about for a user name and a password: `'basic'` makes one that is known to this transport alone, which
 * keeps the credentials in memory and sends them with each call; `'access-token'` asks the API for an access token.
 */
export type RestLogins = (typeof REST_LOGINS)[number];

export const REST_LOGINS = ['basic', 'access-token'] as const;

/** What an endpoint beside those of Chat answers: JSON, with its status. */
export type AskRest = (
  request: Pick<RestRequest, 'method' | 'path' | 'headers' | 'body'>,
  call: Call,
) => Promise<string>;

export interface Logins {
  /** Answers an operation of SoPrincipal. */
  readonly answer: (call: Call) => Promise<Reply>;
  /** The Authorization header for a ticket. */
  readonly authorizationFor: (ticket: string) => string;
}

/** @param learn is told of each secret that goes over the wire */
export function restLogins(kind: RestLogins, ask: AskRest, learn: (secret: string) => void): Logins {
  const kept = keptCredentials();
  const authorizationFor = (ticket: string): string => kept.find(ticket) ?? authorizationOf(ticket);
  const principalBy = async (authorization: string, call: Call): Promise<object | undefined> => {
    // What no header can carry is no ticket of the service.
    if (!/^[\x21-\x7e]+ [\x21-\x7e]+$/.test(authorization)) return undefined;
    learn(authorization.replace(/^\w+ /, ''));
    const request = {
      method: 'GET',
      path: 'v1/User/currentPrincipal',
      headers: { authorization },
      body: undefined,
    } as const;
    try {
      return principalOf(await ask(request, call));
    } catch (error) {
      if (isCallError(error) && error.code === 'login') return undefined;
      throw error;
    }
  };
  const ticketFor = async (authorization: string, call: Call): Promise<string> => {
    if (kind === 'basic') return kept.add(authorization);
    const body = JSON.stringify({ AppToken: call.header.applicationToken ?? '', IncludeCsSession: false });
    const headers = { authorization, 'content-type': 'application/json; charset=utf-8' };
    const token = parseJson(await ask({ method: 'POST', path: 'v1/Agents/User/GetAccessToken', headers, body }, call));
    if (typeof token === 'string' && token !== '') return token;
    throw new Fault('service', 'the REST API gave no access token', { operation: qualifiedName(call.operation) });
  };
  const withPassword = async (call: Call): Promise<AuthenticateResponse> => {
    const { userName = '', password = '' } = call.input as { userName?: string | null; password?: string | null };
    // A ticket is taken for a user's name where there is no password, and stays the same.
    if (userName && !password) return withTicket(userName, call);
    const authorization = basicAuthorization(userName ?? '', password ?? '');
    const response = await principalBy(authorization, call);
    return response ? accepted(response, await ticketFor(authorization, call)) : refused;
  };
  const withTicket = async (ticket: string, call: Call): Promise<AuthenticateResponse> => {
    const response = await principalBy(authorizationFor(ticket), call);
    return response ? accepted(response, ticket) : refused;
  };
  const answers: Readonly<Record<string, (call: Call) => Promise<AuthenticateResponse>>> = {
    AuthenticateUsernamePassword: withPassword,
    AuthenticateWithAccessToken: async (call) => {
      const { accessToken } = call.input as { accessToken?: string | null };
      return accessToken ? withTicket(accessToken, call) : refused;
    },
  };
  return {
    authorizationFor,
    answer: async (call) => {
      const { operation } = call;
      const answer = answers[operation.name];
      if (!answer) throw notInRest(operation);
      return { output: await answer(call), header: { succeeded: true } };
    },
  };
}

/** A wrong password is no error of the call, as over SOAP. */
const refused: AuthenticateResponse = Object.freeze({
  response: null,
  credentials: null,
  authenticationSucceeded: false,
});

const accepted = (response: object, ticket: string): AuthenticateResponse => ({
  response,
  credentials: { ticket },
  authenticationSucceeded: true,
});

function principalOf(document: string): object {
  const json = parseJson(document);
  const principal =
    typeof json === 'object' && json !== null && !Array.isArray(json)
      ? readJsonMembers(SoPrincipalCarrier.fields, json as Readonly<Record<string, unknown>>)
      : {};
  if (principal.associateId !== undefined || principal.associate !== undefined) return principal;
  throw new ProtocolError('schema', 'the principal names no associate', { path: '$' });
}

const why: Readonly<Record<string, string>> = {
  AuthenticateImplicit: 'a Windows login belongs to a connection, and there is none to the caller of REST behind this',
  AuthenticateGeneric: 'plug-ins for credentials are asked over SOAP only',
  GetSystemInfo: 'REST tells of version and address only, at GET api',
};

const notInRest = (operation: Operation): Fault =>
  new Fault(
    'service',
    `${operation.name} cannot be done by REST: ${why[operation.name] ?? 'it has no such operation'}`,
    {
      operation: qualifiedName(operation),
      exceptionType: 'System.NotSupportedException',
    },
  );

/** Authorization headers for tickets of our own making; they slide as those of the service do. */
function keptCredentials() {
  const kept = new Map<string, { readonly authorization: string; usedAt: number }>();
  // Digests are looked up, so that the time that it takes says nothing of any ticket.
  const keyOf = (ticket: string): string => createHash('sha256').update(ticket).digest('base64');
  return {
    add: (authorization: string): string => {
      const now = performance.now();
      for (const [key, { usedAt }] of kept) if (now - usedAt > SIX_HOURS) kept.delete(key);
      const [oldest] = kept.size >= MOST ? kept.keys() : [];
      if (oldest !== undefined) kept.delete(oldest);
      const ticket = `7T:${randomBytes(36).toString('base64')}`;
      kept.set(keyOf(ticket), { authorization, usedAt: now });
      return ticket;
    },
    find: (ticket: string): string | undefined => {
      // Nothing was ever made for those who bring tickets of the service.
      if (kept.size === 0) return undefined;
      const key = keyOf(ticket);
      const found = kept.get(key);
      const now = performance.now();
      if (!found || now - found.usedAt > SIX_HOURS) return undefined;
      found.usedAt = now;
      // The last in use are the last to go.
      kept.delete(key);
      kept.set(key, found);
      return found.authorization;
    },
  };
}

const SIX_HOURS = 6 * 3_600_000;

/** As many logins as are remembered. */
const MOST = 10_000;
