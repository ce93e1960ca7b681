/**
 * `simulate`: the stand-in for the service, until it is interrupted.
 */
import { once } from 'node:events';
import { Command } from 'commander';
import { Chat } from '../generated/chat.js';
import { SoPrincipal } from '../generated/so-principal.js';
import { integer } from './integer.js';

export const simulateCommand = (): Command =>
  new Command('simulate')
    .description('Serves a stand-in for the service on this machine, with a demo company in it, and prints its URL.')
    .option('--port <number>', 'port to listen on; any free one by default', integer, 0)
    .action(async ({ port }: { port: number }) => {
      // Nothing of the stand-in is loaded for the other commands.
      const { createSimulator, serveSoap } = await import('../server.js');
      const server = await serveSoap([Chat, SoPrincipal], createSimulator(), { port });
      process.stdout.write(`${server.baseUrl}\n`);
      console.error('Log in as anna with the password demo. Ctrl-C ends it; what was changed is forgotten then.');
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
      await server.close();
    });
