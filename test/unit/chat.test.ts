import { Chat, createChatClient, type Interceptor, SoPrincipal } from '../../lib/index.js';
import { createSimulator, serveSoap } from '../../lib/server.js';
import { errorOf } from './error-of.js';

const anna = { userName: 'anna', password: 'demo' };

/** A client of a simulator, and what ends both. */
async function clientOfSimulator() {
  const server = await serveSoap([Chat, SoPrincipal], createSimulator());
  const chat = createChatClient({ baseUrl: server.baseUrl, credentials: anna });
  return { chat, server };
}

test('close waits for calls that are under way, those that wait for their login too', async () => {
  const { chat, server } = await clientOfSimulator();
  const calls = Array.from({ length: 30 }, () => chat.getChatMessages({ chatSessionId: 42, after: 0 }));
  await chat.close();
  for (const messages of await Promise.all(calls)) expect(messages).toHaveLength(14);
  await server.close();
});

test('a call after close is not sent, and not tried again', async () => {
  const { chat, server } = await clientOfSimulator();
  await chat.close();
  await chat.close();
  expect(await errorOf(chat.chatSessionsForUser())).toMatchObject({
    code: 'aborted',
    outcome: 'not-sent',
    attempts: 1,
  });
  await server.close();
});

test('a login that hangs is given up after the total time, and the next call begins another', async () => {
  const { server } = await clientOfSimulator();
  const ticket = async () => {
    logins++;
    return logins === 1 ? new Promise<string>(() => {}) : '8A:demo-anna';
  };
  let logins = 0;
  const chat = createChatClient({ baseUrl: server.baseUrl, credentials: ticket, timeouts: { total: 300 } });
  const outcomes: string[] = [];
  const calls: Promise<unknown>[] = [];
  for (let i = 0; i < 20; i++) {
    calls.push(
      chat.chatTopicsForUser().then(
        () => outcomes.push('ok'),
        () => outcomes.push('failed'),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await Promise.all(calls);
  expect(logins).toBe(2);
  expect(outcomes).toContain('ok');
  await chat.close();
  await server.close();
});

test('a call that ends while it waits for its login says so', async () => {
  const hanging = () => new Promise<string>(() => {});
  const chat = createChatClient({ baseUrl: 'http://127.0.0.1:9', credentials: hanging, timeouts: { total: 50 } });
  const error = await errorOf(chat.addChatMessage({ chatSessionId: 1, message: { message: 'x' } }));
  expect(error).toMatchObject({ code: 'timeout', outcome: 'not-sent' });
  expect(error.message).toContain('the credentials function');
});

test.each(['call', 'attempt'] as const)('a call whose interceptor %s hangs ends when its time does', async (which) => {
  const { server } = await clientOfSimulator();
  const interceptors = { [which]: () => () => new Promise<never>(() => {}) };
  const chat = createChatClient({ baseUrl: server.baseUrl, credentials: anna, timeouts: { total: 200 }, interceptors });
  const began = performance.now();
  const error = await errorOf(chat.chatTopicsForUser());
  const elapsed = performance.now() - began;
  expect(error).toMatchObject({ kind: 'transport', code: 'timeout', phase: 'total' });
  // A timer may come a millisecond early; what a busy machine adds is none of the promise.
  expect(elapsed).toBeGreaterThanOrEqual(195);
  expect(elapsed).toBeLessThan(200 + 100 + 1500);
  await chat.close();
  await server.close();
});

test('a call whose interceptor hangs ends when its caller has had enough', async () => {
  const interceptors = { call: () => () => new Promise<never>(() => {}) };
  const chat = createChatClient({ baseUrl: 'http://127.0.0.1:9', credentials: anna, interceptors });
  const controller = new AbortController();
  const call = errorOf(chat.chatTopicsForUser({}, { signal: controller.signal }));
  controller.abort();
  expect(await call).toMatchObject({ code: 'aborted', operation: 'Chat.ChatTopicsForUser' });
  await chat.close();
});

test('an interceptor around calls is told of the time that they have', async () => {
  const seen: unknown[] = [];
  const call: Interceptor =
    () =>
    async ({ deadline }) => {
      seen.push(deadline?.ms);
      return { output: [], header: {} };
    };
  const options = { timeouts: { total: 1234 }, interceptors: { call } };
  const chat = createChatClient({ baseUrl: 'http://127.0.0.1:9', credentials: anna, ...options });
  await chat.chatTopicsForUser();
  expect(seen).toEqual([1234]);
  await chat.close();
});

test.each([
  ['a misspelt option', { timeOuts: {} }, 'timeOuts'],
  ['a misspelt time-out', { timeouts: { totl: 3 } }, 'timeouts.totl'],
  ['no time at all', { timeouts: { total: 0 } }, 'timeouts.total'],
  ['a misspelt limit', { limits: { bytes: 1 } }, 'limits.bytes'],
  ['attempts that are no number', { attempts: Number.NaN }, 'attempts'],
  ['generic credentials that are not texts', { credentials: { generic: { a: 1 } } }, 'credentials'],
])('%s is refused when the client is made', (_, options, path) => {
  const all = { baseUrl: 'http://127.0.0.1', credentials: anna, ...options };
  expect(() => createChatClient(all as never)).toThrow(expect.objectContaining({ kind: 'input', path }));
});

test.each<[unknown, string]>([
  [undefined, ''],
  [null, ''],
  ['http://127.0.0.1', ''],
  [[], ''],
  [{}, 'baseUrl'],
  [{ baseUrl: undefined, credentials: anna }, 'baseUrl'],
  [{ baseUrl: null, credentials: anna }, 'baseUrl'],
  [{ baseUrl: 5, credentials: anna }, 'baseUrl'],
  [{ baseUrl: new URL('http://127.0.0.1'), credentials: anna }, 'baseUrl'],
  [{ baseUrl: 'http://127.0.0.1' }, 'credentials'],
])('a client of %j is not made', (options, path) => {
  expect(() => createChatClient(options as never)).toThrow(expect.objectContaining({ kind: 'input', path }));
});

test.each<[string, unknown, string?]>([
  ['timeouts', 5],
  ['timeouts', null],
  ['timeouts', []],
  ['limits', []],
  ['limits', null],
  ['interceptors', () => {}],
  ['interceptors', null],
  ['interceptors', { call: 5 }, 'interceptors.call'],
  ['interceptors', { attempt: {} }, 'interceptors.attempt'],
  ['loginRefusals', 'x'],
  ['loginRefusals', [5]],
  ['loginRefusals', null],
  ['allowInsecure', 'yes'],
  ['allowInsecure', null],
  ['dispatcher', {}],
  ['dispatcher', 'x'],
  ['applicationToken', 5],
  ['applicationToken', null],
  ['ticketStore', 'folder'],
  ['ticketStore', {}],
  ['ticketStore', 5],
])('the option %s is not %p', (name, value, path = name) => {
  const options = { baseUrl: 'http://127.0.0.1', credentials: anna, [name]: value };
  expect(() => createChatClient(options as never)).toThrow(expect.objectContaining({ kind: 'input', path }));
});

test('a server that takes requests of more than 16 MiB reads them too', async () => {
  const options = { requestBytes: 32 * 1024 * 1024 };
  const server = await serveSoap([Chat], async () => ({ output: null, header: {} }), options);
  const chat = createChatClient({ baseUrl: server.baseUrl, credentials: { ticket: 't' } });
  const message = { message: 'x'.repeat(17 * 1024 * 1024) };
  try {
    expect(await chat.addChatMessage({ chatSessionId: 1, message })).toBeNull();
  } finally {
    await chat.close();
    await server.close();
  }
});
