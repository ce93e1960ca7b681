/**
 * `simulate`: the stand-in for the service, over SOAP and REST, until it is interrupted.
 */
import { once } from 'node:events';
import { Command } from 'commander';
import { Chat } from '../generated/chat.js';
import { SoPrincipal } from '../generated/so-principal.js';
import { UsageError } from './environment.js';
import { port } from './numbers.js';

export const simulateCommand = (): Command =>
  new Command('simulate')
    .description(
      'Serves a stand-in for the service on this machine, with a demo company in it, and prints its URLs: that of SOAP, and that of REST.',
    )
    .option('--port <number>', 'port of SOAP to listen on; any free one by default', port)
    .option('--rest-port <number>', 'port of REST; any free one by default', port)
    .action(async (options: { port?: number; restPort?: number }) => {
      // Nothing of the stand-in is loaded for the other commands.
      const { createSimulator, serveRest, serveSoap } = await import('../server.js');
      const onError = (error: unknown, operation = 'the server'): void => console.error(`${operation} failed:`, error);
      // What is done over the one is seen over the other.
      const simulator = createSimulator();
      const soap = await listening(options.port, (port) =>
        serveSoap([Chat, SoPrincipal], simulator, { port, onError }),
      );
      const rest = await listening(options.restPort, (port) => serveRest(simulator, { port, onError })).catch(
        async (error: Error) => {
          await soap.close();
          throw error;
        },
      );
      process.stdout.write(`${soap.baseUrl}\n${rest.baseUrl}\n`);
      console.error(ABOUT);
      await interrupted();
      await Promise.all([soap.close(), rest.close()]);
    });

const ABOUT = `Users anna, joerg, mette, paal and zoe, password demo. Sessions 41 to 43 and 49 are over, 44, 45 and 48 are
live (48 is offered to anna), 46 and 47 wait in the queue. Ctrl-C ends it; what was changed is forgotten then.`;

async function listening<Server>(port = 0, serve: (port: number) => Promise<Server>): Promise<Server> {
  try {
    return await serve(port);
  } catch (error) {
    throw new UsageError(`port ${port} cannot be listened on: ${(error as Error).message}`);
  }
}

/** Waits for the first signal to end; a second one ends the process at once, as ever. */
async function interrupted(): Promise<void> {
  const waiting = new AbortController();
  await Promise.race(['SIGINT', 'SIGTERM'].map((name) => once(process, name, { signal: waiting.signal })));
  waiting.abort();
}
