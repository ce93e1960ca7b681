import { type Call, Chat, createClient, SoPrincipal, type Transport, TransportError } from '../../lib/index.js';

/** A transport that keeps the calls it gets, and answers each with the same output. */
function recorder(output: unknown): { readonly calls: Call[]; readonly transport: Transport } {
  const calls: Call[] = [];
  const transport: Transport = async (call) => {
    calls.push(call);
    return { output, header: { succeeded: true } };
  };
  return { calls, transport };
}

describe('a client', () => {
  test.each([
    ['Chat', Chat, 31],
    ['SoPrincipal', SoPrincipal, 5],
  ])('of %s has one method for each operation', (_, service, count) => {
    const client = createClient(service, recorder(null).transport);
    expect(Object.keys(client)).toEqual(Object.keys(service));
    expect(Object.keys(client)).toHaveLength(count);
  });

  test('makes a call of the operation with the input as it was given', async () => {
    const { calls, transport } = recorder([]);
    const input = { chatSessionId: 42, after: 7 };
    await createClient(Chat, transport).getChatMessages(input);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.operation).toBe(Chat.getChatMessages);
    expect(calls[0]?.input).toBe(input);
  });

  test('gives the output of the reply', async () => {
    const output = [{ chatMessageId: 1 }];
    expect(await createClient(Chat, recorder(output).transport).getChatMessages({ chatSessionId: 1, after: 0 })).toBe(
      output,
    );
  });

  test('gives null for a result that the service left out', async () => {
    const client = createClient(Chat, recorder(null).transport);
    expect(await client.getChatMessages({ chatSessionId: 1, after: 0 })).toBeNull();
  });

  test('passes the header parts and the signal of the call on', async () => {
    const { calls, transport } = recorder([]);
    const { signal } = new AbortController();
    const header = { credentials: { ticket: 'a ticket' }, timeZone: { soTimeZoneLocationCode: 'NO' } };
    await createClient(Chat, transport).getChatMessages({ chatSessionId: 1, after: 0 }, { signal, header });
    expect(calls[0]?.header).toEqual(header);
    expect(calls[0]?.signal).toBe(signal);
  });

  test('makes calls without header parts and signal where none are given', async () => {
    const { calls, transport } = recorder([]);
    await createClient(Chat, transport).getChatMessages({ chatSessionId: 1, after: 0 });
    expect(calls[0]?.header).toEqual({});
    expect(calls[0]?.signal).toBeUndefined();
  });

  test('needs no input for an operation without parameters', async () => {
    const { calls, transport } = recorder([]);
    await createClient(Chat, transport).chatSessionsForUser();
    expect(calls[0]?.input).toEqual({});
  });

  test('takes options for an operation without parameters', async () => {
    const { calls, transport } = recorder([]);
    const header = { credentials: { ticket: 'a ticket' } };
    await createClient(Chat, transport).chatSessionsForUser(undefined, { header });
    expect(calls[0]).toMatchObject({ input: {}, header });
  });

  test('rejects with the error of the transport', async () => {
    const error = new TransportError('timeout', 'no reply');
    const client = createClient(Chat, async () => {
      throw error;
    });
    await expect(client.chatSessionsForUser()).rejects.toBe(error);
  });

  test('has methods that work without the client', async () => {
    const { chatSessionsForUser } = createClient(Chat, recorder([]).transport);
    expect(await chatSessionsForUser()).toEqual([]);
  });

  test('rejects, and does not throw, whatever goes wrong', async () => {
    const client = createClient(Chat, () => {
      throw new Error('at once');
    });
    await expect(client.chatSessionsForUser()).rejects.toThrow('at once');
  });
});

describe('a call that may be repeated', () => {
  const client = (calls: Call[]) => createClient(Chat, async (call) => ({ output: calls.push(call), header: {} }));

  test('says so to the transport', async () => {
    const calls: Call[] = [];
    await client(calls).saveChatPresence({ chatPresence: [] }, { repeatable: true });
    expect(calls[0]?.repeatable).toBe(true);
  });

  test('is none that creates something or goes a step', async () => {
    const calls: Call[] = [];
    const made = client(calls);
    for (const call of [
      made.addChatMessage({ chatSessionId: 1, message: {} }, { repeatable: true }),
      made.pickUpFirstChatSession({}, { repeatable: true }),
    ]) {
      await expect(call).rejects.toMatchObject({ kind: 'input', path: 'repeatable' });
    }
    expect(calls).toEqual([]);
  });

  test('has no option that there is not', async () => {
    const retry = { retry: true } as object;
    await expect(client([]).getChatMessages({ chatSessionId: 1, after: 0 }, retry)).rejects.toThrow(
      'retry: no such option; there is signal, header, repeatable',
    );
  });
});

describe('options that are none', () => {
  test.each<[string, unknown, string]>([
    ['an AbortController in the place of its signal', { signal: new AbortController() }, 'signal'],
    ['a signal that is null', { signal: null }, 'signal'],
    ['a signal that is a number', { signal: 5 }, 'signal'],
    ['null', null, ''],
    ['a list', [], ''],
    ['a signal by itself', new AbortController().signal, expect.any(String)],
  ])('%s: the call is refused, and nothing is sent', async (_, options, path) => {
    const { calls, transport } = recorder([]);
    const { getChatMessages } = createClient(Chat, transport);
    const input = { chatSessionId: 1, after: 0 };
    const refused = { kind: 'input', code: 'input', path, outcome: 'not-sent', attempts: 0 };
    await expect(getChatMessages(input, options as never)).rejects.toMatchObject(refused);
    await expect(getChatMessages.withReply(input, options as never)).rejects.toMatchObject(refused);
    expect(calls).toEqual([]);
  });
});
