/**
 * Carries calls to an installation as SOAP over HTTP.
 */
import { type Call, type ClosableTransport, closable, type Reply } from '../call.js';
import { type DecodeOptions, decodeReply } from '../codec/decode.js';
import { encodeRequest } from '../codec/encode.js';
import { type Operation, qualifiedName, type RequestHeader } from '../codec/operation.js';
import { type SoapVersion, versions } from '../codec/versions.js';
import { ILLEGAL_CHARACTERS, type IllegalCharacters } from '../codec/writer.js';
import { Fault, InputError, isCallError, TransportError } from '../errors.js';
import { requireCount, requireOneOf } from '../options.js';
import { createHttp, type HttpOptions, type HttpReply } from './http.js';
import { redact, secretsOf } from './redact.js';

export interface SoapTransportOptions extends HttpOptions {
  /** The folder that holds the .svc files: `https://host/Remote/Services88`. */
  readonly baseUrl: string;
  /** `'1.1'` by default, the only one that the service's WSDL binds. */
  readonly version?: SoapVersion | undefined;
  /** Header parts for every call that does not bring its own; each operation gets those that it has. */
  readonly header?: RequestHeader | undefined;
  /** `'refuse'` by default. */
  readonly illegalCharacters?: IllegalCharacters | undefined;
}

/**
 * A transport to the services below `baseUrl`. It keeps connections open until it is closed, which waits for calls that
 * are under way.
 * @throws InputError for options that are not right
 */
export function soapTransport(options: SoapTransportOptions): ClosableTransport {
  const { version = '1.1', header = {}, illegalCharacters, limits: { replyBytes, depth } = {} } = options;
  requireOneOf('version', version, Object.keys(versions));
  requireOneOf('illegalCharacters', illegalCharacters, ILLEGAL_CHARACTERS);
  requireCount('limits.replyBytes', replyBytes);
  requireCount('limits.depth', depth);
  const base = parseBaseUrl(options.baseUrl);
  const http = createHttp(base.origin, options);
  const limits = { ...(replyBytes !== undefined && { bytes: replyBytes }), ...(depth !== undefined && { depth }) };
  const send = async ({ operation, input, header: own, signal }: Call): Promise<Reply> => {
    const parts = { ...partsFor(operation, header), ...own };
    try {
      const envelope = encodeRequest(operation, input as never, { version, header: parts, illegalCharacters });
      const reply = await http.post(
        `${base.path}/${operation.service.path}`,
        headersFor(operation, version),
        envelope,
        signal,
      );
      return readReply(operation, reply, { limits, charset: reply.charset });
    } catch (error) {
      if (isCallError(error)) error.operation ??= qualifiedName(operation);
      throw redact(error, secretsOf(operation, input, parts));
    }
  };
  return closable(send, http.close);
}

function parseBaseUrl(text: string): { origin: string; path: string } {
  const refuse = (found: string): never => {
    throw new InputError('baseUrl', found);
  };
  const url = URL.canParse(text) ? new URL(text) : refuse(`${shown(text)} is not a URL`);
  const { protocol, username, password, origin, pathname, search, hash } = url;
  if (protocol !== 'http:' && protocol !== 'https:') refuse(`${shown(text)} is neither http: nor https:`);
  if (username || password) refuse('a URL with a user name or password; give them as credentials');
  if (search || hash || /\.svc\/?$/i.test(pathname)) {
    refuse(
      `${shown(text)} is more than a folder; give the one that holds Chat.svc, as in https://host/Remote/Services88`,
    );
  }
  return { origin, path: pathname.replace(/\/+$/, '') };
}

/** A URL without what may be secret in it. */
const shown = (text: string): string =>
  text.includes('@') ? 'a text with "@"' : JSON.stringify(text.replace(/(?<=[?#]).*$/s, '…'));

/** Defaults are given to an operation only as far as it has such header parts. */
const partsFor = ({ requestHeader }: Operation, header: RequestHeader): RequestHeader =>
  Object.fromEntries(
    Object.entries(header).filter(
      ([key, value]) => value !== undefined && requestHeader.some((part) => part.key === key),
    ),
  );

function headersFor({ soapAction }: Operation, version: SoapVersion): Record<string, string> {
  const type = `${versions[version].mediaType}; charset=utf-8`;
  return version === '1.1'
    ? { 'content-type': type, soapaction: `"${soapAction}"` }
    : { 'content-type': `${type}; action="${soapAction}"` };
}

const xmlTypes: ReadonlySet<string> = new Set([
  versions['1.1'].mediaType,
  versions['1.2'].mediaType,
  'application/xml',
]);

/** The reply in the body, whatever the status, if the service wrote it; else what the status says. */
function readReply(operation: Operation, reply: HttpReply, options: DecodeOptions): Reply {
  const { status, mediaType, body } = reply;
  const isXml = xmlTypes.has(mediaType) && body.length > 0;
  if (status === 200) {
    if (isXml) return decodeReply(operation, body, options);
    throw new TransportError(
      'content-type',
      `HTTP 200 with ${describeBody(reply)} where a SOAP envelope should be${htmlHint(mediaType)}`,
      { status },
    );
  }
  if (status >= 300 && status < 400) {
    throw new TransportError(
      'redirect',
      `HTTP ${status}: the server wants the call sent elsewhere, which is never done`,
      { status },
    );
  }
  // Whatever comes with it, this status says that the call was not let in.
  if (status === 401) throw new Fault('login', 'HTTP 401: the server wants other credentials', { faultCode: '401' });
  if (isXml) rethrowFault(operation, body, options);
  throw new TransportError('http-status', `HTTP ${status} with ${describeBody(reply)} from ${operation.service.path}`, {
    status,
    retryAfterMs: reply.retryAfterMs,
  });
}

/** A status that is no success may come with a Fault; any other document says no more than the status. */
function rethrowFault(operation: Operation, body: Buffer, options: DecodeOptions): void {
  try {
    decodeReply(operation, body, options);
  } catch (error) {
    if (error instanceof Fault) throw error;
  }
}

const describeBody = ({ mediaType, body }: HttpReply): string =>
  body.length === 0 ? 'an empty body' : mediaType === '' ? 'a body of no stated type' : mediaType;

const htmlHint = (mediaType: string): string =>
  mediaType === 'text/html' ? ' (a login or error page of the web server?)' : '';
