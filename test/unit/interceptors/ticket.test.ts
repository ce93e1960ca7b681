import {
  type Call,
  Chat,
  type Credentials,
  Fault,
  intercept,
  type Operation,
  obtainTicket,
  type Reply,
  retry,
  SoPrincipal,
  type Transport,
  TransportError,
  ticket,
} from '../../../lib/index.js';
import { errorOf } from '../error-of.js';

const anna: Credentials = { userName: 'anna', password: 'demo' };

const callOf = (operation: Operation, more: Partial<Call> = {}): Call => ({
  operation,
  input: {},
  header: {},
  ...more,
});

const aCall = (more: Partial<Call> = {}): Call => callOf(Chat.getChatMessages, more);

const anAnswer = (output: unknown = []): Reply => ({ output, header: { succeeded: true } });

const signedIn = (value: string | null): Reply =>
  anAnswer({ response: null, credentials: { ticket: value }, authenticationSucceeded: true });

const refusal = () => new Fault('login', 'the ticket is not valid', { exceptionType: 'SoSessionException' });

const tick = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A service that gives the tickets T1, T2, … and accepts those that are in `valid`. */
function service(options: { readonly login?: (call: Call, count: number) => Promise<Reply> } = {}) {
  const logins: Call[] = [];
  const calls: Call[] = [];
  const valid = new Set<string>();
  const issue = async (): Promise<Reply> => {
    await tick();
    const value = `T${logins.length}`;
    valid.add(value);
    return signedIn(value);
  };
  const transport: Transport = async (call) => {
    if (call.operation.service.name === 'SoPrincipal' && call.operation.retry === 'login') {
      logins.push(call);
      return options.login ? options.login(call, logins.length) : issue();
    }
    calls.push(call);
    await tick();
    if (call.operation.service.name === 'Chat' && !valid.has(ticketOf(call) ?? '')) throw refusal();
    return anAnswer();
  };
  return { transport, logins, calls, valid, issue };
}

/** A clock that stands still until it is told to go on. */
function aClock() {
  let ms = 1_000_000;
  const now = (): number => ms;
  return {
    clock: { monotonic: now, calendar: now },
    pass: (some: number) => {
      ms += some;
    },
  };
}

const ticketOf = ({ header }: Call): string | null | undefined => header.credentials?.ticket;

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe('a call that wants a ticket', () => {
  test('gets one by a login, and the next call has the same', async () => {
    const { transport, logins, calls } = service();
    const send = ticket(anna)(transport);
    await send(aCall());
    await send(aCall());
    expect(logins.length).toBe(1);
    expect(calls.map(ticketOf)).toEqual(['T1', 'T1']);
  });

  test('keeps its input, its signal and its other header parts', async () => {
    const { transport, calls } = service();
    const { signal } = new AbortController();
    const call = aCall({ input: { after: 3 }, signal, header: { timeZone: { soTimeZoneId: 7 } } });
    await ticket(anna)(transport)(call);
    expect(calls[0]).toMatchObject({ input: { after: 3 }, header: { timeZone: { soTimeZoneId: 7 } } });
    expect(calls[0]?.input).toBe(call.input);
    expect(calls[0]?.signal).toBe(signal);
    expect(call.header).toEqual({ timeZone: { soTimeZoneId: 7 } });
  });

  test('waits for the one login of fifty that begin together', async () => {
    const { transport, logins, calls } = service();
    const send = ticket(anna)(transport);
    await Promise.all(times(50, () => send(aCall())));
    expect(logins.length).toBe(1);
    expect(calls.length).toBe(50);
  });

  test('gives no login before it is made', async () => {
    const { transport, logins } = service();
    ticket(anna)(transport);
    await tick();
    expect(logins.length).toBe(0);
  });

  test('does not share its ticket with another wrapping', async () => {
    const { transport, logins } = service();
    const interceptor = ticket(anna);
    await interceptor(transport)(aCall());
    await interceptor(transport)(aCall());
    expect(logins.length).toBe(2);
  });
});

describe('a call that wants none', () => {
  test('is one of SoPrincipal, which passes as it is', async () => {
    const { transport, logins, calls } = service();
    const call = callOf(SoPrincipal.getSystemInfo);
    await ticket(anna)(transport)(call);
    expect(logins.length).toBe(0);
    expect(calls[0]).toBe(call);
  });

  test('is one with credentials of its own, which passes as it is', async () => {
    const { transport, logins, calls, valid } = service();
    valid.add('its own');
    const call = aCall({ header: { credentials: { ticket: 'its own' } } });
    await ticket(anna)(transport)(call);
    expect(logins.length).toBe(0);
    expect(calls[0]).toBe(call);
  });

  test('is one with credentials of its own, whose refusal is the error', async () => {
    const { transport, logins, calls } = service();
    const call = aCall({ header: { credentials: { ticket: 'its own' } } });
    expect(await errorOf(ticket(anna)(transport)(call))).toMatchObject({ code: 'login' });
    expect(logins.length).toBe(0);
    expect(calls.length).toBe(1);
  });
});

describe('a refused ticket', () => {
  test.each<Operation>([Chat.getChatMessages, Chat.saveChatPresence, Chat.pickUpChatSession, Chat.addChatMessage])(
    'is renewed once, and the call made once more, also for $name of the class $retry',
    async (operation) => {
      const { transport, logins, calls, valid } = service();
      const send = ticket(anna)(transport);
      await send(aCall());
      valid.clear();
      expect(await send(callOf(operation))).toEqual({ ...anAnswer(), attempts: 2 });
      expect(logins.length).toBe(2);
      expect(calls.map(ticketOf)).toEqual(['T1', 'T1', 'T2']);
    },
  );

  test('is renewed by one login for fifty calls, each of which is made once more', async () => {
    const { transport, logins, calls, valid } = service();
    const send = ticket(anna)(transport);
    await send(aCall());
    valid.clear();
    await Promise.all(times(50, () => send(aCall())));
    expect(logins.length).toBe(2);
    expect(calls.length).toBe(1 + 50 + 50);
  });

  test('that is refused again is the error, of two attempts, without a loop', async () => {
    const { transport, logins, calls, valid } = service();
    const send = ticket(anna)(async (call) => {
      valid.clear();
      return transport(call);
    });
    const error = await errorOf(send(aCall()));
    expect(error).toMatchObject({ kind: 'fault', code: 'login', attempts: 2, outcome: 'refused' });
    expect(logins.length).toBe(2);
    expect(calls.length).toBe(2);
  });

  test('whose call fails for another reason the second time gives that error, of two attempts', async () => {
    const { transport, valid } = service();
    const errors = [refusal(), new Fault('service', 'not found')];
    const send = ticket(anna)(async (call) => {
      const error = call.operation.service.name === 'Chat' ? errors.shift() : undefined;
      if (error) throw error;
      return transport(call);
    });
    valid.clear();
    expect(await errorOf(send(aCall()))).toMatchObject({ code: 'service', attempts: 2 });
  });

  test('that is refused late, when there is a new one, costs no login', async () => {
    const { transport, logins, calls, valid } = service();
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const send = ticket(anna)(async (call) => {
      const isLate = call.input === 'late' && ticketOf(call) === 'T1';
      if (!isLate) return transport(call);
      await held;
      return transport(call);
    });
    await send(aCall());
    const late = send(aCall({ input: 'late' }));
    valid.clear();
    await send(aCall());
    expect(logins.length).toBe(2);
    release();
    expect(await late).toEqual({ ...anAnswer(), attempts: 2 });
    expect(logins.length).toBe(2);
    expect(calls.at(-1)).toMatchObject({ input: 'late', header: { credentials: { ticket: 'T2' } } });
  });

  test('is not what other faults are taken for', async () => {
    const { transport, logins } = service();
    const send = ticket(anna)(async (call) => {
      if (call.operation.service.name === 'Chat') throw new Fault('service', 'you may not');
      return transport(call);
    });
    expect(await errorOf(send(aCall()))).toMatchObject({ code: 'service', attempts: 1 });
    expect(logins.length).toBe(1);
  });

  test('that the caller gave is not renewed', async () => {
    const { transport, logins, calls } = service();
    const error = await errorOf(ticket({ ticket: 'given' })(transport)(aCall()));
    expect(error).toMatchObject({ code: 'login', attempts: 1 });
    expect(calls.map(ticketOf)).toEqual(['given']);
    expect(logins.length).toBe(0);
  });

  test('whose new login fails gives the error of the login', async () => {
    const { transport, valid } = service({
      login: async (_, count) => {
        if (count > 1) throw new TransportError('connect', 'no connection');
        valid.add('T1');
        return signedIn('T1');
      },
    });
    const send = ticket(anna)(transport);
    await send(aCall());
    valid.clear();
    expect(await errorOf(send(aCall()))).toMatchObject({ code: 'connect', outcome: 'not-sent' });
  });
});

describe('a login', () => {
  test.each<[string, Credentials, Operation, unknown]>([
    ['a user name', anna, SoPrincipal.authenticateUsernamePassword, { userName: 'anna', password: 'demo' }],
    ['an access token', { accessToken: '8A:x' }, SoPrincipal.authenticateWithAccessToken, { accessToken: '8A:x' }],
    [
      'generic pairs',
      { generic: { Token: 'x' } },
      SoPrincipal.authenticateGeneric,
      { authenticationData: { Token: 'x' } },
    ],
    ['the identity of the connection', { implicit: true }, SoPrincipal.authenticateImplicit, {}],
  ])('with %s calls the operation for it', async (_, credentials, operation, input) => {
    const { transport, logins } = service();
    await ticket(credentials)(transport)(aCall());
    expect(logins.length).toBe(1);
    expect(logins[0]?.operation).toBe(operation);
    expect(logins[0]?.input).toEqual(input);
  });

  test('has the application token of the call, and no other header part', async () => {
    const { transport, logins } = service();
    const header = { applicationToken: 'app', timeZone: { soTimeZoneId: 7 } };
    await ticket(anna)(transport)(aCall({ header }));
    expect(logins[0]?.header).toEqual({ applicationToken: 'app' });
  });

  test('that is not needed, where a ticket is given, is not made', async () => {
    const { transport, logins, calls, valid } = service();
    valid.add('given');
    await ticket({ ticket: 'given' })(transport)(aCall());
    expect(logins.length).toBe(0);
    expect(calls.map(ticketOf)).toEqual(['given']);
  });

  test('of a function is asked for once, and again after a refusal', async () => {
    const { transport, calls, valid } = service();
    let asked = 0;
    const send = ticket(async () => {
      const value = `F${++asked}`;
      valid.add(value);
      return value;
    })(transport);
    await Promise.all(times(10, () => send(aCall())));
    expect(asked).toBe(1);
    valid.clear();
    await send(aCall());
    expect(asked).toBe(2);
    expect(calls.slice(-2).map(ticketOf)).toEqual(['F1', 'F2']);
  });

  test('of a function that fails is an error of that function', async () => {
    const error = new Error('the vault is closed');
    const send = ticket(() => Promise.reject(error))(service().transport);
    await expect(send(aCall())).rejects.toBe(error);
  });

  test('of a function that throws at once is an error of that function', async () => {
    const send = ticket(() => {
      throw new Error('the vault is closed');
    })(service().transport);
    await expect(send(aCall())).rejects.toThrow('the vault is closed');
    await expect(send(aCall())).rejects.toThrow('the vault is closed');
  });

  test('of a function that gives an empty ticket is a refused login, and nothing is sent', async () => {
    const { transport, calls } = service();
    const send = ticket(async () => '')(transport);
    expect(await errorOf(send(aCall()))).toMatchObject({ kind: 'fault', code: 'login' });
    expect(calls.length).toBe(0);
  });

  test.each([
    ['an empty ticket', { ticket: '' }],
    ['a misspelt user name', { username: 'anna', password: 'demo' }],
    ['a password that is missing', { userName: 'anna', password: undefined }],
    ['implicit that is not true', { implicit: false }],
    ['nothing', undefined],
  ])('with %s is an InputError at once, which holds no value', (_, credentials) => {
    try {
      ticket(credentials as never);
    } catch (error) {
      expect(error).toMatchObject({ kind: 'input', path: 'credentials' });
      expect(String(error)).not.toMatch(/anna|demo/);
      return;
    }
    throw new Error('it was accepted');
  });

  test('is ended when nobody waits for it any more, and the next call begins another', async () => {
    const { transport, logins } = service({ login: () => new Promise(() => {}) });
    const calls = ticket(anna)(transport);
    const [first, second] = [new AbortController(), new AbortController()];
    const waits = [first, second].map(({ signal }) => errorOf(calls(aCall({ signal }))));
    await tick();
    first.abort();
    await waits[0];
    expect(logins[0]?.signal?.aborted).toBe(false);
    second.abort();
    expect(await waits[1]).toMatchObject({ code: 'aborted', outcome: 'not-sent' });
    expect(logins[0]?.signal?.aborted).toBe(true);
    const third = new AbortController();
    const wait = errorOf(calls(aCall({ signal: third.signal })));
    await tick();
    expect(logins.length).toBe(2);
    third.abort();
    await wait;
  });

  test('that the service refuses in the body is a Fault, is not tried again, and sends no call', async () => {
    const { transport, logins, calls } = service({
      login: async () => anAnswer({ response: null, credentials: null, authenticationSucceeded: false }),
    });
    const error = await errorOf(intercept(transport, retry({ sleep: tick as never }), ticket(anna))(aCall()));
    expect(error).toMatchObject({
      kind: 'fault',
      code: 'login',
      outcome: 'refused',
      operation: 'SoPrincipal.AuthenticateUsernamePassword',
    });
    expect(logins.length).toBe(1);
    expect(calls.length).toBe(0);
  });

  test('that the service refuses in the body is refused though a ticket comes with it', async () => {
    const { transport } = service({
      login: async () => anAnswer({ credentials: { ticket: 'T1' }, authenticationSucceeded: false }),
    });
    expect(await errorOf(ticket(anna)(transport)(aCall()))).toMatchObject({ code: 'login' });
  });

  test('that does not say whether it succeeded did not', async () => {
    const { transport } = service({ login: async () => anAnswer({ credentials: { ticket: 'T1' } }) });
    expect(await errorOf(ticket(anna)(transport)(aCall()))).toMatchObject({ code: 'login' });
  });

  test.each([null, ''])('that succeeds with the ticket %p is a Fault', async (value) => {
    const { transport, calls } = service({ login: async () => signedIn(value) });
    expect(await errorOf(ticket(anna)(transport)(aCall()))).toMatchObject({
      code: 'login',
      operation: 'SoPrincipal.AuthenticateUsernamePassword',
    });
    expect(calls.length).toBe(0);
  });

  test('that the service refuses in the header is that Fault', async () => {
    const { transport, calls } = service({
      login: async () => {
        throw new Fault('service', 'the service says that it did not succeed');
      },
    });
    expect(await errorOf(ticket(anna)(transport)(aCall()))).toMatchObject({
      code: 'service',
      operation: 'SoPrincipal.AuthenticateUsernamePassword',
    });
    expect(calls.length).toBe(0);
  });

  test('that fails fails for all who wait, with one request', async () => {
    const { transport, logins } = service({
      login: async () => {
        await tick();
        return anAnswer({ authenticationSucceeded: false });
      },
    });
    const send = ticket(anna)(transport);
    const outcomes = await Promise.allSettled(times(50, () => send(aCall())));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(logins.length).toBe(1);
  });

  test('that fails on the way is remembered for a second', async () => {
    const time = aClock();
    const made = service({
      login: async (_, count) => {
        if (count === 1) throw new TransportError('connection', 'x');
        return made.issue();
      },
    });
    const send = ticket(anna, { clock: time.clock })(made.transport);
    const failure = await errorOf(send(aCall()));
    time.pass(999);
    expect(await errorOf(send(aCall()))).toMatchObject({
      code: 'connection',
      outcome: 'not-sent',
      attempts: 0,
      operation: 'SoPrincipal.AuthenticateUsernamePassword',
      message: expect.stringMatching(/no further login is tried for 1 ms$/),
      cause: failure,
    });
    time.pass(1);
    expect(await send(aCall())).toEqual(anAnswer());
    expect(made.logins.length).toBe(2);
  });

  test('that finds no connection is tried again by itself, and the call is made once', async () => {
    const made = service({
      login: async (_, count) => {
        if (count === 1) throw new TransportError('connect', 'x');
        return made.issue();
      },
    });
    const calls = intercept(made.transport, retry(), ticket(anna, { random: () => 0 }));
    expect(await calls(callOf(Chat.addChatMessage))).toEqual(anAnswer());
    expect(made.logins).toHaveLength(2);
    expect(made.calls).toHaveLength(1);
  });

  test('that breaks off is not tried again, and says of the call that it was not sent', async () => {
    const { transport, logins, calls } = service({
      login: async () => {
        throw new TransportError('connection', 'x');
      },
    });
    const error = await errorOf(intercept(transport, retry({ random: () => 0 }), ticket(anna))(aCall()));
    expect(error).toMatchObject({ outcome: 'not-sent', operation: 'SoPrincipal.AuthenticateUsernamePassword' });
    expect(logins).toHaveLength(1);
    expect(calls).toHaveLength(0);
  });

  test.each([
    ['a redirect', () => new TransportError('redirect', 'x', { status: 302 })],
    ['the status 404', () => new TransportError('http-status', 'x', { status: 404 })],
    ['a page of HTML', () => new TransportError('content-type', 'x', { status: 200 })],
    ['too much', () => new TransportError('too-large', 'x')],
  ])('that is answered by %s is not tried again, since the answer would be the same', async (_, made) => {
    const { transport, logins } = service({
      login: async () => {
        throw made();
      },
    });
    const calls = intercept(transport, retry({ random: () => 0, sleep: async () => {} }), ticket(anna));
    await errorOf(calls(aCall()));
    expect(logins.length).toBe(1);
  });

  test('that fails three times is asked for three times, however many calls wait for it', async () => {
    const { transport, logins } = service({
      login: async () => {
        await tick();
        throw new TransportError('http-status', 'x', { status: 503 });
      },
    });
    const calls = intercept(transport, retry(), ticket(anna));
    const outcomes = await Promise.allSettled(times(50, () => calls(aCall())));
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(logins.length).toBeLessThanOrEqual(3);
  });
});

describe('an abort', () => {
  test('ends the wait of its own call only', async () => {
    const { transport, logins, calls } = service();
    const controller = new AbortController();
    const send = ticket(anna)(transport);
    const first = errorOf(send(aCall({ signal: controller.signal })));
    const others = times(9, () => send(aCall()));
    const reason = new Error('no longer wanted');
    controller.abort(reason);
    const error = await first;
    expect(error).toMatchObject({ kind: 'transport', code: 'aborted' });
    expect(error.cause).toBe(reason);
    await Promise.all(others);
    expect(logins.length).toBe(1);
    expect(calls.length).toBe(9);
  });

  test('while the login is waited for says that the call was not sent, and names it', async () => {
    const { transport } = service();
    const controller = new AbortController();
    const call = errorOf(ticket(anna)(transport)(aCall({ signal: controller.signal })));
    controller.abort();
    expect(await call).toMatchObject({ outcome: 'not-sent', operation: 'Chat.GetChatMessages' });
  });

  test('of all who wait leaves no rejection unhandled, and a login that can be used', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const { transport } = service({
      login: async () => {
        await tick();
        throw new TransportError('connection', 'x');
      },
    });
    const send = ticket(anna)(transport);
    const controller = new AbortController();
    const calls = times(5, () => errorOf(send(aCall({ signal: controller.signal }))));
    controller.abort();
    await Promise.all(calls);
    for (let i = 0; i < 5; i++) await tick();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  test('does not reach the login, which is no call of the aborting one alone', async () => {
    const { transport, logins } = service();
    const { signal } = new AbortController();
    await ticket(anna)(transport)(aCall({ signal }));
    expect(logins[0]?.signal).not.toBe(signal);
  });
});

describe('obtainTicket', () => {
  test('gives the ticket of one login', async () => {
    const { transport, logins } = service();
    expect(await obtainTicket(anna, transport)).toBe('T1');
    expect(logins.length).toBe(1);
  });

  test('gives a ticket that is there already without a login', async () => {
    const { transport, logins } = service();
    expect(await obtainTicket({ ticket: 'given' }, transport)).toBe('given');
    expect(logins.length).toBe(0);
  });

  test('sends the application token that it is given', async () => {
    const { transport, logins } = service();
    await obtainTicket(anna, transport, { applicationToken: 'app' });
    expect(logins[0]?.header).toEqual({ applicationToken: 'app' });
  });

  test('rejects where the login is refused', async () => {
    const { transport } = service({ login: async () => anAnswer({ authenticationSucceeded: false }) });
    expect(await errorOf(obtainTicket(anna, transport))).toMatchObject({ kind: 'fault', code: 'login' });
  });
});
