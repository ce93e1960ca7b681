/**
 * Replies that end, stop or grow too large after their head: the error knows the head.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Call, Chat, type SoapTransportOptions, soapTransport } from '../../../lib/index.js';
import { closedAfterEach, errorOf, tcpServer } from './servers.js';

const keep = closedAfterEach();

const aCall: Call = { operation: Chat.getChatMessages, input: { chatSessionId: 42, after: 0 }, header: {} };

const head = (line: string): string => `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n${line}\r\n\r\n`;

/** The error of a call that is answered by these bytes, after which the connection ends or not. */
async function errorOfReply(bytes: string, ends: boolean, options: Partial<SoapTransportOptions>, call = aCall) {
  const server = keep(await tcpServer((socket) => (ends ? socket.end(bytes) : socket.write(bytes))));
  return errorOf(keep(soapTransport({ baseUrl: server.baseUrl, ...options }))(call));
}

test.each<[string, string, boolean, Partial<SoapTransportOptions>, object, number]>([
  ['is cut', `${head('Content-Length: 500')}<a>`, true, {}, { code: 'connection' }, 3],
  ['is cut before its first byte', head('Content-Length: 500'), true, {}, { code: 'connection' }, 0],
  ['is cut in its chunks', `${head('Transfer-Encoding: chunked')}3\r\n<a>\r\n`, true, {}, { code: 'connection' }, 3],
  ['has chunks that are none', `${head('Transfer-Encoding: chunked')}no\r\n`, false, {}, { code: 'connection' }, 0],
  [
    'stands still',
    `${head('Content-Length: 500')}<a>`,
    false,
    { timeouts: { idle: 50 } },
    { code: 'timeout', phase: 'body' },
    3,
  ],
  [
    'says that it is too large',
    head('Content-Length: 500'),
    false,
    { limits: { replyBytes: 100 } },
    { code: 'too-large' },
    0,
  ],
])('the error of a reply that %s has its status and bytes', async (_, bytes, ends, options, wanted, replyBytes) => {
  const { http, ...error } = await errorOfReply(bytes, ends, options);
  expect(error).toMatchObject({ ...wanted, outcome: 'unknown' });
  expect(http).toMatchObject({ status: 200, replyBytes });
  expect(http?.requestBytes).toBeGreaterThan(100);
  expect(http?.headMs).toBeLessThanOrEqual(http?.totalMs ?? 0);
});

test('the error of a reply that turns out too large has its status', async () => {
  const chunk = `${(200).toString(16)}\r\n${'x'.repeat(200)}\r\n`;
  const bytes = `${head('Transfer-Encoding: chunked')}${chunk}`;
  const { code, http } = await errorOfReply(bytes, false, { limits: { replyBytes: 100 } });
  expect([code, http?.status]).toEqual(['too-large', 200]);
});

test('the error of a call that was given up within its reply has its status', async () => {
  const controller = new AbortController();
  const call = { ...aCall, signal: controller.signal };
  const server = keep(
    await tcpServer((socket) => {
      socket.write(`${head('Content-Length: 500')}<a>`);
      setTimeout(() => controller.abort(), 100);
    }),
  );
  const { code, http } = await errorOf(keep(soapTransport({ baseUrl: server.baseUrl }))(call));
  await nextTurn();
  expect([code, http?.status]).toEqual(['aborted', 200]);
});

test.each<[string, string, boolean]>([
  ['ends without a byte', '', true],
  ['ends within its head', 'HTTP/1.1 200 OK\r\nContent-Le', true],
])('the error of a reply that %s has none', async (_, bytes, ends) => {
  expect(await errorOfReply(bytes, ends, {})).not.toHaveProperty('http');
});
