/**
 * Our client calls a service that PHP's SoapServer provides, with data of its own.
 */
import {
  Chat,
  type ChatClient,
  type ClosableTransport,
  type Credentials,
  createChatClient,
  createClient,
  encodeRequest,
  Fault,
  type InputOf,
  intercept,
  type Operation,
  type SoapVersion,
  SoPrincipal,
  soapTransport,
  ticket,
} from '../../lib/index.js';
import { errorOf } from '../unit/error-of.js';
import { describeWith, php } from './peers.js';
import { type PhpServer, startPhpServer } from './php-server.js';

const rightCredentials = { userName: 'jürgen', password: '<&demo>' };

const open: { readonly close: () => Promise<void> }[] = [];

/** What a test opens is closed after it, also when it fails. */
function opened<C extends { readonly close: () => Promise<void> }>(client: C): C {
  open.push(client);
  return client;
}

afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** What PHP writes, as it is. */
async function replyText<O extends Operation>(
  { baseUrl }: PhpServer,
  operation: O,
  input: InputOf<O>,
  version: SoapVersion,
): Promise<string> {
  const header = { credentials: { ticket: '7T:from-php' } };
  const response = await fetch(`${baseUrl}/Chat.svc`, {
    method: 'POST',
    headers: { 'content-type': version === '1.1' ? 'text/xml' : 'application/soap+xml', connection: 'close' },
    body: encodeRequest(operation, input, { header, version }),
  });
  return response.text();
}

describeWith([php], () => {
  let server: PhpServer;
  beforeAll(async () => {
    server = await startPhpServer('php-server.php');
  });
  afterAll(() => server?.close());

  describe.each<SoapVersion>(['1.1', '1.2'])('called with SOAP %s', (version) => {
    const clientWith = (credentials: Credentials): ChatClient =>
      opened(createChatClient({ baseUrl: server.baseUrl, credentials, version }));

    let chat: ChatClient;
    let transport: ClosableTransport;
    beforeEach(() => {
      chat = clientWith(rightCredentials);
      transport = opened(soapTransport({ baseUrl: server.baseUrl, version }));
    });

    it('logs us in', async () => {
      const principal = createClient(SoPrincipal, transport);
      expect(await principal.authenticateUsernamePassword(rightCredentials)).toStrictEqual({
        response: { associate: 'JÜRGEN', associateId: 7, functionRights: ['a', null, ''] },
        credentials: { ticket: '7T:from-php' },
        authenticationSucceeded: true,
      });
      expect(server.received().at(-1)?.input).toStrictEqual({ UserName: 'jürgen', Password: '<&demo>' });
    });

    it('gives messages with nil items, members that are nil, empty and missing, and all kinds of dates', async () => {
      const messages = await chat.getChatMessages({ chatSessionId: 5, after: 10 });
      expect(messages).toMatchObject([{ whenPosted: expect.any(Date) }, null, { whenPosted: expect.any(Date) }, {}]);
      expect(JSON.parse(JSON.stringify(messages))).toStrictEqual([
        {
          chatMessageId: 11,
          chatSessionId: 5,
          type: 'ToUser',
          message: ' Grüße,\r\nR&D <🚲>\r ',
          author: 'Jürgen Müßig',
          readByCustomer: -32768,
          specialType: 'None',
          specialParam: null,
          whenPosted: '2024-02-29T23:59:58.1234567',
        },
        null,
        { chatMessageId: 12, message: '', whenPosted: '2024-12-15T09:23:15+01:00' },
        { chatMessageId: 2147483647, message: null, whenPosted: null },
      ]);
      expect(await chat.getChatMessages({ chatSessionId: 5, after: 12 })).toHaveLength(2);
    });

    it('gives a session with all that hangs on it', async () => {
      const fieldProperties = Object.assign(Object.create(null), {
        rating: { fieldRight: { mask: [] }, fieldType: 'System.Int32' },
        whén: null,
      });
      expect(await chat.chatSessionsForUser()).toStrictEqual([
        {
          tableRight: { mask: ['Select', 'RestrictedUpdate'], reason: '' },
          fieldProperties,
          chatSessionId: 1,
          user: { name: 'JÜRGEN', rank: -1, customFields: null },
          person: null,
          status: 'InQueue',
          flags: ['UserIsTyping'],
          contact: {
            address: {
              wgs84Latitude: 61.84,
              localizedAddress: [[{ name: 'city', value: 'Lom', valueLength: 254 }], null, []],
            },
          },
        },
      ]);
    });

    it('writes in a manner that is not ours', async () => {
      const messages = await replyText(server, Chat.getChatMessages, { chatSessionId: 5, after: 0 }, version);
      expect(messages).toMatch(/<ns1:ChatMessage xsi:nil="true"\/>/);
      expect(messages).toContain(' Grüße,&#13;\nR&amp;D &lt;🚲&gt;&#13; ');
      const session = await replyText(server, Chat.getChatSessionEntity, { chatSessionEntityId: 9 }, version);
      expect(session).toContain('<ns1:Response xsi:type="ns1:ArchivedChatSession">');
      expect(session).toContain('<ns1:ChatSessionId xsi:type="xsd:int">9<');
    });

    it('gives elements that state their types, even types that the contract does not have', async () => {
      const session = await chat.getChatSessionEntity({ chatSessionEntityId: 9 });
      expect(JSON.parse(JSON.stringify(session))).toStrictEqual({
        chatSessionId: 9,
        customerName: ' Zoë & <Öl> ',
        customerEmail: 'a\tb',
        customerConsented: true,
        whenStarted: '2026-03-02T08:15:30Z',
      });
    });

    it('gives nothing where there is nothing', async () => {
      expect(await chat.pickUpFirstChatSession()).toBe(null);
      expect(await chat.deleteChatSessionEntity({ chatSessionEntityId: 5 })).toBe(undefined);
      expect(server.received().at(-1)).toStrictEqual({
        operation: 'DeleteChatSessionEntity',
        input: { ChatSessionEntityId: 5 },
      });
    });

    it('gives header parts', async () => {
      const timeZone = { soTimeZoneId: 261, soTimeZoneLocationCode: null };
      const call = { operation: Chat.getChatMessages, input: { chatSessionId: 5, after: 0 }, header: { timeZone } };
      const { header } = await intercept(transport, ticket(rightCredentials))(call);
      const extraInfo = Object.assign(Object.create(null), { ä: '', b: null });
      expect(header).toStrictEqual({ succeeded: true, extraInfo, timeZone });
    });

    it('refuses a wrong ticket by a SoapFault, which is a refused login', async () => {
      const stranger = clientWith({ ticket: '7T:wrong' });
      const error = await errorOf(stranger.getChatMessages({ chatSessionId: 5, after: 0 }));
      expect(error).toBeInstanceOf(Fault);
      expect(error).toMatchObject({
        code: 'login',
        reason: 'Ticket ungültig',
        faultCode: 'Client',
        exceptionType: 'SuperOffice.Exceptions.SoSessionException',
        outcome: 'refused',
        attempts: 1,
      });
    });

    it('refuses a wrong password', async () => {
      const stranger = clientWith({ ...rightCredentials, password: 'wrong' });
      expect(await errorOf(stranger.chatSessionsForUser())).toMatchObject({ code: 'login', outcome: 'refused' });
    });

    it('refuses a call by header parts', async () => {
      const error = await errorOf(chat.getChatTranscript({ chatSessionId: 5, html: true }));
      expect(error).toBeInstanceOf(Fault);
      expect(error).toMatchObject({
        code: 'service',
        reason: 'nicht möglich',
        friendlyText: 'Bitte später <nochmals>',
        exceptionType: 'Demo.Busy',
        cause: { reason: 'innen', exceptionType: 'Demo.Inner' },
      });
      expect((error as Fault).parameters).toEqual({ n: null });
    });

    // PHP puts it down to the server, which says no more than that something failed.
    it('answers a call that it does not know by a Fault', async () => {
      const error = await errorOf(chat.chatTopicsForUser());
      const wanted = { kind: 'fault', code: 'soap-fault', faultCode: 'Server', outcome: 'unknown', attempts: 1 };
      expect(error).toMatchObject(wanted);
      expect(error.message).toContain("Function 'ChatTopicsForUser' doesn't exist");
    });
  });
});
