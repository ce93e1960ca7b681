/**
 * The REST transport over HTTP: what it sends, and what it makes of what comes back.
 */

import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import {
  type Call,
  Chat,
  createClient,
  Fault,
  InputError,
  intercept,
  type Operation,
  ProtocolError,
  type RequestHeader,
  type RestTransportOptions,
  restTransport,
  retry,
  SoPrincipal,
  TransportError,
} from '../../../lib/index.js';
import { answering, closedAfterEach, errorOf, httpServer, type Seen, type TestServer } from './servers.js';

const keep = closedAfterEach();

const JSON_REPLY = { 'content-type': 'application/json; charset=utf-8' };
const TICKET = '7T:CANARY-TICKET-9f3a==';

const transportTo = ({ origin }: Pick<TestServer, 'origin'>, options: Partial<RestTransportOptions> = {}) =>
  keep(restTransport({ baseUrl: `${origin}/crm/api`, ...options }));

const aCall = (header: RequestHeader = {}, operation: Operation = Chat.getChatMessages, input: object = {}): Call => ({
  operation,
  input: operation === Chat.getChatMessages ? { chatSessionId: 42, after: 7 } : input,
  header,
});

const aMessage = [{ ChatMessageId: 1, Message: 'héllo' }];

/** A server whose answer depends on the request: a status, and JSON. */
const api = (answer: (seen: Seen) => readonly [status: number, json?: unknown, headers?: Record<string, string>]) =>
  httpServer((response, seen) => {
    const [status, json, headers] = answer(seen);
    response.writeHead(status, { ...JSON_REPLY, ...headers }).end(json === undefined ? '' : JSON.stringify(json));
  });

describe('a request', () => {
  test('goes below the base URL, in the style that is asked for', async () => {
    const server = keep(await api(() => [200, aMessage]));
    await transportTo(server)(aCall({ credentials: { ticket: TICKET }, applicationToken: 'app' }));
    await transportTo(server, { style: 'entity', language: 'nb' })(aCall());
    const [agent, entity] = server.seen;
    expect(agent).toMatchObject({
      method: 'POST',
      url: '/crm/api/v1/Agents/Chat/GetChatMessages',
      body: '{"ChatSessionId":42,"After":7}',
      headers: { authorization: `SOTicket ${TICKET}`, 'so-apptoken': 'app', 'content-length': '30' },
    });
    expect(entity).toMatchObject({ method: 'GET', url: '/crm/api/v1/ChatSession/42/Messages?after=7', body: '' });
    expect(entity?.headers).toMatchObject({ 'so-language': 'nb' });
    expect(entity?.headers).not.toHaveProperty('content-type');
  });

  test('without a body says so, where its method has one', async () => {
    const server = keep(await api(() => [200, []]));
    await transportTo(server)(aCall({}, Chat.chatTopicsForUser));
    expect(server.seen[0]?.headers['content-length']).toBe('0');
    expect(server.seen[0]?.headers).not.toHaveProperty('content-type');
  });

  test('has the header parts of the transport where it brings none of its own', async () => {
    const server = keep(await api(() => [200, aMessage]));
    const header = { applicationToken: 'app', timeZone: { soTimeZoneLocationCode: 'NO' } };
    await transportTo(server, { header })(aCall({ applicationToken: 'other' }));
    expect(server.seen[0]?.headers).toMatchObject({ 'so-apptoken': 'other', 'so-timezone': 'NO' });
  });

  test('that the contract does not allow is not sent', async () => {
    const server = keep(await api(() => [200, aMessage]));
    const error = await errorOf(transportTo(server)(aCall({}, Chat.addChatMessage, { chatSessionId: 1.5 })));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ path: 'chatSessionId', outcome: 'not-sent', operation: 'Chat.AddChatMessage' });
    expect(server.seen).toEqual([]);
  });
});

describe('a reply', () => {
  test('is the output, with figures, and the time zone that the server states', async () => {
    const server = keep(await api(() => [200, aMessage, { 'so-timezone': 'NO' }]));
    const reply = await transportTo(server)(aCall());
    expect(reply.output).toEqual([{ chatMessageId: 1, message: 'héllo' }]);
    expect(reply.header).toEqual({ succeeded: true, timeZone: { soTimeZoneLocationCode: 'NO' } });
    expect(reply.http).toMatchObject({ status: 200, requestBytes: 30 });
  });

  test('may be packed', async () => {
    const packed = gzipSync(JSON.stringify(aMessage));
    const server = keep(await answering(200, packed, { ...JSON_REPLY, 'content-encoding': 'gzip' }));
    expect((await transportTo(server)(aCall())).output).toHaveLength(1);
  });

  test('without content is one where the operation has no result', async () => {
    const server = keep(await answering(204, '', {}));
    const reply = await transportTo(server)(aCall({}, Chat.deleteChatTopicEntity, { chatTopicEntityId: 1 }));
    expect(reply.output).toBeUndefined();
  });

  test('is one of UTF-8, unless it says otherwise, and never has characters replaced', async () => {
    const latin = Buffer.from('[{"Message":"h\xe9llo"}]', 'latin1');
    const server = keep(await answering(200, latin, JSON_REPLY));
    expect(await errorOf(transportTo(server)(aCall()))).toMatchObject({ kind: 'protocol', code: 'encoding' });
    const declared = keep(await answering(200, latin, { 'content-type': 'application/json; charset=iso-8859-1' }));
    expect((await transportTo(declared)(aCall())).output).toEqual([{ message: 'héllo' }]);
    const unknown = keep(await answering(200, latin, { 'content-type': 'application/json; charset=klingon' }));
    expect(await errorOf(transportTo(unknown)(aCall()))).toMatchObject({ kind: 'protocol', code: 'encoding' });
  });

  test('hides the SessionKey from those who print it', async () => {
    const server = keep(await api(() => [200, { ChatSessionId: 1, SessionKey: 'CANARY-KEY' }]));
    const call = aCall({}, Chat.getChatSessionEntity, { chatSessionEntityId: 1 });
    const { output } = await transportTo(server)(call);
    expect(inspect(output, { depth: 9, showHidden: true })).not.toContain('CANARY');
    expect(JSON.stringify(output)).not.toContain('CANARY');
    expect((output as { sessionKey: string }).sessionKey).toBe('CANARY-KEY');
  });

  test('with selected members is known for one that is not whole', async () => {
    const server = keep(await api(() => [200, { ChatSessionId: 1, TopicId: null, User: null }]));
    const chat = createClient(Chat, transportTo(server));
    const session = await chat.getChatSessionEntity({ chatSessionEntityId: 1 }, { select: ['chatSessionId'] });
    expect(server.seen[0]?.url).toContain('?chatSessionEntityId=1&$select=chatSessionId');
    expect(session).toMatchObject({ chatSessionId: 1, user: null });
    const saving = errorOf(chat.saveChatSessionEntity({ chatSessionEntity: { ...session, rating: 5 } }));
    expect(await saving).toMatchObject({ kind: 'input', path: 'chatSessionEntity' });
    expect(server.seen).toHaveLength(1);
  });
});

describe('what is no success', () => {
  const html = '<html><title>502</title></html>';
  const notFound = { Error: true, ErrorType: 'SoNotFoundException', ErrorMessage: 'not found', ErrorSource: 's' };

  test.each<[string, number, string, Record<string, string>, object]>([
    [
      'an error of the entity style',
      404,
      JSON.stringify(notFound),
      JSON_REPLY,
      { kind: 'fault', code: 'service', outcome: 'refused', exceptionType: 'SoNotFoundException' },
    ],
    [
      'an exception that the service tells of',
      500,
      JSON.stringify(notFound),
      JSON_REPLY,
      { kind: 'fault', code: 'service', outcome: 'refused' },
    ],
    [
      'an error of the framework around it',
      500,
      '{"Message":"An error has occurred."}',
      JSON_REPLY,
      { kind: 'fault', code: 'service', outcome: 'unknown' },
    ],
    [
      'an error as problem details',
      400,
      '{"title":"Bad","status":400}',
      { 'content-type': 'application/problem+json' },
      { kind: 'fault', reason: 'Bad' },
    ],
    ['401', 401, '{}', JSON_REPLY, { kind: 'fault', code: 'login', outcome: 'refused', faultCode: '401' }],
    ['a page', 200, html, { 'content-type': 'text/html' }, { kind: 'transport', code: 'content-type', status: 200 }],
    ['XML', 200, '<a/>', { 'content-type': 'application/xml' }, { kind: 'transport', code: 'content-type' }],
    [
      'nothing, where there is a result',
      200,
      '',
      JSON_REPLY,
      { kind: 'protocol', code: 'json-syntax', outcome: 'unknown' },
    ],
    ['the half of it', 200, '[{"ChatMessageId":1}', JSON_REPLY, { kind: 'protocol', code: 'json-syntax' }],
    [
      'something else',
      200,
      '[{"ChatMessageId":"x"}]',
      JSON_REPLY,
      { kind: 'protocol', code: 'schema', path: '$[0].ChatMessageId' },
    ],
    ['a redirect', 302, '', { location: '/login?secret=x' }, { kind: 'transport', code: 'redirect', status: 302 }],
    ['a gateway that got no answer', 502, html, { 'content-type': 'text/html' }, { code: 'http-status', status: 502 }],
    [
      'a server that has too much to do, whatever it says',
      503,
      JSON.stringify(notFound),
      { ...JSON_REPLY, 'retry-after': '2' },
      { code: 'http-status', status: 503, retryAfterMs: 2000 },
    ],
    ['a method that is not let in', 405, '', {}, { code: 'http-status', outcome: 'refused' }],
  ])('%s', async (_what, status, body, headers, told) => {
    const server = keep(await answering(status, body, headers));
    const error = await errorOf(transportTo(server)(aCall()));
    expect(error).toMatchObject({ operation: 'Chat.GetChatMessages', http: { status }, ...told });
    expect(String(error)).not.toContain('secret');
  });

  test('says of a page what it may mean, in words of REST', async () => {
    const page = '<html><title>404 - File or directory not found.</title><h2>404 - File</h2></html>';
    const server = keep(await answering(404, page, { 'content-type': 'text/html' }));
    const { message } = (await errorOf(transportTo(server)(aCall()))) as Error;
    expect(message).toContain('is the REST API switched on there?');
    expect(message).not.toContain('svc');
  });

  test('shows no secret that the other side repeats', async () => {
    const server = keep(
      await api(({ headers, body }) => [400, { Message: `you said ${headers.authorization} and ${body}` }]),
    );
    const session = { chatSessionId: 1, sessionKey: 'CANARY-KEY-77' };
    const call = aCall(
      { credentials: { ticket: TICKET }, applicationToken: 'CANARY-APP-51' },
      Chat.saveChatSessionEntity,
      {
        chatSessionEntity: session,
      },
    );
    const error = await errorOf(transportTo(server)(call));
    expect(error).toMatchObject({ kind: 'fault', reason: expect.stringContaining('you said') });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('CANARY');
  });

  test('a read is tried again, a write is not', async () => {
    let failures = 1;
    const server = keep(await api(() => (failures-- > 0 ? [503] : [200, aMessage])));
    const transport = intercept(transportTo(server), retry({ sleep: async () => {} }));
    expect(await transport(aCall())).toMatchObject({ attempts: 2 });
    failures = 1;
    const message = { chatSessionId: 1, message: { message: 'a' } };
    const error = await errorOf(transport(aCall({}, Chat.addChatMessage, message)));
    expect(error).toMatchObject({ code: 'http-status', attempts: 1, outcome: 'unknown' });
  });
});

describe('a login', () => {
  const principal = { UserType: 'InternalAssociate', Associate: 'ANNA', AssociateId: 11, FullName: 'Anna' };
  const basic = `Basic ${Buffer.from('anna:dé:mo').toString('base64')}`;
  const known = [basic, `SOTicket ${TICKET}`, 'Bearer 8A:token'];
  const open = () =>
    api(({ url, headers }) => {
      if (!known.includes(headers.authorization ?? '')) return [401, {}];
      if (url.endsWith('/User/currentPrincipal')) return [200, principal];
      return url.endsWith('/GetAccessToken') ? [200, '8A:token'] : [200, aMessage];
    });

  test('by user name and password asks who calls, and makes a ticket that stands for them', async () => {
    const server = keep(await open());
    const transport = transportTo(server);
    const soPrincipal = createClient(SoPrincipal, transport);
    const reply = await soPrincipal.authenticateUsernamePassword({ userName: 'anna', password: 'dé:mo' });
    expect(reply).toMatchObject({
      authenticationSucceeded: true,
      response: { associate: 'ANNA', associateId: 11, userType: 'InternalAssociate' },
      credentials: { ticket: expect.stringMatching(/^7T:/) },
    });
    await transport(aCall({ credentials: reply?.credentials ?? null }));
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([basic, basic]);
    expect(inspect(reply, { depth: 9 })).not.toContain(reply?.credentials?.ticket);
  });

  test('can be one that gets an access token', async () => {
    const server = keep(await open());
    const soPrincipal = createClient(SoPrincipal, transportTo(server, { logins: 'access-token' }));
    const reply = await soPrincipal.authenticateUsernamePassword(
      { userName: 'anna', password: 'dé:mo' },
      { header: { applicationToken: 'app' } },
    );
    expect(reply?.credentials?.ticket).toBe('8A:token');
    expect(server.seen[1]).toMatchObject({ url: '/crm/api/v1/Agents/User/GetAccessToken' });
    expect(JSON.parse(server.seen[1]?.body ?? '')).toEqual({ AppToken: 'app', IncludeCsSession: false });
  });

  test('says which application it is for, and a user name that Basic would cut off is refused', async () => {
    const server = keep(await open());
    const soPrincipal = createClient(SoPrincipal, transportTo(server, { header: { applicationToken: 'app' } }));
    await soPrincipal.authenticateUsernamePassword({ userName: TICKET, password: '' });
    expect(server.seen[0]?.headers).toMatchObject({ 'so-apptoken': 'app', authorization: `SOTicket ${TICKET}` });
    const error = await errorOf(soPrincipal.authenticateUsernamePassword({ userName: 'a:b', password: 'c' }));
    expect(error).toMatchObject({ kind: 'fault', outcome: 'refused', message: expect.stringContaining('colon') });
    expect(server.seen).toHaveLength(1);
  });

  test('by a ticket or an access token keeps it', async () => {
    const server = keep(await open());
    const soPrincipal = createClient(SoPrincipal, transportTo(server));
    const byTicket = await soPrincipal.authenticateUsernamePassword({ userName: TICKET, password: '' });
    expect(byTicket?.credentials?.ticket).toBe(TICKET);
    const byToken = await soPrincipal.authenticateWithAccessToken({ accessToken: '8A:token' });
    expect(byToken).toMatchObject({ credentials: { ticket: '8A:token' }, authenticationSucceeded: true });
  });

  test('that is refused is no error, as over SOAP', async () => {
    const server = keep(await open());
    const soPrincipal = createClient(SoPrincipal, transportTo(server));
    for (const login of [
      soPrincipal.authenticateUsernamePassword({ userName: 'anna', password: 'wrong' }),
      soPrincipal.authenticateUsernamePassword({ userName: '7T:unknown-ticket', password: '' }),
      soPrincipal.authenticateWithAccessToken({ accessToken: '8A:unknown' }),
      soPrincipal.authenticateWithAccessToken({ accessToken: null }),
    ]) {
      expect(await login).toEqual({ authenticationSucceeded: false, credentials: null, response: null });
    }
  });

  test('is never taken for one on the word of a page, or of somebody who is nobody', async () => {
    const answers: (readonly [string, Record<string, string>])[] = [
      ['<html/>', { 'content-type': 'text/html' }],
      ['{}', JSON_REPLY],
      ['null', JSON_REPLY],
      ['{"Message":"no"}', JSON_REPLY],
      ['', JSON_REPLY],
    ];
    for (const [body, headers] of answers) {
      const server = keep(await answering(200, body, headers));
      const soPrincipal = createClient(SoPrincipal, transportTo(server));
      const error = await errorOf(soPrincipal.authenticateUsernamePassword({ userName: 'a', password: 'b' }));
      expect([TransportError, ProtocolError, Fault].some((type) => error instanceof type)).toBe(true);
    }
  });

  test.each([
    [SoPrincipal.authenticateImplicit, {}],
    [SoPrincipal.authenticateGeneric, { authenticationData: { a: 'b' } }],
    [SoPrincipal.getSystemInfo, {}],
  ])('of which REST knows nothing is refused, and nothing is sent: $name', async (operation, input) => {
    const server = keep(await open());
    const error = await errorOf(transportTo(server)({ operation, input, header: {} }));
    expect(error).toMatchObject({
      kind: 'fault',
      code: 'service',
      outcome: 'refused',
      exceptionType: 'System.NotSupportedException',
      operation: `SoPrincipal.${operation.name}`,
      message: expect.stringContaining('cannot be done by REST'),
    });
    expect(server.seen).toEqual([]);
  });

  test('shows neither password nor ticket in an error', async () => {
    const server = keep(await api(({ headers }) => [500, { Message: `said ${headers.authorization}` }]));
    const soPrincipal = createClient(SoPrincipal, transportTo(server));
    const error = await errorOf(
      soPrincipal.authenticateUsernamePassword({ userName: 'anna', password: 'CANARY-PASSWORD-77' }),
    );
    expect(error).toMatchObject({ kind: 'fault' });
    const shown = inspect(error, { depth: 9, showHidden: true });
    expect(shown).not.toContain('CANARY');
    expect(shown).not.toContain(Buffer.from('anna:CANARY-PASSWORD-77').toString('base64').slice(0, 12));
  });
});

describe('a ticket that stands for a user name and password', () => {
  const open = () =>
    api(({ url, headers }) =>
      url.endsWith('/User/currentPrincipal')
        ? [200, { AssociateId: 1 }]
        : [500, { Message: `said ${headers.authorization}` }],
    );
  const logIn = async (transport: ReturnType<typeof transportTo>, userName: string, password: string) =>
    (await createClient(SoPrincipal, transport).authenticateUsernamePassword({ userName, password }))?.credentials
      ?.ticket ?? '';

  test('is the same for the same, as the service gives it', async () => {
    const transport = transportTo(keep(await open()));
    const ticket = await logIn(transport, 'anna', 'one');
    expect(await logIn(transport, 'anna', 'one')).toBe(ticket);
    expect(await logIn(transport, 'anna', 'two')).not.toBe(ticket);
  });

  test('shows neither in an error, however many have logged in since', async () => {
    const transport = transportTo(keep(await open()));
    const ticket = await logIn(transport, 'bob', 'CANARY-PASSWORD-77');
    for (let index = 0; index < 150; index++) await logIn(transport, `user${index}`, `password-${index}`);
    const error = await errorOf(transport(aCall({ credentials: { ticket } })));
    expect(error).toMatchObject({ kind: 'fault', reason: expect.stringContaining('said Basic') });
    const shown = inspect(error, { depth: 9, showHidden: true });
    expect(shown).not.toContain('CANARY');
    expect(shown).not.toContain(Buffer.from('bob:CANARY').toString('base64').slice(0, 8));
  });
});

describe('the options', () => {
  const baseUrl = 'https://crm.example.com/api';

  test.each<[string, object]>([
    ['baseUrl', {}],
    ['baseUrl', { baseUrl: 'https://crm.example.com/api/v1' }],
    ['baseUrl', { baseUrl: 'https://crm.example.com/Remote/Services88/Chat.svc' }],
    ['baseUrl', { baseUrl: 'ftp://crm.example.com/api' }],
    ['style', { baseUrl, style: 'soap' }],
    ['logins', { baseUrl, logins: 'none' }],
    ['stlye', { baseUrl, stlye: 'agent' }],
    ['language', { baseUrl, language: '' }],
    ['includeTZOffset', { baseUrl, includeTZOffset: 'yes' }],
    ['limits.replyBytes', { baseUrl, limits: { replyBytes: 0 } }],
    ['header.ticket', { baseUrl, header: { ticket: 'x' } }],
  ])('%s is looked at when the transport is made', (path, options) => {
    expect(() => restTransport(options as never)).toThrow(expect.objectContaining({ kind: 'input', path }));
  });

  test('credentials do not go over http: to another machine unless that is allowed', async () => {
    const transport = keep(restTransport({ baseUrl: 'http://crm.example.com/api' }));
    const error = await errorOf(transport(aCall({ credentials: { ticket: TICKET } })));
    expect(error).toMatchObject({ kind: 'input', path: 'baseUrl', outcome: 'not-sent' });
  });
});
