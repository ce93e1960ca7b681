import { tracingChannel } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import {
  type Call,
  Chat,
  createChatClient,
  intercept,
  type Observation,
  observe,
  retry,
  SoPrincipal,
  type Transport,
  TransportError,
  trace,
} from '../../../lib/index.js';
import { createSimulator, serveSoap } from '../../../lib/server.js';
import { errorOf } from '../error-of.js';

const aCall = (): Call => ({ operation: Chat.getChatMessages, input: { after: 'canary' }, header: {} });
const http = { status: 200, requestBytes: 10, replyBytes: 20, headMs: 1, totalMs: 2 };
const answer: Transport = async () => ({ output: ['canary'], header: {}, http });

/** Fails so many times, and then answers. */
function failing(times: number): Transport {
  let left = times;
  return async (call) => {
    if (left-- > 0) throw new TransportError('connection', 'x', { status: 200 });
    return answer(call);
  };
}

function recorder() {
  const started: Observation[] = [];
  const ended: Observation[] = [];
  return {
    started,
    ended,
    observer: {
      start: (observation: Observation) => void started.push({ ...observation }),
      end: (observation: Observation) => void ended.push(observation),
    },
  };
}

describe('observe', () => {
  test('tells of a call that succeeds what it took, and nothing that it said', async () => {
    const { started, ended, observer } = recorder();
    await observe(observer)(answer)(aCall());
    expect(started).toEqual([{ operation: 'Chat.GetChatMessages', attempt: 1 }]);
    expect(ended).toEqual([
      {
        operation: 'Chat.GetChatMessages',
        attempt: 1,
        outcome: 'succeeded',
        attempts: 1,
        http,
        durationMs: expect.any(Number),
      },
    ]);
    expect(inspect(ended, { depth: 9 })).not.toContain('canary');
  });

  test('tells of each attempt within, and of the call around', async () => {
    const calls = recorder();
    const attempts = recorder();
    const options = { sleep: async () => {} };
    await intercept(failing(2), observe(calls.observer), retry(options), observe(attempts.observer))(aCall());
    expect(calls.ended).toMatchObject([{ outcome: 'succeeded', attempts: 3 }]);
    expect(attempts.ended).toMatchObject([
      { attempt: 1, outcome: 'unknown', error: { code: 'connection' } },
      { attempt: 2, outcome: 'unknown', error: { code: 'connection' } },
      { attempt: 3, outcome: 'succeeded', http },
    ]);
  });

  test('gives the same object at the start and the end', async () => {
    const seen: Observation[] = [];
    const push = (observation: Observation) => void seen.push(observation);
    await observe({ start: push, end: push })(answer)(aCall());
    expect(seen[0]).toBe(seen[1]);
  });

  test('does not let an observer that fails change the call', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const fail = () => {
      throw new Error('my fault');
    };
    expect(await observe({ start: fail, end: fail })(answer)(aCall())).toMatchObject({ output: ['canary'] });
    expect(await errorOf(observe({ end: fail })(failing(1))(aCall()))).toMatchObject({ code: 'connection' });
    expect(warn).toHaveBeenCalledTimes(3);
    warn.mockRestore();
  });
});

describe('trace', () => {
  test('publishes what observe tells, and no reply', async () => {
    const name = 'services88-chat:test';
    const events: [string, unknown][] = [];
    const on = (event: string) => (message: unknown) => void events.push([event, message]);
    const subscribers = {
      start: on('start'),
      end: on('end'),
      asyncStart: on('asyncStart'),
      asyncEnd: on('asyncEnd'),
      error: on('error'),
    };
    const channel = tracingChannel(name);
    channel.subscribe(subscribers);
    try {
      await trace(name)(answer)(aCall());
      await errorOf(trace(name)(failing(1))(aCall()));
    } finally {
      channel.unsubscribe(subscribers);
    }
    expect(events.map(([event]) => event)).toEqual([
      ...['start', 'end', 'asyncStart', 'asyncEnd'],
      ...['start', 'end', 'error', 'asyncStart', 'asyncEnd'],
    ]);
    expect(events[3]?.[1]).toMatchObject({
      operation: 'Chat.GetChatMessages',
      outcome: 'succeeded',
      attempts: 1,
      http,
    });
    expect(events.at(-1)?.[1]).toMatchObject({ outcome: 'unknown', error: { code: 'connection' } });
    expect(inspect(events, { depth: 9 })).not.toContain('canary');
  });

  test('passes the call on as it is where nobody listens', async () => {
    const call = aCall();
    const seen: Call[] = [];
    await trace('services88-chat:nobody')(async (each) => {
      seen.push(each);
      return { output: null, header: {} };
    })(call);
    expect(seen[0]).toBe(call);
  });
});

test('a client is watched from its calls down to each sending, logins among them', async () => {
  const server = await serveSoap([Chat, SoPrincipal], createSimulator());
  const calls = recorder();
  const attempts = recorder();
  const chat = createChatClient({
    baseUrl: server.baseUrl,
    credentials: { userName: 'anna', password: 'demo' },
    interceptors: { call: observe(calls.observer), attempt: observe(attempts.observer) },
  });
  const traced: unknown[] = [];
  const channel = tracingChannel('services88-chat:call');
  const subscribers = { asyncEnd: (message: unknown) => void traced.push(message) };
  channel.asyncEnd.subscribe(subscribers.asyncEnd);
  try {
    const reply = await chat.getChatMessages.withReply({ chatSessionId: 42, after: 0 });
    expect(reply).toMatchObject({ attempts: 1, header: { succeeded: true }, http: { status: 200 } });
    expect(reply.output?.length).toBeGreaterThan(0);
    expect(reply.http?.replyBytes).toBeGreaterThan(1000);
    expect(reply.durationMs).toBeGreaterThanOrEqual(reply.http?.totalMs ?? Number.POSITIVE_INFINITY);
    await errorOf(chat.getChatSessionEntity({ chatSessionEntityId: 99_999 }));
  } finally {
    channel.asyncEnd.unsubscribe(subscribers.asyncEnd);
    await chat.close();
    await server.close();
  }
  expect(calls.ended).toMatchObject([
    { operation: 'Chat.GetChatMessages', outcome: 'succeeded' },
    { operation: 'Chat.GetChatSessionEntity', outcome: 'refused', http: { status: 200 }, error: { code: 'service' } },
  ]);
  expect(traced).toMatchObject([{ outcome: 'succeeded' }, { outcome: 'refused' }]);
  expect(attempts.ended.map(({ operation }) => operation)).toEqual([
    'SoPrincipal.AuthenticateUsernamePassword',
    'Chat.GetChatMessages',
    'Chat.GetChatSessionEntity',
  ]);
});
