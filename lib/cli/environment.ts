/**
 * The environment variables that say where the service is and who calls it.
 */
import { type ChatClient, type ChatClientOptions, createChatClient } from '../chat.js';
import type { Credentials } from '../interceptors/login.js';

/** Something that the user has to put right before anything can be done. */
export class UsageError extends Error {}

export interface Installation {
  readonly baseUrl: string;
  readonly credentials: Credentials;
  readonly applicationToken: string | undefined;
}

export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Installation {
  const baseUrl = env.SUPEROFFICE_URL;
  if (!baseUrl) throw new UsageError('SUPEROFFICE_URL is not set; it names the folder with the .svc files');
  return {
    baseUrl,
    credentials: readCredentials(env),
    applicationToken: env.SUPEROFFICE_APPLICATION_TOKEN || undefined,
  };
}

function readCredentials({
  SUPEROFFICE_TICKET: ticket,
  SUPEROFFICE_USER: userName,
  SUPEROFFICE_PASSWORD: password,
}: NodeJS.ProcessEnv): Credentials {
  if (ticket) return { ticket };
  if (!userName) throw new UsageError('neither SUPEROFFICE_USER nor SUPEROFFICE_TICKET is set');
  if (password === undefined) throw new UsageError('SUPEROFFICE_PASSWORD is not set');
  return { userName, password };
}

/** Runs `use` with a client of the installation that the environment names. */
export async function withClient<Result>(
  use: (chat: ChatClient) => Promise<Result>,
  options: Partial<ChatClientOptions> = {},
): Promise<Result> {
  const chat = createChatClient({ ...readEnvironment(), ...options });
  try {
    return await use(chat);
  } finally {
    await chat.close();
  }
}
