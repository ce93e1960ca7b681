/**
 * Connections that end or fail on their first request: none of them had served before, and some say what is no HTTP.
 */
import type { Socket } from 'node:net';
import { type Call, Chat, encodeReply, soapTransport } from '../../../lib/index.js';
import { closedAfterEach, errorOf, type TcpServer, tcpServer } from './servers.js';

const keep = closedAfterEach();

const transportTo = ({ baseUrl }: TcpServer) => keep(soapTransport({ baseUrl }));

const aCall: Call = { operation: Chat.getChatMessages, input: { chatSessionId: 42, after: 0 }, header: {} };

const isHttp = 'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n';

const body = encodeReply(Chat.getChatMessages, []);
const good = `${isHttp}Content-Length: ${body.length}\r\n\r\n${body}`;

type Respond = (socket: Socket) => unknown;

const saying =
  (text: string): Respond =>
  (socket) =>
    socket.write(text);

const ending =
  (text: string): Respond =>
  (socket) =>
    socket.end(text);

/** The last is whether what comes is wrong by HTTP, rather than that it ends or is too much. */
const firsts: readonly (readonly [string, Respond, boolean])[] = [
  ['the banner of SSH', saying('SSH-2.0-OpenSSH_9.6\r\n'), true],
  ['the banner of SSH, and closes', ending('SSH-2.0-OpenSSH_9.6\r\n'), true],
  ['a length that is no number', saying(`${isHttp}Content-Length: abc\r\n\r\n`), true],
  ['a line of the head that is none', saying(`${isHttp}no colon here\r\n\r\n`), true],
  ['headers that are too large', saying(`${isHttp}X-Large: ${'x'.repeat(200_000)}\r\n\r\n`), false],
  ['101', saying('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'), false],
  ['101, and closes', ending('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'), false],
  ['half a head, and closes', ending('HTTP/1.1 200 OK\r\nContent-Le'), false],
  ['half a status line, and closes', ending('HTTP/1.'), false],
  ['the head alone, and closes', ending(`${isHttp}Content-Length: 9\r\n\r\n`), false],
];

describe('a server that answers the first request of a connection with', () => {
  test.each(firsts)('%s had not served before', async (_, respond, isNoHttp) => {
    const server = keep(await tcpServer(respond));
    const error = await errorOf(transportTo(server)(aCall));
    expect(error).toMatchObject({ kind: 'transport', outcome: 'unknown' });
    expect(error).not.toHaveProperty('stale');
    expect(error.message).not.toContain('had served before');
    if (isNoHttp) expect(error.message).toMatch(/; what it says is no HTTP$/);
  });

  test.each(firsts)('%s had not served before on this connection, though others had', async (_, respond) => {
    const server = keep(
      await tcpServer((socket, request) =>
        request === 1 ? socket.end(good.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')) : respond(socket),
      ),
    );
    const transport = transportTo(server);
    await transport(aCall);
    const error = await errorOf(transport(aCall));
    expect(server.requests()).toBe(2);
    expect(error).not.toHaveProperty('stale');
    expect(error.message).not.toContain('had served before');
  });
});

describe('a connection that had served before and', () => {
  const afterGood = (respond: Respond) =>
    tcpServer((socket, request) => (request === 1 ? socket.write(good) : respond(socket)));

  const second = async (respond: Respond) => {
    const transport = transportTo(keep(await afterGood(respond)));
    await transport(aCall);
    // A connection is free again in the turn of the event loop after its reply.
    await new Promise((resolve) => setImmediate(resolve));
    return errorOf(transport(aCall));
  };

  test.each<[string, Respond]>([
    ['is closed', (socket) => socket.end()],
    ['is reset', (socket) => socket.resetAndDestroy()],
  ])('%s without a word is stale', async (_, respond) => {
    const error = await second(respond);
    expect(error).toMatchObject({ code: 'connection', outcome: 'unknown', stale: true });
    expect(error.message).toContain('had served before');
  });

  test.each(firsts)('answers with %s is not', async (_, respond) => {
    const error = await second(respond);
    expect(error).toMatchObject({ kind: 'transport' });
    expect(error).not.toHaveProperty('stale');
  });
});
