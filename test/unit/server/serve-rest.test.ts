/**
 * The REST server: what the vendor's pages show, in both styles, and how refusals are told.
 */
import {
  type Call,
  Chat,
  type ChatMessage,
  DateTime,
  Fault,
  InputError,
  type Operation,
  ProtocolError,
  SoPrincipal,
  type Transport,
  TransportError,
} from '../../../lib/index.js';
import { encodeRestRequest } from '../../../lib/rest/request.js';
import { createSimulator, type ServedCall, type ServeRestOptions, serveSoap } from '../../../lib/server.js';
import { soapTransport } from '../../../lib/transports/soap.js';
import { membersOf, plain, randomFrom } from '../../contract/values.js';
import { ask, askWith, JSON_TYPE, type RestAnswer, TICKET, withRest } from './rest-client.js';

/** A transport that answers this, and what it was called with. */
function recording(output: unknown = null, header: object = {}) {
  const calls: Call[] = [];
  const transport: Transport = async (call) => {
    calls.push(call);
    return { output, header };
  };
  return { transport, calls };
}

const failing =
  (error: unknown): Transport =>
  async () => {
    throw error;
  };

const message: ChatMessage = {
  chatMessageId: 1001,
  chatSessionId: 2347,
  type: 'ToCustomer',
  message: 'Hello! How can I help you today?',
  author: 'Sarah Johnson',
  readByCustomer: 1,
  specialType: 'None',
  specialParam: '',
  whenPosted: DateTime.from('2024-12-15T09:23:15+01:00'),
};

const messageJson =
  '{"ChatMessageId":1001,"ChatSessionId":2347,"Type":"ToCustomer","Message":"Hello! How can I help you today?",' +
  '"Author":"Sarah Johnson","ReadByCustomer":1,"SpecialType":"None","SpecialParam":"",' +
  '"WhenPosted":"2024-12-15T09:23:15+01:00"}';

describe('what the published pages show', () => {
  test('the sample request of the agent style is answered by the sample response', async () => {
    const { transport, calls } = recording([message]);
    const answer = await withRest(transport, {}, ({ port }) =>
      ask(
        port,
        'POST /api/v1/Agents/Chat/GetChatMessages',
        [TICKET, 'Accept: application/json; charset=utf-8', 'Accept-Language: sv', JSON_TYPE],
        '{\r\n  "ChatSessionId": 177,\r\n  "After": 964\r\n}',
      ),
    );
    expect(calls).toMatchObject([
      { operation: Chat.getChatMessages, input: { chatSessionId: 177, after: 964 }, header: {} },
    ]);
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: `[${messageJson}]`,
    });
  });

  test('so is that of the entity style', async () => {
    const { transport, calls } = recording([message]);
    const answer = await withRest(transport, {}, ({ port }) =>
      ask(port, 'GET /api/v1/ChatSession/177/Messages?after=341', [TICKET, 'Accept: application/json; charset=utf-8']),
    );
    expect(calls).toMatchObject([{ operation: Chat.getChatMessages, input: { chatSessionId: 177, after: 341 } }]);
    expect(answer).toMatchObject({ status: 200, body: `[${messageJson}]` });
  });

  test('members are in the order of the sample, with the inherited ones last', async () => {
    const names = await withRest(createSimulator(), {}, async ({ port }) => {
      const line = 'Authorization: Bearer 8A:demo-anna';
      const { body } = await ask(port, 'POST /api/v1/Agents/Chat/GetChatSessionEntity?chatSessionEntityId=44', [line]);
      return Object.keys(JSON.parse(body));
    });
    expect(names.slice(0, 4)).toEqual(['ChatSessionId', 'TopicId', 'User', 'Person']);
    expect(names.slice(-4)).toEqual(['ChatbotIsActive', 'Rating', 'TableRight', 'FieldProperties']);
    expect(names).toHaveLength(33);
  });

  test('ids of entities are in the query of agents', async () => {
    const { transport, calls } = recording(null);
    const answer = await withRest(transport, {}, ({ port }) =>
      ask(port, 'POST /api/v1/Agents/Chat/GetChatSessionEntity?chatSessionEntityId=932', [TICKET, 'Content-Length: 0']),
    );
    expect(calls).toMatchObject([{ operation: Chat.getChatSessionEntity, input: { chatSessionEntityId: 932 } }]);
    expect(answer).toMatchObject({ status: 200, body: 'null' });
  });

  test('a call without a result is answered without content', async () => {
    const { transport } = recording(undefined);
    const answer = await withRest(transport, {}, ({ port }) => ask(port, 'DELETE /api/v1/ChatSession/932'));
    expect(answer).toMatchObject({ status: 204, body: '' });
    expect(answer.headers).not.toHaveProperty('content-type');
    expect(answer.headers).not.toHaveProperty('content-length');
  });

  test('a GET of an agent only describes it, and calls nothing', async () => {
    const { transport, calls } = recording();
    const answer = await withRest(transport, {}, ({ port }) =>
      ask(port, 'GET /api/v1/Agents/Chat/GetChatMessages', []),
    );
    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(/^Chat\.GetChatMessages: .*POST v1\/Agents\/Chat\/GetChatMessages/);
    expect(calls).toEqual([]);
  });
});

const operations: readonly Operation[] = Object.values(Chat);

describe.each(['agent', 'entity'] as const)('in the %s style', (style) => {
  test.each(operations)('$name arrives with its input', async (operation) => {
    const { transport, calls } = recording(operation.reply.fields[0]?.name === 'Response' ? undefined : null);
    await withRest(transport, {}, async ({ port }) => {
      for (const seed of [1, 2, 3, 4, 5]) {
        const fields = operation.request.fields.map((field) => ({ ...field, required: !field.nillable }));
        const input = membersOf(fields, randomFrom(seed));
        const { method, path, body } = encodeRestRequest(operation, input, { style });
        const lines = body === undefined ? [TICKET] : [TICKET, JSON_TYPE];
        await ask(port, `${method} /api/${path}`, lines, body);
        const [call] = calls.splice(0);
        expect(call?.operation).toBe(operation);
        expect(plain(call?.input)).toMatchObject(plain(withoutNil(input)) as object);
      }
    });
  });
});

/** Parameters that are nil may be left out of a query or a body. */
const withoutNil = (input: object): object =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));

describe('$select', () => {
  const session = { chatSessionId: 44, customerName: 'Kari', user: { associateId: 11, name: 'ANNA' }, rating: 3 };
  const selected = async (select: string, output: unknown, title = 'GET /api/v1/ChatTopic/ForCurrentUser') => {
    const { transport } = recording(output);
    const { body } = await withRest(transport, {}, ({ port }) => ask(port, `${title}?${select}`));
    return JSON.parse(body);
  };
  const agent = 'POST /api/v1/Agents/Chat/ChatSessionsForUser';

  test.each<[string, object]>([
    ['$select=CustomerName', { ChatSessionId: null, CustomerName: 'Kari', User: null, Rating: null }],
    ['$select=customername,rating', { ChatSessionId: null, CustomerName: 'Kari', User: null, Rating: 3 }],
    [
      '%24SELECT=User',
      { ChatSessionId: null, CustomerName: null, User: { AssociateId: 11, Name: 'ANNA' }, Rating: null },
    ],
    [
      '$select=user/name',
      { ChatSessionId: null, CustomerName: null, User: { AssociateId: null, Name: 'ANNA' }, Rating: null },
    ],
    [
      '$select=user.name',
      { ChatSessionId: null, CustomerName: null, User: { AssociateId: null, Name: 'ANNA' }, Rating: null },
    ],
    [
      '$select=user,user.name',
      { ChatSessionId: null, CustomerName: null, User: { AssociateId: 11, Name: 'ANNA' }, Rating: null },
    ],
    ['$select=nothing', { ChatSessionId: null, CustomerName: null, User: null, Rating: null }],
    ['$select=', { ChatSessionId: 44, CustomerName: 'Kari', User: { AssociateId: 11, Name: 'ANNA' }, Rating: 3 }],
    ['$select=%20,', { ChatSessionId: 44, CustomerName: 'Kari', User: { AssociateId: 11, Name: 'ANNA' }, Rating: 3 }],
  ])('%s nulls out all others', async (select, expected) => {
    expect(await selected(select, [session], agent)).toEqual([expected]);
  });

  test('leaves alone what has no members', async () => {
    expect(await selected('$select=x', true, 'GET /api/v1/ChatTopic/1/IsOpen')).toBe(true);
    expect(await selected('$select=x', null, 'POST /api/v1/Agents/Chat/PickUpFirstChatSession')).toBe(null);
  });

  test('leaves the links of an entity in place', async () => {
    const found = await selected('$select=rating', session, 'GET /api/v1/ChatSession/44');
    expect(found).toMatchObject({ Rating: 3, CustomerName: null, _Links: { Self: expect.any(String) } });
  });
});

describe('links', () => {
  const base = 'http://crm.example.com/api/v1/ChatSession';
  const entity = { chatSessionId: 44 };

  test.each([
    ['read', 'GET /api/v1/ChatSession/44', undefined],
    ['saved', 'PUT /api/v1/ChatSession/44', { CustomerName: 'Kari' }],
    ['made', 'POST /api/v1/ChatSession', { CustomerName: 'Kari' }],
  ])('an entity that was %s has them', async (_, title, body) => {
    const { transport } = recording(entity);
    const answer = await withRest(transport, {}, ({ port }) => (body ? askWith(port, title, body) : ask(port, title)));
    expect(answer.body).toBe(`{"ChatSessionId":44,"_Links":{"Self":"${base}/44","Archive":"${base}"}}`);
  });

  test.each([
    'POST /api/v1/Agents/Chat/GetChatSessionEntity?chatSessionEntityId=44',
    'GET /api/v1/ChatSession/default',
    'POST /api/v1/ChatSession/Pickup',
  ])('%s has none', async (title) => {
    const { transport } = recording(entity);
    const { body } = await withRest(transport, {}, ({ port }) => ask(port, title));
    expect(body).toBe('{"ChatSessionId":44}');
  });
});

describe('headers', () => {
  test('the ticket, the application and the time zone are header parts of the call', async () => {
    const { transport, calls } = recording([]);
    await withRest(transport, {}, ({ port }) =>
      ask(port, 'GET /api/v1/ChatSession/1/Messages', [
        'AUTHORIZATION: soticket 7T:abc==',
        'SO-AppToken: app',
        'SO-TimeZone: US-NY, includeTZOffset',
      ]),
    );
    expect(calls[0]?.header.credentials?.ticket).toBe('7T:abc==');
    expect(calls[0]?.header).toMatchObject({ applicationToken: 'app', timeZone: { soTimeZoneLocationCode: 'US-NY' } });
  });

  test('the time zone of the reply is said as the client would', async () => {
    const { transport } = recording([], { timeZone: { soTimeZoneId: 261, soTimeZoneLocationCode: 'NO' } });
    const { headers } = await withRest(transport, {}, ({ port }) => ask(port, 'GET /api/v1/ChatSession/1/Messages'));
    expect(headers['so-timezone']).toBe('NO');
  });
});

const AGENT = 'POST /api/v1/Agents/Chat/ResetChatSession';
const ENTITY = 'POST /api/v1/ChatSession/1/Reset';

/** The answer where the transport fails with this, and what the owner was told. */
async function refusedBy(error: unknown, title: string, options: ServeRestOptions = {}) {
  const told: unknown[] = [];
  const onError = (each: unknown): void => {
    told.push(each);
  };
  const answer = await withRest(failing(error), { ...options, onError }, ({ port }) =>
    askWith(port, title, { ChatSessionId: 1 }),
  );
  return { answer, told };
}

const notFound = (): Fault =>
  new Fault('service', 'Chat session 1 was not found', {
    exceptionType: 'SuperOffice.Exceptions.SoNotFoundException',
    friendlyText: 'It does not exist.',
  });

const notFoundJson = {
  Error: true,
  ErrorType: 'SuperOffice.Exceptions.SoNotFoundException',
  ErrorMessage: 'Chat session 1 was not found',
  ErrorSource: 'Chat.ResetChatSession',
};

describe('a refusal', () => {
  test.each<[string, ServeRestOptions, string, number, unknown]>([
    ['by its status', {}, AGENT, 404, notFoundJson],
    ['by its status', {}, ENTITY, 404, notFoundJson],
    [
      'by a message',
      { errors: 'message' },
      AGENT,
      200,
      { Message: 'Chat session 1 was not found', MessageDetail: 'It does not exist.' },
    ],
    ['by null', { errors: 'null' }, AGENT, 200, null],
    ['by its status whatever agents do', { errors: 'message' }, ENTITY, 404, notFoundJson],
    ['by its status whatever agents do', { errors: 'null' }, ENTITY, 404, notFoundJson],
  ])('is told %s with %j to %s', async (_, options, title, status, json) => {
    const { answer, told } = await refusedBy(notFound(), title, options);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(answer.body)).toEqual(json);
    expect(told).toEqual([]);
  });

  const ofType = (exceptionType: string): Fault => new Fault('service', 'no', { exceptionType });
  const ofCode = (faultCode: string): Fault => new Fault('soap-fault', 'no', { faultCode });

  test.each<[number, string, Error]>([
    [404, 'what is not there', ofType('SuperOffice.CRM.SoSaleNotFoundException')],
    [400, 'an argument', ofType('System.ArgumentNullException')],
    [403, 'what one may not do', ofType('System.UnauthorizedAccessException')],
    [500, 'any other type', ofType('Demo.Refused')],
    [500, 'no type', new Fault('service', 'no')],
    [400, 'a Fault that finds fault with the request', ofCode('Client')],
    [500, 'any other Fault', ofCode('Demo')],
    [400, 'input', new InputError('chatSessionId', 'no', { operation: 'Chat.ResetChatSession' })],
  ])('has the status %i for %s', async (status, _, error) => {
    const { answer } = await refusedBy(error, AGENT);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ Error: true, ErrorMessage: expect.stringMatching(/no$/) });
  });

  test.each<ServeRestOptions>([{}, { errors: 'message' }, { errors: 'null' }])(
    'of the ticket has the status 401 with %j, so that clients renew it',
    async (options) => {
      const { answer } = await refusedBy(new Fault('login', 'expired'), AGENT, options);
      expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': expect.stringContaining('Basic') } });
      expect(JSON.parse(answer.body)).toMatchObject({
        Error: true,
        ErrorType: 'SuperOffice.Exceptions.SoSessionException',
        ErrorMessage: 'expired',
      });
    },
  );

  test.each<ServeRestOptions>([{}, { errors: 'message' }, { errors: 'null' }])(
    'that may have been done after all is in no form of a refusal with %j',
    async (options) => {
      const error = new Fault('soap-fault', 'it broke', { faultCode: 'Server', outcome: 'unknown' });
      const { answer } = await refusedBy(error, AGENT, options);
      expect(answer).toMatchObject({ status: 500, body: 'the call failed: it broke\n' });
    },
  );
});

describe('a failure behind the server', () => {
  test.each<[number, string, { readonly error: unknown }]>([
    [504, 'the call failed: timeout', { error: new TransportError('timeout', 'of secret-host') }],
    [502, 'the call failed: connect', { error: new TransportError('connect', 'of secret-host') }],
    [502, 'the call failed: http-status', { error: new TransportError('http-status', 'secret-host', { status: 418 }) }],
    [502, 'the call failed: schema', { error: new ProtocolError('schema', 'of secret-host') }],
    [500, 'the call failed: input', { error: new InputError('baseUrl', 'of secret-host') }],
    [500, 'the server was unable to process the request', { error: new Error('of secret-host') }],
    [500, 'the server was unable to process the request', { error: 'secret-host' }],
  ])('has the status %i and says no more than "%s"', async (status, text, { error }) => {
    for (const title of [AGENT, ENTITY]) {
      const { answer, told } = await refusedBy(error, title, { errors: 'null' });
      expect(answer).toMatchObject({ status, body: `${text}\n` });
      expect(told).toEqual([error]);
    }
  });

  test('is a reply that cannot be written', async () => {
    const told: unknown[] = [];
    const answer = await withRest(
      recording('no list').transport,
      { onError: (error) => told.push(error) },
      ({ port }) => ask(port, 'GET /api/v1/ChatSession/1/Messages'),
    );
    expect(answer.status).toBe(500);
    expect(told).toMatchObject([{ message: 'the reply to GetChatMessages cannot be written' }]);
  });

  test('is a transport that takes too long', async () => {
    const hanging: Transport = () => new Promise(() => {});
    const answer = await withRest(hanging, { callMs: 50 }, ({ port }) => ask(port, ENTITY));
    expect(answer).toMatchObject({ status: 504, body: 'the call failed: timeout\n' });
  });
});

test('the owner is told of each call with its style', async () => {
  const seen: ServedCall[] = [];
  const onCall = (call: ServedCall): void => {
    seen.push(call);
  };
  await withRest(failing(notFound()), { onCall, errors: 'null' }, async ({ port }) => {
    await askWith(port, AGENT, { ChatSessionId: 1 }, [TICKET, 'User-Agent: SO-TS-WebApi/1.0']);
    await ask(port, ENTITY);
    await ask(port, 'GET /api/v1/ChatSession/x/Messages');
    await ask(port, 'GET /api/v1/Agents/Chat/ResetChatSession');
  });
  const common = { operation: 'Chat.ResetChatSession', release: 'v1', outcome: 'refused', address: '127.0.0.1' };
  expect(seen).toMatchObject([
    { ...common, style: 'rest agent', userAgent: 'SO-TS-WebApi/1.0' },
    { ...common, style: 'rest entity', userAgent: undefined },
  ]);
});

test('which service answered is a header', async () => {
  const transport: Transport = async () => ({ output: undefined, header: {}, servedBy: 'old' });
  const { headers } = await withRest(transport, {}, ({ port }) => ask(port, 'DELETE /api/v1/ChatSession/1'));
  expect(headers['x-served-by']).toBe('old');
});

test('a SOAP service is served as REST', async () => {
  const soap = await serveSoap([Chat, SoPrincipal], createSimulator());
  const transport = soapTransport({ baseUrl: soap.baseUrl });
  try {
    const [found, missing, ids]: RestAnswer[] = await withRest(transport, {}, ({ port }) => {
      const anna = [`Authorization: Basic ${btoa('anna:demo')}`];
      return Promise.all([
        ask(port, 'GET /api/v1/ChatSession/44', anna),
        ask(port, 'GET /api/v1/ChatSession/999', anna),
        ask(port, 'POST /api/v1/Agents/Chat/GetChatSessionEntity', anna),
      ]);
    });
    expect(JSON.parse(found?.body ?? '')).toMatchObject({ ChatSessionId: 44 });
    expect(missing).toMatchObject({ status: 404 });
    expect(ids).toMatchObject({ status: 400, body: expect.stringContaining('chatSessionEntityId') });
  } finally {
    await transport.close();
    await soap.close();
  }
});
