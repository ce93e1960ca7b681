/**
 * Answers the envelope of a request by that of a reply: reads it, has the transport carry the call, and says what came
 * of it.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Call, Reply } from '../../call.js';
import { type DecodedRequest, decodeRequest } from '../../codec/decode.js';
import { encodeReply } from '../../codec/encode.js';
import type { SoapVersion } from '../../codec/versions.js';
import { Fault } from '../../errors.js';
import { answerCall, type Wording } from '../http/answer-call.js';
import type { Carrier } from '../http/carry-call.js';
import type { Exchange } from '../http/exchange.js';
import { type Answer, faultAnswer, soapAnswer } from '../http/http-answer.js';
import { carriedFault, clientAnswer, internalFault, refusalHeader, unreadFault } from './fault-content.js';
import type { SoapSettings } from './soap-options.js';
import type { SoapService } from './soap-services.js';

/** A service that is served, and by what. */
export interface Served extends SoapService {
  readonly carrier: Carrier;
  readonly settings: SoapSettings;
  readonly wordings: Readonly<Record<SoapVersion, Wording>>;
}

/** The body of a request, with what its Content-Type says of it. */
interface Received {
  readonly document: Buffer;
  readonly version: SoapVersion;
  readonly charset: string | undefined;
}

export function answerEnvelope(served: Served, received: Received, exchange: Exchange): Promise<Answer> | Answer {
  let request: DecodedRequest;
  try {
    request = readRequest(served, received, exchange.request.headers);
  } catch (error) {
    const fault = unreadFault(error);
    // Anything else is a fault of this program.
    if (!fault) throw error;
    return clientAnswer(fault, received.version);
  }
  const { operation, input, header, version } = request;
  return answerCall({ operation, input, header }, served.wordings[version], served, exchange, served.through);
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

/** In each version that there is. */
export const wordingsOf = (settings: SoapSettings): Served['wordings'] => ({
  '1.1': wordingOf('1.1', settings),
  '1.2': wordingOf('1.2', settings),
});

function wordingOf(version: SoapVersion, { errors, illegalCharacters }: SoapSettings): Wording {
  const reply = ({ output, header }: Reply, { operation }: Call): Answer => {
    try {
      return soapAnswer(version, encodeReply(operation, output as never, { version, header, illegalCharacters }));
    } catch (cause) {
      // The client has no part in a reply that does not fit the contract.
      throw new Error(`the reply to ${operation.name} cannot be written`, { cause });
    }
  };
  return {
    style: `soap ${version}`,
    releaseOf,
    reply,
    // An ExceptionInfo says that nothing was done; where that matters and is not known, a Fault of the server says so.
    refusal: (error, call) =>
      errors === 'exception-info' &&
      error.kind === 'fault' &&
      error.code !== 'soap-fault' &&
      (error.outcome !== 'unknown' || call.operation.retry === 'read')
        ? reply({ output: undefined, header: refusalHeader(error) }, call)
        : clientAnswer(carriedFault(error), version),
    failure: (error) => faultAnswer(internalFault(error), version, 500),
  };
}

/** The number that the namespace ends with. */
const releaseOf = ({ operation }: Call): string => /\d*$/.exec(operation.service.namespace)?.[0] ?? '';
