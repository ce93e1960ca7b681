/**
 * Errors as one line on stderr, and exit codes.
 */
import { CommanderError } from 'commander';
import { type ErrorCode, isCallError } from '../errors.js';
import { printable } from './conversation.js';
import { UsageError } from './environment.js';

export const exitCodes = `Exit codes:
  0  done
  1  an error that should not happen
  2  the command, the environment or a value is not right; nothing was sent
  3  the ticket or the credentials were refused
  5  the service refused the call, or its answer is not what the contract promises
  6  no answer: connection, time-out, or the web server's own error
`;

const hints: Partial<Record<ErrorCode, string>> = {
  connect: 'is SUPEROFFICE_URL right, and is the server up?',
  timeout: 'is the server busy, or a firewall in between?',
  redirect: 'give the final address as SUPEROFFICE_URL',
  'http-status': 'does SUPEROFFICE_URL name the folder with the .svc files?',
  'content-type': 'does SUPEROFFICE_URL name the folder with the .svc files?',
  version: 'does SUPEROFFICE_URL lead to the Services88 folder?',
  envelope: 'does SUPEROFFICE_URL lead to the Services88 folder?',
  login: 'check SUPEROFFICE_USER and SUPEROFFICE_PASSWORD, or the age of SUPEROFFICE_TICKET',
};

/** Says on stderr what went wrong, and gives the exit code for it. */
export function report(error: unknown): number {
  if (error instanceof UsageError || error instanceof CommanderError) {
    console.error(`services88-chat: ${line(error.message)}`);
    return 2;
  }
  if (!isCallError(error)) {
    console.error('services88-chat: unexpected error', error);
    return 1;
  }
  const hint = hints[error.code];
  const unsure = error.outcome === 'unknown' && error.kind === 'transport' ? '; the service may have done it' : '';
  console.error(`services88-chat: ${line(error.message)} [${error.code}]${unsure}${hint ? ` (${hint})` : ''}`);
  if (error.code === 'login') return 3;
  return { input: 2, transport: 6, protocol: 5, fault: 5 }[error.kind];
}

const line = (text: string): string => printable(text).replaceAll('\n', ' ');
