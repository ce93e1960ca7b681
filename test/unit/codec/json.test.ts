import type { DateTime } from '../../../lib/codec/date-time.js';
import { decodeJson, encodeJson } from '../../../lib/codec/json.js';
import type { Operation } from '../../../lib/codec/operation.js';
import { decodeReply } from '../../../lib/codec.js';
import { ProtocolError } from '../../../lib/errors.js';
import { Chat } from '../../../lib/generated/chat.js';

/** One message of a conversation, in the words of the wire. */
const wire = (id: number, text: string, whenPosted: string) => ({
  ChatMessageId: id,
  ChatSessionId: 42,
  Type: 'ToUser',
  Message: text,
  Author: 'Visitor',
  ReadByCustomer: 1,
  SpecialType: 'None',
  SpecialParam: '',
  WhenPosted: whenPosted,
});

const conversation = [
  wire(1, 'Hello 😀 & <welcome>', '2024-02-29T23:59:58.1234567Z'),
  { ...wire(2, '', '2024-03-01T00:00:01'), Author: null },
  wire(3, ' two\nlines ', '0001-01-01T00:00:00'),
];

/** The same conversation as a SOAP reply. */
function soap(): string {
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const member = ([name, value]: [string, unknown]): string =>
    value === null ? `<${name} i:nil="true"/>` : `<${name}>${escaped(String(value))}</${name}>`;
  const items = conversation.map((each) => `<ChatMessage>${Object.entries(each).map(member).join('')}</ChatMessage>`);
  return (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
    '<GetChatMessagesResponse xmlns="http://www.superoffice.net/ws/crm/NetServer/Services88"' +
    ' xmlns:i="http://www.w3.org/2001/XMLSchema-instance">' +
    `<Response>${items.join('')}</Response></GetChatMessagesResponse></s:Body></s:Envelope>`
  );
}

/** What an operation gives for a JSON value. */
const read = (operation: Operation, value: unknown): unknown => decodeJson(operation, JSON.stringify(value));

function refusal(operation: Operation, document: string): ProtocolError {
  try {
    decodeJson(operation, document);
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error('the JSON was accepted');
}

test('a conversation is the same from JSON and from SOAP, the texts of its dates included', () => {
  const fromJson = decodeJson(Chat.getChatMessages, JSON.stringify(conversation));
  const fromSoap = decodeReply(Chat.getChatMessages, soap()).output;
  expect(fromJson).toStrictEqual(fromSoap);
  const texts = (list: typeof fromJson) => list?.map((each) => each?.whenPosted?.lexical);
  expect(texts(fromJson)).toEqual(['2024-02-29T23:59:58.1234567Z', '2024-03-01T00:00:01', undefined]);
  expect(texts(fromSoap)).toEqual(texts(fromJson));
  expect(fromJson?.[2]?.whenPosted).toBe(null);
  expect(fromJson?.[1]?.author).toBe(null);
});

test.each<[string, unknown, unknown]>([
  ['null', null, null],
  ['an object with nothing in it', {}, {}],
  ['members that the contract does not know', { Links: {}, chatSessionId: 9, ChatSessionId: 3 }, { chatSessionId: 3 }],
  ['members of the base class', { TableRight: null, FieldProperties: {} }, { tableRight: null, fieldProperties: {} }],
  ['no flags', { Flags: '' }, { flags: [] }],
  ['the name of no flags', { Flags: 'None' }, { flags: [] }],
  ['one flag', { Flags: 'UserIsTyping' }, { flags: ['UserIsTyping'] }],
  [
    'several flags',
    { TableRight: { Mask: 'Select, Update,Insert' } },
    { tableRight: { mask: ['Select', 'Update', 'Insert'] } },
  ],
  ['flags by number', { TableRight: { Mask: 5 } }, { tableRight: { mask: ['Select', 'Insert'] } }],
  ['flags by number in a text', { Flags: '1' }, { flags: ['UserIsTyping'] }],
  ['the zero of flags that have a name for it', { Flags: 'CustomerIsTyping' }, { flags: [] }],
  [
    'names with the first letter lowered',
    { chatSessionId: 3, tableRight: { mask: 'Select' } },
    { chatSessionId: 3, tableRight: { mask: ['Select'] } },
  ],
  ['an enum by number', { Status: 4 }, { status: 'InQueue' }],
  ['an enum', { Status: 'InQueue' }, { status: 'InQueue' }],
  ['an enum name that a newer server added', { Status: 'Dreaming' }, { status: 'Dreaming' }],
  [
    'a dictionary',
    { User: { ExtraFields: { 'a b': 'x', c: null, D: '' } } },
    { user: { extraFields: { 'a b': 'x', c: null, D: '' } } },
  ],
  [
    'a dictionary of objects',
    { FieldProperties: { Name: { FieldLength: 9, FieldRight: { Mask: 'Read, Write' } } } },
    { fieldProperties: { Name: { fieldLength: 9, fieldRight: { mask: ['Read', 'Write'] } } } },
  ],
  ['doubles', { Sale: { Amount: 1.5, Earning: -0.25 } }, { sale: { amount: 1.5, earning: -0.25 } }],
  [
    'lists of lists',
    { Contact: { Address: { LocalizedAddress: [[{ Name: 'n' }], []] } } },
    { contact: { address: { localizedAddress: [[{ name: 'n' }], []] } } },
  ],
])('%s is read', (_what, value, wanted) => {
  expect(read(Chat.getChatSessionEntity, value)).toEqual(wanted);
});

test('a boolean, a text and nothing may be the result', () => {
  expect(read(Chat.isWithinOpeningHours, false)).toBe(false);
  expect(read(Chat.getChatTranscript, ' a ')).toBe(' a ');
  expect(decodeJson(Chat.deleteChatSessionEntity, '')).toBe(undefined);
});

test('dates keep their text and are read as UTC where they have no zone', () => {
  const session = read(Chat.getChatSessionEntity, { WhenStarted: '2024-02-29T23:59:58.5' }) as {
    whenStarted: DateTime;
  };
  expect(session.whenStarted.lexical).toBe('2024-02-29T23:59:58.5');
  expect(session.whenStarted.getTime()).toBe(Date.UTC(2024, 1, 29, 23, 59, 58, 500));
});

test('names that JavaScript has of its own are plain keys of a dictionary, and no members', () => {
  const document =
    '{"User":{"ExtraFields":{"__proto__":"v","constructor":null}},"__proto__":{"Rank":1},"constructor":1}';
  const session = decodeJson(Chat.getChatSessionEntity, document);
  expect(Object.entries(session?.user?.extraFields ?? {})).toEqual([
    ['__proto__', 'v'],
    ['constructor', null],
  ]);
  expect(Object.keys(session ?? {})).toEqual(['user']);
  expect(session?.rank).toBe(undefined);
  expect(Object.getPrototypeOf(session)).toBe(Object.prototype);
});

test.each<[string, Operation, unknown, string, string]>([
  ['an object for a list', Chat.getChatMessages, {}, '$', 'an object is not of the type ArrayOfChatMessage'],
  ['a list for an object', Chat.getChatSessionEntity, [], '$', 'an array is not of the type ChatSessionEntity'],
  ['a text for an object', Chat.getChatSessionEntity, 'x', '$', '"x" is not of the type ChatSessionEntity'],
  [
    'a text for an int',
    Chat.getChatMessages,
    [{}, { ChatMessageId: '1' }],
    '$[1].ChatMessageId',
    '"1" is not of the type int',
  ],
  [
    'a fraction for an int',
    Chat.getChatMessages,
    [{ ChatMessageId: 1.5 }],
    '$[0].ChatMessageId',
    '1.5 is not of the type int',
  ],
  [
    'an int that is too large',
    Chat.getChatMessages,
    [{ ChatMessageId: 2147483648 }],
    '$[0].ChatMessageId',
    '2147483648',
  ],
  ['a short that is too large', Chat.getChatMessages, [{ ReadByCustomer: 32768 }], '$[0].ReadByCustomer', 'short'],
  ['a number for a text', Chat.getChatMessages, [{ Message: 5 }], '$[0].Message', '5 is not of the type string'],
  [
    'an object for a text',
    Chat.getChatMessages,
    [{ Message: {} }],
    '$[0].Message',
    'an object is not of the type string',
  ],
  ['a number of no name', Chat.getChatMessages, [{ Type: 77 }], '$[0].Type', '77 is not of the type ChatMessageType'],
  ['an empty enum', Chat.getChatMessages, [{ Type: '' }], '$[0].Type', '"" is not of the type ChatMessageType'],
  ['a number of no flags', Chat.getChatSessionEntity, { Flags: 6 }, '$.Flags', '6 is not of the type ChatSessionFlags'],
  [
    'a time span of 25 hours',
    Chat.getChatTopicEntity,
    { OpeningHours: { MonStart: '25:00:00' } },
    '$.OpeningHours.MonStart',
    'duration',
  ],
  [
    'a text for a boolean',
    Chat.getChatSessionEntity,
    { CustomerConsented: 'true' },
    '$.CustomerConsented',
    '"true" is not of the type boolean',
  ],
  ['30 February', Chat.getChatMessages, [{ WhenPosted: '2024-02-30T00:00:00Z' }], '$[0].WhenPosted', 'dateTime'],
  [
    'a number for a date',
    Chat.getChatMessages,
    [{ WhenPosted: 0 }],
    '$[0].WhenPosted',
    '0 is not of the type dateTime',
  ],
  [
    'a list for a dictionary',
    Chat.getChatSessionEntity,
    { FieldProperties: [] },
    '$.FieldProperties',
    'an array is not of the type FieldPropertyDictionary',
  ],
  [
    'a number in a dictionary',
    Chat.getChatSessionEntity,
    { User: { ExtraFields: { a: 1 } } },
    '$.User.ExtraFields.a',
    '1 is not of the type string',
  ],
  [
    'a text for an int in a list',
    Chat.getChatPresence,
    [{ ChatTopics: [1, '2'] }],
    '$[0].ChatTopics[1]',
    '"2" is not of the type int',
  ],
  ['null for an int in a list', Chat.getChatPresence, [{ ChatTopics: [null] }], '$[0].ChatTopics[0]', 'int'],
  ['null for a boolean result', Chat.isWithinOpeningHours, null, '$', 'boolean'],
])('%s is refused with its path', (_what, operation, value, path, words) => {
  const error = refusal(operation, JSON.stringify(value));
  expect(error).toMatchObject({ kind: 'protocol', code: 'schema', path, operation: `Chat.${operation.name}` });
  expect(error.message).toContain(words);
  expect(error.message.endsWith(` at ${path}`)).toBe(true);
});

test('null for a member that cannot be nil leaves it out', () => {
  expect(decodeJson(Chat.getChatMessages, '[{"ChatMessageId":null,"Author":null,"WhenPosted":null}]')).toEqual([
    { author: null, whenPosted: null },
  ]);
});

test.each(['<html/>', '[{"ChatMessageId":1}', '[1,]'])('what is no JSON is refused: %s', (document) => {
  const error = refusal(Chat.getChatMessages, document);
  expect(error).toMatchObject({ code: 'json-syntax', operation: 'Chat.GetChatMessages', path: undefined });
  expect(error.message).toBe('protocol: this is not JSON, or not all of it');
  expect(String(error.cause)).not.toContain(document);
});

test('nothing is told apart from what is no JSON', () => {
  expect(refusal(Chat.getChatMessages, ' ').message).toBe('protocol: there is nothing where JSON should be');
});

test('objects deeper than the limit are refused, however deep', () => {
  const deep = (levels: number) => `${'[{"ChildItems":'.repeat(levels)}null${'}]'.repeat(levels)}`;
  expect(decodeJson(Chat.getUserAgentList, deep(200))).toHaveLength(1);
  for (const levels of [300, 100_000]) {
    expect(refusal(Chat.getUserAgentList, deep(levels)).message).toContain('deeper than can be read');
  }
});

test.each([
  ['PT8H30M', 'PT8H30M'],
  ['08:30:00', 'PT8H30M'],
  ['00:00:00', 'PT0S'],
  ['-1.02:03:04.5000000', '-P1DT2H3M4.5S'],
  ['10675199.02:48:05.4775807', 'P10675199DT2H48M5.4775807S'],
  ['1.00:00:00', 'P1D'],
  ['00:00:00.0000001', 'PT0.0000001S'],
])('the duration %s is %s', (written, duration) => {
  const topic = decodeJson(Chat.getChatTopicEntity, JSON.stringify({ OpeningHours: { MonStart: written } }));
  expect(topic?.openingHours?.monStart).toBe(duration);
});

test.each([
  ['0', 0],
  ['-0', -0],
  ['1e21', 1e21],
  ['"Infinity"', Number.POSITIVE_INFINITY],
  ['"-Infinity"', Number.NEGATIVE_INFINITY],
  ['"NaN"', Number.NaN],
])('the number %s is read and written', (written, amount) => {
  const document = `{"Sale":{"Amount":${written}}}`;
  const session = decodeJson(Chat.getChatSessionEntity, document);
  expect(session?.sale?.amount).toBe(amount);
  expect(encodeJson(Chat.getChatSessionEntity, session ?? null)).toBe(document.replace('1e21', '1e+21'));
});

describe('what is written', () => {
  const written = (session: object | null) => encodeJson(Chat.getChatSessionEntity, session as never);

  test.each<[string, object | null, string]>([
    ['no result', null, 'null'],
    ['members in the order of the contract', { topicId: 2, chatSessionId: 1 }, '{"ChatSessionId":1,"TopicId":2}'],
    ['what is undefined is left out', { topicId: undefined }, '{}'],
    [
      'no flags, by the name of their zero',
      { flags: [], tableRight: { mask: [] } },
      '{"Flags":"CustomerIsTyping","TableRight":{"Mask":"None"}}',
    ],
    ['flags with commas', { tableRight: { mask: ['Select', 'Update'] } }, '{"TableRight":{"Mask":"Select, Update"}}'],
    ['no date', { whenStarted: null }, '{"WhenStarted":"0001-01-01T00:00:00"}'],
    ['a Date', { whenStarted: new Date(0) }, '{"WhenStarted":"1970-01-01T00:00:00Z"}'],
    ['control characters', { customerName: 'a\u0000\n"' }, '{"CustomerName":"a\\u0000\\n\\""}'],
    [
      'dictionaries',
      { user: { extraFields: { 'x y': null, ['__proto__']: 'v' } } },
      '{"User":{"ExtraFields":{"x y":null,"__proto__":"v"}}}',
    ],
  ])('%s', (_what, session, wanted) => {
    expect(written(session)).toBe(wanted);
  });

  test.each<[string, object, string]>([
    ['a member that there is not', { ChatSessionId: 1 }, 'did you mean chatSessionId?'],
    ['null for an int', { chatSessionId: null }, 'response.chatSessionId: null'],
    ['a text for a date', { whenIdle: '2024-01-01' }, 'response.whenIdle: a string, not a Date'],
    ['half of a surrogate pair', { customerName: '\ud83d' }, 'response.customerName: half of a surrogate pair'],
    ['a hole in a list', { flags: new Array(1) }, 'response.flags[0]: undefined in an array'],
  ])('%s is refused with its path', (_what, session, words) => {
    expect(() => written(session)).toThrow(words);
  });

  test('an object inside itself is refused', () => {
    const item: { childItems: unknown[] } = { childItems: [] };
    item.childItems.push(item);
    expect(() => encodeJson(Chat.getUserAgentList, [item] as never)).toThrow('one inside itself');
  });
});
