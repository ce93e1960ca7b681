/**
 * Serves the simulator of the built package, by itself or behind a bridge from SOAP to REST, until it is ended by a signal,
 * and prints the port and a valid ticket.
 *
 *     node test/faults/server-for-cases.mjs [sim | bridge] [port]
 */
import { Chat, createClient, restTransport, SoPrincipal } from 'services88-chat';
import { bridge } from 'services88-chat/migrate';
import { createSimulator, serveRest, serveSoap } from 'services88-chat/server';

const [target = 'sim', port = '0'] = process.argv.slice(2);
const simulator = createSimulator();
const rest = await serveRest(simulator);
const transport = target === 'bridge' ? bridge({ rest: restTransport({ baseUrl: rest.baseUrl }) }) : simulator;
const { credentials } = await createClient(SoPrincipal, simulator).authenticateUsernamePassword({
  userName: 'anna',
  password: 'demo',
});
const server = await serveSoap([Chat, SoPrincipal], transport, { port: Number(port) });
console.log(server.port, credentials.ticket);

const close = () => Promise.all([server.close(), rest.close()]).then(() => process.exit());
process.once('SIGTERM', close);
process.once('SIGINT', close);
