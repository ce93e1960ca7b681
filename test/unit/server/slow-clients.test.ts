/**
 * Clients that take their time are cut off, and nobody else waits for them.
 */
import type { Transport } from '../../../lib/index.js';
import {
  answering,
  aRequest,
  OK,
  ordinaryCall,
  post,
  rawClient,
  withClient,
  withServer,
  xmlHeadWith,
} from './raw-client.js';

/** Far beyond the time-outs of these tests, and below those that a server has by default. */
const SOON = 8000;

/** Fails where a promise takes longer than that. */
async function soon<Result>(promise: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it took too long')), SOON);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const timeouts = { headers: 200, request: 400, idle: 200 };

test.each([
  ['nothing', '', /^$|^HTTP\/1\.1 408 /],
  ['half of a head', 'POST /Remote/Services88/Chat.svc HTTP/1.1\r\nHost: x\r\n', /^HTTP\/1\.1 408 /],
  ['half of a body', `${xmlHeadWith('Content-Length: 500')}<s:Env`, /^HTTP\/1\.1 408 /],
  ['half of a chunk', `${xmlHeadWith('Transfer-Encoding: chunked')}ff\r\n<s:Env`, /^HTTP\/1\.1 408 /],
])('a client that sends %s and waits is cut off', (_, bytes, expected) =>
  withServer(answering, { timeouts }, ({ port }) =>
    withClient(port, async (client) => {
      if (bytes) client.write(bytes);
      await soon(client.ended);
      expect(client.received()).toMatch(expected);
    }),
  ),
);

test.each([
  ['head', 'POST /Remote/Services88/Chat.svc HTTP/1.1\r\nHost: x\r\nX-Slow: '],
  ['body', xmlHeadWith('Content-Length: 100000')],
])('a client that sends its %s byte by byte is cut off', (_, start) =>
  withServer(answering, { timeouts }, ({ port }) =>
    withClient(port, async (client) => {
      client.write(start);
      const drip = setInterval(() => client.write('x'), 20);
      try {
        await soon(client.ended);
      } finally {
        clearInterval(drip);
      }
      expect(client.received()).toMatch(/^HTTP\/1\.1 408 /);
    }),
  ),
);

test('a client that does not read its answer is cut off', async () => {
  const long = 'x'.repeat(40_000_000);
  const transport: Transport = async () => ({ output: [{ message: long }], header: {} });
  await withServer(transport, { timeouts, closeMs: 60_000 }, (server) =>
    withClient(server.port, async (client) => {
      client.pause();
      client.write(post(aRequest));
      await new Promise((resolve) => setTimeout(resolve, 1500));
      // It would wait for an answer that is still being read.
      await soon(server.close());
    }),
  );
});

test('a client that is still reading its answer gets all of it when the server closes', async () => {
  const long = 'x'.repeat(40_000_000);
  const transport: Transport = async () => ({ output: [{ message: long }], header: {} });
  await withServer(transport, {}, (server) =>
    withClient(server.port, async (client) => {
      client.write(post(aRequest));
      await client.until('xxx');
      const closed = server.close();
      await soon(client.until('</s:Envelope>'));
      await soon(closed);
    }),
  );
});

test('a client that reads slowly gets the whole of its answer', async () => {
  const long = 'x'.repeat(3_000_000);
  const transport: Transport = async () => ({ output: [{ message: long }], header: {} });
  await withServer(transport, { timeouts: { idle: 2000 } }, ({ port }) =>
    withClient(port, async (client) => {
      client.write(post(aRequest));
      await soon(client.until('</s:Envelope>'));
      expect(client.received().length).toBeGreaterThan(long.length);
    }),
  );
});

test('a call that takes longer than any time-out for clients is answered', () => {
  const slow: Transport = async (call) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return answering(call);
  };
  return withServer(slow, { timeouts }, async ({ port }) => {
    expect(await ordinaryCall(port)).toBe(OK);
  });
});

test('two hundred clients that hang do not stop another one', () =>
  withServer(answering, {}, async ({ port }) => {
    const hanging = Array.from({ length: 200 }, (_, index) => {
      const client = rawClient(port);
      if (index % 2 === 0) client.write('POST /Remote/Services88/Chat.svc HTTP/1.1\r\n');
      return client;
    });
    try {
      expect(await soon(ordinaryCall(port))).toBe(OK);
    } finally {
      for (const client of hanging) client.destroy();
    }
  }));
