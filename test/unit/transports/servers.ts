/**
 * Servers for the tests of transports: real ones, on a free port of this machine.
 */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';

/** A request as it came. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface TestServer {
  readonly origin: string;
  readonly baseUrl: string;
  readonly seen: readonly Seen[];
  readonly close: () => Promise<void>;
}

/** An HTTP server that answers every request in the same manner. */
export async function httpServer(respond: (response: ServerResponse, seen: Seen) => void): Promise<TestServer> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
    seen.push(one);
    respond(response, one);
  });
  return { ...(await listen(server)), seen };
}

/** The same answer for every request. */
export const answering = (
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = { 'content-type': 'text/xml; charset=utf-8' },
): Promise<TestServer> => httpServer((response) => response.writeHead(status, headers).end(body));

export interface TcpServer extends Omit<TestServer, 'seen'> {
  /** How many requests have come in full. */
  readonly requests: () => number;
}

/** A server that has the bare socket once a request has come in full, and does with it what it likes. */
export async function tcpServer(respond: (socket: Socket, request: number) => void): Promise<TcpServer> {
  let requests = 0;
  const server = createTcpServer((socket) => {
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const [head = '', body] = text.split('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (body === undefined || body.length < length) return;
      text = '';
      respond(socket, ++requests);
    });
  });
  return { ...(await listen(server)), requests: () => requests };
}

/** A base URL on which nothing listens. */
export async function deadEnd(): Promise<string> {
  const { baseUrl, close } = await listen(createTcpServer());
  await close();
  return baseUrl;
}

async function listen(server: Server): Promise<Omit<TestServer, 'seen'>> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return { origin, baseUrl: `${origin}/Remote/Services88`, close };
}

interface Closable {
  readonly close: () => unknown;
}

/** Gives what it is given, and closes it after the test; what was opened first is closed first. */
export function closedAfterEach(): <T extends Closable>(opened: T) => T {
  const open: Closable[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });
  return (opened) => {
    open.push(opened);
    return opened;
  };
}

export { errorOf } from '../error-of.js';
