/**
 * What clients are told when a call fails: all of what they caused themselves and of refusals, and nothing else.
 */
import type { Reply } from '../call.js';
import type { FaultContent } from '../codec/fault.js';
import type { SoapVersion } from '../codec/versions.js';
import { type Fault, isCallError } from '../errors.js';
import { type Answer, faultAnswer } from './http-answer.js';

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
const SESSION_REFUSED = 'SuperOffice.Exceptions.SoSessionException';

/** What to tell the client of an error that it is the cause of, or a refusal by the service; undefined for any other. */
export function clientFault(error: unknown): FaultContent | undefined {
  if (!isCallError(error) || error.kind === 'transport') return undefined;
  if (error.kind !== 'fault') {
    return { faultCode: error.code === 'version' ? 'VersionMismatch' : 'Client', reason: error.message };
  }
  const { code, reason, exceptionType = code === 'login' ? SESSION_REFUSED : undefined } = error;
  // Where HTTP refused the call, the code is a status, which is no name.
  const faultCode = /^\d/.test(error.faultCode) ? '' : error.faultCode;
  return { faultCode, reason, ...(exceptionType !== undefined && { exceptionType }) };
}

/** SOAP 1.2 has a status of its own for what is the client's doing. */
export function clientAnswer(fault: FaultContent, version: SoapVersion): Answer {
  const clients = ['Client', 'MustUnderstand', 'VersionMismatch', 'ActionNotSupported'].includes(fault.faultCode ?? '');
  return faultAnswer(fault, version, version === '1.2' && clients ? 400 : 500);
}

/** What went wrong behind the server is told without its particulars. */
export function internalFault(error: unknown): FaultContent {
  if (!isCallError(error)) {
    return { faultCode: 'InternalServiceFault', reason: 'the server was unable to process the request' };
  }
  const { code } = error;
  return { faultCode: code === 'timeout' ? 'Server' : 'InternalServiceFault', reason: `the call failed: ${code}` };
}
