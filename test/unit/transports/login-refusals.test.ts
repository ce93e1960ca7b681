/**
 * The names by which a service says that it does not accept a ticket can be added to.
 */
import { Chat, createChatClient, decodeReply, encodeFault, encodeReply, SoPrincipal } from '../../../lib/index.js';
import { closedAfterEach, errorOf, httpServer } from './servers.js';

const keep = closedAfterEach();
const xml = { 'content-type': 'text/xml; charset=utf-8' };
const { getChatMessages } = Chat;
const refusal = encodeReply(getChatMessages, null, {
  header: { exceptionInfo: { message: 'gone', exceptionType: 'Demo.Exceptions.TicketGoneException' } },
});

test.each<[string, string, string]>([
  ['an exception type by the last part of its name', refusal, 'TicketGoneException'],
  ['an exception type by its whole name', refusal, 'Demo.Exceptions.TicketGoneException'],
  ['a fault code', encodeFault({ faultCode: 'TicketGone', reason: 'gone' }), 'TicketGone'],
])('%s means that the ticket was refused where it is named', (_, document, name) => {
  expect(() => decodeReply(getChatMessages, document)).toThrow(expect.not.objectContaining({ code: 'login' }));
  expect(() => decodeReply(getChatMessages, document, { loginRefusals: [name] })).toThrow(
    expect.objectContaining({ code: 'login' }),
  );
});

test.each(['SoSentryException', 'Gone', 'Exception'])('%s alone costs no login', async (name) => {
  expect(() => decodeReply(getChatMessages, refusal, { loginRefusals: [name] })).toThrow(
    expect.objectContaining({ code: 'service' }),
  );
});

test('a client renews its ticket where such a name is told', async () => {
  let refused = 0;
  const signedIn = encodeReply(SoPrincipal.authenticateUsernamePassword, {
    credentials: { ticket: '7T:abcdefgh' },
    authenticationSucceeded: true,
  });
  const server = keep(
    await httpServer((response, { url }) => {
      const login = url.endsWith('SoPrincipal.svc');
      const answer = login ? signedIn : refused++ === 0 ? refusal : encodeReply(getChatMessages, []);
      response.writeHead(200, xml).end(answer);
    }),
  );
  const credentials = { userName: 'anna', password: 'demo' };
  const knowing = keep(
    createChatClient({ baseUrl: server.baseUrl, credentials, loginRefusals: ['TicketGoneException'] }),
  );
  expect(await knowing.getChatMessages({ chatSessionId: 1, after: 0 })).toEqual([]);
  refused = 0;
  const unknowing = keep(createChatClient({ baseUrl: server.baseUrl, credentials }));
  expect(await errorOf(unknowing.getChatMessages({ chatSessionId: 1, after: 0 }))).toMatchObject({ code: 'service' });
});
