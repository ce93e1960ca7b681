/**
 * `simulate`: the stand-in for the service, until it is interrupted.
 */
import { once } from 'node:events';
import { Command } from 'commander';
import { Chat } from '../generated/chat.js';
import { SoPrincipal } from '../generated/so-principal.js';
import { UsageError } from './environment.js';
import { port } from './numbers.js';

export const simulateCommand = (): Command =>
  new Command('simulate')
    .description('Serves a stand-in for the service on this machine, with a demo company in it, and prints its URL.')
    .option('--port <number>', 'port to listen on; any free one by default', port)
    .action(async (options: { port?: number }) => {
      // Nothing of the stand-in is loaded for the other commands.
      const { createSimulator, serveSoap } = await import('../server.js');
      const onError = (error: unknown, operation = 'the server'): void => console.error(`${operation} failed:`, error);
      const server = await serveSoap([Chat, SoPrincipal], createSimulator(), { ...options, onError }).catch(
        (error: Error) => {
          throw new UsageError(`port ${options.port ?? 0} cannot be listened on: ${error.message}`);
        },
      );
      process.stdout.write(`${server.baseUrl}\n`);
      console.error(ABOUT);
      await interrupted();
      await server.close();
    });

const ABOUT = `Users anna, joerg, mette, paal and zoe, password demo. Sessions 41 to 43 and 49 are over, 44, 45 and 48 are
live (48 is offered to anna), 46 and 47 wait in the queue. Ctrl-C ends it; what was changed is forgotten then.`;

/** Waits for the first signal to end; a second one ends the process at once, as ever. */
async function interrupted(): Promise<void> {
  const listening = new AbortController();
  await Promise.race(['SIGINT', 'SIGTERM'].map((name) => once(process, name, { signal: listening.signal })));
  listening.abort();
}
