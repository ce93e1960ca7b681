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
    .option('--port <number>', 'port to listen on; any free one by default', port, 0)
    .action(async (options: { port: number }) => {
      // Nothing of the stand-in is loaded for the other commands.
      const { createSimulator, serveSoap } = await import('../server.js');
      const server = await serveSoap([Chat, SoPrincipal], createSimulator(), options).catch((error: Error) => {
        throw new UsageError(`port ${options.port} cannot be listened on: ${error.message}`);
      });
      process.stdout.write(`${server.baseUrl}\n`);
      console.error('Log in as anna with the password demo. Ctrl-C ends it; what was changed is forgotten then.');
      await interrupted();
      await server.close();
    });

/** Waits for the first signal to end; a second one ends the process at once, as ever. */
async function interrupted(): Promise<void> {
  const listening = new AbortController();
  await Promise.race(['SIGINT', 'SIGTERM'].map((name) => once(process, name, { signal: listening.signal })));
  listening.abort();
}
