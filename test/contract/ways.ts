/**
 * Every way that a call can travel to a service that is there as a transport.
 */
import {
  type Call,
  Chat,
  type ClosableTransport,
  type Operation,
  type Reply,
  type RestStyle,
  restTransport,
  type SoapVersion,
  SoPrincipal,
  soapTransport,
  type Transport,
} from '../../lib/index.js';
import { serveRest, serveSoap } from '../../lib/server.js';

export interface Way {
  readonly name: string;
  /** Leads to the service; `close` ends what was opened for it. */
  readonly to: (service: Transport) => Promise<{ readonly transport: Transport; readonly close: () => Promise<void> }>;
  /** Whether it tells the service's refusals apart from failures, and so that nothing was done. */
  readonly tellsRefusals: boolean;
  /** What does not get through it; all does, where this is left out. */
  readonly lossy?: Lossy;
}

/** What a way over REST has no place for. */
interface Lossy {
  /** The operations whose calls arrive as they were made; others are answered by other means. */
  readonly carries: (operation: Operation) => boolean;
  /** Header parts that HTTP can carry, in the place of others. */
  readonly header: (seed: number) => Call['header'];
  readonly replyHeader: (seed: number) => Reply['header'];
  /** Whether a null result is one, and not a failure. */
  readonly tellsNull: (operation: Operation) => boolean;
}

/** What is opened for a way, from the service outwards. */
const through = (transport: ClosableTransport, ...servers: readonly { readonly close: () => Promise<void> }[]) => ({
  transport,
  close: async () => {
    for (const each of [transport, ...servers]) await each.close();
  },
});

const overSoap = (version: SoapVersion, errors: 'exception-info' | 'soap-fault'): Way => ({
  name: `SOAP ${version} with refusals as ${errors}`,
  tellsRefusals: errors === 'exception-info',
  to: async (service) => {
    const server = await serveSoap([Chat, SoPrincipal], service, { versions: [version], errors });
    return through(soapTransport({ baseUrl: server.baseUrl, version }), server);
  },
});

const zones = [{ soTimeZoneId: 261 }, { soTimeZoneLocationCode: 'NO' }, { soTimeZoneLocationCode: 'US-NY' }];

const inRest = (style: RestStyle): Lossy => ({
  carries: ({ service }) => service.name === 'Chat',
  header: (seed) => ({
    credentials: { ticket: seed % 2 === 0 ? '7T:a+b/c==' : '8A:x.y-z' },
    ...(seed % 3 > 0 && { applicationToken: `my application ${seed}` }),
    ...(zones[seed % 4] && { timeZone: zones[seed % 4] }),
  }),
  replyHeader: (seed) => ({ succeeded: true, ...(zones[seed % 4] && { timeZone: zones[seed % 4] }) }),
  // Some reads of the entity style go by the agent, as those with a name that no path can carry.
  tellsNull: ({ name, retry }) =>
    /^PickUp/.test(name) ||
    (style === 'entity' && retry === 'read' && !/^CreateDefaultChatTopicAgent$|UserAgent$/.test(name)),
});

const overRest = (style: RestStyle): Way => ({
  name: `REST in ${style} style`,
  tellsRefusals: true,
  lossy: inRest(style),
  to: async (service) => {
    const server = await serveRest(service);
    return through(restTransport({ baseUrl: server.baseUrl, style }), server);
  },
});

const overBridge = (style: RestStyle): Way => ({
  name: `SOAP, and a bridge to REST in ${style} style`,
  tellsRefusals: true,
  lossy: inRest(style),
  to: async (service) => {
    const server = await serveRest(service);
    const rest = restTransport({ baseUrl: server.baseUrl, style });
    const bridge = await serveSoap([Chat, SoPrincipal], rest);
    return through(soapTransport({ baseUrl: bridge.baseUrl }), bridge, rest, server);
  },
});

export const ways: readonly Way[] = [
  { name: 'in process', tellsRefusals: true, to: async (service) => ({ transport: service, close: async () => {} }) },
  overSoap('1.1', 'exception-info'),
  overSoap('1.1', 'soap-fault'),
  overSoap('1.2', 'exception-info'),
  overSoap('1.2', 'soap-fault'),
  overRest('agent'),
  overRest('entity'),
  overBridge('agent'),
  overBridge('entity'),
];
