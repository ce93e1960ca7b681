/**
 * Connections to one origin: directly or through a proxy, verified, kept open for the calls to come.
 */
import type { Dispatcher } from 'undici';
import { type Connector, watched } from './connector.js';
import { proxyFor } from './proxy.js';
import { requireTls, type TlsOptions, tlsSettings } from './tls.js';

export interface ConnectionOptions {
  /** Milliseconds that each step to a connection may take: to the proxy, its answer, TLS. Infinity for no limit. */
  readonly connectMs: number;
  readonly tls?: TlsOptions | undefined;
  /**
   * The URL of an HTTP proxy, with the user's name and password in it where the proxy wants them; `false` for none. If
   * left out, what HTTPS_PROXY, HTTP_PROXY and NO_PROXY in the environment say, which is none for this machine. Calls to
   * http: URLs go through a tunnel too, and many proxies make none to port 80.
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
  const { buildConnector, Pool } = await import('undici');
  const { connectMs, tls = {} } = options;
  // undici writes no limit as 0.
  const timeout = connectMs === Number.POSITIVE_INFINITY ? 0 : connectMs;
  const connectorWith = (each: TlsOptions): Connector => buildConnector({ ...tlsSettings(each), timeout });
  const toOrigin = named(connectorWith(tls), tls.servername);
  const proxy = proxyFor(origin, options.proxy);
  // The client's certificate is not for the proxy.
  const connect = proxy
    ? (await import('./tunnel.js')).tunnelling({
        proxy,
        toProxy: connectorWith({ ca: tls.ca }),
        toOrigin,
        answerMs: connectMs,
      })
    : toOrigin;
  return new Pool(origin, {
    connections: 16,
    pipelining: 1,
    allowH2: false,
    // What the server's Keep-Alive says is held to, but IIS ends connections that were idle for 120 s whatever it says.
    keepAliveMaxTimeout: 100_000,
    connect: watched(connect),
  });
}

/** undici takes the name in the URL before it looks at the option. */
const named = (connect: Connector, servername: string | undefined): Connector =>
  servername === undefined ? connect : (to, done) => connect({ ...to, servername }, done);
