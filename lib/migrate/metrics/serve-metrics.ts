/**
 * Serves counts over HTTP, apart from what is counted: `/metrics` for monitoring systems, `/metrics.json` for programs.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { requireKnown, requirePort } from '../../options.js';
import type { Metrics, MetricsReport } from '../metrics.js';
import { PROMETHEUS_TYPE, prometheusText } from './prometheus.js';

export type { MetricsReport };

export interface MetricsServerOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** The address to listen on; `127.0.0.1` by default. */
  readonly host?: string | undefined;
}

export interface MetricsServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const forms: Readonly<Record<string, { readonly type: string; readonly text: (report: MetricsReport) => string }>> = {
  '/metrics': { type: PROMETHEUS_TYPE, text: prometheusText },
  '/metrics.json': {
    type: 'application/json; charset=utf-8',
    text: (report) => `${JSON.stringify(report, null, 2)}\n`,
  },
};

/** @throws InputError for options that are not right */
export async function serveMetrics(
  { report }: Pick<Metrics, 'report'>,
  options: MetricsServerOptions = {},
): Promise<MetricsServer> {
  requireKnown('', options, ['port', 'host']);
  const { port = 0, host = '127.0.0.1' } = options;
  requirePort('port', port);
  const server = createServer(({ url = '', method = '' }, response) => {
    const form = /^(?:GET|HEAD)$/.test(method) ? forms[url.split('?')[0] ?? ''] : undefined;
    const said = form ?? {
      type: 'text/plain; charset=utf-8',
      text: () => `there is ${Object.keys(forms).join(', ')}\n`,
    };
    response.writeHead(form ? 200 : 404, { 'content-type': said.type }).end(said.text(report()));
  });
  server.listen(port, host);
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
