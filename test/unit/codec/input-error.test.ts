import type { Operation } from '../../../lib/codec/operation.js';
import { decodeReply, encodeReply, encodeRequest } from '../../../lib/codec.js';
import { InputError } from '../../../lib/errors.js';
import { Chat } from '../../../lib/generated/chat.js';
import { SoPrincipal } from '../../../lib/generated/so-principal.js';

/** The error that an input of any shape is refused with. */
function refusal(operation: Operation, input: unknown, header?: unknown): InputError {
  try {
    encodeRequest(operation, input as never, header === undefined ? {} : { header: header as never });
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the input was accepted');
}

const message = (members: unknown): unknown => ({ chatSessionId: 1, message: members });
const session = (members: unknown): unknown => ({ chatSessionEntity: members });
const topic = (members: unknown): unknown => ({ chatTopicEntity: members });
const presence = (...list: unknown[]): unknown => ({ chatPresence: list });

const { addChatMessage, getChatMessages, getChatTranscript, saveChatPresence } = Chat;
const { saveChatSessionEntity, saveChatTopicEntity } = Chat;

test.each<[string, Operation, unknown, string, string]>([
  // what, operation, input, path, words of the message
  ['an unknown parameter', getChatMessages, { chatSessionId: 1, ids: [] }, 'ids', 'no such member'],
  [
    'the wire name of a parameter',
    getChatMessages,
    { ChatSessionId: 1 },
    'ChatSessionId',
    'did you mean chatSessionId?',
  ],
  [
    'a member in other letters',
    addChatMessage,
    message({ chatMessageID: 1 }),
    'message.chatMessageID',
    'did you mean chatMessageId?',
  ],
  [
    'an unknown member that is undefined',
    addChatMessage,
    message({ text: undefined }),
    'message.text',
    'no such member',
  ],
  ['a parameter of an operation that has none', Chat.getChatPresence, { flat: true }, 'flat', 'there is none'],
  [
    'a member that objects have of their own',
    addChatMessage,
    message({ constructor: 1 }),
    'message.constructor',
    'no such member',
  ],
  [
    'a string for an int',
    getChatMessages,
    { chatSessionId: '1', after: 0 },
    'chatSessionId',
    'a string, not an integer from -2147483648 to 2147483647',
  ],
  [
    'an int that is too large',
    getChatMessages,
    { chatSessionId: 2147483648, after: 0 },
    'chatSessionId',
    'the number 2147483648',
  ],
  [
    'an int that is too small',
    getChatMessages,
    { chatSessionId: -2147483649, after: 0 },
    'chatSessionId',
    'the number -2147483649',
  ],
  ['a fraction', getChatMessages, { chatSessionId: 1.5, after: 0 }, 'chatSessionId', 'the number 1.5'],
  ['NaN', getChatMessages, { chatSessionId: 1, after: Number.NaN }, 'after', 'the number NaN'],
  ['Infinity', getChatMessages, { chatSessionId: 1, after: Number.POSITIVE_INFINITY }, 'after', 'the number Infinity'],
  ['a bigint', getChatMessages, { chatSessionId: 1n, after: 0 }, 'chatSessionId', 'a value of the type bigint'],
  [
    'a short that is too large',
    addChatMessage,
    message({ readByCustomer: 32768 }),
    'message.readByCustomer',
    'the number 32768, not an integer from -32768 to 32767',
  ],
  [
    'a short that is too small',
    addChatMessage,
    message({ readByCustomer: -32769 }),
    'message.readByCustomer',
    'the number -32769',
  ],
  [
    'null for an int',
    getChatMessages,
    { chatSessionId: null, after: 0 },
    'chatSessionId',
    'null, but ChatSessionId cannot be nil',
  ],
  ['null for a boolean', getChatTranscript, { chatSessionId: 1, html: null }, 'html', 'null, but Html cannot be nil'],
  ['null for an enum', addChatMessage, message({ type: null }), 'message.type', 'null, but Type cannot be nil'],
  [
    'null for flags',
    saveChatSessionEntity,
    session({ flags: null }),
    'chatSessionEntity.flags',
    'null, but Flags cannot be nil',
  ],
  [
    'a number for a boolean',
    getChatTranscript,
    { chatSessionId: 1, html: 1 },
    'html',
    'the number 1, not true or false',
  ],
  ['a number for a string', addChatMessage, message({ message: 5 }), 'message.message', 'the number 5, not a string'],
  [
    'an object for a string',
    addChatMessage,
    message({ message: { toString: () => 'x' } }),
    'message.message',
    'an object, not a string',
  ],
  [
    'half of a surrogate pair',
    addChatMessage,
    message({ message: 'ab\ud83d' }),
    'message.message',
    'half of a surrogate pair, U+D83D, at index 2',
  ],
  [
    'the other half',
    addChatMessage,
    message({ message: '\ude00' }),
    'message.message',
    'half of a surrogate pair, U+DE00, at index 0',
  ],
  [
    'two halves in the wrong order',
    addChatMessage,
    message({ message: '😀\ude00\ud83d' }),
    'message.message',
    'half of a surrogate pair, U+DE00, at index 2',
  ],
  [
    'U+0000',
    addChatMessage,
    message({ message: 'a\0' }),
    'message.message',
    'a character that XML cannot carry, U+0000, at index 1',
  ],
  ['U+000B', addChatMessage, message({ author: '\u000b' }), 'message.author', 'U+000B, at index 0'],
  ['U+001F', addChatMessage, message({ author: '&\u001f' }), 'message.author', 'U+001F, at index 1'],
  ['U+FFFE', addChatMessage, message({ specialParam: '\ufffe' }), 'message.specialParam', 'U+FFFE, at index 0'],
  ['U+FFFF', addChatMessage, message({ specialParam: '\uffff' }), 'message.specialParam', 'U+FFFF, at index 0'],
  [
    'an unknown enum name',
    addChatMessage,
    message({ type: 'ToNobody' }),
    'message.type',
    '"ToNobody" is no ChatMessageType; there is Invalid, ToCustomer, ToUser, Special',
  ],
  ['the number of an enum', addChatMessage, message({ type: 1 }), 'message.type', 'the number 1 is no ChatMessageType'],
  [
    'an enum name that objects have of their own',
    addChatMessage,
    message({ type: 'constructor' }),
    'message.type',
    '"constructor" is no ChatMessageType',
  ],
  [
    'an unknown flag',
    saveChatSessionEntity,
    session({ flags: ['UserIsTyping', 'X'] }),
    'chatSessionEntity.flags[1]',
    '"X" is no ChatSessionFlags',
  ],
  [
    'a string for flags',
    saveChatSessionEntity,
    session({ flags: 'UserIsTyping' }),
    'chatSessionEntity.flags',
    'a string, not an array of ChatSessionFlags names',
  ],
  ['undefined in an array', saveChatPresence, presence({}, undefined), 'chatPresence[1]', 'undefined in an array'],
  ['a hole in an array', saveChatPresence, { chatPresence: new Array(1) }, 'chatPresence[0]', 'undefined in an array'],
  [
    'null in an array of ints',
    saveChatPresence,
    presence({ chatTopics: [1, null] }),
    'chatPresence[0].chatTopics[1]',
    'null, but int cannot be nil',
  ],
  [
    'a string in an array of ints',
    saveChatPresence,
    presence({}, {}, { chatTopics: ['1'] }),
    'chatPresence[2].chatTopics[0]',
    'a string, not an integer',
  ],
  ['an object for an array', saveChatPresence, { chatPresence: {} }, 'chatPresence', 'an object, not an array'],
  ['a Set for an array', saveChatPresence, { chatPresence: new Set() }, 'chatPresence', 'not an array'],
  ['an array for an object', addChatMessage, message([]), 'message', 'an array, not an object'],
  ['a Date for an object', addChatMessage, message(new Date(0)), 'message', 'a Date, not an object'],
  ['a string for an object', addChatMessage, message('text'), 'message', 'a string, not an object'],
  [
    'a function for an object',
    addChatMessage,
    message(() => {}),
    'message',
    'a value of the type function, not an object',
  ],
  [
    'an array for a dictionary',
    saveChatSessionEntity,
    session({ fieldProperties: [] }),
    'chatSessionEntity.fieldProperties',
    'an array, not an object',
  ],
  [
    'a Map for a dictionary',
    saveChatSessionEntity,
    session({ fieldProperties: new Map() }),
    'chatSessionEntity.fieldProperties',
    'not an object',
  ],
  [
    'undefined in a dictionary',
    saveChatSessionEntity,
    session({ user: { extraFields: { a: undefined } } }),
    'chatSessionEntity.user.extraFields.a',
    'undefined in a dictionary',
  ],
  [
    'a number in a dictionary of strings',
    saveChatSessionEntity,
    session({ user: { extraFields: { a: 1 } } }),
    'chatSessionEntity.user.extraFields.a',
    'the number 1, not a string',
  ],
  [
    'a bad character in a key',
    saveChatSessionEntity,
    session({ user: { extraFields: { 'a\u0001': '' } } }),
    'chatSessionEntity.user.extraFields.a\u0001',
    'U+0001, at index 1',
  ],
  [
    'a key that is no dateTime',
    saveChatTopicEntity,
    topic({ openingHours: { tzLocation: { timeZoneSTDRules: { x: null } } } }),
    'chatTopicEntity.openingHours.tzLocation.timeZoneSTDRules.x',
    'the key is not an xs:dateTime',
  ],
  [
    'an invalid Date',
    addChatMessage,
    message({ whenPosted: new Date(Number.NaN) }),
    'message.whenPosted',
    'an invalid Date, not a Date of the years 1 to 9999, or null',
  ],
  [
    'the year 10000',
    addChatMessage,
    message({ whenPosted: new Date(Date.UTC(10000, 0)) }),
    'message.whenPosted',
    'a Date, not a Date of the years 1 to 9999',
  ],
  [
    'the year 0',
    addChatMessage,
    message({ whenPosted: new Date('0000-06-01T00:00:00Z') }),
    'message.whenPosted',
    'a Date, not a Date of the years 1 to 9999',
  ],
  [
    'a DateTime whose text is none',
    addChatMessage,
    message({ whenPosted: Object.assign(new Date(0), { lexical: 'today' }) }),
    'message.whenPosted',
    'a Date, not a Date of the years 1 to 9999',
  ],
  [
    'a string for a dateTime',
    addChatMessage,
    message({ whenPosted: '2024-02-29T00:00:00Z' }),
    'message.whenPosted',
    'a string, not a Date',
  ],
  [
    'a number for a dateTime',
    addChatMessage,
    message({ whenPosted: 0 }),
    'message.whenPosted',
    'the number 0, not a Date',
  ],
  [
    'a malformed duration',
    saveChatTopicEntity,
    topic({ openingHours: { monStart: '08:30' } }),
    'chatTopicEntity.openingHours.monStart',
    'a string, not an ISO 8601 duration',
  ],
  [
    'a duration of months',
    saveChatTopicEntity,
    topic({ openingHours: { monStart: 'P1M' } }),
    'chatTopicEntity.openingHours.monStart',
    'a string, not an ISO 8601 duration',
  ],
  [
    'null for a duration',
    saveChatTopicEntity,
    topic({ openingHours: { monStart: null } }),
    'chatTopicEntity.openingHours.monStart',
    'null, but MonStart cannot be nil',
  ],
  [
    'a string for a double',
    saveChatSessionEntity,
    session({ sale: { amount: '1' } }),
    'chatSessionEntity.sale.amount',
    'a string, not a number',
  ],
])('%s is refused with its path and what was found', (_what, operation, input, path, words) => {
  const error = refusal(operation, input);
  expect(error.path).toBe(path);
  expect(error.message.startsWith(`input: ${path}: `)).toBe(true);
  expect(error.message).toContain(words);
  expect(error).toMatchObject({ name: 'InputError', kind: 'input', code: 'input', outcome: 'not-sent', attempts: 0 });
});

test.each<[string, Operation, unknown, string, string]>([
  [
    'credentials for SoPrincipal',
    SoPrincipal.getSystemInfo,
    { credentials: { ticket: 't' } },
    'header.credentials',
    'no such member; there is applicationToken',
  ],
  ['a time zone for SoPrincipal', SoPrincipal.getSystemInfo, { timeZone: null }, 'header.timeZone', 'no such member'],
  [
    'a header part of replies',
    Chat.getChatPresence,
    { succeeded: true },
    'header.succeeded',
    'no such member; there is applicationToken, credentials, timeZone',
  ],
  [
    'a ticket in place of credentials',
    Chat.getChatPresence,
    { credentials: 'secret' },
    'header.credentials',
    'a string, not an object',
  ],
  [
    'an unknown member of credentials',
    Chat.getChatPresence,
    { credentials: { Ticket: 't' } },
    'header.credentials.Ticket',
    'did you mean ticket?',
  ],
  [
    'null for the id of a time zone',
    Chat.getChatPresence,
    { timeZone: { soTimeZoneId: null } },
    'header.timeZone.soTimeZoneId',
    'null, but SoTimeZoneId cannot be nil',
  ],
  [
    'a line break of old printers in a ticket',
    Chat.getChatPresence,
    { credentials: { ticket: '\f' } },
    'header.credentials.ticket',
    'U+000C, at index 0',
  ],
])('in a header, %s is refused', (_what, operation, header, path, words) => {
  const error = refusal(operation, {}, header);
  expect(error.path).toBe(path);
  expect(error.message).toContain(words);
});

test.each<[string, InputError]>([
  ['a string', refusal(getChatMessages, 'hunter2-secret')],
  ['the number 5', refusal(getChatMessages, 5)],
  ['an array', refusal(getChatMessages, ['hunter2-secret'])],
  ['a Date', refusal(getChatMessages, new Date(0))],
])('%s in place of all parameters is refused, and its path is empty', (found, error) => {
  expect(error.path).toBe('');
  expect(error.message).toMatch(new RegExp(`^input: .*${found}`));
});

test.each<[string, InputError]>([
  [
    'a string that XML cannot carry',
    refusal(SoPrincipal.authenticateUsernamePassword, { password: 'hunter2\u0001secret' }),
  ],
  ['a string where a number is wanted', refusal(getChatMessages, { chatSessionId: 'hunter2secret', after: 0 })],
  [
    'a string where an object is wanted',
    refusal(getChatMessages, { chatSessionId: 1, after: 0 }, { credentials: 'hunter2secret' }),
  ],
  ['a ticket that XML cannot carry', refusal(getChatMessages, {}, { credentials: { ticket: 'hunter2\ufffesecret' } })],
  [
    'an object where a string is wanted',
    refusal(SoPrincipal.authenticateUsernamePassword, { password: { value: 'hunter2secret' } }),
  ],
  ['a string where a Date is wanted', refusal(addChatMessage, message({ whenPosted: 'hunter2secret' }))],
])('%s is not repeated in the error', (_what, error) => {
  for (const shown of [error.message, String(error.stack), JSON.stringify(error)])
    expect(shown).not.toMatch(/hunter2|secret/);
});

describe('a reply', () => {
  test('passes on the names that its contract does not know, where a request refuses them', () => {
    const output = [{ type: 'ToEverybody', specialType: 'None' }];
    const document = encodeReply(Chat.getChatMessages, output);
    expect(document).toContain('<Type>ToEverybody</Type>');
    expect(decodeReply(Chat.getChatMessages, document).output).toEqual(output);
    expect(refusal(addChatMessage, message(output[0])).path).toBe('message.type');
  });

  test('passes on unknown flags', () => {
    expect(encodeReply(Chat.getChatSessionEntity, { flags: ['UserIsTyping', 'New'] })).toContain(
      '<Flags>UserIsTyping New</Flags>',
    );
  });

  test.each<[string, unknown, string]>([
    ['a name with a blank', [{ type: 'To You' }], 'response[0].type'],
    ['an empty name', [{ type: '' }], 'response[0].type'],
    ['a string for an int', [{}, { chatMessageId: '1' }], 'response[1].chatMessageId'],
    ['an unknown member', [{ ChatMessageId: 1 }], 'response[0].ChatMessageId'],
  ])('refuses %s all the same', (_what, output, path) => {
    expect(() => encodeReply(Chat.getChatMessages, output as never)).toThrow(
      expect.objectContaining({ kind: 'input', path }),
    );
  });
});

test.each([
  ['an id that is undefined', Chat.deleteChatSessionEntity, { chatSessionEntityId: undefined }, 'chatSessionEntityId'],
  ['a number', Chat.getChatMessages, { chatSessionId: 1 }, 'after'],
  ['a boolean', Chat.getChatTranscript, { chatSessionId: 1 }, 'html'],
])(
  'a parameter that is missing is refused, since the service would read it as 0 or false: %s',
  (_, operation, input, path) => {
    expect(() => encodeRequest(operation as never, input as never)).toThrow(
      expect.objectContaining({ path, operation: `Chat.${operation.name}`, kind: 'input', attempts: 0 }),
    );
  },
);

test('a style or a version that there is not is refused', () => {
  const input = { chatSessionId: 1, after: 0 };
  expect(() => encodeRequest(Chat.getChatMessages, input, { style: 'wsld' as never })).toThrow(
    'style: "wsld" is none of',
  );
  expect(() => encodeRequest(Chat.getChatMessages, input, { version: '1.3' as never })).toThrow(
    'version: "1.3" is none of',
  );
});

test('a value that holds itself is refused', () => {
  const info: Record<string, unknown> = {};
  info.innerException = info;
  expect(() => encodeReply(Chat.getChatMessages, [], { header: { exceptionInfo: info } })).toThrow(
    expect.objectContaining({ code: 'input' }),
  );
});

test.each<[string, object]>([
  [
    'a getter of a class',
    new (class {
      get message(): string {
        return 'a';
      }
    })(),
  ],
  ['a prototype', Object.create({ message: 'a' })],
])('a member that comes from %s is not left out without a word', (_from, message) => {
  expect(() => encodeRequest(Chat.addChatMessage, { chatSessionId: 1, message })).toThrow(
    expect.objectContaining({ path: 'message.message' }),
  );
});

test.each<[string, () => unknown]>([
  [
    'encodeRequest',
    () => encodeRequest(Chat.getChatMessages, { chatSessionId: 1, after: 0 }, { heaader: {} } as never),
  ],
  ['encodeReply', () => encodeReply(Chat.getChatMessages, [], { heaader: {} } as never)],
  ['decodeReply', () => decodeReply(Chat.getChatMessages, '', { limit: {} } as never)],
])('%s refuses an option that there is not', (_name, call) => {
  expect(call).toThrow(/no such option/);
});

test.each([new ArrayBuffer(1), null, undefined, [1]])(
  'a document that is neither bytes nor text is refused: %p',
  (document) => {
    expect(() => decodeReply(Chat.getChatMessages, document as never)).toThrow(
      expect.objectContaining({ code: 'input', path: 'document' }),
    );
  },
);
