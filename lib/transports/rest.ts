/**
 * Carries calls to an installation over its REST API.
 */
import { type Call, type ClosableTransport, closable, type Reply } from '../call.js';
import type { RequestHeader } from '../codec/operation.js';
import { ILLEGAL_CHARACTERS, type IllegalCharacters } from '../codec/writer.js';
import {
  requireBoolean,
  requireCount,
  requireKnown,
  requireKnownIn,
  requireOneOf,
  requireText,
  requireTexts,
} from '../options.js';
import type { RestStyle } from '../rest/endpoints.js';
import { encodeRestHeader, type RestLanguage } from '../rest/header.js';
import { encodeRestRequest } from '../rest/request.js';
import { markSelected } from '../rest/selected.js';
import { createRedactor } from '../secrets/redact.js';
import { mayHoldSecrets, veilSecrets } from '../secrets/veil.js';
import { parseBaseUrl, REST_FOLDER } from './base-url.js';
import { createHttp, type HttpOptions } from './http.js';
import { type AskRest, REST_LOGINS, type RestLogins, restLogins } from './rest-logins.js';
import { readRestJson, readRestReply } from './rest-reply.js';
import { guarded, partsFor, readOver } from './secrecy.js';

export interface RestTransportOptions extends HttpOptions, RestLanguage {
  /** The folder of the API, which has `v1` in it: `https://host/SuperOffice/api`. */
  readonly baseUrl: string;
  /**
   * `'agent'`, the default, calls `POST v1/Agents/Chat/…`; `'entity'` calls resources, as `GET v1/ChatSession/42/Messages`,
   * and the agent where there is no such resource for a call.
   */
  readonly style?: RestStyle | undefined;
  /** Header parts for every call that does not bring its own, as over SOAP. */
  readonly header?: RequestHeader | undefined;
  /** `'refuse'` by default; in JSON only halves of surrogate pairs are. */
  readonly illegalCharacters?: IllegalCharacters | undefined;
  /** Whether credentials may go over http: to another machine, where everybody in between can read them. */
  readonly allowInsecure?: boolean | undefined;
  /** Exception types, by the last part of their name, that mean that the ticket was refused, beside those that are known. */
  readonly loginRefusals?: readonly string[] | undefined;
  /** `'basic'` by default: how a login by user name and password gets a ticket. */
  readonly logins?: RestLogins | undefined;
}

/**
 * A transport to the REST API below `baseUrl`: the same calls as over SOAP, with the same values and errors. A ticket goes
 * as `SOTicket`, an access token in its place as `Bearer`. The logins of SoPrincipal are answered by what REST has: user
 * names, passwords, tickets and access tokens are checked by asking who calls; the rest is refused.
 * @throws InputError for options that are not right
 */
export function restTransport(options: RestTransportOptions): ClosableTransport {
  requireRestOptions(options);
  const { header = {}, style = 'agent', illegalCharacters, allowInsecure, loginRefusals, limits } = options;
  const { acceptLanguage, language, culture, includeTZOffset, logins: kind = 'basic' } = options;
  const base = parseBaseUrl(options.baseUrl, options.proxy, REST_FOLDER);
  const http = createHttp(base.origin, options);
  const redactor = createRedactor();
  const ask: AskRest = async ({ method, path, headers, body }, call) => {
    const application = encodeRestHeader({ applicationToken: call.header.applicationToken ?? null });
    const all = { accept: 'application/json', ...application, ...headers };
    const target = http.target(`${base.path}/${path}`, all, method);
    const reply = await http.send(target, body, call);
    return readOver(reply.http, () => readRestJson(call.operation, reply, loginRefusals));
  };
  const logins = restLogins({ kind, ask, learn: redactor.learnToken });
  const secrecy = { redactor, base, allowInsecure, secretsBehind: logins.secretsBehind };
  const exchange = async (call: Call): Promise<Reply> => {
    const { operation, input, select, header: parts } = call;
    const wanted = {
      header: parts,
      style,
      select,
      illegalCharacters,
      acceptLanguage,
      language,
      culture,
      includeTZOffset,
    };
    const request = encodeRestRequest(operation, input, wanted);
    const ticket = parts.credentials?.ticket;
    const headers = ticket ? { ...request.headers, authorization: logins.authorizationFor(ticket) } : request.headers;
    const target = http.target(`${base.path}/${request.path}`, headers, request.method);
    const reply = await http.send(target, request.body, call);
    const { output, header: said } = readOver(reply.http, () =>
      readRestReply(operation, reply, { style: request.style, depth: limits?.depth, loginRefusals }),
    );
    if (mayHoldSecrets(operation)) veilSecrets(output, redactor.learnReplied);
    return { output: select ? markSelected(output) : output, header: said, http: reply.http };
  };
  const logIn = async (call: Call): Promise<Reply> => {
    const reply = await logins.answer(call);
    veilSecrets(reply.output, redactor.learnReplied);
    return reply;
  };
  const send = (call: Call): Promise<Reply> => {
    const parts = { ...partsFor(call.operation, header), ...call.header };
    const carried = { ...call, header: parts };
    const isLogin = call.operation.service.name === 'SoPrincipal';
    return guarded(secrecy, call, parts, () => (isLogin ? logIn(carried) : exchange(carried)));
  };
  return closable(send, http.close);
}

function requireRestOptions(options: RestTransportOptions): void {
  requireKnown('', options, REST_OPTIONS);
  requireKnownIn('timeouts', options.timeouts, ['connect', 'headers', 'idle']);
  requireKnownIn('limits', options.limits, ['replyBytes', 'depth']);
  requireKnownIn('header', options.header, ['applicationToken', 'credentials', 'timeZone']);
  requireOneOf('style', options.style, ['agent', 'entity']);
  requireOneOf('logins', options.logins, REST_LOGINS);
  requireOneOf('illegalCharacters', options.illegalCharacters, ILLEGAL_CHARACTERS);
  requireTexts('loginRefusals', options.loginRefusals);
  requireBoolean('allowInsecure', options.allowInsecure);
  requireBoolean('includeTZOffset', options.includeTZOffset);
  for (const name of ['acceptLanguage', 'language', 'culture'] as const) requireText(name, options[name]);
  requireCount('limits.replyBytes', options.limits?.replyBytes);
  requireCount('limits.depth', options.limits?.depth);
}

/** All that `RestTransportOptions` has. */
export const REST_OPTIONS: readonly string[] = [
  'baseUrl',
  'style',
  'header',
  'illegalCharacters',
  'allowInsecure',
  'loginRefusals',
  'logins',
  'acceptLanguage',
  'language',
  'culture',
  'includeTZOffset',
  'timeouts',
  'limits',
  'tls',
  'proxy',
  'dispatcher',
];
