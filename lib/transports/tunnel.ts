/**
 * Connections through an HTTP proxy. It is asked for a tunnel (CONNECT) to http: origins as well, so that it never sees
 * more of a call than the host and the port.
 */
import { type IncomingMessage, request } from 'node:http';
import { isIP, type Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { LONGEST_TIMER } from '../options.js';
import type { Connector } from './connector.js';
import type { HttpProxy } from './proxy.js';

type Target = buildConnector.Options;

interface Steps {
  readonly proxy: HttpProxy;
  /** Makes the connection to the proxy. */
  readonly toProxy: Connector;
  /** Makes the connection to an https: origin, within the tunnel. */
  readonly toOrigin: Connector;
  /** How long the proxy may take to answer. */
  readonly answerMs: number;
}

/** A connector that goes through a proxy, and asks it for a tunnel of its own for each connection. */
export const tunnelling =
  ({ proxy, toProxy, toOrigin, answerMs }: Steps): Connector =>
  (to, done) => {
    const fail = (error: Error): void => done(failure(proxy, error), null);
    toProxy(addressOf(proxy), (...[error, socket]) => {
      if (!socket) return fail(error);
      askForTunnel(proxy, socket, to, answerMs).then(() => {
        if (to.protocol === 'https:') toOrigin({ ...to, httpSocket: socket }, done);
        else done(null, socket);
      }, fail);
    });
  };

const addressOf = ({ protocol, hostname, port }: HttpProxy): Target => ({
  protocol,
  hostname,
  port,
  host: hostname,
  ...(isIP(hostname) === 0 && { servername: hostname }),
});

/** With a code of its own: undici takes a certificate for another host to be the server's, not that of a proxy. */
const failure = ({ shown }: HttpProxy, cause: Error & { status?: number }): Error =>
  Object.assign(new Error('no tunnel through the proxy', { cause }), {
    code: 'PROXY',
    proxy: shown,
    status: cause.status,
  });

function askForTunnel(proxy: HttpProxy, socket: Socket, to: Target, answerMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = answerMs > LONGEST_TIMER ? undefined : setTimeout(() => asked.destroy(late()), answerMs);
    const end = (error?: Error): void => {
      clearTimeout(timer);
      if (error) socket.on('error', () => {}).destroy();
      if (error) reject(error);
      else resolve();
    };
    const authority = to.port ? `${to.host}` : `${to.host}:${to.protocol === 'https:' ? 443 : 80}`;
    const { authorization } = proxy;
    const headers = { host: authority, ...(authorization && { 'proxy-authorization': authorization }) };
    const asked = request({ method: 'CONNECT', path: authority, headers, createConnection: () => socket })
      .once('connect', (answer, _, more: Buffer) => end(refusalIn(answer, more)))
      .on('error', end)
      .end();
  });
}

const late = (): Error =>
  Object.assign(new Error('the proxy did not answer in time'), { code: 'UND_ERR_CONNECT_TIMEOUT' });

function refusalIn({ statusCode = 0 }: IncomingMessage, more: Buffer): Error | undefined {
  if (statusCode < 200 || statusCode > 299) {
    return Object.assign(new Error(`the proxy answered ${statusCode}`), { status: statusCode });
  }
  // Nobody speaks before the client does, neither in TLS nor in HTTP.
  return more.length > 0 ? new Error('the proxy sent more than its answer') : undefined;
}
