import { once } from 'node:events';
import {
  type Call,
  Chat,
  type ChatMessage,
  createClient,
  Fault,
  InputError,
  type Operation,
  SoPrincipal,
  type Transport,
  TransportError,
} from '../../../lib/index.js';
import { type ShadowedCall, type ShadowOptions, shadow } from '../../../lib/migrate.js';
import { errorOf } from '../error-of.js';

const messages = (...ids: number[]): ChatMessage[] => ids.map((chatMessageId) => ({ chatMessageId, message: 'a' }));

/** Answers with these outputs in turn, the last of them for good, and keeps the calls; an error is thrown. */
function side(...outputs: readonly unknown[]): Transport & { readonly calls: Call[] } {
  const calls: Call[] = [];
  const transport: Transport = async (call) => {
    const output = outputs[Math.min(calls.length, outputs.length - 1)];
    calls.push(call);
    if (output instanceof Error) throw output;
    return { output: structuredClone(output), header: { succeeded: true } };
  };
  return Object.assign(transport, { calls });
}

const never: Transport = () => new Promise(() => {});
const throwing: Transport = () => {
  throw new TypeError('thrown at once');
};

function shadowed(primary: Transport, secondary: Transport, options: Partial<ShadowOptions> = {}) {
  const seen: ShadowedCall[] = [];
  const transport = shadow({ primary, secondary, onComparison: (each) => void seen.push(each), ...options });
  return { seen, transport, chat: createClient(Chat, transport) };
}

const input = { chatSessionId: 42, after: 0 };
const header = { credentials: { ticket: '7T:canary' }, applicationToken: 'app' };

test('the answer is the primary’s, and both are asked the same, with the ticket of the call', async () => {
  const [primary, secondary] = [side(messages(1)), side(messages(1, 2))];
  const { seen, transport, chat } = shadowed(primary, secondary);
  expect(await chat.getChatMessages(input, { header })).toEqual(messages(1));
  await transport.close();
  for (const { calls } of [primary, secondary]) {
    expect(calls[0]).toMatchObject({ operation: Chat.getChatMessages, input, header });
  }
  expect(seen).toEqual([
    {
      operation: 'Chat.GetChatMessages',
      input: { ...input },
      equal: false,
      differences: [
        { kind: 'missing-in-soap', path: '[1]', soap: 'absent', rest: '{"chatMessageId":2,"message":"a"}' },
      ],
      folded: [],
    },
  ]);
  expect(transport.counts()).toEqual({ compared: 1, different: 1, failed: 0, skipped: 0, pending: 0 });
});

test('nothing but reads is made twice', async () => {
  const [primary, secondary] = [side(null), side(null)];
  const { transport } = shadowed(primary, secondary);
  const all: Operation[] = [...Object.values(Chat), ...Object.values(SoPrincipal)];
  for (const operation of all) await transport({ operation, input: {}, header: {} });
  await transport.close();
  expect(primary.calls.map(({ operation }) => operation)).toEqual(all);
  const reads = all.filter(({ retry }) => retry === 'read');
  expect(secondary.calls.map(({ operation }) => operation)).toEqual(reads);
  expect(reads.map(({ name }) => name)).not.toContain('AddChatMessage');
});

test.each<[string, Transport, string]>([
  ['never answers', never, 'outcome'],
  ['fails', side(new TransportError('connect', 'refused')), 'outcome'],
  ['throws what is no error of a call', throwing, 'outcome'],
])('the caller neither waits for a secondary that %s nor learns of it', async (_, secondary, kind) => {
  const { seen, transport, chat } = shadowed(side(messages(1)), secondary, { timeoutMs: 5 });
  expect(await chat.getChatMessages(input)).toEqual(messages(1));
  expect(seen).toEqual([]);
  await transport.close();
  expect(seen).toMatchObject([{ equal: false, differences: [{ kind }] }]);
});

test('the caller is told why the primary failed, and that is compared as well', async () => {
  const refusal = () => new Fault('service', 'no', { exceptionType: 'SoNotFoundException' });
  const { seen, transport, chat } = shadowed(side(refusal()), side(refusal()));
  expect(await errorOf(chat.getChatMessages(input))).toMatchObject({ code: 'service' });
  const thrown = shadowed(throwing, side([]));
  await expect(thrown.chat.getChatMessages(input)).rejects.toThrow(TypeError);
  await Promise.all([transport.close(), thrown.transport.close()]);
  expect(seen).toMatchObject([{ equal: true }]);
  expect(thrown.seen).toMatchObject([{ equal: false }]);
});

test('the caller’s abort does not end what the secondary does, and a call that was given up is not compared', async () => {
  const secondary = side([]);
  const controller = new AbortController();
  const aborted: Transport = async ({ signal }) => {
    if (!signal?.aborted) await once(signal as AbortSignal, 'abort');
    throw new TransportError('aborted', 'by the caller');
  };
  const { seen, transport, chat } = shadowed(aborted, secondary);
  const error = errorOf(chat.getChatMessages(input, { signal: controller.signal }));
  controller.abort();
  expect(await error).toMatchObject({ code: 'aborted' });
  await transport.close();
  expect(secondary.calls[0]).not.toHaveProperty('signal');
  expect(seen).toEqual([]);
  expect(transport.counts()).toMatchObject({ compared: 0, skipped: 1 });
});

test('no more comparisons are under way than may be; the other calls are only answered', async () => {
  const { transport, chat } = shadowed(side([]), never, { pending: 2, timeoutMs: 5 });
  const calls = Array.from({ length: 5 }, () => chat.getChatMessages(input));
  expect(transport.counts()).toMatchObject({ pending: 2, skipped: 3 });
  expect(await Promise.all(calls)).toEqual(Array(5).fill([]));
  await transport.close();
  // The secondary never answers: nothing was compared.
  expect(transport.counts()).toEqual({ compared: 0, different: 0, failed: 2, skipped: 3, pending: 0 });
});

test('a difference that is gone when both are asked once more is none', async () => {
  const { seen, transport, chat } = shadowed(side(messages(1), messages(1, 2)), side(messages(1, 2)));
  await chat.getChatMessages(input);
  await transport.close();
  expect(seen).toMatchObject([{ equal: true }]);
});

test('one that remains is told once, and without the second look at once', async () => {
  for (const recheck of [true, false]) {
    const [primary, secondary] = [side(messages(1)), side(messages(2))];
    const { seen, transport, chat } = shadowed(primary, secondary, { recheck });
    await chat.getChatMessages(input);
    await transport.close();
    expect(seen).toHaveLength(1);
    expect([primary.calls.length, secondary.calls.length]).toEqual(recheck ? [2, 2] : [1, 1]);
  }
});

test('what the caller does with input and answer makes no difference', async () => {
  const { seen, transport, chat } = shadowed(side(messages(1)), side(messages(1)), { recheck: false });
  const mine = { ...input };
  const called = chat.getChatMessages(mine);
  mine.after = 7;
  (await called)?.pop();
  await transport.close();
  expect(seen).toMatchObject([{ equal: true, input }]);
});

test('what is told to fails becomes a warning, and nothing else', async () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const onComparison = () => {
    throw new Error('nobody there');
  };
  const { transport, chat } = shadowed(side([]), side([]), { onComparison });
  expect(await chat.getChatMessages(input)).toEqual([]);
  await transport.close();
  expect(warn.mock.calls).toEqual([['a comparison failed: nobody there']]);
  warn.mockRestore();
});

test('only a sample is compared, and after the end nothing', async () => {
  const dice = [0.1, 0.6, 0.4];
  const secondary = side([]);
  const { transport, chat } = shadowed(side([]), secondary, { sample: 0.5, random: () => dice.shift() ?? 0 });
  for (let call = 0; call < 3; call++) await chat.getChatMessages(input);
  await transport.close();
  expect(await chat.getChatMessages(input)).toEqual([]);
  expect(secondary.calls).toHaveLength(2);
});

test.each<[string, object]>([
  ['sample', { sample: 2 }],
  ['pending', { pending: 0 }],
  ['timeoutMs', { timeoutMs: -1 }],
  ['recheck', { recheck: 1 }],
  ['secondary', { secondary: undefined }],
  ['rechekc', { rechekc: true }],
])('an option %s that is not right is refused', (path, wrong) => {
  const options = { primary: side(), secondary: side(), onComparison: () => {}, ...wrong } as ShadowOptions;
  expect(() => shadow(options)).toThrow(expect.objectContaining({ path }));
  expect(() => shadow(options)).toThrow(InputError);
});

test('a secondary that gives no answer is told as that, and neither side is asked again for it', async () => {
  const primary = side(messages(1));
  const secondary = side(new TransportError('connect', 'nobody there'));
  const { chat, seen, transport } = shadowed(primary, secondary);
  await chat.getChatMessages(input);
  await transport.close();
  expect(seen).toMatchObject([{ operation: 'Chat.GetChatMessages', equal: false, failed: 'connect' }]);
  expect(transport.counts()).toEqual({ compared: 0, different: 0, failed: 1, skipped: 0, pending: 0 });
  expect([primary.calls.length, secondary.calls.length]).toEqual([1, 1]);
});
