/**
 * How long a ticket is used, what is remembered of logins that failed, and what a store keeps.
 */
import { inspect } from 'node:util';
import {
  type Call,
  Chat,
  type Credentials,
  Fault,
  memoryTicketStore,
  type Operation,
  type Reply,
  type TicketStore,
  type Transport,
  TransportError,
  ticket,
} from '../../../lib/index.js';
import { errorOf } from '../error-of.js';

const HOUR = 3_600_000;
const anna: Credentials = { userName: 'anna', password: 'canary-password' };

const aCall = (operation: Operation = Chat.getChatMessages, header: Call['header'] = {}): Call => ({
  operation,
  input: {},
  header,
});

/** A clock that stands still until it is told to go on, and whose calendar can be set. */
function aClock() {
  let ms = 5_000;
  let offset = 1_800_000_000_000;
  return {
    clock: { monotonic: () => ms, calendar: () => offset + ms },
    pass: (some: number) => {
      ms += some;
    },
    setBack: (some: number) => {
      offset -= some;
    },
  };
}

/** A service that gives the tickets T1-…, T2-…; `accepts` and `login` say what it thinks of tickets and logins. */
function service() {
  const made = {
    logins: [] as Call[],
    calls: [] as Call[],
    accepts: (_: string): boolean => true,
    login: async (): Promise<Reply> => {
      await new Promise(setImmediate);
      const credentials = { ticket: `T${made.logins.length}-canary-ticket` };
      return { output: { credentials, authenticationSucceeded: true }, header: {} };
    },
  };
  const transport: Transport = async (call) => {
    if (call.operation.retry === 'login') {
      made.logins.push(call);
      return made.login();
    }
    made.calls.push(call);
    await new Promise(setImmediate);
    if (!made.accepts(call.header.credentials?.ticket ?? '')) throw new Fault('login', 'expired');
    return { output: [], header: {} };
  };
  return Object.assign(made, { transport });
}

const wrongPassword = async (): Promise<Reply> => ({ output: { authenticationSucceeded: false }, header: {} });
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe('a ticket', () => {
  test('is used as long as no use is six hours after the last, and then replaced without a refusal', async () => {
    const { logins, calls, transport } = service();
    const { clock, pass } = aClock();
    const send = ticket(anna, { clock })(transport);
    for (const wait of [0, 5.9 * HOUR, 5.9 * HOUR, 5.9 * HOUR]) {
      pass(wait);
      await send(aCall());
    }
    expect(logins).toHaveLength(1);
    pass(6.01 * HOUR);
    await send(aCall());
    expect(logins).toHaveLength(2);
    expect(calls).toHaveLength(5);
  });

  test('does not mind a calendar that is set', async () => {
    const { logins, transport } = service();
    const { clock, pass, setBack } = aClock();
    const send = ticket(anna, { clock })(transport);
    for (const day of [24 * HOUR, -24 * HOUR, 48 * HOUR]) {
      setBack(day);
      pass(1);
      await send(aCall());
    }
    expect(logins).toHaveLength(1);
  });

  test('is used as long as an option says', async () => {
    const { logins, transport } = service();
    const { clock, pass } = aClock();
    const send = ticket(anna, { clock, idleMs: 1000 })(transport);
    await send(aCall());
    pass(999);
    await send(aCall());
    pass(1000);
    await send(aCall());
    expect(logins).toHaveLength(2);
  });

  test('of one application is not given to another', async () => {
    const { logins, calls, transport } = service();
    const send = ticket(anna)(transport);
    for (const applicationToken of ['first-app', 'second-app', 'first-app']) {
      await send(aCall(Chat.getChatMessages, { applicationToken }));
    }
    expect(logins.map(({ header }) => header.applicationToken)).toEqual(['first-app', 'second-app']);
    const used = calls.map(({ header }) => header.credentials?.ticket);
    expect(used[2]).toBe(used[0]);
    expect(used[1]).not.toBe(used[0]);
  });

  test('cannot be seen in a call by those who print it, nor can the password', async () => {
    const { logins, calls, transport } = service();
    await ticket(anna)(transport)(aCall(Chat.getChatMessages, { applicationToken: 'canary-app' }));
    for (const { input, header } of [...logins, ...calls]) {
      const text = inspect([input, header], { depth: 9, showHidden: true }) + JSON.stringify([input, header]);
      expect(text).not.toMatch(/canary-(?:ticket|password)/);
    }
    expect(inspect(logins, { depth: 9 })).not.toContain('canary');
    expect(calls[0]?.header.credentials?.ticket).toBe('T1-canary-ticket');
  });

  test('that 200 calls find refused together is renewed once, and each call is made once more', async () => {
    const made = service();
    const send = ticket(anna)(made.transport);
    await Promise.all(times(200, () => send(aCall(Chat.addChatMessage))));
    expect([made.logins.length, made.calls.length]).toEqual([1, 200]);
    made.accepts = (value) => !value.startsWith('T1');
    const replies = await Promise.all(times(200, () => send(aCall(Chat.addChatMessage))));
    expect([made.logins.length, made.calls.length]).toEqual([2, 600]);
    expect(replies.every(({ attempts }) => attempts === 2)).toBe(true);
  });
});

describe('logins that fail', () => {
  test('because of the password are four in half an hour at the most', async () => {
    const made = service();
    made.login = wrongPassword;
    const { clock, pass } = aClock();
    const send = ticket(anna, { clock })(made.transport);
    for (let second = 0; second < 1800; second++) {
      expect(await errorOf(send(aCall()))).toMatchObject({ code: 'login', kind: 'fault' });
      pass(1000);
    }
    expect(made.logins.length).toBe(4);
  });

  test('say so to those who come too soon, and are remembered for all applications of a program', async () => {
    const made = service();
    made.login = wrongPassword;
    const { clock } = aClock();
    const send = ticket(anna, { clock })(made.transport);
    await errorOf(send(aCall()));
    for (let application = 0; application < 50; application++) {
      const call = aCall(Chat.getChatPresence, { applicationToken: `application ${application}` });
      expect(await errorOf(send(call))).toMatchObject({
        code: 'login',
        outcome: 'not-sent',
        attempts: 0,
        message: expect.stringContaining('no further login is tried for 5 s'),
      });
    }
    expect(made.logins.length).toBe(1);
  });

  test('do not keep a ticket of the store from being used', async () => {
    const made = service();
    const { clock } = aClock();
    const store = memoryTicketStore();
    const stored = { store, clock, endpoint: 'https://crm.example.com' };
    const good = made.login;
    const send = ticket(anna, stored)(made.transport);
    made.login = wrongPassword;
    await errorOf(send(aCall()));
    made.login = good;
    await ticket(anna, stored)(made.transport)(aCall());
    expect((await send(aCall())).output).toEqual([]);
    expect(made.logins.length).toBe(2);
  });

  test('because of the password are forgotten once one succeeds', async () => {
    const made = service();
    const { clock, pass } = aClock();
    const send = ticket(anna, { clock, idleMs: 1000 })(made.transport);
    const good = made.login;
    for (let time = 0; time < 3; time++) {
      made.login = wrongPassword;
      await errorOf(send(aCall()));
      made.login = good;
      pass(5000);
      await send(aCall());
      pass(2000);
    }
    expect(made.logins.length).toBe(6);
  });

  test('on the way are shared by all who wait, and not tried again by each', async () => {
    const made = service();
    made.login = async () => {
      throw new TransportError('http-status', 'x', { status: 503 });
    };
    const { clock } = aClock();
    const send = ticket(anna, { clock, sleep: async () => {} })(made.transport);
    const failed = await Promise.all(times(50, () => errorOf(send(aCall()))));
    expect(made.logins.length).toBe(3);
    expect(failed.every((error) => error === failed[0])).toBe(true);
  });

  test('in that no ticket they give is accepted are not made without end', async () => {
    const made = service();
    made.accepts = () => false;
    const { clock, pass } = aClock();
    const send = ticket(anna, { clock })(made.transport);
    expect(await errorOf(send(aCall()))).toMatchObject({ code: 'login', attempts: 2 });
    expect(made.logins.length).toBe(2);
    for (let call = 0; call < 500; call++) {
      await errorOf(send(aCall()));
      pass(10);
    }
    expect(made.logins.length).toBeLessThanOrEqual(4);
  });
});

describe('a ticket store', () => {
  const options = (
    store: TicketStore,
    clock: ReturnType<typeof aClock>['clock'],
    endpoint = 'https://crm.example.com',
  ) => ({
    store,
    clock,
    endpoint,
  });

  test('gives the ticket of an earlier run', async () => {
    const { logins, calls, transport } = service();
    const { clock, pass } = aClock();
    const store = memoryTicketStore();
    await ticket(anna, options(store, clock))(transport)(aCall());
    pass(5 * HOUR);
    await ticket(anna, options(store, clock))(transport)(aCall());
    expect(logins).toHaveLength(1);
    expect(new Set(calls.map(({ header }) => header.credentials?.ticket)).size).toBe(1);
  });

  test('is told of use once in a while, so that the six hours begin again', async () => {
    const { logins, transport } = service();
    const { clock, pass } = aClock();
    const store = memoryTicketStore();
    const send = ticket(anna, options(store, clock))(transport);
    for (const wait of [0, 4 * HOUR, 4 * HOUR]) {
      pass(wait);
      await send(aCall());
    }
    await new Promise(setImmediate);
    pass(4 * HOUR);
    await ticket(anna, options(store, clock))(transport)(aCall());
    expect(logins).toHaveLength(1);
  });

  test('has none that is too old, or that was used in the future', async () => {
    for (const change of ['pass', 'setBack'] as const) {
      const { logins, transport } = service();
      const time = aClock();
      const store = memoryTicketStore();
      await ticket(anna, options(store, time.clock))(transport)(aCall());
      time[change](6 * HOUR);
      await ticket(anna, options(store, time.clock))(transport)(aCall());
      expect(logins).toHaveLength(2);
    }
  });

  test('loses a ticket that was refused, and gets the new one', async () => {
    const made = service();
    const { clock } = aClock();
    const store = memoryTicketStore();
    await ticket(anna, options(store, clock))(made.transport)(aCall());
    made.accepts = (value) => !value.startsWith('T1');
    await ticket(anna, options(store, clock))(made.transport)(aCall());
    await ticket(anna, options(store, clock))(made.transport)(aCall());
    expect(made.logins).toHaveLength(2);
    expect(made.calls.map(({ header }) => header.credentials?.ticket?.slice(0, 2))).toEqual(['T1', 'T1', 'T2', 'T2']);
  });

  test('is shared by clients that begin together, with one login', async () => {
    const { logins, transport } = service();
    const { clock } = aClock();
    const store = memoryTicketStore();
    await Promise.all(times(20, () => ticket(anna, options(store, clock))(transport)(aCall())));
    expect(logins).toHaveLength(1);
  });

  test.each<[string, Credentials, string, string]>([
    ['another user', { userName: 'joerg', password: 'demo' }, 'https://crm.example.com', ''],
    ['another endpoint', anna, 'https://other.example.com', ''],
    ['another application', anna, 'https://crm.example.com', 'an application'],
  ])('has none for %s', async (_, credentials, endpoint, applicationToken) => {
    const { logins, transport } = service();
    const { clock } = aClock();
    const store = memoryTicketStore();
    await ticket(anna, options(store, clock))(transport)(aCall());
    await ticket(credentials, options(store, clock, endpoint))(transport)(
      aCall(Chat.getChatMessages, applicationToken ? { applicationToken } : {}),
    );
    expect(logins).toHaveLength(2);
  });

  test.each<[string, () => unknown]>([
    ['fails', () => Promise.reject(new Error('no space'))],
    ['fails without a reason', () => Promise.reject()],
    [
      'fails at once',
      () => {
        throw new Error('no space');
      },
    ],
    ['repeats the ticket', () => Promise.reject(new Error('T1-canary-ticket is too long'))],
  ])('whose set %s is told by a warning, and the call is made', async (_, set) => {
    const { transport } = service();
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const { clock, pass } = aClock();
    const send = ticket(anna, options({ ...memoryTicketStore(), set: set as TicketStore['set'] }, clock))(transport);
    expect((await send(aCall())).output).toEqual([]);
    pass(3_600_000);
    expect((await send(aCall())).output).toEqual([]);
    expect(warn).toHaveBeenCalled();
    expect(warn.mock.calls.join()).not.toContain('canary');
    warn.mockRestore();
  });

  test.each(['get', 'exclusively'] as const)('whose %s fails is an error of the options', async (name) => {
    const { transport, calls } = service();
    const broken = async () => {
      throw new Error('no such folder');
    };
    const send = ticket(anna, options({ ...memoryTicketStore(), [name]: broken }, aClock().clock))(transport);
    expect(await errorOf(send(aCall()))).toMatchObject({
      kind: 'input',
      path: 'ticketStore',
      message: 'input: ticketStore: no such folder',
    });
    expect(calls).toEqual([]);
  });

  test('that hangs is named in the error', async () => {
    const { transport } = service();
    const store = { ...memoryTicketStore(), get: () => new Promise<undefined>(() => {}) };
    const send = ticket(anna, { ...options(store, aClock().clock), loginMs: 20 })(transport);
    expect((await errorOf(send(aCall()))).message).toContain('while get of the ticket store was under way');
  });

  test('that is none is refused', () => {
    for (const store of ['folder', {}, memoryTicketStore]) {
      const given = options(store as never, aClock().clock);
      expect(() => ticket(anna, given)(service().transport)).toThrow('input: ticketStore: ');
    }
  });

  test('that cannot write is told by a warning, and the call is made', async () => {
    const { transport } = service();
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const store: TicketStore = {
      ...memoryTicketStore(),
      set: async () => {
        throw new Error('no space');
      },
    };
    expect((await ticket(anna, options(store, aClock().clock))(transport)(aCall())).output).toEqual([]);
    expect(warn.mock.calls[0]?.[0]).toBe('the ticket store failed: no space');
    warn.mockRestore();
  });

  test.each<[string, () => unknown]>([
    [
      'a ticket that is given',
      () => ticket({ ticket: '7T:abc' }, options(memoryTicketStore(), aClock().clock))(service().transport),
    ],
    [
      'a function',
      () => ticket(async () => '7T:abc', options(memoryTicketStore(), aClock().clock))(service().transport),
    ],
    ['no endpoint', () => ticket(anna, { store: memoryTicketStore() })(service().transport)],
  ])('is refused with %s', (_, make) => {
    expect(make).toThrow('input: ');
  });
});
