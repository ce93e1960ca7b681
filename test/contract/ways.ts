/**
 * Every way that a call can travel to a service that is there as a transport.
 */
import type { Transport } from '../../lib/index.js';
import { Chat, type SoapVersion, SoPrincipal, soapTransport } from '../../lib/index.js';
import { serveSoap } from '../../lib/server.js';

export interface Way {
  readonly name: string;
  /** Whether it tells the service's refusals apart from failures, and so that nothing was done. */
  readonly tellsRefusals: boolean;
  /** Leads to the service; `close` ends what was opened for it. */
  readonly to: (service: Transport) => Promise<{ readonly transport: Transport; readonly close: () => Promise<void> }>;
}

const overSoap = (version: SoapVersion, errors: 'exception-info' | 'soap-fault'): Way => ({
  name: `SOAP ${version} with refusals as ${errors}`,
  tellsRefusals: errors === 'exception-info',
  to: async (service) => {
    const server = await serveSoap([Chat, SoPrincipal], service, { versions: [version], errors });
    const transport = soapTransport({ baseUrl: server.baseUrl, version });
    return {
      transport,
      close: async () => {
        await transport.close();
        await server.close();
      },
    };
  },
});

export const ways: readonly Way[] = [
  { name: 'in process', tellsRefusals: true, to: async (service) => ({ transport: service, close: async () => {} }) },
  overSoap('1.1', 'exception-info'),
  overSoap('1.1', 'soap-fault'),
  overSoap('1.2', 'exception-info'),
  overSoap('1.2', 'soap-fault'),
];
