/**
 * Calls that wait for one of the connections, of which there are 16.
 */
import type { Socket } from 'node:net';
import { Chat, createClient, deadline, encodeReply, intercept, soapTransport } from '../../../lib/index.js';
import { closedAfterEach, errorOf, tcpServer } from './servers.js';

const keep = closedAfterEach();

const body = encodeReply(Chat.getChatMessages, []);
const good = `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const read = { chatSessionId: 42, after: 0 };

/** A server all of whose connections are taken by calls that it does not answer, until it is told to. */
async function withAllConnectionsTaken() {
  const held: Socket[] = [];
  const server = keep(await tcpServer((socket) => held.push(socket)));
  const transport = keep(soapTransport({ baseUrl: server.baseUrl }));
  const chat = createClient(Chat, transport);
  const calls = Promise.all(Array.from({ length: 16 }, () => chat.getChatMessages(read)));
  // Where a test fails before it has them answered, that is the failure to tell.
  calls.catch(() => {});
  while (held.length < 16) await new Promise((resolve) => setTimeout(resolve, 5));
  const answer = () => {
    for (const socket of held) socket.write(good);
    return calls;
  };
  return { transport, answer, requests: server.requests };
}

test('a call whose time ends while it waits for a connection says so, and was not sent', async () => {
  const { transport, answer, requests } = await withAllConnectionsTaken();
  const chat = createClient(Chat, intercept(transport, deadline(100)));
  const message = { chatSessionId: 42, message: { message: 'hi' } };
  const ended = [errorOf(chat.getChatMessages(read)), errorOf(chat.addChatMessage(message))];
  for (const error of await Promise.all(ended)) {
    expect(error).toMatchObject({ kind: 'transport', code: 'timeout', phase: 'total', outcome: 'not-sent' });
    expect(error.message).toContain('while it waited for a connection');
    expect(error).not.toHaveProperty('http');
  }
  expect(await answer()).toHaveLength(16);
  expect(requests()).toBe(16);
});

test('a call whose time ends after it was sent does not say so', async () => {
  const server = keep(await tcpServer(() => {}));
  const transport = keep(soapTransport({ baseUrl: server.baseUrl }));
  const chat = createClient(Chat, intercept(transport, deadline(500)));
  const error = await errorOf(chat.getChatMessages(read));
  expect(error).toMatchObject({ code: 'timeout', phase: 'total', outcome: 'unknown' });
  expect(error.message).not.toContain('waited');
});

test('a call that is aborted while it waits for a connection was not sent', async () => {
  const { transport, answer, requests } = await withAllConnectionsTaken();
  const controller = new AbortController();
  const call = errorOf(createClient(Chat, transport).getChatMessages(read, { signal: controller.signal }));
  setTimeout(() => controller.abort(), 20);
  expect(await call).toMatchObject({ code: 'aborted', outcome: 'not-sent' });
  await answer();
  expect(requests()).toBe(16);
});
