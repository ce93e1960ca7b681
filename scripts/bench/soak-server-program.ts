/**
 * One simulator on two ports, as it is and with trouble in front of it, and a count of what it has been asked.
 */
import type { Transport } from '../../lib/call.js';
import { listening } from './beside.js';
import { codec } from './built.js';
import { client, server } from './built-whole.js';

export interface SoakPorts {
  readonly clean: number;
  readonly troubled: number;
}

/** How often the simulator was asked for each thing. */
export type Asked = Readonly<Record<string, number>>;

const simulator = server.createSimulator();
let asked: Record<string, number> = {};
const counted: Transport = (call) => {
  const { operation, input } = call;
  // What a login carries is its user's secret.
  const what = operation.service.name === 'Chat' ? `${operation.name} ${JSON.stringify(input)}` : operation.name;
  asked[what] = (asked[what] ?? 0) + 1;
  return simulator(call);
};

const inTrouble = server.trouble({
  resetBefore: 0.005,
  resetAfter: 0.005,
  unavailable: 0.01,
  stall: 0.01,
  // A login that fails fails all the calls that wait for it, which would hide what becomes of each of them.
  only: ({ operation }) => operation.service.name === 'Chat',
});
const services = [codec.Chat, codec.SoPrincipal];
const clean = await server.serveSoap(services, counted);
const troubled = await server.serveSoap(services, client.intercept(counted, inTrouble));

listening({ clean: clean.port, troubled: troubled.port } satisfies SoakPorts, {
  expire: () => simulator.expireTickets(),
  asked: () => {
    const before: Asked = asked;
    asked = {};
    return before;
  },
});
