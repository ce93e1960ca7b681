/**
 * Answers the envelope of a request by that of a reply: reads it, has the transport carry the call, and says what came
 * of it.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Call, Reply } from '../call.js';
import { type DecodedRequest, decodeRequest } from '../codec/decode.js';
import { encodeReply } from '../codec/encode.js';
import { type Operations, qualifiedName } from '../codec/operation.js';
import type { SoapVersion } from '../codec/versions.js';
import { Fault, isCallError } from '../errors.js';
import type { Carrier } from './carry-call.js';
import type { Exchange } from './exchange.js';
import { carriedFault, clientAnswer, internalFault, refusalHeader, unreadFault } from './fault-content.js';
import { type Answer, faultAnswer, plain, soapAnswer } from './http-answer.js';
import type { Settings } from './serve-options.js';
import { wireTroubleOf } from './trouble.js';

/** A service that is served, and by what. */
export interface Served {
  readonly operations: Operations;
  readonly carrier: Carrier;
  readonly settings: Settings;
}

/** The body of a request, with what its Content-Type says of it. */
interface Received {
  readonly document: Buffer;
  readonly version: SoapVersion;
  readonly charset: string | undefined;
}

export async function answerCall(served: Served, received: Received, exchange: Exchange): Promise<Answer> {
  let request: DecodedRequest;
  try {
    request = readRequest(served, received, exchange.request.headers);
  } catch (error) {
    const fault = unreadFault(error);
    // Anything else is a fault of this program.
    if (!fault) throw error;
    return clientAnswer(fault, received.version);
  }
  try {
    return await perform(served, request, exchange);
  } catch (error) {
    return failedAnswer(served, request, error, exchange);
  }
}

function readRequest(
  { operations, settings }: Served,
  { document, charset }: Received,
  headers: IncomingHttpHeaders,
): DecodedRequest {
  // The body was measured when it came, by the limit of this server; as UTF-8 it may be longer.
  const request = decodeRequest([operations], document, { charset, limits: { bytes: Number.POSITIVE_INFINITY } });
  if (!settings.versions.includes(request.version)) {
    throw new Fault('soap-fault', `SOAP ${request.version} is not answered here`, { faultCode: 'VersionMismatch' });
  }
  requireAction(request, headers);
  return request;
}

/** WCF goes by the SOAPAction alone; one that names another operation than the Body is refused. */
function requireAction({ operation, version }: DecodedRequest, headers: IncomingHttpHeaders): void {
  const given = version === '1.1' ? headers.soapaction : /action="?([^";]*)/i.exec(headers['content-type'] ?? '')?.[1];
  const action = String(given ?? '').replace(/^"|"$/g, '');
  if (action === '' || action === operation.soapAction) return;
  throw new Fault('soap-fault', `the SOAPAction is not that of ${operation.name}`, { faultCode: 'ActionNotSupported' });
}

async function perform(served: Served, request: DecodedRequest, exchange: Exchange): Promise<Answer> {
  const { carrier, settings } = served;
  try {
    return replyAnswer(served, request, await carrier.carry(callOf(request), exchange.response));
  } catch (error) {
    const refused = isCallError(error) && error.kind === 'fault' && error.code !== 'soap-fault';
    if (!refused || settings.errors === 'soap-fault') throw error;
    return replyAnswer(served, request, { output: undefined, header: refusalHeader(error) });
  }
}

const callOf = ({ operation, input, header }: DecodedRequest): Call => ({ operation, input, header });

function replyAnswer({ settings }: Served, request: DecodedRequest, { output, header }: Reply): Answer {
  const { operation, version } = request;
  const { illegalCharacters } = settings;
  try {
    return soapAnswer(version, encodeReply(operation, output as never, { version, header, illegalCharacters }));
  } catch (cause) {
    // The client has no part in a reply that does not fit the contract.
    throw new Error(`the reply to ${operation.name} cannot be written`, { cause });
  }
}

/** The answer to a call that the transport did not bring a reply to, or none that can be written. */
function failedAnswer(served: Served, request: DecodedRequest, error: unknown, exchange: Exchange): Answer {
  const trouble = troubleAnswer(served, request, error);
  if (trouble) return trouble;
  const { operation, version } = request;
  const fault = carriedFault(error, operation);
  if (fault) return clientAnswer(fault, version);
  exchange.tell(error, qualifiedName(operation));
  return faultAnswer(internalFault(error), version, 500);
}

/** Acts out what `trouble` asks for. */
function troubleAnswer(served: Served, request: DecodedRequest, error: unknown): Answer | undefined {
  const wire = wireTroubleOf(error);
  switch (wire?.kind) {
    case 'unavailable': {
      const { retryAfterMs } = wire;
      const after = retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) };
      return plain(503, 'the service is not available', after);
    }
    case 'truncate':
      return { ...replyAnswer(served, request, wire.reply), broken: 'truncate' };
    case 'reset':
      return { ...plain(500, ''), broken: 'reset' };
    case undefined:
      return undefined;
  }
}
