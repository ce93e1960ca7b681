/**
 * What SoPrincipal does for callers of SOAP, done by what REST has: there is no login, since credentials go with each
 * request, and no ticket is given.
 */
import type { Call, Reply } from '../call.js';
import { readJsonMembers } from '../codec/json-read.js';
import { type Operation, qualifiedName } from '../codec/operation.js';
import { Fault, isCallError, ProtocolError } from '../errors.js';
import { SoPrincipalCarrier } from '../generated/schemas.js';
import type { AuthenticateResponse } from '../generated/so-principal.js';
import { authorizationOf, basicAuthorization, callerOf } from '../rest/header.js';
import type { RestRequest } from '../rest/request.js';
import { type KeptLogins, keptLogins } from './kept-logins.js';

/**
 * How a ticket comes about for a user name and a password: `'basic'` makes one that is known to this transport alone, which
 * keeps the credentials in memory and sends them with each call; `'access-token'` asks the API for an access token.
 */
export type RestLogins = (typeof REST_LOGINS)[number];

export const REST_LOGINS = ['basic', 'access-token'] as const;

/** Asks an endpoint beside those of Chat, in the name of the call's application, and gives the JSON of its answer, parsed. */
export type AskRest = (
  request: Pick<RestRequest, 'method' | 'path' | 'headers' | 'body'>,
  call: Call,
) => Promise<unknown>;

export interface Logins {
  /** Answers an operation of SoPrincipal. */
  readonly answer: (call: Call) => Promise<Reply>;
  /** The Authorization header for a ticket. */
  readonly authorizationFor: (ticket: string) => string;
  /** What goes over the wire in the place of a ticket, and is as little to be seen. */
  readonly secretsBehind: (ticket: string) => readonly string[];
}

/** How logins are made. */
interface Making {
  readonly kind: RestLogins;
  readonly ask: AskRest;
  /** Is told of each secret that goes over the wire. */
  readonly learn: (secret: string) => void;
}

export function restLogins(making: Making): Logins {
  const kept = keptLogins();
  const authorizationFor = (ticket: string): string => kept.find(ticket) ?? authorizationOf(ticket);
  const byTicket = async (ticket: string, call: Call): Promise<AuthenticateResponse> => {
    const response = await principalBy(making, authorizationFor(ticket), call);
    return response ? accepted(response, ticket) : refused;
  };
  const answers: Readonly<Record<string, (call: Call) => Promise<AuthenticateResponse>>> = {
    AuthenticateUsernamePassword: async (call) => {
      const { userName, password } = call.input as { userName?: string | null; password?: string | null };
      // A ticket is taken for a user's name where there is no password, and stays the same.
      return userName && !password
        ? byTicket(userName, call)
        : byPassword(making, kept, { userName: userName ?? '', password: password ?? '' }, call);
    },
    AuthenticateWithAccessToken: async (call) => {
      const { accessToken } = call.input as { accessToken?: string | null };
      return accessToken ? byTicket(accessToken, call) : refused;
    },
  };
  return {
    authorizationFor,
    secretsBehind: (ticket) => {
      const authorization = kept.find(ticket);
      const caller = callerOf(authorization);
      return caller && 'password' in caller ? [credentialsIn(authorization ?? ''), caller.password] : [];
    },
    answer: async (call) => {
      const { operation } = call;
      const answer = answers[operation.name];
      if (!answer) throw notInRest(operation);
      return { output: await answer(call), header: { succeeded: true } };
    },
  };
}

async function byPassword(
  making: Making,
  kept: KeptLogins,
  { userName, password }: { readonly userName: string; readonly password: string },
  call: Call,
): Promise<AuthenticateResponse> {
  if (userName.includes(':')) throw notInRest(call.operation, 'a user name with a colon is cut off there by Basic');
  const authorization = basicAuthorization(userName, password);
  const response = await principalBy(making, authorization, call);
  if (!response) return refused;
  const ticket = making.kind === 'basic' ? kept.add(authorization) : await accessTokenFor(making, authorization, call);
  return accepted(response, ticket);
}

/** Who calls with this header; undefined where it is refused. */
async function principalBy({ ask, learn }: Making, authorization: string, call: Call): Promise<object | undefined> {
  // What no header can carry is no ticket of the service.
  if (!/^[\x21-\x7e]+ [\x21-\x7e]+$/.test(authorization)) return undefined;
  learn(credentialsIn(authorization));
  try {
    const request = { method: 'GET', path: 'v1/User/currentPrincipal', body: undefined } as const;
    return principalOf(await ask({ ...request, headers: { authorization } }, call));
  } catch (error) {
    if (isCallError(error) && error.code === 'login') return undefined;
    throw error;
  }
}

async function accessTokenFor({ ask }: Making, authorization: string, call: Call): Promise<string> {
  const body = JSON.stringify({ AppToken: call.header.applicationToken ?? '', IncludeCsSession: false });
  const headers = { authorization, 'content-type': 'application/json; charset=utf-8' };
  const token = await ask({ method: 'POST', path: 'v1/Agents/User/GetAccessToken', headers, body }, call);
  if (typeof token === 'string' && token !== '') return token;
  throw new Fault('service', 'the REST API gave no access token', { operation: qualifiedName(call.operation) });
}

/** What follows the name of the scheme. */
const credentialsIn = (authorization: string): string => authorization.replace(/^\w+ /, '');

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

function principalOf(json: unknown): object {
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

const notInRest = (operation: Operation, because = why[operation.name] ?? 'it has no such operation'): Fault =>
  new Fault('service', `${operation.name} cannot be done by REST: ${because}`, {
    operation: qualifiedName(operation),
    exceptionType: 'System.NotSupportedException',
  });
