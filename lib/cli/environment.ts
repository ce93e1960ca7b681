/**
 * The environment variables that say where the service is and who calls it.
 */
import { readFileSync } from 'node:fs';
import { type ChatClient, type ChatClientOptions, createChatClient } from '../chat.js';
import type { Credentials } from '../interceptors/login.js';
import { fileTicketStore } from '../tickets/file.js';
import type { TicketStore } from '../tickets/store.js';

/** Something that the user has to put right before anything can be done. */
export class UsageError extends Error {}

export interface Installation {
  /** The folder with the .svc files; undefined where all goes over REST. */
  readonly baseUrl: string | undefined;
  /** The folder of the REST API. */
  readonly restUrl: string | undefined;
  readonly credentials: Credentials;
  readonly applicationToken: string | undefined;
  readonly allowInsecure: boolean;
  readonly ticketStore: TicketStore | undefined;
}

export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Installation {
  const { SUPEROFFICE_URL: baseUrl, SUPEROFFICE_REST_URL: restUrl } = env;
  if (!baseUrl && !restUrl) {
    throw new UsageError(
      'SUPEROFFICE_URL is not set; it names the folder with the .svc files (or SUPEROFFICE_REST_URL that of the REST API)',
    );
  }
  const credentials = readCredentials(env);
  const folder = env.SUPEROFFICE_TICKET_STORE;
  return {
    baseUrl: baseUrl || undefined,
    restUrl: restUrl || undefined,
    credentials,
    applicationToken: env.SUPEROFFICE_APPLICATION_TOKEN || undefined,
    allowInsecure: /^(?:1|true)$/i.test(env.SUPEROFFICE_ALLOW_INSECURE ?? ''),
    // A ticket that was given is nothing to keep, and REST gives none.
    ticketStore: folder && baseUrl && !('ticket' in credentials) ? fileTicketStore(folder) : undefined,
  };
}

function readCredentials(env: NodeJS.ProcessEnv): Credentials {
  const { SUPEROFFICE_TICKET: ticket, SUPEROFFICE_USER: userName } = env;
  if (ticket) return { ticket };
  if (!userName) throw new UsageError('neither SUPEROFFICE_USER nor SUPEROFFICE_TICKET is set');
  const password = readPassword(env);
  // Only a ticket in the place of the name goes without one.
  if (password === '' && !userName.includes(':')) throw new UsageError('the password is empty');
  return { userName, password };
}

function readPassword({ SUPEROFFICE_PASSWORD: password, SUPEROFFICE_PASSWORD_FILE: file }: NodeJS.ProcessEnv): string {
  if (password !== undefined) return password;
  if (!file) throw new UsageError('neither SUPEROFFICE_PASSWORD nor SUPEROFFICE_PASSWORD_FILE is set');
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new UsageError(`SUPEROFFICE_PASSWORD_FILE cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** Runs `use` with a client of the installation that the environment names: over SOAP, unless it names REST alone. */
export async function withClient<Result>(
  use: (chat: ChatClient) => Promise<Result>,
  options: Partial<ChatClientOptions> = {},
): Promise<Result> {
  const { baseUrl, restUrl, ...installation } = readEnvironment();
  const wire = baseUrl === undefined ? { rest: { baseUrl: restUrl ?? '' } } : { baseUrl };
  const chat = createChatClient({ ...wire, ...installation, ...options });
  try {
    return await use(chat);
  } finally {
    await chat.close();
  }
}
