/**
 * `simulate`: the stand-in for the service, over SOAP and REST, until it is interrupted.
 */
import { Command } from 'commander';
import { Chat } from '../generated/chat.js';
import { SoPrincipal } from '../generated/so-principal.js';
import { port } from './numbers.js';
import { interrupted, tellError as onError, serving } from './serving.js';

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
      // What is done over the one is seen over the other.
      const simulator = createSimulator();
      const { open, close } = serving();
      const soap = await open({ port: options.port }, (at) =>
        serveSoap([Chat, SoPrincipal], simulator, { ...at, onError }),
      );
      const rest = await open({ port: options.restPort }, (at) => serveRest(simulator, { ...at, onError }));
      process.stdout.write(`${soap.baseUrl}\n${rest.baseUrl}\n`);
      console.error(ABOUT);
      await interrupted();
      await close();
    });

const ABOUT = `Users anna, joerg, mette, paal and zoe, password demo. Sessions 41 to 43 and 49 are over, 44, 45 and 48 are
live (48 is offered to anna), 46 and 47 wait in the queue. Ctrl-C ends it; what was changed is forgotten then.`;
