/**
 * What REST has of SoPrincipal: which API this is, who calls, and what stands for the caller in further calls.
 */
import type { Call } from '../../call.js';
import { parseJson } from '../../codec/json.js';
import { writeJson } from '../../codec/json-write.js';
import { type Operation, qualifiedName } from '../../codec/operation.js';
import { Fault, ProtocolError } from '../../errors.js';
import { type AuthenticateResponse, SoPrincipal } from '../../generated/so-principal.js';
import type { SoSystemInfoCarrier } from '../../generated/types.js';
import type { RestStyle } from '../../rest/endpoints.js';
import { decodeRestHeader } from '../../rest/header.js';
import { answerCall } from '../http/answer-call.js';
import { type Answer, plain } from '../http/http-answer.js';
import { type Asked, baseOf, type Resource, type RestServing } from './asked.js';
import { restWording } from './wording.js';

/** By their paths in lower case, and their methods. */
export const principalResources = (serving: RestServing): ReadonlyMap<string, Readonly<Record<string, Resource>>> =>
  new Map([
    ['', { GET: { open: true, answer: (asked: Asked) => answerVersion(serving, asked) } }],
    ['v1/user/currentprincipal', { GET: { answer: (asked: Asked) => answerPrincipal(serving, asked) } }],
    [
      'v1/agents/user/getaccesstoken',
      {
        GET: { open: true, answer: () => plain(200, 'User.GetAccessToken: calls are made with POST') },
        POST: { answer: (asked: Asked) => answerAccessToken(serving, asked) },
      },
    ],
  ]);

/** Inferred: that the build's label is what stands for the version. */
function answerVersion(serving: RestServing, asked: Asked): Promise<Answer> {
  const call = { operation: SoPrincipal.getSystemInfo, input: {} };
  return ask(serving, asked, call, 'entity', (output) => {
    const { buildLabel } = (output ?? {}) as SoSystemInfoCarrier;
    const v1 = `${baseOf(serving, asked)}/v1/`;
    return JSON.stringify({ v1, NetServerVersion: buildLabel ?? undefined, ServicesCurrent: 'Services88' });
  });
}

function answerPrincipal(serving: RestServing, asked: Asked): Promise<Answer> {
  return ask(serving, asked, signInOf(asked), 'entity', (output, { operation }) => {
    const { response = null } = requireSignedIn(output, operation);
    const [field] = operation.reply.fields;
    const sheet = { direction: 'reply', illegalCharacters: undefined } as const;
    return field ? writeJson(sheet, field, response, { parent: null, key: field.key }) : '';
  });
}

/** Inferred: that it is the ticket or token of the request, and for a user name and password that of a new sign-in. */
function answerAccessToken(serving: RestServing, asked: Asked): Promise<Answer> {
  const applicationToken = applicationTokenIn(asked.body);
  return ask(
    serving,
    asked,
    signInOf(asked),
    'agent',
    (output, { operation }) => {
      const { credentials } = requireSignedIn(output, operation);
      return JSON.stringify(asked.caller?.credentials?.ticket ?? credentials?.ticket ?? null);
    },
    applicationToken,
  );
}

/** Whoever is let in to ask has credentials. */
function signInOf({ caller }: Asked): Pick<Call, 'operation' | 'input'> {
  if (caller) return caller.signIn();
  throw new Error('a request without a caller');
}

/** Calls SoPrincipal, of which the header has nothing but the application token. */
function ask(
  serving: RestServing,
  { exchange }: Asked,
  call: Pick<Call, 'operation' | 'input'>,
  style: RestStyle,
  bodyOf: (output: unknown, call: Call) => string,
  given?: string,
): Promise<Answer> {
  const { applicationToken = given } = decodeRestHeader(exchange.request.headers);
  const header = applicationToken === undefined ? {} : { applicationToken };
  return answerCall({ ...call, header }, restWording(style, serving.settings.errors, bodyOf), serving, exchange);
}

/** The service answers wrong credentials with a success whose body says that there was none. */
function requireSignedIn(output: unknown, operation: Operation): AuthenticateResponse {
  const response = output as AuthenticateResponse;
  if (response.authenticationSucceeded === true) return response;
  throw new Fault('login', 'the credentials were refused', { operation: qualifiedName(operation) });
}

/** Of the parameters AppToken and IncludeCsSession, of which the second concerns another service. */
function applicationTokenIn(body: string): string | undefined {
  const json = body === '' ? {} : parseJson(body);
  if (typeof json !== 'object' || Array.isArray(json)) {
    throw new ProtocolError('schema', 'this is no object of the parameters', { path: '$' });
  }
  const token: unknown = Object.entries(json ?? {}).find(([name]) => name.toLowerCase() === 'apptoken')?.[1];
  if (token === undefined || token === null || token === '') return undefined;
  if (typeof token === 'string') return token;
  throw new ProtocolError('schema', 'this is no text', { path: '$.AppToken' });
}
