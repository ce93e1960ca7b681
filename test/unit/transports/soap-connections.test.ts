import type { ServerResponse } from 'node:http';
import { connect as connectTo, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Client, type Dispatcher, Pool } from 'undici';
import {
  type Call,
  Chat,
  encodeReply,
  isRetryable,
  type SoapTransportOptions,
  soapTransport,
} from '../../../lib/index.js';
import { answering, closedAfterEach, deadEnd, errorOf, httpServer, tcpServer } from './servers.js';

const keep = closedAfterEach();

const transportTo = ({ baseUrl }: { readonly baseUrl: string }, options: Partial<SoapTransportOptions> = {}) =>
  keep(soapTransport({ baseUrl, ...options }));

const aCall = (signal?: AbortSignal): Call => ({
  operation: Chat.getChatMessages,
  input: { chatSessionId: 42, after: 7 },
  header: {},
  signal,
});

const aReply = (message = 'hello'): string => encodeReply(Chat.getChatMessages, [{ chatMessageId: 1, message }]);

const xml = { 'content-type': 'text/xml; charset=utf-8' };

/** The head of a reply, as bytes of HTTP. */
const head = (...lines: readonly string[]): string =>
  ['HTTP/1.1 200 OK', 'Content-Type: text/xml', ...lines, '', ''].join('\r\n');

/** A dispatcher of which every request fails with one error. */
const failingWith = (error: unknown, sent = false): Dispatcher =>
  ({
    dispatch: (_: unknown, handler: Dispatcher.DispatchHandler) => {
      const controller = { abort: () => {} } as unknown as Dispatcher.DispatchController;
      if (sent) handler.onRequestStart?.(controller, {});
      queueMicrotask(() => handler.onResponseError?.(controller, error as Error));
      return true;
    },
  }) as unknown as Dispatcher;

const systemError = (code: string, more: object = {}): Error =>
  Object.assign(new Error(`what ${code} means`), { code, ...more });

/** A dispatcher, and the sockets through which it sends. */
function dispatcherWithSockets(origin: string): { readonly dispatcher: Dispatcher; readonly sockets: Socket[] } {
  const sockets: Socket[] = [];
  const { hostname, port } = new URL(origin);
  const dispatcher = new Client(origin, {
    connect: (_, done) => {
      const socket = connectTo(Number(port), hostname, () => done(null, socket));
      sockets.push(socket);
    },
  });
  return { dispatcher, sockets };
}

/** Resolves once `condition` holds. */
async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(condition()).toBe(true);
}

describe('a connection', () => {
  test('that is refused is told as such, and nothing was sent', async () => {
    const error = await errorOf(transportTo({ baseUrl: await deadEnd() })(aCall()));
    expect(error).toMatchObject({
      kind: 'transport',
      code: 'connect',
      outcome: 'not-sent',
      operation: 'Chat.GetChatMessages',
      attempts: 1,
    });
    expect(error.message).toContain('ECONNREFUSED');
  });

  test('to a host that has several addresses, all of which refuse, sent nothing', async () => {
    const { port } = new URL(await deadEnd());
    expect(await errorOf(transportTo({ baseUrl: `http://localhost:${port}/x` })(aCall()))).toMatchObject({
      code: 'connect',
      outcome: 'not-sent',
    });
  });

  test('that is closed before the reply leaves unknown what became of the call', async () => {
    const server = keep(await tcpServer((socket) => socket.end()));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({
      kind: 'transport',
      code: 'connection',
      outcome: 'unknown',
      operation: 'Chat.GetChatMessages',
    });
    expect(server.requests()).toBe(1);
  });

  test('that is reset before the reply leaves unknown what became of the call', async () => {
    const server = keep(await tcpServer((socket) => socket.resetAndDestroy()));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ code: 'connection', outcome: 'unknown' });
  });

  test.each([
    ['within the head', 'HTTP/1.1 200 OK\r\nContent-Ty'],
    ['within a reply of stated length', `${head('Content-Length: 5000')}${aReply().slice(0, 200)}`],
    ['before the last chunk', `${head('Transfer-Encoding: chunked')}5\r\n<?xml\r\n`],
  ])('that is closed %s broke', async (_, bytes) => {
    const server = keep(await tcpServer((socket) => socket.end(bytes)));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ code: 'connection', outcome: 'unknown' });
  });

  test('that ends a reply of unstated length early gives a document that cannot be read', async () => {
    const server = keep(await tcpServer((socket) => socket.end(head('Connection: close') + aReply().slice(0, -20))));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({
      kind: 'protocol',
      code: 'xml-syntax',
      outcome: 'unknown',
    });
  });

  test('that ends a reply of unstated length in time gives the reply', async () => {
    const server = keep(await tcpServer((socket) => socket.end(head('Connection: close') + aReply())));
    expect((await transportTo(server)(aCall())).output).toMatchObject([{ message: 'hello' }]);
  });

  test('whose reply states too small a length gives a document that cannot be read', async () => {
    const server = keep(await tcpServer((socket) => socket.end(head('Content-Length: 200') + aReply())));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ kind: 'protocol', code: 'xml-syntax' });
  });

  test.each([
    ['speaks another protocol', '220 mail.example.com ESMTP\r\n'],
    ['has the status 000', 'HTTP/1.1 000 ?\r\nContent-Length: 0\r\n\r\n'],
    ['states two lengths', `${head('Content-Length: 5', 'Content-Length: 6')}hello!`],
    ['states a length and chunks', `${head('Content-Length: 5', 'Transfer-Encoding: chunked')}hello`],
  ])('to a server that %s is an error of the transport', async (_, bytes) => {
    const server = keep(await tcpServer((socket) => socket.end(bytes)));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ kind: 'transport', outcome: 'unknown' });
  });

  test('whose server compresses gives the same', async () => {
    const server = keep(await answering(200, gzipSync(aReply()), { ...xml, 'content-encoding': 'gzip' }));
    expect((await transportTo(server)(aCall())).output).toMatchObject([{ message: 'hello' }]);
  });

  test('that broke does not stand in the way of the next call', async () => {
    const server = keep(
      await tcpServer((socket, request) => {
        if (request === 1) socket.destroy();
        else socket.end(head('Connection: close') + aReply());
      }),
    );
    const transport = transportTo(server);
    expect(await errorOf(transport(aCall()))).toMatchObject({ code: 'connection' });
    expect((await transport(aCall())).output).toMatchObject([{ message: 'hello' }]);
  });
});

describe('what undici reports', () => {
  test.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('as %s means that nothing was sent', async (code) => {
    const dispatcher = failingWith(systemError(code, { syscall: 'connect' }));
    const error = await errorOf(transportTo({ baseUrl: 'http://127.0.0.1:9' }, { dispatcher })(aCall()));
    expect(error).toMatchObject({ kind: 'transport', code: 'connect', outcome: 'not-sent' });
    expect(error.message).toContain(code);
  });

  test('as errors of all addresses of a host means what the first of them does', async () => {
    const refusals = [systemError('ECONNREFUSED'), systemError('ENETUNREACH')];
    const dispatcher = failingWith(Object.assign(new AggregateError(refusals), { code: undefined }));
    expect(await errorOf(transportTo({ baseUrl: 'http://127.0.0.1:9' }, { dispatcher })(aCall()))).toMatchObject({
      code: 'connect',
      outcome: 'not-sent',
    });
  });

  test.each([
    ['UND_ERR_CONNECT_TIMEOUT', 'connect', 'not-sent'],
    ['UND_ERR_HEADERS_TIMEOUT', 'headers', 'unknown'],
    ['UND_ERR_BODY_TIMEOUT', 'body', 'unknown'],
  ])('as %s is a time-out of the phase %s', async (code, phase, outcome) => {
    const dispatcher = failingWith(systemError(code), outcome === 'unknown');
    expect(await errorOf(transportTo({ baseUrl: 'http://127.0.0.1:9' }, { dispatcher })(aCall()))).toMatchObject({
      code: 'timeout',
      phase,
      outcome,
    });
  });

  test.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'HPE_INVALID_CONSTANT', 'SOMETHING_NEW'])(
    'as %s means that the connection broke',
    async (code) => {
      const dispatcher = failingWith(systemError(code), true);
      expect(await errorOf(transportTo({ baseUrl: 'http://127.0.0.1:9' }, { dispatcher })(aCall()))).toMatchObject({
        code: 'connection',
        outcome: 'unknown',
      });
    },
  );

  test('as an error of its parser means that what came is no HTTP', async () => {
    const dispatcher = failingWith(systemError('HPE_INVALID_CONSTANT'), true);
    const error = await errorOf(transportTo({ baseUrl: 'http://127.0.0.1:9' }, { dispatcher })(aCall()));
    expect(error.message).toMatch(/\(HPE_INVALID_CONSTANT\); what it says is no HTTP$/);
    expect(error).not.toHaveProperty('stale');
  });

  test('as a broken connection leaves the call unknown, since a dispatcher of the caller need not tell when it sends', async () => {
    const dispatcher = failingWith(systemError('ECONNRESET'));
    expect(await errorOf(transportTo({ baseUrl: 'http://127.0.0.1:9' }, { dispatcher })(aCall()))).toMatchObject({
      code: 'connection',
      outcome: 'unknown',
    });
  });

  test('as something that is no Error is an error of the transport all the same', async () => {
    const dispatcher = failingWith('a string');
    expect(await errorOf(transportTo({ baseUrl: 'http://127.0.0.1:9' }, { dispatcher })(aCall()))).toMatchObject({
      kind: 'transport',
      code: 'connection',
    });
  });

  // A connection that stood can end with the codes of one that was never made; then the request may have arrived.
  test.each(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'])(
    'as %s after the request was sent leaves unknown what became of it',
    async (code) => {
      const server = keep(await tcpServer(() => {}));
      const { dispatcher, sockets } = dispatcherWithSockets(server.origin);
      const call = errorOf(transportTo(server, { dispatcher })(aCall()));
      await until(() => server.requests() === 1);
      sockets[0]?.destroy(systemError(code, { syscall: 'read' }));
      const error = await call;
      await dispatcher.destroy();
      expect(error).toMatchObject({ kind: 'transport', outcome: 'unknown' });
      expect(isRetryable(error, Chat.addChatMessage)).toBe(false);
    },
  );
});

describe('the time-outs of the SOAP transport', () => {
  test('end a call of which no head of a reply comes', async () => {
    const server = keep(await tcpServer(() => {}));
    expect(await errorOf(transportTo(server, { timeouts: { headers: 50 } })(aCall()))).toMatchObject({
      kind: 'transport',
      code: 'timeout',
      phase: 'headers',
      outcome: 'unknown',
      operation: 'Chat.GetChatMessages',
    });
  });

  test('end a call whose reply stands still', async () => {
    const server = keep(await tcpServer((socket) => socket.write(`${head('Content-Length: 5000')}<?xml`)));
    expect(await errorOf(transportTo(server, { timeouts: { idle: 50 } })(aCall()))).toMatchObject({
      code: 'timeout',
      phase: 'body',
      outcome: 'unknown',
    });
  });

  test('leave a reply alone that comes in time', async () => {
    const server = keep(await answering(200, aReply()));
    const timeouts = { connect: 5000, headers: 5000, idle: 5000 };
    expect((await transportTo(server, { timeouts })(aCall())).output).toMatchObject([{ message: 'hello' }]);
  });
});

describe('a reply that is too large', () => {
  test('is refused where its length is stated, before it has come', async () => {
    const server = keep(await tcpServer((socket) => socket.write(head('Content-Length: 1073741824'))));
    expect(await errorOf(transportTo(server, { limits: { replyBytes: 1000 } })(aCall()))).toMatchObject({
      kind: 'transport',
      code: 'too-large',
      outcome: 'unknown',
    });
  });

  test('is refused where its length is not stated, though it never ends', async () => {
    const pour = (response: ServerResponse): void => {
      if (!response.destroyed) response.write('x'.repeat(10_000), () => setImmediate(pour, response));
    };
    const server = keep(await httpServer((response) => pour(response.writeHead(200, xml))));
    const error = await errorOf(transportTo(server, { limits: { replyBytes: 50_000 } })(aCall()));
    expect(error).toMatchObject({ code: 'too-large' });
    expect(error.message).toContain('50000');
  });

  test('and comes with a status that is no success is that status', async () => {
    const server = keep(await answering(500, 'x'.repeat(5000), { 'content-type': 'text/html' }));
    expect(await errorOf(transportTo(server, { limits: { replyBytes: 1000 } })(aCall()))).toMatchObject({
      code: 'http-status',
      status: 500,
    });
  });

  test('is not one that is as large as is allowed', async () => {
    const body = aReply();
    const server = keep(await answering(200, body));
    const replyBytes = Buffer.byteLength(body);
    expect((await transportTo(server, { limits: { replyBytes } })(aCall())).output).toMatchObject([
      { message: 'hello' },
    ]);
    expect(await errorOf(transportTo(server, { limits: { replyBytes: replyBytes - 1 } })(aCall()))).toMatchObject({
      code: 'too-large',
    });
  });

  test('may be larger than 16 MiB where that is allowed', async () => {
    const server = keep(await answering(200, aReply('x'.repeat(17 * 1024 * 1024))));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ code: 'too-large' });
    const { output } = await transportTo(server, { limits: { replyBytes: 32 * 1024 * 1024 } })(aCall());
    expect(output).toHaveLength(1);
  });
});

describe('an abort', () => {
  test('before the call sends nothing', async () => {
    const server = keep(await answering(200, aReply()));
    const reason = new Error('no longer wanted');
    const error = await errorOf(transportTo(server)(aCall(AbortSignal.abort(reason))));
    expect(error).toMatchObject({
      kind: 'transport',
      code: 'aborted',
      outcome: 'not-sent',
      operation: 'Chat.GetChatMessages',
    });
    expect(error.cause).toBe(reason);
    expect(server.seen).toHaveLength(0);
  });

  test('while the reply is waited for ends the call, with its reason as the cause', async () => {
    const server = keep(await tcpServer(() => {}));
    const controller = new AbortController();
    const reason = { why: 'no longer wanted' };
    const call = errorOf(transportTo(server)(aCall(controller.signal)));
    await until(() => server.requests() === 1);
    controller.abort(reason);
    const error = await call;
    expect(error).toMatchObject({ code: 'aborted', outcome: 'unknown', operation: 'Chat.GetChatMessages' });
    expect(error.cause).toBe(reason);
  });

  test('while the reply is coming ends the call', async () => {
    const controller = new AbortController();
    const server = keep(
      await tcpServer((socket) => {
        socket.write(`${head('Content-Length: 5000')}<?xml`);
        setTimeout(() => controller.abort(), 50);
      }),
    );
    expect(await errorOf(transportTo(server)(aCall(controller.signal)))).toMatchObject({
      code: 'aborted',
      outcome: 'unknown',
    });
  });

  test('of one call leaves the others alone', async () => {
    const held: ServerResponse[] = [];
    const server = keep(await httpServer((response) => held.push(response)));
    const controller = new AbortController();
    const transport = transportTo(server);
    const aborted = errorOf(transport(aCall(controller.signal)));
    const other = transport(aCall());
    await until(() => held.length === 2);
    controller.abort();
    await aborted;
    for (const response of held) response.writeHead(200, xml).end(aReply());
    expect((await other).output).toMatchObject([{ message: 'hello' }]);
  });

  test('after the call does nothing', async () => {
    const server = keep(await answering(200, aReply()));
    const controller = new AbortController();
    const transport = transportTo(server);
    await transport(aCall(controller.signal));
    controller.abort();
    expect((await transport(aCall())).output).toMatchObject([{ message: 'hello' }]);
  });
});

describe('close', () => {
  test('ends the connections that are kept open', async () => {
    let open = 0;
    const server = keep(
      await tcpServer((socket) => {
        open++;
        socket.once('close', () => open--);
        const body = aReply();
        socket.write(head(`Content-Length: ${Buffer.byteLength(body)}`) + body);
      }),
    );
    const transport = soapTransport({ baseUrl: server.baseUrl });
    await transport(aCall());
    expect(open).toBe(1);
    await transport.close();
    await until(() => open === 0);
  });

  test('waits for the calls under way', async () => {
    const held: ServerResponse[] = [];
    const server = keep(await httpServer((response) => held.push(response)));
    const transport = soapTransport({ baseUrl: server.baseUrl });
    const call = transport(aCall());
    await until(() => held.length === 1);
    const closed = transport.close();
    held[0]?.writeHead(200, xml).end(aReply());
    expect((await call).output).toMatchObject([{ message: 'hello' }]);
    await closed;
  });

  test('makes further calls fail, of which nothing is sent', async () => {
    const server = keep(await answering(200, aReply()));
    const transport = soapTransport({ baseUrl: server.baseUrl });
    await transport.close();
    expect(await errorOf(transport(aCall()))).toMatchObject({ kind: 'transport', outcome: 'not-sent' });
    expect(server.seen).toHaveLength(0);
  });

  test('can be called before the first call, and twice', async () => {
    const transport = soapTransport({ baseUrl: 'http://127.0.0.1:9' });
    await transport.close();
    await transport.close();
  });

  test('can be called twice after a call', async () => {
    const server = keep(await answering(200, aReply()));
    const transport = soapTransport({ baseUrl: server.baseUrl });
    await transport(aCall());
    await transport.close();
    await transport.close();
  });
});

describe('a dispatcher of the caller', () => {
  test('is sent through, to the origin of the base URL', async () => {
    const server = keep(await answering(200, aReply()));
    const sent: Dispatcher.RequestOptions[] = [];
    const pool = keep(new Pool(server.origin));
    const dispatcher = pool.compose((dispatch) => (options, handler) => {
      sent.push(options as Dispatcher.RequestOptions);
      return dispatch(options, handler);
    });
    await transportTo(server, { dispatcher })(aCall());
    expect(sent).toMatchObject([{ origin: server.origin, path: '/Remote/Services88/Chat.svc', method: 'POST' }]);
  });

  test('is not closed with the transport', async () => {
    const server = keep(await answering(200, aReply()));
    const dispatcher = keep(new Pool(server.origin));
    const transport = soapTransport({ baseUrl: server.baseUrl, dispatcher });
    await transport(aCall());
    await transport.close();
    expect(dispatcher.closed).toBe(false);
    const { statusCode, body } = await dispatcher.request({ path: '/', method: 'GET' });
    await body.dump();
    expect(statusCode).toBe(200);
  });
});
