import { createServer, type Server, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import type { Dispatcher } from 'undici';
import { connectFailure } from '../../../lib/transports/connect-failure.js';
import { type ConnectionOptions, openConnections } from '../../../lib/transports/connections.js';
import { bytesReadBefore } from '../../../lib/transports/connector.js';
import { createAuthority } from './certificates.js';
import { failureOf } from './connecting.js';
import { type Listening, listen, proxyServer } from './connection-servers.js';
import { closedAfterEach } from './servers.js';

const keep = closedAfterEach();

const authority = createAuthority();
const identity = { ...authority.issue() };
const tls = { ca: authority.cert };

type Respond = (socket: Socket, request: number, raw: Socket) => void;

/** A server that counts the requests of each connection, and does with its socket what it likes. */
const rawServer = (respond: Respond): Promise<Listening> => listen(createServer(eachRequest(respond)));

async function rawTlsServer(respond: Respond): Promise<Listening> {
  const raw: Socket[] = [];
  const server: Server = createTlsServer(
    identity,
    eachRequest((socket, n) => respond(socket, n, raw.at(-1) ?? socket)),
  );
  server.on('connection', (socket: Socket) => raw.push(socket));
  return listen(server, 'https:');
}

const eachRequest = (respond: Respond) => (socket: Socket) => {
  let requests = 0;
  socket.on('error', () => {}).on('data', () => respond(socket, ++requests, socket));
};

const reply = (...headers: readonly string[]): string =>
  ['HTTP/1.1 200 OK', 'Content-Length: 2', ...headers, '', 'ok'].join('\r\n');

async function connectionsTo(origin: string, options: Partial<ConnectionOptions> = {}): Promise<Dispatcher> {
  const pool = await openConnections(origin, { connectMs: 30_000, proxy: false, tls, ...options });
  return keep(Object.assign(pool, { close: () => pool.destroy() }));
}

/** One request. A pool takes a connection as free only in the turn of the event loop after its reply. */
async function call(pool: Dispatcher, origin: string): Promise<string> {
  const { body } = await pool.request({ origin, path: '/', method: 'POST' });
  const text = await body.text();
  await nextTurn();
  return text;
}

const rejected = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => expect(value).toBe('no value'),
    (error: unknown) => error,
  );

describe('a connection', () => {
  test('is kept for the next call', async () => {
    const { origin, connections } = keep(await rawServer((socket) => socket.write(reply())));
    const pool = await connectionsTo(origin);
    for (let i = 0; i < 5; i++) expect(await call(pool, origin)).toBe('ok');
    expect(connections()).toBe(1);
  });

  test('is not used again if the server keeps it for too short a time', async () => {
    const { origin, connections } = keep(await rawServer((socket) => socket.write(reply('Keep-Alive: timeout=1'))));
    const pool = await connectionsTo(origin);
    for (let i = 0; i < 3; i++) expect(await call(pool, origin)).toBe('ok');
    expect(connections()).toBe(3);
  });

  test('is one of 16 at the most, and carries one call at a time', async () => {
    const waiting: Socket[] = [];
    const { origin, connections } = keep(await rawServer((socket) => waiting.push(socket)));
    const pool = await connectionsTo(origin);
    const calls = Promise.all(Array.from({ length: 40 }, () => call(pool, origin)));
    for (let answered = 0; answered < 40; answered++) {
      while (waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      waiting.shift()?.write(reply());
    }
    expect(await calls).toHaveLength(40);
    expect(connections()).toBe(16);
  });

  test('to a host with several addresses, all of which refuse, sent nothing', async () => {
    const { port, close } = await rawServer(() => {});
    await close();
    expect(await failureOf(`http://localhost:${port}`)).toMatchObject({
      code: 'connect',
      outcome: 'not-sent',
      cause: { code: 'ECONNREFUSED' },
    });
  });
});

type Way = readonly [string, (respond: Respond) => Promise<Listening>, boolean];

const ways: readonly Way[] = [
  ['HTTP', rawServer, false],
  ['TLS', rawTlsServer, false],
  ['HTTP through a proxy', rawServer, true],
  ['TLS through a proxy', rawTlsServer, true],
];

const endings: readonly (readonly [string, (socket: Socket, raw: Socket) => unknown])[] = [
  ['ended', (socket) => socket.end()],
  ['reset', (_, raw) => raw.resetAndDestroy()],
];

describe.each(ways)('a connection over %s', (_, serve, throughProxy) => {
  const poolTo = async (origin: string) =>
    connectionsTo(origin, throughProxy ? { proxy: keep(await proxyServer()).origin } : {});

  test.each(endings)('that is new and %s had brought nothing', async (_, end) => {
    const { origin } = keep(await serve((socket, _, raw) => end(socket, raw)));
    const error = await rejected(call(await poolTo(origin), origin));
    expect(bytesReadBefore(error)).toBe(0);
    expect(connectFailure(error, origin)).toBeUndefined();
  });

  test.each(endings)('that was used before and is %s had brought the earlier reply', async (_, end) => {
    const { origin, connections } = keep(
      await serve((socket, request, raw) => (request === 1 ? socket.write(reply()) : end(socket, raw))),
    );
    const pool = await poolTo(origin);
    expect(await call(pool, origin)).toBe('ok');
    const error = await rejected(call(pool, origin));
    expect(bytesReadBefore(error)).toBe(reply().length);
    expect(connectFailure(error, origin)).toBeUndefined();
    expect(connections()).toBe(1);
    expect(await call(pool, origin)).toBe('ok');
  });
});

describe('what a connection had brought', () => {
  test('is not known of errors that are none of a connection', async () => {
    const { port, close } = await rawServer(() => {});
    await close();
    const origin = `http://127.0.0.1:${port}`;
    expect(bytesReadBefore(await rejected(call(await connectionsTo(origin), origin)))).toBeUndefined();
    expect(bytesReadBefore(new Error('another'))).toBeUndefined();
    expect(bytesReadBefore('a text')).toBeUndefined();
    expect(bytesReadBefore(null)).toBeUndefined();
  });

  test('may be asked of one error that ended several connections', async () => {
    const { origin, connections } = keep(await rawServer(() => {}));
    const pool = await connectionsTo(origin);
    const calls = [rejected(call(pool, origin)), rejected(call(pool, origin))];
    while (connections() < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    await pool.destroy(new Error('no more'));
    for (const error of await Promise.all(calls)) expect(bytesReadBefore(error)).toBe(0);
  });
});
