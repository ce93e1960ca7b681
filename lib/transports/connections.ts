/**
 * Connections to one origin: directly or through a proxy, verified, kept open for the calls to come.
 */
import type { Dispatcher } from 'undici';
import { type Connector, watched } from './connector.js';
import { type HttpProxy, proxyFor } from './proxy.js';
import { requireTls, type TlsOptions, tlsSettings } from './tls.js';

export interface ConnectionOptions {
  /** Milliseconds that each step may take until a connection stands; Infinity for no limit. */
  readonly connectMs: number;
  readonly tls?: TlsOptions | undefined;
  /**
   * The URL of an HTTP proxy, with the user's name and password in it where it wants them; `false` for none. If left
   * out, what HTTPS_PROXY, HTTP_PROXY and NO_PROXY in the environment say.
   */
  readonly proxy?: string | false | undefined;
}

/** @throws InputError for options, or variables of the environment, that are not right */
export function requireConnectionOptions(origin: string, { tls, proxy }: Omit<ConnectionOptions, 'connectMs'>): void {
  requireTls(tls);
  proxyFor(origin, proxy);
}

/** A pool of connections to an origin. undici is loaded here, when the first of them is wanted. */
export async function openConnections(origin: string, options: ConnectionOptions): Promise<Dispatcher> {
  const { Pool } = await import('undici');
  const proxy = proxyFor(origin, options.proxy);
  const direct = await connectorWith(options);
  return new Pool(origin, {
    connections: 16,
    pipelining: 1,
    allowH2: false,
    // What the server's Keep-Alive says is held to, but IIS ends connections that were idle for 120 s whatever it says.
    keepAliveMaxTimeout: 100_000,
    connect: watched(proxy ? await through(proxy, direct, options) : direct),
  });
}

/** undici takes the host's name for the certificate's before it looks at the option, and writes no limit as 0. */
async function connectorWith({ connectMs, tls = {} }: ConnectionOptions): Promise<Connector> {
  const { buildConnector } = await import('undici');
  const timeout = connectMs === Number.POSITIVE_INFINITY ? 0 : connectMs;
  const connect = buildConnector({ ...tlsSettings(tls), timeout });
  const { servername } = tls;
  return servername === undefined ? connect : (to, done) => connect({ ...to, servername }, done);
}

/** The client's certificate and the name of the server are not for the proxy. */
async function through(
  proxy: HttpProxy,
  toOrigin: Connector,
  { connectMs, tls }: ConnectionOptions,
): Promise<Connector> {
  const { tunnelling } = await import('./tunnel.js');
  const toProxy = await connectorWith({ connectMs, ...(tls?.ca !== undefined && { tls: { ca: tls.ca } }) });
  return tunnelling({ proxy, toProxy, toOrigin, answerMs: connectMs });
}
