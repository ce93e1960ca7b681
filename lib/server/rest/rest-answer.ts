/**
 * The answers of a REST server: JSON, and the forms that the service has for an error.
 */
import type { Call } from '../../call.js';
import { blamesRequest } from '../../codec/fault.js';
import { qualifiedName } from '../../codec/operation.js';
import { type Fault, type InputError, isCallError } from '../../errors.js';
import { type Answer, plain } from '../http/http-answer.js';
import { SESSION_REFUSED } from '../soap/fault-content.js';

export const jsonAnswer = (status: number, body: string, headers?: Answer['headers']): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body,
  ...(headers && { headers }),
});

/** To a call that has no result. */
export const nothing: Answer = { status: 204, type: '', body: '' };

/** To a request that is no call. */
export const requestError = (status: number, reason: string, headers?: Answer['headers']): Answer =>
  errorAnswer(status, { type: null, message: reason, source: null }, headers);

/** To a request without credentials that are known. */
export const unauthorized = (reason: string): Answer =>
  errorAnswer(401, { type: SESSION_REFUSED, message: reason, source: null });

/** How a refused call is answered, as the option `errors` has it. */
export type ErrorForm = 'status' | 'message' | 'null';

export function refusalAnswer(error: Fault | InputError, call: Call, form: ErrorForm): Answer {
  const { message, type, friendly } = saidBy(error);
  // A refusal would be taken to mean that nothing was done.
  if (error.outcome === 'unknown') return plain(500, `the call failed: ${message}`);
  const status = statusOf(error);
  if (form === 'status' || status === 401) {
    return errorAnswer(status, { type, message, source: qualifiedName(call.operation) });
  }
  return jsonAnswer(200, form === 'null' ? 'null' : JSON.stringify({ Message: message, MessageDetail: friendly }));
}

/** What went wrong behind the server, without its particulars, and in no form that a refusal has. */
export function failureAnswer(error: unknown): Answer {
  if (!isCallError(error)) return plain(500, 'the server was unable to process the request');
  const { code, kind } = error;
  const behind = kind === 'transport' || kind === 'protocol';
  return plain(code === 'timeout' ? 504 : behind ? 502 : 500, `the call failed: ${code}`);
}

interface Said {
  /** The .NET type of the exception, where one is known. */
  readonly type: string | null;
  readonly message: string;
  readonly friendly: string | null;
}

function saidBy(error: Fault | InputError): Said {
  if (error.kind === 'input') return { type: 'System.ArgumentException', message: error.message, friendly: null };
  const { code, reason, exceptionType, friendlyText } = error;
  const type = exceptionType ?? (code === 'login' ? SESSION_REFUSED : null);
  return { type, message: reason, friendly: friendlyText ?? null };
}

/** The statuses that types of exceptions have. Inferred, but for the first. */
const statuses: readonly (readonly [RegExp, number])[] = [
  [/NotFoundException$/, 404],
  [/(?:^|\.)Argument\w*Exception$|FormatException$|ValidationException$/, 400],
  [/(?:AccessDenied|UnauthorizedAccess|Security|Right)\w*Exception$/, 403],
];

function statusOf(error: Fault | InputError): number {
  if (error.kind === 'input') return 400;
  const { code, faultCode, exceptionType = '' } = error;
  if (code === 'login') return 401;
  const known = statuses.find(([type]) => type.test(exceptionType));
  return known?.[1] ?? (code === 'soap-fault' && blamesRequest(faultCode) ? 400 : 500);
}

function errorAnswer(
  status: number,
  { type, message, source }: Omit<Said, 'friendly'> & { readonly source: string | null },
  headers?: Answer['headers'],
): Answer {
  const body = JSON.stringify({ Error: true, ErrorType: type, ErrorMessage: message, ErrorSource: source });
  return jsonAnswer(status, body, status === 401 ? CHALLENGES : headers);
}

/** One header names all schemes. */
const CHALLENGES = { 'www-authenticate': 'Basic realm="SuperOffice", charset="UTF-8", SOTicket, Bearer' };
