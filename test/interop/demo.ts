/**
 * The simulator behind a server, our client in front of it, and the same calls for our client and for a peer.
 */
import {
  type Call,
  Chat,
  intercept,
  type Operation,
  type Reply,
  restTransport,
  SoPrincipal,
  soapTransport,
  type Transport,
  ticket,
} from '../../lib/index.js';
import { bridge } from '../../lib/migrate.js';
import { createSimulator, type ServeSoapOptions, serveRest, serveSoap } from '../../lib/server.js';
import type { PeerCall } from './peer-calls.js';
import type { ClientPeer } from './peers.js';
import { type Form, formsIn, withoutEmpties } from './wire-form.js';

/** A call before it is given to our client or to a peer. */
export interface Question {
  readonly operation: Operation;
  readonly input: object;
}

export const timeZone = { soTimeZoneId: 1, soTimeZoneLocationCode: 'UTC' };

export interface Demo {
  readonly baseUrl: string;
  /** All that reached the simulator, in the order in which it came. */
  readonly calls: Call[];
  /** What our client gets. */
  readonly ask: (question: Question) => Promise<Reply>;
  readonly close: () => Promise<void>;
}

/** What is behind the server: the simulator itself, or a bridge to the simulator's REST API. */
export type Behind = 'simulator' | 'bridge';

export async function openDemo(
  { version }: Pick<ClientPeer, 'version'>,
  errors: ServeSoapOptions['errors'] = 'exception-info',
  behind: Behind = 'simulator',
): Promise<Demo> {
  const calls: Call[] = [];
  const simulator = createSimulator({ clock: () => new Date('2026-03-02T09:00:00Z') });
  const service = async (call: Call): Promise<Reply> => {
    calls.push(call);
    return simulator(call);
  };
  const bridged = behind === 'bridge' ? await bridgeTo(service) : undefined;
  const server = await serveSoap([Chat, SoPrincipal], bridged?.transport ?? service, { versions: [version], errors });
  const transport = soapTransport({ baseUrl: server.baseUrl, version });
  const withTicket = intercept(transport, ticket({ userName: 'anna', password: 'demo' }));
  return {
    baseUrl: server.baseUrl,
    calls,
    ask: ({ operation, input }) =>
      withTicket({ operation, input, header: operation.service.name === 'Chat' ? { timeZone } : {} }),
    close: async () => {
      await transport.close();
      await server.close();
      await bridged?.close();
    },
  };
}

async function bridgeTo(service: Transport) {
  const server = await serveRest(service);
  const rest = restTransport({ baseUrl: server.baseUrl });
  return { transport: bridge({ rest }), close: () => rest.close().then(server.close) };
}

/** The call that a peer makes for a question. */
export function peerCall({ spelling }: ClientPeer, { operation, input }: Question, header?: Form): PeerCall {
  return {
    service: operation.service.name,
    operation: operation.name,
    input: formsIn(spelling).input(operation, input),
    header: header ?? { TimeZone: { SoTimeZoneId: 1, SoTimeZoneLocationCode: 'UTC' } },
  };
}

/** What a peer saw, as far as it can tell one from the other. */
export function seenBy({ exact }: ClientPeer, form: Form = {}): Form {
  return exact ? form : withoutEmpties(form);
}
