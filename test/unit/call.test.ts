import { type Call, Chat, type Interceptor, intercept, type Reply, type Transport } from '../../lib/index.js';

const aCall = (): Call => ({ operation: Chat.getChatMessages, input: { chatSessionId: 1, after: 0 }, header: {} });

const aReply = (): Reply => ({ output: [], header: { succeeded: true } });

/** Notes when a call passes on its way out and when its reply passes on its way back. */
const noting =
  (log: string[], name: string): Interceptor =>
  (next) =>
  async (call) => {
    log.push(`${name} sees the call`);
    const reply = await next(call);
    log.push(`${name} sees the reply`);
    return reply;
  };

const answering =
  (log: string[], reply: Reply): Transport =>
  async () => {
    log.push('the transport answers');
    return reply;
  };

describe('intercept', () => {
  test('the first interceptor is outermost', async () => {
    const log: string[] = [];
    await intercept(answering(log, aReply()), noting(log, 'first'), noting(log, 'second'))(aCall());
    expect(log).toEqual([
      'first sees the call',
      'second sees the call',
      'the transport answers',
      'second sees the reply',
      'first sees the reply',
    ]);
  });

  test('without interceptors it is the transport itself', () => {
    const transport = answering([], aReply());
    expect(intercept(transport)).toBe(transport);
  });

  test('the call and the reply pass as they are', async () => {
    const call = aCall();
    const reply = aReply();
    const seen: Call[] = [];
    const transport: Transport = async (each) => {
      seen.push(each);
      return reply;
    };
    expect(await intercept(transport, noting([], 'only'))(call)).toBe(reply);
    expect(seen[0]).toBe(call);
  });

  test('each interceptor wraps once, when the parts are put together', async () => {
    let wrapped = 0;
    const counting: Interceptor = (next) => {
      wrapped++;
      return next;
    };
    const transport = intercept(answering([], aReply()), counting);
    await transport(aCall());
    await transport(aCall());
    expect(wrapped).toBe(1);
  });
});
