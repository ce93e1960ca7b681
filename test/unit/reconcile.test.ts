import { Chat, type ChatMessage, createChatClient, type Reconciled, reconcile, SoPrincipal } from '../../lib/index.js';
import { createSimulator, serveSoap } from '../../lib/server.js';
import { errorOf } from './error-of.js';

const sent = { chatSessionId: 42, message: { type: 'ToCustomer', message: 'One moment,\nplease.' } } as const;
const stored: ChatMessage = { chatMessageId: 8, type: 'ToCustomer', message: 'One moment,\r\nplease.', author: 'Anna' };

/** A service that has one list of messages at the first look, and another at the second. */
function service(...looks: readonly (readonly (ChatMessage | null)[] | null)[]) {
  const inputs: unknown[] = [];
  const getChatMessages = async (input: unknown) => {
    inputs.push(input);
    return (looks[inputs.length - 1] ?? null) as (ChatMessage | null)[] | null;
  };
  return { inputs, chat: { getChatMessages } as unknown as Parameters<typeof reconcile>[0] };
}

const options = { after: 7, settleMs: 1 };

describe('a message of which it is unknown whether it was stored', () => {
  test.each<[string, readonly (readonly (ChatMessage | null)[] | null)[], Reconciled, number]>([
    ['that is found at once', [[stored]], { state: 'stored', message: stored }, 1],
    ['that is found after a while', [[], [null, stored]], { state: 'stored', message: stored }, 2],
    ['that is not found', [null, []], { state: 'not-stored' }, 2],
    [
      'that is found twice',
      [[stored, { ...stored, chatMessageId: 9 }]],
      { state: 'unknown', candidates: [stored, { ...stored, chatMessageId: 9 }] },
      1,
    ],
    [
      'of which there are others only',
      [[{ ...stored, message: 'Hello' }], [{ ...stored, type: 'ToUser' }]],
      { state: 'not-stored' },
      2,
    ],
  ])('%s', async (_, looks, expected, count) => {
    const { inputs, chat } = service(...looks);
    expect(await reconcile(chat, sent, options)).toEqual(expected);
    expect(inputs).toEqual(Array(count).fill({ chatSessionId: 42, after: 7 }));
  });

  test('is told by its author where the author was sent', async () => {
    const { chat } = service([{ ...stored, author: 'Jörg' }, stored]);
    const ours = { ...sent, message: { ...sent.message, author: 'Anna' } };
    expect(await reconcile(chat, ours, options)).toEqual({ state: 'stored', message: stored });
  });

  test('is not waited for by those who abort', async () => {
    const controller = new AbortController();
    const { chat } = service([]);
    setTimeout(() => controller.abort(), 5);
    const error = await errorOf(reconcile(chat, sent, { after: 7, settleMs: 60_000, signal: controller.signal }));
    expect(error).toMatchObject({ code: 'aborted' });
  });

  test.each([
    ['a control character', '\u000b'],
    ['half of a pair', '\ud83d'],
    ['a code that is no character', '\uffff'],
  ])('is found though %s in it was replaced when it was sent', async (_, illegal) => {
    const found = { ...stored, message: 'one\ufffdtwo' };
    const { chat } = service([found]);
    const ours = { ...sent, message: { ...sent.message, message: `one${illegal}two` } };
    expect(await reconcile(chat, ours, options)).toEqual({ state: 'stored', message: found });
  });

  test.each([undefined, null])('is not looked for without it: %p', async (message) => {
    const { inputs, chat } = service([stored]);
    const error = await errorOf(reconcile(chat, { chatSessionId: 42, message } as never, options));
    expect(error).toMatchObject({ kind: 'input', path: 'message', outcome: 'not-sent' });
    expect(inputs).toEqual([]);
  });

  test.each([{}, { after: -1 }, { after: 7, settle: 1 }])('cannot be looked for with the options %j', async (wrong) => {
    expect(await errorOf(reconcile(service([]).chat, sent, wrong as never))).toMatchObject({ code: 'input' });
  });
});

test('a message whose reply was lost is found in the service', async () => {
  const simulator = createSimulator();
  const server = await serveSoap([Chat, SoPrincipal], simulator);
  let lose = true;
  const chat = createChatClient({
    baseUrl: server.baseUrl,
    credentials: { userName: 'anna', password: 'demo' },
    interceptors: {
      attempt: (next) => async (call) => {
        const reply = await next(call);
        if (lose && call.operation === Chat.addChatMessage) throw new Error('lost');
        return reply;
      },
    },
  });
  try {
    const before = (await chat.getChatMessages({ chatSessionId: 44, after: 0 })) ?? [];
    const after = Math.max(0, ...before.map((message) => message?.chatMessageId ?? 0));
    const message = { ...sent, chatSessionId: 44 };
    await expect(chat.addChatMessage(message)).rejects.toThrow('lost');
    lose = false;
    expect(await reconcile(chat, message, { after })).toMatchObject({ state: 'stored' });
    expect(await reconcile(chat, { ...message, message: { message: 'never sent' } }, { ...options, after })).toEqual({
      state: 'not-stored',
    });
  } finally {
    await chat.close();
    await server.close();
  }
});

test.each([
  ['a control character', 'tab \u000b and \ufffd'],
  ['half of a pair', 'half \udc00 of it'],
])('a message with %s, which was replaced on the way, is found in the service', async (_, message) => {
  const server = await serveSoap([Chat, SoPrincipal], createSimulator());
  const chat = createChatClient({
    baseUrl: server.baseUrl,
    credentials: { userName: 'anna', password: 'demo' },
    illegalCharacters: 'replace',
  });
  try {
    const before = (await chat.getChatMessages({ chatSessionId: 44, after: 0 })) ?? [];
    const after = Math.max(0, ...before.map((each) => each?.chatMessageId ?? 0));
    const call = { chatSessionId: 44, message: { type: 'ToCustomer', message } } as const;
    const added = await chat.addChatMessage(call);
    expect(added?.message).not.toBe(message);
    expect(await reconcile(chat, call, { ...options, after })).toMatchObject({
      state: 'stored',
      message: { chatMessageId: added?.chatMessageId },
    });
  } finally {
    await chat.close();
    await server.close();
  }
});
