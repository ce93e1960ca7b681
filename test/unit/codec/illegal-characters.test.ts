/**
 * Characters that XML cannot carry, on the way out.
 */
import { Chat, createChatClient, decodeReply, decodeRequest, encodeReply, encodeRequest } from '../../../lib/index.js';
import { createSimulator, serveSoap } from '../../../lib/server.js';

const illegal = 'a\x00b\x01\x1f\ud800c\udc00\ufffe\uffff';
const replaced = 'a\ufffdb\ufffd\ufffd\ufffdc\ufffd\ufffd\ufffd';
const legal = '\t\n\r Grüße & <🚲> \x7f\x85\u2028\ufffd';

const messageIn = (document: string): unknown =>
  (decodeRequest([Chat], document).input as { message: { message: unknown } }).message.message;

const request = (message: string, illegalCharacters?: 'refuse' | 'replace'): string =>
  encodeRequest(Chat.addChatMessage, { chatSessionId: 1, message: { message } }, { illegalCharacters });

test.each([undefined, 'refuse'] as const)('are refused with the path: %s', (illegalCharacters) => {
  for (const char of new Set(illegal.replace(/[abc]/g, '').split(''))) {
    expect(() => request(`x${char}`, illegalCharacters)).toThrow(
      expect.objectContaining({ code: 'input', path: 'message.message', outcome: 'not-sent' }),
    );
  }
});

test('are each replaced by U+FFFD where that is asked for, and nothing else is', () => {
  expect(messageIn(request(illegal, 'replace'))).toBe(replaced);
  expect(messageIn(request(legal, 'replace'))).toBe(legal);
  expect(request(legal, 'replace')).toBe(request(legal));
});

test('are replaced in header parts and in replies too', () => {
  const document = encodeRequest(
    Chat.getChatMessages,
    { chatSessionId: 1, after: 0 },
    {
      header: { applicationToken: 'a\x01' },
      illegalCharacters: 'replace',
    },
  );
  expect(decodeRequest([Chat], document).header).toEqual({ applicationToken: 'a\ufffd' });
  const reply = encodeReply(Chat.getChatMessages, [{ message: illegal }], { illegalCharacters: 'replace' });
  expect(decodeReply(Chat.getChatMessages, reply).output).toEqual([{ message: replaced }]);
});

test('are refused in the keys of dictionaries, which could become equal', () => {
  const reply = () =>
    encodeReply(Chat.getChatMessages, [], { header: { extraInfo: { 'a\x01': '' } }, illegalCharacters: 'replace' });
  expect(reply).toThrow(expect.objectContaining({ code: 'input' }));
});

test('a word that is none is refused', () => {
  expect(() => request('a', 'drop' as never)).toThrow(expect.objectContaining({ path: 'illegalCharacters' }));
});

test('a client and a server do as they are told', async () => {
  const simulator = createSimulator();
  const server = await serveSoap([Chat], simulator, { illegalCharacters: 'replace' });
  const options = { baseUrl: server.baseUrl, credentials: { ticket: 'unknown' } };
  const lenient = createChatClient({ ...options, illegalCharacters: 'replace' });
  const strict = createChatClient(options);
  try {
    const call = { chatSessionId: 42, message: { message: 'a\x01' } };
    await expect(strict.addChatMessage(call)).rejects.toMatchObject({ code: 'input', outcome: 'not-sent' });
    // It got as far as the service, which does not know the ticket.
    await expect(lenient.addChatMessage(call)).rejects.toMatchObject({ code: 'login' });
  } finally {
    await Promise.all([lenient.close(), strict.close()]);
    await server.close();
  }
});

test('a reply that a server may not change is a Fault', async () => {
  const transport = async () => ({ output: [{ message: 'a\x01' }], header: {} });
  for (const [illegalCharacters, expected] of [
    ['replace', [{ message: 'a\ufffd' }]],
    ['refuse', undefined],
  ] as const) {
    const server = await serveSoap([Chat], transport, { illegalCharacters });
    const chat = createChatClient({ baseUrl: server.baseUrl, credentials: { ticket: 't' }, attempts: 1 });
    try {
      const output = await chat.getChatMessages({ chatSessionId: 1, after: 0 }).catch(() => undefined);
      expect(output).toEqual(expected);
    } finally {
      await chat.close();
      await server.close();
    }
  }
});
