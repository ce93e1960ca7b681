/**
 * Answers requests of HTTP for REST: finds what is asked for and who asks, and refuses what is no call.
 */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { isCallError } from '../../errors.js';
import { parseContentType } from '../../transports/content-type.js';
import type { Answer } from '../http/http-answer.js';
import type { Answerer } from '../http/listen.js';
import { type RefusedBody, readBody, refusedByHead, tooLarge } from '../http/request-body.js';
import type { Asked, Resource, RestServing } from './asked.js';
import type { Caller } from './callers.js';
import { restResources } from './resources.js';
import { requestError, unauthorized } from './rest-answer.js';

/** What is wrong with the head of a request is answered before its body is read. */
export function restAnswerer(
  serving: RestServing,
  callerOf: (authorization: string | undefined) => Caller | undefined,
): Answerer {
  const { path, requestBytes } = serving.settings;
  const resourceFor = restResources(serving);
  return async (exchange) => {
    const { request } = exchange;
    const target = targetOf(request.url ?? '', path);
    if (!target) return requestError(404, 'there is no API here');
    try {
      const resource = resourceFor(request.method ?? '', target.path);
      if ('allow' in resource) return elsewhere(resource.allow);
      const caller = resource.open ? undefined : callerOf(request.headers.authorization);
      if (!resource.open && !caller) return unauthorized('credentials are needed: Basic, SOTicket or Bearer');
      const refused = refusedByHead(request, requestBytes) ?? refusedByTypes(request);
      if (refused) return requestError(refused.status, refused.reason);
      return await answerWhole(resource, { exchange, caller, query: target.query }, requestBytes);
    } catch (error) {
      // What the transport throws is answered before.
      if (isCallError(error) && error.kind === 'protocol') return requestError(400, error.message);
      throw error;
    }
  };
}

async function answerWhole(resource: Resource, asked: Omit<Asked, 'body'>, requestBytes: number): Promise<Answer> {
  const { exchange } = asked;
  exchange.proceed();
  const bytes = await readBody(exchange.request, requestBytes);
  if (!bytes) return requestError(413, tooLarge(requestBytes).reason);
  if (!isUtf8(bytes)) return requestError(400, 'the body is not UTF-8');
  return resource.answer({ ...asked, body: bytes.toString('utf8').replace(/^\uFEFF/, '') });
}

/** What a URL says below a folder, whose case makes no difference, as on IIS; undefined for another folder. */
function targetOf(url: string, folder: string): (Pick<Asked, 'query'> & { readonly path: string }) | undefined {
  const [target = ''] = (url.startsWith('/') ? url : pathOf(url)).split('#');
  const [whole = '', ...query] = target.split('?');
  const below = whole.slice(folder.length);
  const inside = whole.toLowerCase().startsWith(folder.toLowerCase()) && (below === '' || below.startsWith('/'));
  return inside ? { path: below.slice(1), query: new URLSearchParams(query.join('?')) } : undefined;
}

/** Of a target that names a host. */
function pathOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

function elsewhere(allow: readonly string[]): Answer {
  if (allow.length === 0) return requestError(404, 'there is nothing at this path');
  return requestError(405, `what is here is asked for by ${allow.join(' or ')}`, { allow: allow.join(', ') });
}

/** Only JSON in UTF-8 is taken and given: of the service's other forms, XML and web forms, nobody is known to have need. */
function refusedByTypes({ headers }: IncomingMessage): RefusedBody | undefined {
  if (!acceptsJson(headers.accept)) return { status: 406, reason: 'answers are application/json' };
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody) return undefined;
  const { mediaType, charset = 'utf-8' } = parseContentType(headers['content-type']);
  const isJson = /^(?:application|text)\/json$/.test(mediaType) && /^(?:utf-?8|us-ascii)$/i.test(charset);
  return isJson ? undefined : { status: 415, reason: 'Content-Type must be application/json, in UTF-8' };
}

/** By the narrowest of the ranges that JSON is in. */
function acceptsJson(accept = ''): boolean {
  const ranges = new Map(
    accept
      .toLowerCase()
      .split(',')
      .map((range) => {
        const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
        const refused = parameters.some((parameter) => /^q\s*=\s*0(?:\.0*)?$/.test(parameter));
        return [type, !refused] as const;
      }),
  );
  if (accept.trim() === '' || ranges.get('text/json')) return true;
  const range = ['application/json', 'application/*', '*/*'].find((type) => ranges.has(type));
  return range !== undefined && ranges.get(range) === true;
}
