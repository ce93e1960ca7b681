/**
 * Errors as one line on stderr, and exit codes.
 */
import { CommanderError } from 'commander';
import { qualifiedName } from '../codec/operation.js';
import { type CallError, type ErrorCode, InputError, isCallError, TransportError } from '../errors.js';
import { Chat } from '../generated/chat.js';
import { printable } from './conversation.js';
import { UsageError } from './environment.js';

export const exitCodes = `Exit codes:
  0  done
  1  an error that should not happen
  2  the command, the environment or a value is not right; nothing was sent
  3  the ticket or the credentials were refused
  5  the service refused the call, or its answer is not what the contract promises
  6  no answer: connection, time-out, or the web server's own error
  7  a part of what was asked for could not be done; the rest is
  8  SOAP and REST differ
  130  it was interrupted; what was found until then is told
  (4 is kept for "not found", which the service does not tell apart from other refusals.)
`;

const folder = 'does SUPEROFFICE_URL name the Services88 folder with the .svc files?';

const hints: Partial<Record<ErrorCode, string>> = {
  connect: 'is SUPEROFFICE_URL (or SUPEROFFICE_REST_URL) right, and is the server up?',
  connection: 'is SUPEROFFICE_URL http: where it should be https:, or the reverse?',
  timeout: 'is the server busy, or a firewall in between?',
  redirect: 'give the final address as SUPEROFFICE_URL',
  'content-type': folder,
  version: folder,
  envelope: folder,
  login: 'check SUPEROFFICE_USER and SUPEROFFICE_PASSWORD, or the age of SUPEROFFICE_TICKET',
};

function hintFor(error: CallError): string | undefined {
  if (error instanceof InputError && error.path === 'baseUrl' && error.message.includes('allowInsecure'))
    return 'here: SUPEROFFICE_ALLOW_INSECURE=1';
  const status = error instanceof TransportError ? error.status : undefined;
  if (status === undefined || error.code !== 'http-status') return hints[error.code];
  if (status === 413) return 'the server takes no message of this size';
  return status >= 500 ? 'the web server is in trouble; its log knows more' : folder;
}

/** Whether the call may have been executed and would matter if it had. */
function mayBeDone({ operation, outcome, kind }: CallError): boolean {
  const read = Object.values(Chat).some((each) => qualifiedName(each) === operation && each.retry === 'read');
  return (kind === 'transport' || kind === 'fault') && outcome === 'unknown' && !read;
}

/** The same hints for the address of the REST API. */
const forRest = (hint: string | undefined): string | undefined =>
  hint === folder
    ? 'does SUPEROFFICE_REST_URL name the folder of the REST API, as https://host/SuperOffice/api?'
    : hint?.replace(/SUPEROFFICE_URL(?: \(or SUPEROFFICE_REST_URL\))?/, 'SUPEROFFICE_REST_URL');

/** Says on stderr what went wrong, over SOAP if nothing else is said, and gives the exit code for it. */
export function report(error: unknown, over?: 'soap' | 'rest'): number {
  if (error instanceof UsageError || error instanceof CommanderError) {
    console.error(`services88-chat: ${line(error.message)}`);
    return 2;
  }
  if (!isCallError(error)) {
    console.error('services88-chat: unexpected error', error);
    return 1;
  }
  const hint = over === 'rest' ? forRest(hintFor(error)) : hintFor(error);
  const unsure = mayBeDone(error) ? '; the service may have done it' : '';
  console.error(`services88-chat: ${line(error.message)} [${error.code}]${unsure}${hint ? ` (${hint})` : ''}`);
  if (error.code === 'login') return 3;
  return { input: 2, transport: 6, protocol: 5, fault: 5 }[error.kind];
}

const line = (text: string): string => printable(text).replaceAll('\n', ' ');
