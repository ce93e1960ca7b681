import {
  type Call,
  Chat,
  deadline,
  Fault,
  InputError,
  intercept,
  isRetryable,
  type Operation,
  ProtocolError,
  type Reply,
  type RetryOptions,
  retry,
  SoPrincipal,
  type Transport,
  TransportError,
} from '../../../lib/index.js';
import { errorOf } from '../error-of.js';

/** An operation of each retry class. */
const ofClass = {
  read: Chat.getChatMessages,
  set: Chat.saveChatPresence,
  step: Chat.pickUpChatSession,
  create: Chat.addChatMessage,
  login: SoPrincipal.authenticateUsernamePassword,
} as const satisfies Record<Operation['retry'], Operation>;

const classes = Object.keys(ofClass) as (keyof typeof ofClass)[];

const aCall = (operation: Operation = ofClass.read, signal?: AbortSignal): Call => ({
  operation,
  input: {},
  header: {},
  signal,
});

const aReply = (): Reply => ({ output: [], header: { succeeded: true } });

const status = (code: number, retryAfterMs?: number) =>
  new TransportError('http-status', 'x', { status: code, retryAfterMs });

/** A transport that fails with each of the errors in turn, and then succeeds. */
function failing(...errors: readonly Error[]): { readonly transport: Transport; readonly calls: Call[] } {
  const calls: Call[] = [];
  const transport: Transport = async (call) => {
    const error = errors[calls.length];
    calls.push(call);
    if (error) throw error;
    return aReply();
  };
  return { transport, calls };
}

/** Retry options without real waits, and the waits that were asked for. */
function patient(options: RetryOptions = {}): { readonly options: RetryOptions; readonly waits: number[] } {
  const waits: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    waits.push(ms);
  };
  return { options: { random: () => 1, sleep, ...options }, waits };
}

describe('isRetryable', () => {
  const all = classes;
  const none: typeof classes = [];
  const reads: typeof classes = ['read'];
  const readsAndLogins: typeof classes = classes.filter((each) => each === 'read' || each === 'login');
  test.each<[string, unknown, readonly string[]]>([
    ['a refused connection', new TransportError('connect', 'x'), all],
    ['a connection that timed out', new TransportError('timeout', 'x', { phase: 'connect', outcome: 'not-sent' }), all],
    ['a broken connection', new TransportError('connection', 'x'), reads],
    ['a head that did not come in time', new TransportError('timeout', 'x', { phase: 'headers' }), reads],
    ['a body that did not come in time', new TransportError('timeout', 'x', { phase: 'body' }), reads],
    ['the deadline', new TransportError('timeout', 'x', { phase: 'total' }), none],
    ['an abort', new TransportError('aborted', 'x'), none],
    ['an abort before anything was sent', new TransportError('aborted', 'x', { outcome: 'not-sent' }), none],
    ['the status 429', status(429), reads],
    ['the status 502', status(502), readsAndLogins],
    ['the status 503', status(503), readsAndLogins],
    ['the status 504', status(504), readsAndLogins],
    ['the status 503 with Retry-After', status(503, 1000), readsAndLogins],
    ['the status 202', status(202), none],
    ['the status 400', status(400), none],
    ['the status 404', status(404), none],
    ['the status 500', status(500), none],
    ['the status 501', status(501), none],
    ['a redirect', new TransportError('redirect', 'x', { status: 302 }), none],
    ['a reply that is too large', new TransportError('too-large', 'x'), none],
    ['a reply of the wrong type', new TransportError('content-type', 'x', { status: 200 }), none],
    ['an input that is wrong', new InputError('after', 'x'), none],
    ['a document that is broken', new ProtocolError('xml-syntax', 'x'), none],
    ['a Fault', new Fault('soap-fault', 'x', { faultCode: 'Server' }), none],
    ['a refusal of the service', new Fault('service', 'x'), none],
    ['a refused login', new Fault('login', 'x'), none],
    ['an error of another kind', new Error('x'), none],
    ['nothing', undefined, none],
  ])('after %s', (_, error, expected) => {
    expect(classes.filter((each) => isRetryable(error, ofClass[each]))).toEqual(expected);
  });
});

describe('the retry classes', () => {
  const namesOf = (wanted: Operation['retry']): string[] =>
    Object.values<Operation>(Chat)
      .filter((operation) => operation.retry === wanted)
      .map(({ name }) => name)
      .sort();

  test('reads are those that change nothing', () => {
    expect(namesOf('read')).toEqual(
      [
        'ChatSessionsForUser',
        'ChatTopicsForUser',
        'CreateDefaultChatSessionEntity',
        'CreateDefaultChatTopicAgent',
        'CreateDefaultChatTopicEntity',
        'GetChatMessages',
        'GetChatPresence',
        'GetChatSessionEntity',
        'GetChatTopicEntity',
        'GetChatTopicUserAgent',
        'GetChatTopicUserAgentList',
        'GetChatTranscript',
        'GetUserAgentList',
        'IsWithinOpeningHours',
      ].sort(),
    );
  });

  test('those that create something are known', () => {
    expect(namesOf('create')).toEqual([
      'AddChatMessage',
      'AddChatTopicUserAgent',
      'CreateChatSessionForTopic',
      'PickUpFirstChatSession',
      'SaveChatSessionEntity',
      'SaveChatTopicEntity',
    ]);
  });

  test('those that go a step are known', () => {
    expect(namesOf('step')).toEqual([
      'AcceptChatSessionTransfer',
      'PickUpChatSession',
      'RejectChatSessionTransfer',
      'ResetChatSession',
      'TransferChatSession',
    ]);
  });

  test('all others set something', () => {
    expect(namesOf('set')).toEqual([
      'DeleteChatSessionEntity',
      'DeleteChatTopicEntity',
      'DeleteChatTopicUserAgent',
      'SaveChatPresence',
      'UpdateChatTopicUserAgent',
      'UpdateChatTopicUserAgents',
    ]);
  });

  test('the operations of SoPrincipal that sign in are logins', () => {
    const { getSystemInfo, ...logins } = SoPrincipal;
    expect(getSystemInfo.retry).toBe('read');
    expect(Object.values<Operation>(logins).map((operation) => operation.retry)).toEqual(Array(4).fill('login'));
  });
});

describe('retry', () => {
  test('makes a call that succeeds once', async () => {
    const { transport, calls } = failing();
    await retry(patient().options)(transport)(aCall());
    expect(calls).toHaveLength(1);
  });

  test('makes a read again until it succeeds, with the same call', async () => {
    const { transport, calls } = failing(status(503), new TransportError('connection', 'x'));
    const call = aCall();
    expect(await retry(patient().options)(transport)(call)).toEqual({ ...aReply(), attempts: 3 });
    expect(calls).toEqual([call, { ...call, attempt: 2 }, { ...call, attempt: 3 }]);
  });

  test('tries three times unless it is told otherwise', async () => {
    const { transport, calls } = failing(...Array.from({ length: 9 }, () => status(503)));
    const error = await errorOf(retry(patient().options)(transport)(aCall()));
    expect(calls).toHaveLength(3);
    expect(error).toMatchObject({ status: 503, attempts: 3 });
  });

  test.each([1, 2, 5])('tries at the most %d times where it is told so', async (attempts) => {
    const { transport, calls } = failing(...Array.from({ length: 9 }, () => status(503)));
    const { options, waits } = patient({ attempts });
    expect(await errorOf(retry(options)(transport)(aCall()))).toMatchObject({ attempts });
    expect(calls).toHaveLength(attempts);
    expect(waits).toHaveLength(attempts - 1);
  });

  test('tries as often as by default where attempts is undefined', async () => {
    const { transport, calls } = failing(...Array.from({ length: 9 }, () => status(503)));
    await errorOf(retry(patient({ attempts: undefined }).options)(transport)(aCall()));
    expect(calls).toHaveLength(3);
  });

  test('ends with the first error that is not retryable', async () => {
    const fault = new Fault('service', 'not found');
    const { transport, calls } = failing(status(503), fault);
    expect(await errorOf(retry(patient().options)(transport)(aCall()))).toBe(fault);
    expect(calls).toHaveLength(2);
    expect(fault.attempts).toBe(2);
  });

  test.each(['set', 'step', 'create', 'login'] as const)(
    'makes a call of the class %s once where it may have been executed',
    async (each) => {
      const { transport, calls } = failing(new TransportError('connection', 'x'));
      const error = await errorOf(retry(patient().options)(transport)(aCall(ofClass[each])));
      expect(error).toMatchObject({ code: 'connection', outcome: 'unknown', attempts: 1 });
      expect(calls).toHaveLength(1);
    },
  );

  test('makes a call that creates something again where nothing was sent', async () => {
    const { transport, calls } = failing(new TransportError('connect', 'x'));
    await retry(patient().options)(transport)(aCall(ofClass.create));
    expect(calls).toHaveLength(2);
  });

  test('waits at random, within a range that doubles', async () => {
    const { transport } = failing(...Array.from({ length: 9 }, () => status(503)));
    const full = patient({ attempts: 5 });
    const half = patient({ attempts: 5, random: () => 0.5 });
    const none = patient({ attempts: 5, random: () => 0 });
    await errorOf(retry(full.options)(transport)(aCall()));
    await errorOf(retry(half.options)(failing(...Array.from({ length: 9 }, () => status(503))).transport)(aCall()));
    await errorOf(retry(none.options)(failing(...Array.from({ length: 9 }, () => status(503))).transport)(aCall()));
    expect(full.waits.slice(1).map((wait, index) => wait / (full.waits[index] ?? 0))).toEqual([2, 2, 2]);
    expect(full.waits[0]).toBeGreaterThanOrEqual(100);
    expect(half.waits).toEqual(full.waits.map((wait) => wait / 2));
    expect(none.waits).toEqual([0, 0, 0, 0]);
  });

  test('waits no longer than 20 seconds', async () => {
    const { transport } = failing(...Array.from({ length: 20 }, () => status(503)));
    const { options, waits } = patient({ attempts: 15 });
    await errorOf(retry(options)(transport)(aCall()));
    expect(Math.max(...waits)).toBe(20_000);
  });

  test('waits as long as the server asks for', async () => {
    const { options, waits } = patient();
    await retry(options)(failing(status(503, 7000)).transport)(aCall());
    expect(waits).toEqual([7000]);
  });

  test('waits longer than the server asks for where its own wait is longer', async () => {
    const { options, waits } = patient();
    await retry(options)(failing(status(503, 1)).transport)(aCall());
    expect(waits[0]).toBeGreaterThanOrEqual(100);
  });

  test('leaves a wait to the caller that is longer than any patience', async () => {
    const { transport, calls } = failing(status(429, 86_400_000));
    const { options, waits } = patient();
    const error = await errorOf(retry(options)(transport)(aCall()));
    expect(error).toMatchObject({ status: 429, retryAfterMs: 86_400_000, attempts: 1 });
    expect(calls).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  test('passes the signal of the call to its wait', async () => {
    const { signal } = new AbortController();
    const signals: unknown[] = [];
    const sleep = async (_: number, given: AbortSignal | undefined): Promise<void> => {
      signals.push(given);
    };
    await retry({ sleep })(failing(status(503)).transport)(aCall(ofClass.read, signal));
    expect(signals).toEqual([signal]);
  });

  test('ends its wait when the caller aborts, and makes no further call', async () => {
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    const { transport, calls } = failing(status(503, 15_000));
    const call = errorOf(retry()(transport)(aCall(ofClass.read, controller.signal)));
    setTimeout(() => controller.abort(reason), 20);
    const error = await call;
    expect(error).toMatchObject({ kind: 'transport', code: 'aborted', attempts: 1 });
    expect(error.cause).toBe(reason);
    expect(calls).toHaveLength(1);
  });

  test('names the operation, and counts the attempts, where the caller aborts its second wait', async () => {
    const controller = new AbortController();
    const { transport, calls } = failing(status(503), status(503, 15_000));
    const call = errorOf(retry({ random: () => 0 })(transport)(aCall(ofClass.read, controller.signal)));
    setTimeout(() => controller.abort(), 100);
    const error = await call;
    expect(calls).toHaveLength(2);
    expect(error).toMatchObject({ code: 'aborted', operation: 'Chat.GetChatMessages', attempts: 2 });
  });

  test('really waits where no sleep is given', async () => {
    const { transport, calls } = failing(status(503));
    await retry({ random: () => 0.01 })(transport)(aCall());
    expect(calls).toHaveLength(2);
  });

  test('throws an error of another kind as it is, at once', async () => {
    const error = new TypeError('a mistake in the program');
    const { transport, calls } = failing(error);
    await expect(retry(patient().options)(transport)(aCall())).rejects.toBe(error);
    expect(calls).toHaveLength(1);
  });

  test('keeps calls apart that run at the same time', async () => {
    const flaky: Transport = async ({ input }) => {
      const state = input as { left: number };
      if (state.left-- > 0) throw status(503);
      return aReply();
    };
    const transport = retry({ attempts: 4, sleep: async () => {} })(flaky);
    const outcomes = await Promise.allSettled(
      [0, 1, 2, 3, 4].map((left) => transport({ ...aCall(), input: { left } })),
    );
    expect(outcomes.map((each) => each.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
  });
});

describe('retry', () => {
  test('begins with half a second where the service has too much to do', async () => {
    const { options, waits } = patient();
    await retry(options)(failing(status(429), status(429)).transport)(aCall());
    expect(waits).toEqual([500, 1000]);
  });

  test('spreads its waits over the whole range', async () => {
    const { options, waits } = patient({ random: Math.random });
    const calls = Array.from({ length: 1000 }, () => retry(options)(failing(status(503)).transport)(aCall()));
    await Promise.all(calls);
    const mean = waits.reduce((sum, ms) => sum + ms, 0) / waits.length;
    expect(mean).toBeGreaterThan(40);
    expect(mean).toBeLessThan(60);
    expect(new Set(waits).size).toBeGreaterThan(900);
  });

  test('goes on at once where the server had closed an idle connection, though only the first time', async () => {
    const { options, waits } = patient();
    const stale = () => new TransportError('connection', 'x', { stale: true });
    await retry(options)(failing(stale(), stale()).transport)(aCall());
    expect(waits).toEqual([0, 200]);
  });

  test('makes a call that sets something again where the caller says that it may', async () => {
    const broken = () => new TransportError('connection', 'x');
    const { options } = patient();
    const once = failing(broken());
    await errorOf(retry(options)(once.transport)(aCall(ofClass.set)));
    expect(once.calls).toHaveLength(1);
    const twice = failing(broken());
    await retry(options)(twice.transport)({ ...aCall(ofClass.set), repeatable: true });
    expect(twice.calls).toHaveLength(2);
  });

  test.each<[string, () => Error]>([
    ['finds no connection', () => new TransportError('connect', 'x')],
    ['is refused', () => new Fault('service', 'no such session')],
    [
      'finds the login in trouble',
      () => new TransportError('connect', 'x', { operation: 'SoPrincipal.AuthenticateUsernamePassword' }),
    ],
    [
      'finds the password refused',
      () => new Fault('login', 'x', { operation: 'SoPrincipal.AuthenticateUsernamePassword' }),
    ],
  ])('leaves it unknown what became of the first sending where the second %s', async (_, second) => {
    const transport = failing(new TransportError('connection', 'x'), second(), second());
    const call = { ...aCall(ofClass.set), repeatable: true };
    expect(await errorOf(retry(patient().options)(transport.transport)(call))).toMatchObject({ outcome: 'unknown' });
  });

  test.each(['create', 'step'] as const)('never does so for one of the class %s', async (each) => {
    const { transport, calls } = failing(new TransportError('connection', 'x'));
    await errorOf(retry(patient().options)(transport)({ ...aCall(ofClass[each]), repeatable: true }));
    expect(calls).toHaveLength(1);
  });

  test('counts a sending that a new ticket needed', async () => {
    let sent = 0;
    const transport: Transport = async () => {
      sent += 2;
      const error = new TransportError('connection', 'x');
      error.attempts = 2;
      throw error;
    };
    expect((await errorOf(retry(patient().options)(transport)(aCall()))).attempts).toBe(sent);
  });
});

describe('a service that is down', () => {
  const down = () => {
    const calls: Call[] = [];
    const state = { works: false };
    const transport: Transport = async (call) => {
      calls.push(call);
      if (state.works) return aReply();
      throw new TransportError('connect', 'x');
    };
    return { transport, calls, state };
  };

  test('is asked little more often than there are calls', async () => {
    const { transport, calls } = down();
    const send = retry(patient().options)(transport);
    for (let call = 0; call < 1000; call++) await errorOf(send(aCall()));
    expect(calls).toHaveLength(1100);
  });

  test('is asked again as before once calls succeed', async () => {
    const { transport, calls, state } = down();
    const send = retry(patient().options)(transport);
    for (let call = 0; call < 1000; call++) await errorOf(send(aCall()));
    state.works = true;
    for (let call = 0; call < 20; call++) await send(aCall());
    state.works = false;
    calls.length = 0;
    for (let call = 0; call < 10; call++) await errorOf(send(aCall()));
    expect(calls).toHaveLength(14);
  });
});

describe('retry within a deadline', () => {
  test('begins no wait that would not end before it', async () => {
    const { transport, calls } = failing(status(503, 15_000));
    const error = await errorOf(intercept(transport, deadline(10_000), retry())(aCall()));
    expect(error).toMatchObject({ code: 'http-status', status: 503, retryAfterMs: 15_000, attempts: 1 });
    expect(calls).toHaveLength(1);
  });

  test('waits longer than usual where the server asks for it and the deadline leaves the time', async () => {
    const { transport, calls } = failing(status(503, 25_000));
    const { options, waits } = patient();
    await intercept(transport, deadline(60_000), retry(options))(aCall());
    expect(waits).toEqual([25_000]);
    expect(calls).toHaveLength(2);
  });

  test('tells in the last error how often the call was tried', async () => {
    const { transport, calls } = failing(status(503), status(503, 15_000));
    const error = await errorOf(intercept(transport, deadline(5000), retry({ random: () => 0 }))(aCall()));
    expect(error).toMatchObject({ status: 503, attempts: 2 });
    expect(calls).toHaveLength(2);
  });
});

test.each([0, -1, 1.5, Number.NaN])('%p attempts are refused', (attempts) => {
  expect(() => retry({ attempts })).toThrow('attempts: ');
});
