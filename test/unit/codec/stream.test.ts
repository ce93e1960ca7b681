/**
 * Replies in pieces: the same as in one piece, wherever they are cut.
 */
import { Chat, decodeReply, decodeReplyStream, isCallError, type Operation, SoPrincipal } from '../../../lib/codec.js';

const SERVICES = 'http://www.superoffice.net/ws/crm/NetServer/Services88';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

const reply = (response: string, header = '<Succeeded>true</Succeeded>'): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${SERVICES}" xmlns:i="${XSI}">` +
  `<s:Header>${header}</s:Header>\n<s:Body><GetChatMessagesResponse>${response}</GetChatMessagesResponse></s:Body></s:Envelope>\n`;

const message = (id: number, text: string): string =>
  `<ChatMessage><ChatMessageId>${id}</ChatMessageId><Type>ToUser</Type><Message>${text}</Message>` +
  `<SpecialParam i:nil="true"/><WhenPosted>2026-03-02T08:15:30.1234567+01:00</WhenPosted></ChatMessage>`;

const conversation = reply(
  `<Response>\n <!-- two --> ${message(1, 'Grüße &amp; 🚲 <![CDATA[<b>]]>\r\n')} <ChatMessage i:nil="1"/>${message(2, 'a]]b&#x1F;&#13;')}<ChatMessage/>\n</Response>`,
);

/** What is given before the end or the error, and the error. */
async function read(pieces: Iterable<Uint8Array>, operation: Operation = Chat.getChatMessages, options = {}) {
  const items: unknown[] = [];
  try {
    for await (const item of decodeReplyStream(operation, pieces, options)) items.push(item);
    return { items };
  } catch (error) {
    return { items, error: faultOf(error) };
  }
}

/** Streams count bytes where whole documents count lines, which therefore are left out, and the path with them. */
const faultOf = (error: unknown): unknown => {
  if (!isCallError(error)) throw error;
  const reason = error.message.replace(/(?:, (?:byte \d+|line \d+, column \d+))?(?: at \S+)?$/, '');
  return { reason, code: error.code, operation: error.operation };
};

function readWhole(document: Uint8Array, options = {}) {
  try {
    return { items: decodeReply(Chat.getChatMessages, document, options).output ?? [] };
  } catch (error) {
    return { error: faultOf(error) };
  }
}

function piecesOf(document: Uint8Array, size: number): Uint8Array[] {
  const count = Math.ceil(document.length / size);
  return Array.from({ length: count }, (_, index) => document.subarray(index * size, (index + 1) * size));
}

const cut = (document: Uint8Array, at: number): Uint8Array[] => [document.subarray(0, at), document.subarray(at)];

const documents: [string, Buffer, object][] = [
  ['UTF-8', Buffer.from(conversation), {}],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${conversation}`), {}],
  ['UTF-16, little endian', Buffer.from(`\ufeff${conversation.replace('utf-8', 'utf-16')}`, 'utf16le'), {}],
  ['UTF-16, big endian', Buffer.from(`\ufeff${conversation.replace('utf-8', 'utf-16')}`, 'utf16le').swap16(), {}],
  ['ISO-8859-1', Buffer.from(conversation.replace('utf-8', 'ISO-8859-1').replace('🚲', ''), 'latin1'), {}],
  [
    'windows-1252 by its charset',
    Buffer.from(conversation.replace(/<\?.*\?>/, ''), 'latin1'),
    { charset: 'windows-1252' },
  ],
];

test.each(documents)('a document in %s gives the same wherever it is cut', async (_, document, options) => {
  const whole = readWhole(document, options);
  expect(whole.items).toHaveLength(4);
  for (let at = 0; at <= document.length; at++) {
    expect(await read(cut(document, at), Chat.getChatMessages, options)).toEqual(whole);
  }
  for (const size of [1, 2, 3, 7, 64]) {
    expect(await read(piecesOf(document, size), Chat.getChatMessages, options)).toEqual(whole);
  }
});

test('a document that is damaged anywhere is refused for the same reason as in one piece', async () => {
  const document = Buffer.from(conversation);
  for (let at = 0; at < document.length; at++) {
    for (const damage of ['', '<', '&', 'z', '\x01', '\xff']) {
      const damaged = Buffer.concat([
        document.subarray(0, at),
        Buffer.from(damage, 'latin1'),
        document.subarray(at + 1),
      ]);
      const whole = readWhole(damaged);
      const inPieces = await read(cut(damaged, (at * 7919) % damaged.length));
      if (whole.error) expect(inPieces.error).toBeDefined();
      // Damaged UTF-8 is seen when its piece comes, in one piece before everything else.
      if (whole.error && damage !== '\xff') expect(inPieces.error).toEqual(whole.error);
      if (!whole.error) expect(inPieces).toEqual(whole);
    }
  }
});

test('a document that is cut off ends with an error after the items that are whole', async () => {
  const document = Buffer.from(conversation);
  for (let length = 0; length < document.length - 1; length++) {
    const { items, error } = await read([document.subarray(0, length)]);
    expect(error).toEqual(readWhole(document.subarray(0, length)).error);
    expect(items.length).toBeLessThanOrEqual(4);
  }
});

test('an item is given as soon as it is there, before the next piece is asked for', async () => {
  const asked: number[] = [];
  async function* pieces() {
    for (const [index, piece] of [
      conversation.slice(0, conversation.indexOf('<ChatMessage i:nil')),
      conversation.slice(conversation.indexOf('<ChatMessage i:nil')),
    ].entries()) {
      asked.push(index);
      yield Buffer.from(piece);
    }
  }
  const items = decodeReplyStream(Chat.getChatMessages, pieces());
  expect((await items.next()).value).toMatchObject({ chatMessageId: 1, specialParam: null });
  expect(asked).toEqual([0]);
});

test('who stops early ends the source', async () => {
  let ended = false;
  async function* pieces() {
    try {
      for (;;) yield Buffer.from(conversation.slice(0, conversation.indexOf('</Response>')));
    } finally {
      ended = true;
    }
  }
  for await (const item of decodeReplyStream(Chat.getChatMessages, pieces())) {
    expect(item).not.toBeNull();
    break;
  }
  expect(ended).toBe(true);
});

test.each([
  ['nil', '<Response i:nil="true"/>'],
  ['left out', ''],
  ['empty', '<Response/>'],
  ['empty, with two tags', '<Response> </Response>'],
])('a list that is %s has no items', async (_, response) => {
  expect(await read(piecesOf(Buffer.from(reply(response)), 10))).toEqual({ items: [] });
});

test('a refusal is told before any item', async () => {
  const header = '<ExceptionInfo><Message>No such session</Message></ExceptionInfo><Succeeded>false</Succeeded>';
  const document = Buffer.from(reply(`<Response>${message(1, 'a')}</Response>`, header));
  const { items, error } = await read(piecesOf(document, 100));
  expect(items).toEqual([]);
  expect(error).toMatchObject({ code: 'service', operation: 'Chat.GetChatMessages' });
});

test('a Fault is told', async () => {
  const document = reply('').replace(
    /<GetChat.*Response>/,
    '<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring></s:Fault>',
  );
  expect(await read(piecesOf(Buffer.from(document), 50))).toMatchObject({ items: [], error: { code: 'soap-fault' } });
});

async function readAll(document: string): Promise<void> {
  for await (const _ of decodeReplyStream(Chat.getChatMessages, piecesOf(Buffer.from(document), 700)));
}

test('an error names the item, counted over all pieces, and the byte', async () => {
  const good = Array.from({ length: 30 }, (_, index) => message(index, 'x'.repeat(index))).join('');
  const document = reply(`<Response>${good}${message(31, 'a').replace('ToUser', 'To User')}</Response>`);
  const { items, error } = await read(piecesOf(Buffer.from(document), 1000));
  expect(items).toHaveLength(30);
  expect(error).toMatchObject({ code: 'schema' });
  const path = 'Envelope/Body/GetChatMessagesResponse/Response/ChatMessage[31]/Type';
  await expect(readAll(document)).rejects.toMatchObject({ path });
  const broken = document.replace('To User', '<');
  const place = broken.indexOf('<Type><<') + '<Type><'.length;
  await expect(readAll(broken)).rejects.toThrow(`byte ${place} at ${path}`);
});

test('the limit of bytes is for one item and for what stands around the list, not for the list', async () => {
  const many = Array.from({ length: 500 }, (_, index) => message(index, 'text'));
  const limits = { bytes: 2000 };
  const document = Buffer.from(reply(`<Response>${many.join('')}</Response>`));
  for (const size of [100, 5000, document.length]) {
    const { items, error } = await read(piecesOf(document, size), Chat.getChatMessages, { limits });
    expect(error).toBeUndefined();
    expect(items).toHaveLength(500);
  }
  const large = Buffer.from(reply(`<Response>${message(1, 'a')}${message(2, 'x'.repeat(2000))}</Response>`));
  expect(await read(piecesOf(large, 100), Chat.getChatMessages, { limits })).toMatchObject({
    items: [{ chatMessageId: 1 }],
    error: { code: 'xml-limit' },
  });
});

test('the limit of depth counts what is around the list', async () => {
  const deep = `<ChatMessage><X>${'<a>'.repeat(20)}${'</a>'.repeat(20)}</X></ChatMessage>`;
  const document = Buffer.from(reply(`<Response>${deep}</Response>`));
  for (const depth of [24, 25, 26, 27, 28]) {
    const limits = { depth };
    const { error } = await read(piecesOf(document, 50), Chat.getChatMessages, { limits });
    expect(error).toEqual(readWhole(document, { limits }).error);
  }
});

test.each<Operation>([Chat.addChatMessage, SoPrincipal.authenticateImplicit, Chat.deleteChatSessionEntity])(
  'an operation that gives no list is refused: $name',
  async (operation) => {
    expect(await read([], operation)).toMatchObject({ error: { code: 'input' } });
  },
);

test('pieces that are no bytes are refused', async () => {
  expect(await read(['<a/>'] as never)).toMatchObject({ error: { code: 'input' } });
});

test('an item that is larger than the limit is refused however it comes', async () => {
  const large = Buffer.from(reply(`<Response>${message(1, 'x'.repeat(3000))}</Response>`));
  for (const size of [100, large.length]) {
    const { error } = await read(piecesOf(large, size), Chat.getChatMessages, { limits: { bytes: 2000 } });
    expect(error).toMatchObject({ code: 'xml-limit' });
  }
});
