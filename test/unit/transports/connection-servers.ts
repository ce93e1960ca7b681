/**
 * Servers for the tests of connections: HTTPS, and proxies. Whatever they are asked, they answer with a few bytes.
 */
import { createServer as createHttpServer, type Server as HttpServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';

export interface Listening {
  readonly origin: string;
  readonly port: number;
  /** How many connections it has accepted. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

/** Listens on a free port of this machine, and ends all connections when it is closed. */
export async function listen(server: Server, protocol = 'http:'): Promise<Listening> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket.on('error', () => {}).once('close', () => sockets.delete(socket)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return { origin: `${protocol}//127.0.0.1:${port}`, port, connections: () => connections, close };
}

export interface Answering extends Listening {
  /** The headers of the requests that came. */
  readonly seen: readonly IncomingHttpHeaders[];
}

export const ANSWER = 'here it is';

async function answering(server: HttpServer, protocol: string): Promise<Answering> {
  const seen: IncomingHttpHeaders[] = [];
  server.on('request', ({ headers }, response) => {
    seen.push(headers);
    response.end(ANSWER);
  });
  return { ...(await listen(server, protocol)), seen };
}

export const plainServer = (): Promise<Answering> => answering(createHttpServer(), 'http:');

export const tlsServer = (options: ServerOptions): Promise<Answering> =>
  answering(createHttpsServer(options), 'https:');

export interface ProxyServer extends Listening {
  /** What it was asked for, in full: the lines `CONNECT host:port` or another method with its target. */
  readonly asked: readonly string[];
  readonly headers: readonly IncomingHttpHeaders[];
}

/** As an answer of a proxy: none, and the connection stays. */
export const SILENCE = '(silence)';

interface ProxyOptions {
  /** Speaks TLS with this. */
  readonly tls?: ServerOptions;
  /** What it answers instead of making a tunnel; it makes one where that is undefined. */
  readonly answer?: () => string | undefined;
  /** Where tunnels lead to, whatever they were asked for; else there. */
  readonly leadingTo?: number;
}

/** Where one of the two connections ends, the other ends too. */
export function endTogether(...[first, second]: readonly [Socket, Socket]): void {
  for (const [one, other] of [
    [first, second],
    [second, first],
  ] as const) {
    one.on('error', () => other.destroy()).once('close', () => other.destroy());
  }
}

/** A proxy that makes tunnels. */
export async function proxyServer(options: ProxyOptions = {}): Promise<ProxyServer> {
  const asked: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = options.tls ? createHttpsServer(options.tls) : createHttpServer();
  server.on('request', (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(501).end();
  });
  server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    headers.push(request.headers);
    const answer = options.answer?.();
    if (answer === SILENCE) return;
    if (answer !== undefined) return void socket.end(answer);
    const { hostname, port } = new URL(`http://${request.url}`);
    const onward = connect(options.leadingTo ?? Number(port || 80), options.leadingTo ? '127.0.0.1' : hostname);
    onward.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    endTogether(socket, onward);
  });
  return { ...(await listen(server, options.tls ? 'https:' : 'http:')), asked, headers };
}
