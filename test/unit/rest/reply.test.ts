/**
 * The replies of REST: results, and the many forms in which the service says no.
 */
import { Chat, Fault, type Operation, ProtocolError } from '../../../lib/index.js';
import { faultOfJson } from '../../../lib/rest/refusal.js';
import { decodeRestReply } from '../../../lib/rest/reply.js';

const read = (operation: Operation, json: unknown, style: 'agent' | 'entity' = 'agent'): unknown =>
  decodeRestReply(operation, json === undefined ? undefined : JSON.stringify(json), { style });

function failure(operation: Operation, json: unknown, style?: 'agent' | 'entity'): unknown {
  try {
    return { read: read(operation, json, style) };
  } catch (error) {
    return error;
  }
}

test('a published sample of messages is read with all that it says', () => {
  const sample = [
    {
      ChatMessageId: 1001,
      ChatSessionId: 2347,
      Type: 'ToCustomer',
      Message: 'Hello! How can I help you today?',
      Author: 'An agent',
      ReadByCustomer: 1,
      SpecialType: 'None',
      SpecialParam: '',
      WhenPosted: '2024-12-15T09:23:15+01:00',
    },
  ];
  const [message] = read(Chat.getChatMessages, sample) as [{ whenPosted: { lexical: string; zone: string } }];
  expect(message).toMatchObject({ chatMessageId: 1001, type: 'ToCustomer', readByCustomer: 1, specialParam: '' });
  expect(message.whenPosted).toMatchObject({ lexical: '2024-12-15T09:23:15+01:00', zone: '+01:00' });
});

describe('null', () => {
  test.each([Chat.pickUpChatSession, Chat.pickUpFirstChatSession])('is a result of $name', (operation) => {
    expect(read(operation, null)).toBeNull();
    expect(read(operation, undefined)).toBeNull();
  });

  test.each([Chat.getChatMessages, Chat.getChatSessionEntity, Chat.saveChatTopicEntity, Chat.getChatTranscript])(
    'of any other agent call is its failure: $name',
    (operation) => {
      for (const nothing of [null, undefined]) {
        const fault = failure(operation, nothing);
        expect(fault).toBeInstanceOf(Fault);
        expect(fault).toMatchObject({ code: 'service', outcome: 'unknown', operation: `Chat.${operation.name}` });
      }
    },
  );

  test('is a result in the entity style, which tells failures by the status', () => {
    expect(read(Chat.getChatTopicUserAgent, null, 'entity')).toBeNull();
  });

  test.each([undefined, null])(
    'is no result of what makes or changes something, in the entity style either: %j',
    (json) => {
      for (const operation of [Chat.addChatMessage, Chat.saveChatTopicEntity, Chat.createChatSessionForTopic]) {
        expect(failure(operation, json, 'entity')).toMatchObject({ code: 'service', outcome: 'unknown' });
      }
    },
  );

  test('is no boolean in any style', () => {
    expect(failure(Chat.isWithinOpeningHours, null)).toBeInstanceOf(Fault);
    expect(failure(Chat.isWithinOpeningHours, null, 'entity')).toBeInstanceOf(ProtocolError);
  });

  test('of an agent that has no result is its failure, and no content its success', () => {
    expect(read(Chat.deleteChatTopicEntity, undefined)).toBeUndefined();
    expect(failure(Chat.deleteChatTopicEntity, null)).toMatchObject({ code: 'service', outcome: 'unknown' });
    expect(read(Chat.deleteChatTopicEntity, null, 'entity')).toBeUndefined();
    expect(failure(Chat.deleteChatTopicEntity, { Rank: 1 })).toBeInstanceOf(ProtocolError);
  });
});

const refusals: readonly (readonly [string, object, object])[] = [
  [
    'of the entity style',
    {
      Error: true,
      ErrorType: 'SoNotFoundException',
      ErrorMessage: 'Chat session 99 was not found',
      ErrorSource: 'SoDatabase',
    },
    { code: 'service', reason: 'Chat session 99 was not found', exceptionType: 'SoNotFoundException' },
  ],
  [
    'with Message and MessageDetail',
    { Message: 'No HTTP resource was found', MessageDetail: 'No action fits the request' },
    { reason: 'No HTTP resource was found: No action fits the request' },
  ],
  ['with a Message alone', { Message: 'An error has occurred.' }, { reason: 'An error has occurred.' }],
  [
    'with an exception',
    { Message: 'An error has occurred.', ExceptionMessage: 'no', ExceptionType: 'System.Exception', StackTrace: 'at' },
    { reason: 'no', exceptionType: 'System.Exception', friendlyText: 'An error has occurred.' },
  ],
  ['with its first letters lowered', { message: 'a', messageDetail: 'b' }, { reason: 'a: b' }],
  ['with nothing in it', { Message: '' }, { reason: 'the service gave no reason' }],
  [
    'as problem details',
    { type: 'about:blank', title: 'Not Found', status: 404, detail: 'nothing here', traceId: '00' },
    { reason: 'nothing here' },
  ],
  [
    'as the ExceptionInfo of SOAP',
    { Message: 'm', FriendlyText: 'f', ExceptionType: 'T', StackTrace: null, Parameters: {} },
    { reason: 'm', friendlyText: 'f', exceptionType: 'T' },
  ],
  [
    'of a ticket',
    { Error: true, ErrorType: 'SuperOffice.Exceptions.SoSessionException', ErrorMessage: 'expired' },
    { code: 'login' },
  ],
];

describe('a refusal that comes as a success', () => {
  test.each(refusals)('%s', (_what, json, told) => {
    for (const operation of [Chat.getChatMessages, Chat.addChatMessage, Chat.deleteChatTopicEntity]) {
      for (const style of ['agent', 'entity'] as const) {
        const fault = failure(operation, json, style);
        expect(fault).toBeInstanceOf(Fault);
        expect(fault).toMatchObject(told);
      }
    }
  });

  test.each(refusals)('%s: what is known of the call', (what, json) => {
    const byService = /entity style|ExceptionInfo|ticket/.test(what);
    const outcomes = [200, 400, 500].map(
      (status) => faultOfJson(Chat.addChatMessage, json, undefined, status)?.outcome,
    );
    expect(outcomes).toEqual(byService ? ['refused', 'refused', 'refused'] : ['unknown', 'refused', 'unknown']);
  });

  test('is not taken for one where it is a message of a chat', () => {
    expect(read(Chat.addChatMessage, { ChatMessageId: 1, Message: 'An error has occurred.' })).toEqual({
      chatMessageId: 1,
      message: 'An error has occurred.',
    });
  });

  test('of a ticket goes by the names that an installation has for it', () => {
    const json = { Error: true, ErrorType: 'Acme.NoEntry', ErrorMessage: 'no' };
    expect(faultOfJson(Chat.getChatMessages, json)).toMatchObject({ code: 'service' });
    expect(faultOfJson(Chat.getChatMessages, json, ['NoEntry'])).toMatchObject({ code: 'login' });
  });
});

test.each<[string, Operation, unknown]>([
  ['an object with no member of the result', Chat.getChatSessionEntity, {}],
  ['one with members of something else', Chat.getChatSessionEntity, { ok: true }],
  ['an object for a list', Chat.getChatMessages, {}],
  ['a text for a list', Chat.getChatMessages, 'ok'],
])('%s is no result', (_what, operation, json) => {
  const error = failure(operation, json);
  expect(error).toBeInstanceOf(ProtocolError);
  expect(error).toMatchObject({ code: 'schema', operation: `Chat.${operation.name}` });
});

test('what is cut off is no result', () => {
  const whole = JSON.stringify([{ ChatMessageId: 1, Message: 'a' }]);
  for (let end = 0; end < whole.length; end++) {
    expect(() => decodeRestReply(Chat.getChatMessages, whole.slice(0, end), { style: 'agent' })).toThrow(
      expect.objectContaining({ kind: 'protocol', code: 'json-syntax' }),
    );
  }
});
