/**
 * What clients are told when a call fails: all of what they caused themselves and of refusals, and nothing else.
 */
import type { Reply } from '../../call.js';
import { blamesRequest, type FaultContent } from '../../codec/fault.js';
import type { SoapVersion } from '../../codec/versions.js';
import { type Fault, type InputError, isCallError, type Outcome } from '../../errors.js';
import { type Answer, faultAnswer } from '../http/http-answer.js';

/** The header parts of a reply that refuses the call. */
export function refusalHeader({ code, reason, friendlyText, exceptionType, parameters }: Fault): Reply['header'] {
  return {
    succeeded: false,
    exceptionInfo: {
      message: reason,
      friendlyText: friendlyText ?? reason,
      exceptionType: exceptionType ?? (code === 'login' ? SESSION_REFUSED : null),
      ...(Object.keys(parameters).length > 0 && { parameters }),
    },
  };
}

/** Tells a client that its ticket was refused, where the transport knows no name of the service's for that. */
export const SESSION_REFUSED = 'SuperOffice.Exceptions.SoSessionException';

/** What to tell the client of a request that could not be read; undefined for any other error. */
export function unreadFault(error: unknown): FaultContent | undefined {
  if (!isCallError(error)) return undefined;
  if (error.kind === 'fault') return passedOn(error);
  if (error.kind !== 'protocol') return undefined;
  return { faultCode: error.code === 'version' ? 'VersionMismatch' : 'Client', reason: error.message };
}

/** What to tell the client of an error of the transport that is for clients. */
export const carriedFault = (error: Fault | InputError): FaultContent =>
  error.kind === 'fault' ? passedOn(error) : { faultCode: 'Client', reason: error.message };

function passedOn({ code, outcome, faultCode, reason, exceptionType }: Fault): FaultContent {
  const type = exceptionType ?? (code === 'login' ? SESSION_REFUSED : undefined);
  return {
    faultCode: codeToTell(code, outcome, faultCode),
    reason,
    ...(type !== undefined && { exceptionType: type }),
  };
}

function codeToTell(code: Fault['code'], outcome: Outcome, faultCode: string): string {
  // Where HTTP refused the call, the code is a status, which is no name.
  if (/^\d/.test(faultCode)) return '';
  // By these the client would take it that nothing was executed.
  return code === 'soap-fault' && outcome === 'unknown' && blamesRequest(faultCode) ? 'Server' : faultCode;
}

/** SOAP 1.2 has a status of its own for what is the client's doing. */
export function clientAnswer(fault: FaultContent, version: SoapVersion): Answer {
  return faultAnswer(fault, version, version === '1.2' && blamesRequest(fault.faultCode) ? 400 : 500);
}

/** What went wrong behind the server is told without its particulars. */
export function internalFault(error: unknown): FaultContent {
  if (!isCallError(error)) {
    return { faultCode: 'InternalServiceFault', reason: 'the server was unable to process the request' };
  }
  const { code } = error;
  return { faultCode: code === 'timeout' ? 'Server' : 'InternalServiceFault', reason: `the call failed: ${code}` };
}
