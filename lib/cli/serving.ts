/**
 * Commands that serve until they are interrupted.
 */
import { once } from 'node:events';
import { InputError, isCallError } from '../errors.js';
import { printable } from './conversation.js';
import { UsageError } from './environment.js';

/** Where to listen. */
export interface Address {
  readonly host?: string | undefined;
  readonly port?: number | undefined;
}

interface Closable {
  readonly close: () => Promise<unknown>;
}

/** Servers that are closed together. */
export interface Serving {
  /** @throws UsageError for an address that cannot be listened on; what was opened before is closed then */
  readonly open: <Server extends Closable>(
    address: Address,
    serve: (address: Address) => Promise<Server>,
  ) => Promise<Server>;
  readonly close: () => Promise<void>;
}

export function serving(): Serving {
  const opened: Closable[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((each) => each.close()));
  };
  return {
    open: async (address, serve) => {
      try {
        const server = await serve(address);
        opened.push(server);
        return server;
      } catch (error) {
        await close();
        if (error instanceof InputError) throw error;
        throw new UsageError(`port ${address.port ?? 0} cannot be listened on: ${(error as Error).message}`);
      }
    },
    close,
  };
}

/** Waits for the first signal to end; a second one ends the process at once, as ever. */
export async function interrupted(): Promise<void> {
  const waiting = new AbortController();
  await Promise.race(['SIGINT', 'SIGTERM'].map((name) => once(process, name, { signal: waiting.signal })));
  waiting.abort();
}

/** What went wrong behind a server, for its owner. */
export function tellError(error: unknown, operation = 'the server'): void {
  // An error of ours says all in its line; of others the stack is wanted.
  if (isCallError(error)) console.error(`services88-chat: ${operation} failed: ${printable(error.message)}`);
  else console.error(`services88-chat: ${operation} failed:`, error);
}
