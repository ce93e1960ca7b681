import {
  type Call,
  Chat,
  deadline,
  intercept,
  type Reply,
  retry,
  signalOf,
  soapTransport,
  type Transport,
  TransportError,
  ticket,
} from '../../../lib/index.js';
import { errorOf } from '../error-of.js';

const aCall = (signal?: AbortSignal): Call => ({
  operation: Chat.getChatMessages,
  input: { chatSessionId: 1, after: 0 },
  header: {},
  signal,
});

const aReply = (): Reply => ({ output: [], header: { succeeded: true } });

const never: Transport = () => new Promise(() => {});

/** A transport that takes so many milliseconds and does not mind any signal. */
const slow =
  (ms: number): Transport =>
  () =>
    new Promise((resolve) => setTimeout(resolve, ms, aReply()));

describe('a deadline', () => {
  test('lets a call through that is answered in time', async () => {
    const reply = aReply();
    expect(await deadline(5000)(async () => reply)(aCall())).toBe(reply);
  });

  test('lets an error through that comes in time', async () => {
    const error = new TransportError('connection', 'x');
    await expect(deadline(5000)(() => Promise.reject(error))(aCall())).rejects.toBe(error);
  });

  test('ends a call that is not answered in time', async () => {
    const error = await errorOf(deadline(20)(never)(aCall()));
    expect(error).toMatchObject({
      kind: 'transport',
      code: 'timeout',
      phase: 'total',
      outcome: 'unknown',
      operation: 'Chat.GetChatMessages',
    });
    expect(error.message).toContain('20 ms');
  });

  test('ends a call whose transport minds no signal', async () => {
    expect(await errorOf(deadline(20)(slow(200))(aCall()))).toMatchObject({ phase: 'total' });
  });

  test('aborts the signal of the call that is asked for, with the time as its reason', async () => {
    let signal: AbortSignal | undefined;
    await errorOf(
      deadline(20)((call) => {
        signal = signalOf(call);
        return never(call);
      })(aCall()),
    );
    expect(signal?.reason).toEqual({ deadlineMs: 20 });
  });

  test('tells those below when it is, and never later than one around it', async () => {
    const seen: Call[] = [];
    const transport: Transport = async (call) => {
      seen.push(call);
      return aReply();
    };
    const before = performance.now();
    await deadline(5000)(transport)(aCall());
    await intercept(transport, deadline(1000), deadline(5000))(aCall());
    expect(seen[0]?.deadline?.ms).toBe(5000);
    expect(seen[0]?.deadline?.endsAt).toBeGreaterThanOrEqual(before + 5000);
    expect(seen[1]?.deadline?.endsAt).toBeLessThan(before + 4000);
  });

  test('begins anew with each call', async () => {
    const transport = deadline(300)(slow(100));
    for (let i = 0; i < 4; i++) await transport(aCall());
  });

  test("passes the caller's abort on, whose reason is the cause", async () => {
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    const call = errorOf(deadline(5000)(never)(aCall(controller.signal)));
    controller.abort(reason);
    const error = await call;
    expect(error).toMatchObject({ code: 'aborted', outcome: 'unknown' });
    expect(error.cause).toBe(reason);
  });

  test("names the operation where the caller's abort ends the call", async () => {
    const controller = new AbortController();
    const call = errorOf(deadline(5000)(never)(aCall(controller.signal)));
    controller.abort();
    expect((await call).operation).toBe('Chat.GetChatMessages');
  });

  test('tells of a call that is aborted already that it was not sent', async () => {
    const transport = soapTransport({ baseUrl: 'http://127.0.0.1:9' });
    expect(await errorOf(deadline(5000)(transport)(aCall(AbortSignal.abort())))).toMatchObject({
      code: 'aborted',
      outcome: 'not-sent',
    });
    await transport.close();
  });

  test("leaves no listener on the caller's signal", async () => {
    const { signal } = new AbortController();
    const remove = jest.spyOn(signal, 'removeEventListener');
    const add = jest.spyOn(signal, 'addEventListener');
    await deadline(5000)(async () => aReply())(aCall(signal));
    expect(remove).toHaveBeenCalledTimes(add.mock.calls.length);
  });

  test('leaves the call of the caller as it was', async () => {
    const call = Object.freeze(aCall());
    await deadline(5000)(async () => aReply())(call);
    expect(call.signal).toBeUndefined();
  });

  test('leaves no rejection unhandled of a transport that fails afterwards', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const late: Transport = () => new Promise((_, reject) => setTimeout(reject, 300, new Error('too late')));
    await errorOf(deadline(10)(late)(aCall()));
    await new Promise((resolve) => setTimeout(resolve, 400));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  test('tells of a call that waits for its login that it was not sent', async () => {
    const login: Transport = () => new Promise(() => {});
    const calls = intercept(login, deadline(20), retry(), ticket({ userName: 'anna', password: 'demo' }));
    expect(await errorOf(calls(aCall()))).toMatchObject({
      code: 'timeout',
      phase: 'total',
      outcome: 'not-sent',
      operation: 'Chat.GetChatMessages',
    });
  });

  test('is told at once what the last attempt told, where the wait for the next would go beyond it', async () => {
    const refused: Transport = async () => {
      throw new TransportError('connect', 'no connection (ECONNREFUSED)');
    };
    const calls = intercept(refused, deadline(60), retry({ attempts: 100, random: () => 1 }));
    const error = await errorOf(calls(aCall()));
    expect(error).toMatchObject({ code: 'connect', outcome: 'not-sent' });
    expect(error.message).toContain('ECONNREFUSED');
  });

  test('of Infinity is none', async () => {
    const transport = slow(5);
    expect(deadline(Number.POSITIVE_INFINITY)(transport)).toBe(transport);
  });

  test.each([0, -1, Number.NaN, '5' as never])('of %p is refused', (ms) => {
    expect(() => deadline(ms)).toThrow('not a number of milliseconds');
  });
});
