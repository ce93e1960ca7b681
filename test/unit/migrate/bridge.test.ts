/**
 * The bridge: callers of SOAP in front, REST behind, and each failure told as what it is.
 */
import { inRelease, RELEASES } from '../../../lib/codec/release.js';
import {
  type Call,
  Chat,
  createClient,
  Fault,
  intercept,
  type Reply,
  restTransport,
  SoPrincipal,
  soapTransport,
  type Transport,
  ticket,
} from '../../../lib/index.js';
import { type BridgeOptions, bridge, type ShadowedCall } from '../../../lib/migrate.js';
import type { ServedCall } from '../../../lib/server/http/served-call.js';
import { createSimulator, type ServeSoapOptions, serveRest, serveSoap } from '../../../lib/server.js';
import { answering, closedAfterEach, errorOf, httpServer } from '../transports/servers.js';

const keep = closedAfterEach();

const TICKET = '7T:CANARY-TICKET-9f3a==';

/** A bridge to a REST API, and a transport over SOAP to it. */
async function bridgeTo(restUrl: string, options: ServeSoapOptions = {}, more: Partial<BridgeOptions> = {}) {
  const rest = restTransport({ baseUrl: restUrl });
  const server = keep(await serveSoap([Chat, SoPrincipal], bridge({ rest, ...more }), options));
  keep(rest);
  return { baseUrl: server.baseUrl, soap: keep(soapTransport({ baseUrl: server.baseUrl })) };
}

const messagesOf = (chatSessionId: number): Call => ({
  operation: Chat.getChatMessages,
  input: { chatSessionId, after: 0 },
  header: { credentials: { ticket: TICKET } },
});

const simulatorAsRest = async (simulator: Transport = createSimulator()) => keep(await serveRest(simulator)).baseUrl;

/** The envelope of a call as it comes over HTTP, with its status and headers. */
async function posted(baseUrl: string, service: string, body: string): Promise<{ text: string; reply: Response }> {
  const reply = await fetch(`${baseUrl}/${service}.svc`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8', 'user-agent': 'Legacy/1.0' },
    body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">${body}</s:Envelope>`,
  });
  return { text: await reply.text(), reply };
}

describe('logins', () => {
  test('by user name and password give a ticket that calls are made with', async () => {
    const { soap } = await bridgeTo(await simulatorAsRest());
    const chat = createClient(Chat, intercept(soap, ticket({ userName: 'anna', password: 'demo' })));
    expect(await chat.chatTopicsForUser()).toHaveLength(2);
    const reply = await createClient(SoPrincipal, soap).authenticateUsernamePassword({
      userName: 'anna',
      password: 'demo',
    });
    expect(reply).toMatchObject({ authenticationSucceeded: true, response: { associate: 'ANNA', isPerson: true } });
  });

  test('that are wrong do not succeed', async () => {
    const { soap } = await bridgeTo(await simulatorAsRest());
    const reply = await createClient(SoPrincipal, soap).authenticateUsernamePassword({
      userName: 'anna',
      password: 'wrong',
    });
    expect(reply).toMatchObject({ authenticationSucceeded: false });
  });

  test.each(['exception-info', 'soap-fault'] as const)(
    'that REST cannot make are a clear refusal as %s',
    async (errors) => {
      const { soap } = await bridgeTo(await simulatorAsRest(), { errors });
      const principal = createClient(SoPrincipal, soap);
      for (const call of [principal.authenticateImplicit(), principal.getSystemInfo()]) {
        const error = await errorOf(call);
        expect(error).toBeInstanceOf(Fault);
        expect(error).toMatchObject({
          reason: expect.stringContaining('cannot be done by REST'),
          exceptionType: 'System.NotSupportedException',
        });
      }
    },
  );
});

describe('a failure of REST', () => {
  test.each([
    ['401', () => answering(401, '{"CANARY":"CANARY-BODY"}', json), { code: 'login', outcome: 'refused' }],
    [
      'an exception of the service',
      () =>
        answering(
          404,
          JSON.stringify({ Error: true, ErrorType: 'SoNotFoundException', ErrorMessage: 'no such session' }),
          json,
        ),
      { code: 'service', reason: 'no such session', exceptionType: 'SoNotFoundException', outcome: 'refused' },
    ],
    [
      'a success that is none',
      () => answering(200, '{"Message":"no","MessageDetail":"never"}', json),
      { reason: 'no: never' },
    ],
    ['null', () => answering(200, 'null', json), { code: 'service', reason: expect.stringContaining('null') }],
    ['an empty object', () => answering(200, '{}', json), { code: 'soap-fault', outcome: 'unknown' }],
    [
      'a page',
      () => answering(200, '<html/>', { 'content-type': 'text/html' }),
      { code: 'soap-fault', outcome: 'unknown' },
    ],
    ['half an answer', () => answering(200, '[{"ChatMessageId":1}', json), { code: 'soap-fault', outcome: 'unknown' }],
    [
      'a gateway',
      () => answering(502, 'CANARY-BODY', { 'content-type': 'text/plain' }),
      { code: 'soap-fault', outcome: 'unknown' },
    ],
  ])('%s is one for the caller of SOAP', async (_what, open, told) => {
    const upstream = keep(await open());
    const { soap } = await bridgeTo(`${upstream.origin}/api`);
    const error = await errorOf(soap(messagesOf(1)));
    expect(error).toMatchObject({ kind: 'fault', ...told });
    expect(JSON.stringify(error)).not.toContain('CANARY');
  });

  test.each([
    ['null', 'null'],
    ['an error of the framework', '{"Message":"An error has occurred.","ExceptionMessage":"timeout"}'],
  ])('of a write does not say that nothing was done: %s', async (_what, body) => {
    const upstream = keep(await answering(200, body, json));
    const { soap } = await bridgeTo(`${upstream.origin}/api`);
    const deleting = { operation: Chat.deleteChatSessionEntity, input: { chatSessionEntityId: 1 } };
    const adding = { operation: Chat.addChatMessage, input: { chatSessionId: 1, message: { message: 'a' } } };
    for (const write of [deleting, adding]) {
      const error = await errorOf(soap({ ...messagesOf(1), ...write }));
      expect(error).toMatchObject({ code: 'soap-fault', outcome: 'unknown' });
    }
  });

  test('that never comes is a Fault in time', async () => {
    const upstream = keep(await httpServer(() => {}));
    const { soap } = await bridgeTo(`${upstream.origin}/api`, { callMs: 200 });
    expect(await errorOf(soap(messagesOf(1)))).toMatchObject({ code: 'soap-fault', faultCode: 'Server' });
  });

  test('is told to the owner, and a refusal is not', async () => {
    const told: unknown[] = [];
    const onError = (error: unknown): unknown => told.push(error);
    const failing = keep(await answering(502, '', {}));
    const refusing = keep(await answering(404, '{"Error":true,"ErrorMessage":"no"}', json));
    await errorOf((await bridgeTo(`${failing.origin}/api`, { onError })).soap(messagesOf(1)));
    await errorOf((await bridgeTo(`${refusing.origin}/api`, { onError })).soap(messagesOf(1)));
    expect(told).toEqual([expect.objectContaining({ code: 'http-status', status: 502 })]);
  });
});

const json = { 'content-type': 'application/json' };

test('a name that would lead elsewhere in a path does not', async () => {
  const upstream = keep(await answering(200, '{}', json));
  const rest = keep(restTransport({ baseUrl: `${upstream.origin}/api`, style: 'entity' }));
  const server = keep(await serveSoap([Chat, SoPrincipal], bridge({ rest })));
  const soap = keep(soapTransport({ baseUrl: server.baseUrl }));
  const input = { chatSessionId: 1, toAssociate: '../../User/1?x=%2f' };
  await errorOf(soap({ ...messagesOf(1), operation: Chat.transferChatSession, input }));
  expect(upstream.seen.map(({ url }) => url)).toEqual(['/api/v1/Agents/Chat/TransferChatSession']);
});

test('the time zone, the application and the ticket of a caller arrive at REST', async () => {
  const upstream = keep(await answering(200, '[]', json));
  const { soap } = await bridgeTo(`${upstream.origin}/api`);
  const header = {
    credentials: { ticket: TICKET },
    applicationToken: 'app',
    timeZone: { soTimeZoneLocationCode: 'NO' },
  };
  await soap({ ...messagesOf(1), header });
  expect(upstream.seen[0]?.headers).toMatchObject({
    authorization: `SOTicket ${TICKET}`,
    'so-apptoken': 'app',
    'so-timezone': 'NO',
  });
});

describe('routes', () => {
  const named =
    (calls: string[], name: string): Transport =>
    async ({ operation }) => {
      calls.push(`${name} ${operation.name}`);
      return { output: [], header: { succeeded: true } };
    };

  test('decide by operation, and each answer says who gave it', async () => {
    const calls: string[] = [];
    const transport = bridge({
      rest: named(calls, 'rest'),
      soap: named(calls, 'soap'),
      routes: { default: 'soap', getChatMessages: 'rest' },
    });
    expect(await transport(messagesOf(1))).toMatchObject({ servedBy: 'rest' });
    const others = await transport({ ...messagesOf(1), operation: Chat.chatTopicsForUser });
    expect(others).toMatchObject({ servedBy: 'soap' });
    expect(calls).toEqual(['rest GetChatMessages', 'soap ChatTopicsForUser']);
  });

  test('what is not named goes the safe way, and logins over SOAP where it is there', async () => {
    const calls: string[] = [];
    const sides = { rest: named(calls, 'rest'), soap: named(calls, 'soap') };
    const login = { operation: SoPrincipal.authenticateImplicit, input: {}, header: {} };
    const write = { ...messagesOf(1), operation: Chat.addChatMessage };
    expect(await bridge({ ...sides, routes: { getChatMessages: 'rest' } })(write)).toMatchObject({ servedBy: 'soap' });
    expect(await bridge(sides)(write)).toMatchObject({ servedBy: 'soap' });
    expect(await bridge({ rest: sides.rest })(write)).toMatchObject({ servedBy: 'rest' });
    calls.length = 0;
    await bridge({ ...sides, routes: 'rest' })(login);
    await bridge({ ...sides, routes: { default: 'soap', authenticateImplicit: 'rest' } })(login);
    await bridge({ rest: sides.rest })(login);
    expect(calls).toEqual(['soap', 'rest', 'rest'].map((name) => `${name} AuthenticateImplicit`));
  });

  test('shadow answers from SOAP, and compares reads alone', async () => {
    const calls: string[] = [];
    const compared: ShadowedCall[] = [];
    const transport = bridge({
      rest: named(calls, 'rest'),
      soap: async (call): Promise<Reply> => {
        calls.push(`soap ${call.operation.name}`);
        return { output: [{ chatMessageId: 1 }], header: { succeeded: true } };
      },
      routes: 'shadow',
      onComparison: (seen) => compared.push(seen),
    });
    expect(await transport(messagesOf(1))).toMatchObject({ servedBy: 'soap', output: [{ chatMessageId: 1 }] });
    await transport({ ...messagesOf(1), operation: Chat.addChatMessage });
    await transport.close();
    expect(compared).toMatchObject([{ operation: 'Chat.GetChatMessages', equal: false }]);
    expect(calls.filter((call) => call.endsWith('AddChatMessage'))).toEqual(['soap AddChatMessage']);
    expect(transport.comparisons()).toMatchObject({ compared: 1, different: 1, pending: 0 });
  });

  test.each<[string, object]>([
    ['rest', {}],
    ['routes', { rest: named([], ''), routes: 'soap' }],
    ['routes.getChatMessages', { rest: named([], ''), routes: { getChatMessages: 'shadow' } }],
    ['routes.getMessages', { rest: named([], ''), routes: { getMessages: 'rest' } }],
    ['route', { rest: named([], ''), route: 'rest' }],
  ])('%s: what is not right is told when the bridge is made', (path, options) => {
    expect(() => bridge(options as never)).toThrow(expect.objectContaining({ kind: 'input', path }));
  });
});

describe('releases', () => {
  test.each(RELEASES)('callers of Services%i are answered in their own words', async (release) => {
    const seen: ServedCall[] = [];
    const { baseUrl } = await bridgeTo(await simulatorAsRest(), {
      releases: RELEASES,
      onCall: (call) => seen.push(call),
    });
    const folder = baseUrl.replace('Services88', `Services${release}`);
    const soap = keep(soapTransport({ baseUrl: folder }));
    const services = { Chat: inRelease(Chat, release), SoPrincipal: inRelease(SoPrincipal, release) };
    const login = await createClient(services.SoPrincipal, soap).authenticateUsernamePassword({
      userName: 'anna',
      password: 'demo',
    });
    const header = { credentials: login?.credentials ?? null };
    const chat = createClient(services.Chat, soap);
    expect(await chat.getChatMessages({ chatSessionId: 42, after: 0 }, { header })).not.toHaveLength(0);
    expect(await errorOf(chat.getChatMessages({ chatSessionId: 99, after: 0 }, { header }))).toBeInstanceOf(Fault);
    expect(seen.map(({ operation, release: told }) => [operation, told])).toEqual([
      ['SoPrincipal.AuthenticateUsernamePassword', String(release)],
      ['Chat.GetChatMessages', String(release)],
      ['Chat.GetChatMessages', String(release)],
    ]);
    const wsdl = await (await fetch(`${folder}/Chat.svc?wsdl`)).text();
    expect(wsdl).toContain(`targetNamespace="http://www.superoffice.net/ws/crm/NetServer/Services${release}"`);
  });

  test('one that is not answered has no folder, and none can be where the folder has another name', async () => {
    const rest = await simulatorAsRest();
    const { baseUrl } = await bridgeTo(rest);
    expect((await posted(baseUrl.replace('Services88', 'Services87'), 'Chat', '<s:Body/>')).reply.status).toBe(404);
    await expect(bridgeTo(rest, { path: '/crm', releases: [87, 88] })).rejects.toThrow('Services88');
    await expect(bridgeTo(rest, { releases: [83] as never })).rejects.toMatchObject({ path: 'releases' });
  });
});

test('an answer says in a header of HTTP who gave it, refusals too', async () => {
  const rest = await simulatorAsRest();
  const { baseUrl } = await bridgeTo(rest);
  const body = (ticketText: string) =>
    `<s:Header><Credentials xmlns="http://www.superoffice.net/ws/crm/NetServer/Services88"><Ticket>${ticketText}</Ticket></Credentials></s:Header>` +
    '<s:Body><ChatTopicsForUser xmlns="http://www.superoffice.net/ws/crm/NetServer/Services88"/></s:Body>';
  const good = await posted(baseUrl, 'Chat', body('8A:demo-anna'));
  expect(good.reply.status).toBe(200);
  expect(good.reply.headers.get('x-served-by')).toBe('rest');
  const bad = await posted(baseUrl, 'Chat', body(TICKET));
  expect(bad.text).toMatch(/Succeeded[^>]*>false</);
  expect(bad.text).toContain('SoSessionException');
  expect(bad.text).not.toContain('CANARY');
  expect(bad.reply.headers.get('x-served-by')).toBe('rest');
});
