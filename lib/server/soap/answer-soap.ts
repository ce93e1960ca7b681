/**
 * Answers requests of HTTP for SOAP: finds the service that is meant, and refuses what is no call.
 */
import type { IncomingMessage } from 'node:http';
import type { Operations } from '../../codec/operation.js';
import { versions } from '../../codec/versions.js';
import { parseContentType } from '../../transports/content-type.js';
import type { Exchange } from '../http/exchange.js';
import { type Answer, plain, refusal, versionOf } from '../http/http-answer.js';
import type { Answerer } from '../http/listen.js';
import { readBody, refusedByHead, tooLarge } from '../http/request-body.js';
import { answerEnvelope, type Served, wordingsOf } from './answer-envelope.js';
import type { SoapSettings } from './soap-options.js';
import { type SoapService, serviceOf } from './soap-services.js';

/** What is wrong with the head of a request is answered before its body is read. */
export function answerer(
  byPath: ReadonlyMap<string, SoapService>,
  serving: Pick<Served, 'carrier' | 'settings'>,
): Answerer {
  const { settings } = serving;
  const { requestBytes } = settings;
  const wordings = wordingsOf(settings);
  return async (exchange: Exchange): Promise<Answer> => {
    const { request } = exchange;
    const target = request.url ?? '';
    const service = byPath.get(target.toLowerCase()) ?? byPath.get(pathOf(target));
    if (!service) return refusal(request, 404, 'there is no service here');
    if (request.method === 'GET') return describe(service.operations, request);
    if (request.method !== 'POST') return plain(405, 'calls are made with POST', { allow: 'GET, POST' });
    const { mediaType, charset } = parseContentType(request.headers['content-type']);
    const version = versionOf(mediaType);
    if (!version || !settings.versions.includes(version)) return refusal(request, 415, typesOf(settings));
    const refused = refusedByHead(request, requestBytes);
    if (refused) return refusal(request, refused.status, refused.reason);
    exchange.proceed();
    const document = await readBody(request, requestBytes);
    if (document) return answerEnvelope({ ...service, wordings, ...serving }, { document, version, charset }, exchange);
    const { status, reason } = tooLarge(requestBytes);
    return refusal(request, status, reason);
  };
}

/** Of a target with a query, or one that names a host; `''` for what is no URL. */
const pathOf = (target: string): string =>
  URL.canParse(target, BASE) ? new URL(target, BASE).pathname.toLowerCase() : '';

const BASE = 'http://localhost';

const typesOf = (settings: SoapSettings): string =>
  `Content-Type must be ${settings.versions.map((version) => versions[version].mediaType).join(' or ')}`;

async function describe(operations: Operations, { headers, url = '' }: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams } = new URL(url, BASE);
  const wanted = [...searchParams.keys()].some((key) => /^(?:single)?wsdl$/i.test(key));
  if (!wanted) return plain(200, `${serviceOf(operations).name}: calls are made with POST, and ?wsdl describes them`);
  // The writer is loaded by those who ask for a WSDL only.
  const { writeWsdl } = await import('../../wsdl/write.js');
  const address = `http://${headers.host ?? 'localhost'}${pathname}`;
  return { status: 200, type: 'text/xml; charset=utf-8', body: writeWsdl(operations, address) };
}
