/**
 * What the statuses of HTTP mean for a call, whatever was to be answered to it.
 */
import type { Operation } from '../codec/operation.js';
import { Fault, TransportError } from '../errors.js';
import type { HttpReply } from './http.js';
import { describePage, type Wire } from './web-page.js';

/** @throws what statuses say whose bodies do not count: a redirect, which is never followed, and other credentials */
export function requireAnswer({ status, location, url }: HttpReply): void {
  if (status >= 300 && status < 400) {
    const where = redirectTarget(location, url);
    throw new TransportError(
      'redirect',
      `HTTP ${status}: the server wants the call sent elsewhere${where}, which is never done`,
      { status },
    );
  }
  // Whatever comes with it, this status says that the call was not let in.
  if (status === 401) throw new Fault('login', 'HTTP 401: the server wants other credentials', { faultCode: '401' });
}

/** Where a redirect leads, without what may be secret of it. */
function redirectTarget(location: string | undefined, base: string): string {
  if (!location || !URL.canParse(location, base)) return '';
  const { protocol, origin, pathname } = new URL(location, base);
  return /^https?:$/.test(protocol) ? `, to ${origin}${pathname.slice(0, 200)}` : '';
}

/** These say that the service, or what stands before it, has too much to do, whatever error comes with them. */
export const isOverloaded = (status: number): boolean => overloaded.has(status);

const overloaded: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * The error for a status that is no success.
 * @param fault what the body says, where it says anything
 */
export function statusError(
  { service }: Operation,
  reply: HttpReply,
  fault: Fault | undefined,
  wire: Wire,
): TransportError {
  const { status, retryAfterMs } = reply;
  const said = fault ? `: ${fault.reason.slice(0, 200)}` : '';
  const asked = retryAfterMs === undefined ? '' : `; it asks for a wait of ${Math.ceil(retryAfterMs / 1000)} s`;
  const from = wire === 'soap' ? service.path : 'the REST API';
  return new TransportError(
    'http-status',
    `HTTP ${status} with ${describeBody(reply, wire)} from ${from}${said}${asked}`,
    { status, retryAfterMs, cause: fault, ...(notLetIn.has(status) && { outcome: 'refused' as const }) },
  );
}

/** What web servers answer before they pass a request on, whatever the service behind them does. */
const notLetIn: ReadonlySet<number> = new Set([405, 411, 413, 414, 415, 417, 421, 429, 431]);

/** The error for a success with something else than what was asked for. */
export function notWanted(reply: HttpReply, wanted: string, wire: Wire): TransportError {
  const { status } = reply;
  return new TransportError(
    'content-type',
    `HTTP ${status} with ${describeBody(reply, wire)} where ${wanted} should be`,
    { status },
  );
}

function describeBody({ status, mediaType, body }: HttpReply, wire: Wire): string {
  const what = body.length === 0 ? 'an empty body' : mediaType === '' ? 'a body of no stated type' : mediaType;
  const page = describePage(status, mediaType, body, wire);
  return page === undefined ? what : `${what} (${page})`;
}
