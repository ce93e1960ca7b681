/**
 * Serves the simulator of the built package until it is ended by a signal, and prints the port and a valid ticket.
 *
 *     node test/faults/server-for-cases.mjs [port]
 */
import { Chat, createClient, SoPrincipal } from 'services88-chat';
import { createSimulator, serveSoap } from 'services88-chat/server';

const simulator = createSimulator();
const { credentials } = await createClient(SoPrincipal, simulator).authenticateUsernamePassword({
  userName: 'anna',
  password: 'demo',
});
const server = await serveSoap([Chat, SoPrincipal], simulator, { port: Number(process.argv[2] ?? 0) });
console.log(server.port, credentials.ticket);

process.once('SIGTERM', server.close);
process.once('SIGINT', server.close);
