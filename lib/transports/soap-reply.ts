/**
 * What a reply over HTTP says: its envelope, or its status and what came in the place of one.
 */
import type { Reply } from '../call.js';
import { type DecodeOptions, decodeReply } from '../codec/decode.js';
import type { Operation } from '../codec/operation.js';
import { versions } from '../codec/versions.js';
import { Fault, TransportError } from '../errors.js';
import type { HttpReply } from './http.js';
import { describePage } from './web-page.js';

/** The reply in the body, whatever the status, if the service wrote it; else what the status says. */
export function readReply(operation: Operation, reply: HttpReply, options: DecodeOptions): Reply {
  const { status, mediaType, body } = reply;
  const isXml = xmlTypes.has(mediaType) && body.length > 0;
  if (status === 200) {
    if (isXml) return decodeReply(operation, body, options);
    throw new TransportError('content-type', `HTTP 200 with ${describeBody(reply)} where a SOAP envelope should be`, {
      status,
    });
  }
  if (status >= 300 && status < 400) {
    const where = redirectTarget(reply.location, reply.url);
    throw new TransportError(
      'redirect',
      `HTTP ${status}: the server wants the call sent elsewhere${where}, which is never done`,
      { status },
    );
  }
  // Whatever comes with it, this status says that the call was not let in.
  if (status === 401) throw new Fault('login', 'HTTP 401: the server wants other credentials', { faultCode: '401' });
  const fault = isXml ? faultIn(operation, body, options) : undefined;
  // These say that the service, or what stands before it, has too much to do, whatever Fault comes with them.
  if (fault && !(fault.code === 'soap-fault' && overloaded.has(status))) throw fault;
  throw statusError(operation, reply, fault);
}

const xmlTypes: ReadonlySet<string> = new Set([
  versions['1.1'].mediaType,
  versions['1.2'].mediaType,
  'application/xml',
]);

const overloaded: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Where a redirect leads, without what may be secret of it. */
function redirectTarget(location: string | undefined, base: string): string {
  if (!location || !URL.canParse(location, base)) return '';
  const { protocol, origin, pathname } = new URL(location, base);
  return /^https?:$/.test(protocol) ? `, to ${origin}${pathname.slice(0, 200)}` : '';
}

/** A status that is no success may come with a Fault; any other document says no more than the status. */
function faultIn(operation: Operation, body: Buffer, options: DecodeOptions): Fault | undefined {
  try {
    decodeReply(operation, body, options);
  } catch (error) {
    if (error instanceof Fault) return error;
  }
  return undefined;
}

function statusError(operation: Operation, reply: HttpReply, fault: Fault | undefined): TransportError {
  const { status, retryAfterMs } = reply;
  const said = fault ? `: ${fault.reason.slice(0, 200)}` : '';
  const asked = retryAfterMs === undefined ? '' : `; it asks for a wait of ${Math.ceil(retryAfterMs / 1000)} s`;
  return new TransportError(
    'http-status',
    `HTTP ${status} with ${describeBody(reply)} from ${operation.service.path}${said}${asked}`,
    { status, retryAfterMs, cause: fault, ...(notLetIn.has(status) && { outcome: 'refused' as const }) },
  );
}

/** What web servers answer before they pass a request on, whatever the service behind them does. */
const notLetIn: ReadonlySet<number> = new Set([405, 411, 413, 414, 415, 417, 421, 429, 431]);

function describeBody({ status, mediaType, body }: HttpReply): string {
  const what = body.length === 0 ? 'an empty body' : mediaType === '' ? 'a body of no stated type' : mediaType;
  const page = describePage(status, mediaType, body);
  return page === undefined ? what : `${what} (${page})`;
}
