/**
 * The requests of REST, as the vendor's reference has them.
 */
import { Chat, DateTime, InputError, type Operation } from '../../../lib/index.js';
import { encodeRestRequest, type RestRequestOptions } from '../../../lib/rest/request.js';
import { markSelected } from '../../../lib/rest/selected.js';

const lineOf = (operation: Operation, input: unknown, options?: RestRequestOptions): string => {
  const { method, path, body } = encodeRestRequest(operation, input, options);
  return `${method} ${path}${body === undefined ? '' : ` ${body}`}`;
};

const message = { type: 'ToCustomer', message: 'Hi' };
const agent = { topicId: 2, canListen: true };

/** Each operation with an input, and what it is in both styles. */
const requests: readonly (readonly [Operation, object, agent: string, entity: string])[] = [
  [
    Chat.createDefaultChatSessionEntity,
    {},
    'POST v1/Agents/Chat/CreateDefaultChatSessionEntity',
    'GET v1/ChatSession/default',
  ],
  [
    Chat.saveChatSessionEntity,
    { chatSessionEntity: { chatSessionId: 44, topicId: 2 } },
    'POST v1/Agents/Chat/SaveChatSessionEntity {"ChatSessionId":44,"TopicId":2}',
    'PUT v1/ChatSession/44 {"ChatSessionId":44,"TopicId":2}',
  ],
  [
    Chat.saveChatSessionEntity,
    { chatSessionEntity: { chatSessionId: 0, topicId: 2 } },
    'POST v1/Agents/Chat/SaveChatSessionEntity {"ChatSessionId":0,"TopicId":2}',
    'POST v1/ChatSession {"ChatSessionId":0,"TopicId":2}',
  ],
  [
    Chat.deleteChatSessionEntity,
    { chatSessionEntityId: 44 },
    'POST v1/Agents/Chat/DeleteChatSessionEntity?chatSessionEntityId=44',
    'DELETE v1/ChatSession/44',
  ],
  [
    Chat.createDefaultChatTopicAgent,
    {},
    'POST v1/Agents/Chat/CreateDefaultChatTopicAgent',
    'POST v1/Agents/Chat/CreateDefaultChatTopicAgent',
  ],
  [
    Chat.createDefaultChatTopicEntity,
    {},
    'POST v1/Agents/Chat/CreateDefaultChatTopicEntity',
    'GET v1/ChatTopic/default',
  ],
  [
    Chat.saveChatTopicEntity,
    { chatTopicEntity: { chatTopicId: 3 } },
    'POST v1/Agents/Chat/SaveChatTopicEntity {"ChatTopicId":3}',
    'PUT v1/ChatTopic/3 {"ChatTopicId":3}',
  ],
  [
    Chat.saveChatTopicEntity,
    { chatTopicEntity: { name: 'New' } },
    'POST v1/Agents/Chat/SaveChatTopicEntity {"Name":"New"}',
    'POST v1/ChatTopic {"Name":"New"}',
  ],
  [
    Chat.deleteChatTopicEntity,
    { chatTopicEntityId: 3 },
    'POST v1/Agents/Chat/DeleteChatTopicEntity?chatTopicEntityId=3',
    'DELETE v1/ChatTopic/3',
  ],
  [Chat.getChatPresence, {}, 'POST v1/Agents/Chat/GetChatPresence', 'GET v1/Presence/GetAll'],
  [
    Chat.saveChatPresence,
    { chatPresence: [{ userId: 1, chatTopics: [2] }] },
    'POST v1/Agents/Chat/SaveChatPresence {"ChatPresence":[{"UserId":1,"ChatTopics":[2]}]}',
    'POST v1/Presence/SaveAll [{"UserId":1,"ChatTopics":[2]}]',
  ],
  [
    Chat.getChatSessionEntity,
    { chatSessionEntityId: 932 },
    'POST v1/Agents/Chat/GetChatSessionEntity?chatSessionEntityId=932',
    'GET v1/ChatSession/932',
  ],
  [Chat.chatSessionsForUser, {}, 'POST v1/Agents/Chat/ChatSessionsForUser', 'GET v1/ChatSession/ForCurrentUser'],
  [
    Chat.transferChatSession,
    { chatSessionId: 1, toAssociate: 'anna' },
    'POST v1/Agents/Chat/TransferChatSession {"ChatSessionId":1,"ToAssociate":"anna"}',
    'POST v1/ChatSession/1/TransferTo/anna',
  ],
  [
    Chat.acceptChatSessionTransfer,
    { chatSessionId: 1 },
    'POST v1/Agents/Chat/AcceptChatSessionTransfer {"ChatSessionId":1}',
    'POST v1/ChatSession/1/AcceptTransfer',
  ],
  [
    Chat.rejectChatSessionTransfer,
    { chatSessionId: 1 },
    'POST v1/Agents/Chat/RejectChatSessionTransfer {"ChatSessionId":1}',
    'POST v1/ChatSession/1/RejectTransfer',
  ],
  [
    Chat.pickUpChatSession,
    { chatSessionId: 1 },
    'POST v1/Agents/Chat/PickUpChatSession {"ChatSessionId":1}',
    'POST v1/ChatSession/1/Pickup',
  ],
  [Chat.pickUpFirstChatSession, {}, 'POST v1/Agents/Chat/PickUpFirstChatSession', 'POST v1/ChatSession/Pickup'],
  [
    Chat.resetChatSession,
    { chatSessionId: 1 },
    'POST v1/Agents/Chat/ResetChatSession {"ChatSessionId":1}',
    'POST v1/ChatSession/1/Reset',
  ],
  [
    Chat.getChatTranscript,
    { chatSessionId: 1, html: true },
    'POST v1/Agents/Chat/GetChatTranscript {"ChatSessionId":1,"Html":true}',
    'POST v1/ChatSession/1/Transcript?html=true',
  ],
  [
    Chat.getChatMessages,
    { after: 964, chatSessionId: 177 },
    'POST v1/Agents/Chat/GetChatMessages {"ChatSessionId":177,"After":964}',
    'GET v1/ChatSession/177/Messages?after=964',
  ],
  [
    Chat.addChatMessage,
    { chatSessionId: 1, message },
    'POST v1/Agents/Chat/AddChatMessage {"ChatSessionId":1,"Message":{"Type":"ToCustomer","Message":"Hi"}}',
    'POST v1/ChatSession/1/Messages {"Type":"ToCustomer","Message":"Hi"}',
  ],
  [
    Chat.getChatTopicEntity,
    { chatTopicEntityId: 3 },
    'POST v1/Agents/Chat/GetChatTopicEntity?chatTopicEntityId=3',
    'GET v1/ChatTopic/3',
  ],
  [
    Chat.isWithinOpeningHours,
    { chatTopicId: 3 },
    'POST v1/Agents/Chat/IsWithinOpeningHours {"ChatTopicId":3}',
    'GET v1/ChatTopic/3/IsOpen',
  ],
  [Chat.chatTopicsForUser, {}, 'POST v1/Agents/Chat/ChatTopicsForUser', 'GET v1/ChatTopic/ForCurrentUser'],
  [
    Chat.getUserAgentList,
    { flat: true, onlyPresent: false },
    'POST v1/Agents/Chat/GetUserAgentList {"Flat":true,"OnlyPresent":false}',
    'GET v1/ChatTopic/UserAgents?flat=true&onlyPresent=false',
  ],
  [
    Chat.getChatTopicUserAgentList,
    { chatTopicId: 3 },
    'POST v1/Agents/Chat/GetChatTopicUserAgentList {"ChatTopicId":3}',
    'GET v1/ChatTopic/3/UserAgent',
  ],
  [
    Chat.getChatTopicUserAgent,
    { chatTopicId: 3, username: 'jörg' },
    'POST v1/Agents/Chat/GetChatTopicUserAgent {"ChatTopicId":3,"Username":"jörg"}',
    'GET v1/ChatTopic/3/UserAgent/j%C3%B6rg',
  ],
  [
    Chat.addChatTopicUserAgent,
    { chatTopicId: 3, useragent: agent },
    'POST v1/Agents/Chat/AddChatTopicUserAgent {"ChatTopicId":3,"Useragent":{"TopicId":2,"CanListen":true}}',
    'POST v1/ChatTopic/3/UserAgent {"TopicId":2,"CanListen":true}',
  ],
  [
    Chat.updateChatTopicUserAgent,
    { chatTopicId: 3, username: 'anna', useragent: agent },
    'POST v1/Agents/Chat/UpdateChatTopicUserAgent {"ChatTopicId":3,"Username":"anna","Useragent":{"TopicId":2,"CanListen":true}}',
    'PUT v1/ChatTopic/3/UserAgent/anna {"TopicId":2,"CanListen":true}',
  ],
  [
    Chat.updateChatTopicUserAgents,
    { chatTopicId: 3, useragents: [agent, null] },
    'POST v1/Agents/Chat/UpdateChatTopicUserAgents {"ChatTopicId":3,"Useragents":[{"TopicId":2,"CanListen":true},null]}',
    'PUT v1/ChatTopic/3/UserAgent [{"TopicId":2,"CanListen":true},null]',
  ],
  [
    Chat.deleteChatTopicUserAgent,
    { chatTopicId: 3, username: 'anna' },
    'POST v1/Agents/Chat/DeleteChatTopicUserAgent {"ChatTopicId":3,"Username":"anna"}',
    'DELETE v1/ChatTopic/3/UserAgent/anna',
  ],
  [
    Chat.createChatSessionForTopic,
    { chatTopicId: 3 },
    'POST v1/Agents/Chat/CreateChatSessionForTopic {"ChatTopicId":3}',
    'POST v1/ChatTopic/3/Sessions',
  ],
];

it.each(requests)('$name: the requests of both styles', (operation, input, inAgentStyle, inEntityStyle) => {
  expect(lineOf(operation, input)).toBe(inAgentStyle);
  expect(lineOf(operation, input, { style: 'entity' })).toBe(inEntityStyle);
});

it('no operation is missing above', () => {
  expect(new Set(requests.map(([operation]) => operation))).toEqual(new Set(Object.values(Chat)));
});

describe('headers', () => {
  const headersOf = (options: RestRequestOptions) =>
    encodeRestRequest(Chat.getChatMessages, { chatSessionId: 1, after: 0 }, options).headers;

  it('are those of the published samples', () => {
    expect(headersOf({ acceptLanguage: 'sv' })).toEqual({
      accept: 'application/json; charset=utf-8',
      'accept-language': 'sv',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(encodeRestRequest(Chat.chatTopicsForUser, {}).headers).toEqual({
      accept: 'application/json; charset=utf-8',
    });
  });

  it('say who calls, for which application, in which language and time zone', () => {
    const header = {
      applicationToken: 'app',
      credentials: { ticket: '7T:abc==' },
      timeZone: { soTimeZoneId: 261, soTimeZoneLocationCode: 'NO' },
    };
    expect(headersOf({ header, language: 'en', culture: 'nb-NO' })).toMatchObject({
      authorization: 'SOTicket 7T:abc==',
      'so-apptoken': 'app',
      'so-language': 'en',
      'so-culture': 'nb-NO',
      'so-timezone': 'NO',
    });
  });

  it('have the id of a time zone that has no code, and ask for the offset where it is wanted', () => {
    const header = { timeZone: { soTimeZoneId: 261 } };
    expect(headersOf({ header, includeTZOffset: true })['so-timezone']).toBe('261, includeTZOffset');
    expect(headersOf({ includeTZOffset: true })).not.toHaveProperty('so-timezone');
  });

  it('have an access token as Bearer', () => {
    expect(headersOf({ header: { credentials: { ticket: '8A:x.y' } } }).authorization).toBe('Bearer 8A:x.y');
  });

  it.each([
    ['header.credentials.ticket', { header: { credentials: { ticket: 'a\r\nb: c' } } }],
    ['header.applicationToken', { header: { applicationToken: 'æ' } }],
    ['header.timeZone', { header: { timeZone: { soTimeZoneLocationCode: 'a\nb' } } }],
    ['acceptLanguage', { acceptLanguage: 'sv\r\n' }],
  ])('%s: a text that would end the header is refused', (path, options) => {
    expect(() => headersOf(options)).toThrow(
      expect.objectContaining({ path, message: expect.not.stringContaining('b: c') }),
    );
  });
});

describe('what goes into a path', () => {
  it.each([
    '../../User/1?x=%2f',
    '..',
    '.',
    '',
    'a/b',
    'a\\b',
    'a%2fb',
    'anna:1',
    ' anna',
    'anna.',
    'a*',
    'a&b',
    'a\0',
  ])('%j goes in a body instead', (toAssociate) => {
    const { method, path, body, style } = encodeRestRequest(
      Chat.transferChatSession,
      { chatSessionId: 1, toAssociate },
      { style: 'entity' },
    );
    expect([method, path, style]).toEqual(['POST', 'v1/Agents/Chat/TransferChatSession', 'agent']);
    expect(JSON.parse(body ?? '')).toEqual({ ChatSessionId: 1, ToAssociate: toAssociate });
  });

  it('null goes in a body, and what is left out stays left out', () => {
    const inEntityStyle = { style: 'entity' } as const;
    expect(lineOf(Chat.transferChatSession, { chatSessionId: 1, toAssociate: null }, inEntityStyle)).toBe(
      'POST v1/Agents/Chat/TransferChatSession {"ChatSessionId":1,"ToAssociate":null}',
    );
    expect(lineOf(Chat.transferChatSession, { chatSessionId: 1 }, inEntityStyle)).toBe(
      'POST v1/Agents/Chat/TransferChatSession {"ChatSessionId":1}',
    );
  });
});

describe('an entity', () => {
  it('goes by the agent where there is none', () => {
    const inEntityStyle = { style: 'entity' } as const;
    expect(lineOf(Chat.saveChatSessionEntity, { chatSessionEntity: null }, inEntityStyle)).toBe(
      'POST v1/Agents/Chat/SaveChatSessionEntity null',
    );
    expect(lineOf(Chat.saveChatSessionEntity, {}, inEntityStyle)).toBe('POST v1/Agents/Chat/SaveChatSessionEntity');
  });

  it('that was read with select is refused where it would be saved, and so is a copy of it', () => {
    const session = markSelected({ chatSessionId: 44, topicId: 2 });
    for (const chatSessionEntity of [session, { ...session, topicId: 3 }]) {
      for (const style of ['agent', 'entity'] as const) {
        expect(() => encodeRestRequest(Chat.saveChatSessionEntity, { chatSessionEntity }, { style })).toThrow(
          expect.objectContaining({ path: 'chatSessionEntity', message: expect.stringContaining('read it whole') }),
        );
      }
    }
    const useragents = [{ topicId: 1 }, markSelected({ topicId: 2 })];
    expect(() => encodeRestRequest(Chat.updateChatTopicUserAgents, { chatTopicId: 1, useragents })).toThrow(
      expect.objectContaining({ path: 'useragents[1]' }),
    );
    const { user } = markSelected({ user: { fullName: 'A' } });
    expect(() =>
      encodeRestRequest(Chat.saveChatSessionEntity, { chatSessionEntity: { chatSessionId: 44, user } }),
    ).toThrow(expect.objectContaining({ path: 'chatSessionEntity.user' }));
  });
});

describe('select', () => {
  it('is a part of the query, beside others', () => {
    const select = ['chatSessionId', 'user/fullName'];
    expect(lineOf(Chat.getChatSessionEntity, { chatSessionEntityId: 9 }, { select })).toBe(
      'POST v1/Agents/Chat/GetChatSessionEntity?chatSessionEntityId=9&$select=chatSessionId,user/fullName',
    );
    expect(lineOf(Chat.chatTopicsForUser, {}, { select: ['name'], style: 'entity' })).toBe(
      'GET v1/ChatTopic/ForCurrentUser?$select=name',
    );
  });

  it.each([
    ['select', []],
    ['select[0]', ['a&b=c']],
    ['select[1]', ['name', '']],
    ['select[0]', ['nmae']],
    ['select[0]', ['name/first']],
    ['select[0]', ['openingHours/monday']],
  ])('%s: what is no member is refused', (path, select) => {
    expect(() => lineOf(Chat.chatTopicsForUser, {}, { select })).toThrow(expect.objectContaining({ path }));
  });

  it('may name members of members, in any case', () => {
    expect(lineOf(Chat.chatTopicsForUser, {}, { select: ['OpeningHours/monStart'] })).toContain(
      '$select=OpeningHours/monStart',
    );
  });

  it('is refused where there is no result', () => {
    expect(() => lineOf(Chat.deleteChatTopicEntity, { chatTopicEntityId: 1 }, { select: ['name'] })).toThrow('select');
  });
});

it.each<[string, Operation, unknown, string]>([
  ['a parameter that is missing', Chat.getChatMessages, { chatSessionId: 1 }, 'after'],
  [
    'one that is of another type, in the query',
    Chat.getChatSessionEntity,
    { chatSessionEntityId: '1' },
    'chatSessionEntityId',
  ],
  ['one that is of another type, in the body', Chat.getChatMessages, { chatSessionId: 1, after: 0.5 }, 'after'],
  ['one that there is not', Chat.getChatMessages, { chatSessionId: 1, after: 0, html: true }, 'html'],
  ['a member that there is not', Chat.addChatMessage, { chatSessionId: 1, message: { text: '' } }, 'message.text'],
  ['an enum name that there is not', Chat.addChatMessage, { chatSessionId: 1, message: { type: 'X' } }, 'message.type'],
  ['no object', Chat.getChatMessages, 5, ''],
])('%s is refused in both styles, with its path', (_what, operation, input, path) => {
  for (const style of ['agent', 'entity'] as const) {
    const refused = (): unknown => encodeRestRequest(operation, input, { style });
    expect(refused).toThrow(InputError);
    expect(refused).toThrow(expect.objectContaining({ path, operation: `Chat.${operation.name}` }));
  }
});

it('times go as they were read, and no date as the year 1', () => {
  const whenPosted = DateTime.from('2024-12-15T09:23:15.1234567+01:00');
  expect(lineOf(Chat.addChatMessage, { chatSessionId: 1, message: { whenPosted } })).toContain(
    '"WhenPosted":"2024-12-15T09:23:15.1234567+01:00"',
  );
  expect(lineOf(Chat.addChatMessage, { chatSessionId: 1, message: { whenPosted: null } })).toContain(
    '"WhenPosted":"0001-01-01T00:00:00"',
  );
});
