/**
 * Carries calls to an installation as SOAP over HTTP.
 */
import { type Call, type ClosableTransport, closable, type Reply } from '../call.js';
import { encodeRequest } from '../codec/encode.js';
import type { Operation, RequestHeader } from '../codec/operation.js';
import { type SoapVersion, versions } from '../codec/versions.js';
import { ILLEGAL_CHARACTERS, type IllegalCharacters } from '../codec/writer.js';
import { InputError } from '../errors.js';
import { requireBoolean, requireCount, requireKnown, requireKnownIn, requireOneOf, requireTexts } from '../options.js';
import { requireWhole } from '../rest/selected.js';
import { createRedactor } from '../secrets/redact.js';
import { mayHoldSecrets, veilSecrets } from '../secrets/veil.js';
import { parseBaseUrl } from './base-url.js';
import { createHttp, type HttpOptions, type Target } from './http.js';
import { guarded, partsFor, readOver } from './secrecy.js';
import { readReply } from './soap-reply.js';

export interface SoapTransportOptions extends HttpOptions {
  /** The folder that holds the .svc files: `https://host/Remote/Services88`. */
  readonly baseUrl: string;
  /** `'1.1'` by default, the only one that the service's WSDL binds. */
  readonly version?: SoapVersion | undefined;
  /** Header parts for every call that does not bring its own; each operation gets those that it has. */
  readonly header?: RequestHeader | undefined;
  /** `'refuse'` by default. */
  readonly illegalCharacters?: IllegalCharacters | undefined;
  /** Whether credentials may go over http: to another machine, where everybody in between can read them. */
  readonly allowInsecure?: boolean | undefined;
  /**
   * Exception types, by the last part of their name, and fault codes that mean that the ticket was refused, beside
   * those that are known: a Fault with one of them has the code `login`.
   */
  readonly loginRefusals?: readonly string[] | undefined;
}

/**
 * A transport to the services below `baseUrl`. It keeps connections open until it is closed, which waits for calls that
 * are under way.
 * @throws InputError for options that are not right
 */
export function soapTransport(options: SoapTransportOptions): ClosableTransport {
  requireKnown('', options, SOAP_OPTIONS);
  requireKnownIn('timeouts', options.timeouts, ['connect', 'headers', 'idle']);
  requireKnownIn('limits', options.limits, ['replyBytes', 'depth']);
  requireKnownIn('header', options.header, ['applicationToken', 'credentials', 'timeZone']);
  const { version = '1.1', header = {}, illegalCharacters, limits: { replyBytes, depth } = {} } = options;
  const { allowInsecure, loginRefusals } = options;
  requireOneOf('version', version, Object.keys(versions));
  requireOneOf('illegalCharacters', illegalCharacters, ILLEGAL_CHARACTERS);
  requireTexts('loginRefusals', loginRefusals);
  requireBoolean('allowInsecure', allowInsecure);
  requireCount('limits.replyBytes', replyBytes);
  requireCount('limits.depth', depth);
  const base = parseBaseUrl(options.baseUrl, options.proxy);
  const http = createHttp(base.origin, options);
  const redactor = createRedactor();
  const secrecy = { redactor, base, allowInsecure };
  // Undefined where all are the defaults, which then need not be looked at for each reply.
  const limits =
    replyBytes === undefined && depth === undefined
      ? undefined
      : { ...(replyBytes !== undefined && { bytes: replyBytes }), ...(depth !== undefined && { depth }) };
  const planFor = planned((operation) => ({
    target: http.target(`${base.path}/${operation.service.path}`, headersFor(operation, version)),
    parts: partsFor(operation, header),
    veiled: mayHoldSecrets(operation),
  }));
  const exchange = async (call: Call, plan: Plan, parts: RequestHeader): Promise<Reply> => {
    const { operation, input, select } = call;
    if (select !== undefined) throw new InputError('select', 'SOAP always answers with all members');
    requireWhole(operation, input);
    const envelope = encodeRequest(operation, input as never, { version, header: parts, illegalCharacters });
    const reply = await http.send(plan.target, envelope, call);
    const { output, header } = readOver(reply.http, () =>
      readReply(operation, reply, { limits, charset: reply.charset, loginRefusals }),
    );
    if (plan.veiled) veilSecrets(output, redactor.learnReplied);
    return { output, header, http: reply.http };
  };
  const send = (call: Call): Promise<Reply> => {
    const plan = planFor(call.operation);
    const parts = { ...plan.parts, ...call.header };
    return guarded(secrecy, call, parts, () => exchange(call, plan, parts));
  };
  return closable(send, http.close);
}

/** All of a transport's calls of an operation that does not depend on the call. */
interface Plan {
  readonly target: Target;
  readonly parts: RequestHeader;
  readonly veiled: boolean;
}

/** Makes the plan of each operation once. */
function planned(make: (operation: Operation) => Plan): (operation: Operation) => Plan {
  const plans = new WeakMap<Operation, Plan>();
  return (operation) => {
    const known = plans.get(operation);
    if (known) return known;
    const plan = make(operation);
    plans.set(operation, plan);
    return plan;
  };
}

/** All that `SoapTransportOptions` has. */
export const SOAP_OPTIONS: readonly string[] = [
  'baseUrl',
  'version',
  'header',
  'illegalCharacters',
  'allowInsecure',
  'loginRefusals',
  'timeouts',
  'limits',
  'tls',
  'proxy',
  'dispatcher',
];

function headersFor({ soapAction }: Operation, version: SoapVersion): Record<string, string> {
  const type = `${versions[version].mediaType}; charset=utf-8`;
  return version === '1.1'
    ? { 'content-type': type, soapaction: `"${soapAction}"` }
    : { 'content-type': `${type}; action="${soapAction}"` };
}
