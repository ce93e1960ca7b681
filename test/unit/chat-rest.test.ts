/**
 * The usual client over REST, and over both wires at once.
 */
import {
  Chat,
  type ChatClientOptions,
  createChatClient,
  memoryTicketStore,
  type Observation,
  observe,
  SoPrincipal,
} from '../../lib/index.js';
import { createSimulator, type Simulator, serveRest, serveSoap } from '../../lib/server.js';
import { closedAfterEach, errorOf } from './transports/servers.js';

const keep = closedAfterEach();

const anna = { userName: 'anna', password: 'demo' };

/** One store behind both wires. */
async function installation(simulator: Simulator = createSimulator()) {
  const soap = keep(await serveSoap([Chat, SoPrincipal], simulator));
  const rest = keep(await serveRest(simulator));
  return { baseUrl: soap.baseUrl, rest: { baseUrl: rest.baseUrl }, simulator };
}

const clientOf = (options: Partial<ChatClientOptions>) =>
  keep(createChatClient({ credentials: anna, ...options } as ChatClientOptions));

describe('a client over REST alone', () => {
  test.each(['agent', 'entity'] as const)('logs in, reads and writes in %s style', async (style) => {
    const { rest } = await installation();
    const chat = clientOf({ rest: { ...rest, style } });
    const sent = await chat.addChatMessage({ chatSessionId: 44, message: { type: 'ToCustomer', message: ' Hi \n' } });
    expect(sent).toMatchObject({ message: ' Hi \n', author: expect.any(String) });
    const messages = await chat.getChatMessages({ chatSessionId: 44, after: (sent?.chatMessageId ?? 0) - 1 });
    expect(messages).toEqual([sent]);
    expect(await chat.isWithinOpeningHours({ chatTopicId: 3 })).toEqual(expect.any(Boolean));
    expect(await chat.rejectChatSessionTransfer({ chatSessionId: 48 })).toMatchObject({ chatSessionId: 48 });
  });

  test('logs in again when its ticket is refused, and once for all calls', async () => {
    const { rest, simulator } = await installation();
    const ticket = await createTicket(simulator);
    let given = 0;
    const chat = clientOf({
      rest,
      credentials: async () => {
        given++;
        return given === 1 ? ticket : createTicket(simulator);
      },
    });
    await chat.chatTopicsForUser();
    simulator.expireTickets();
    await Promise.all([chat.chatTopicsForUser(), chat.chatTopicsForUser(), chat.getChatPresence()]);
    expect(given).toBe(2);
  });

  test('fails as over SOAP', async () => {
    const { baseUrl, rest } = await installation();
    for (const wire of [{ baseUrl }, { rest }]) {
      const chat = clientOf(wire);
      expect(await errorOf(chat.getChatMessages({ chatSessionId: 99, after: 0 }))).toMatchObject({
        kind: 'fault',
        code: 'service',
        outcome: 'refused',
        reason: 'Chat session 99 was not found',
        exceptionType: 'SuperOffice.Exceptions.SoNotFoundException',
        operation: 'Chat.GetChatMessages',
      });
      const refused = clientOf({ ...wire, credentials: { userName: 'anna', password: 'not-this-one' } });
      expect(await errorOf(refused.chatTopicsForUser())).toMatchObject({ code: 'login', outcome: 'refused' });
    }
  });
});

/** A ticket of the simulator. */
async function createTicket(simulator: Simulator): Promise<string> {
  const operation = SoPrincipal.authenticateUsernamePassword;
  const { output } = await simulator({ operation, input: anna, header: {} });
  return (output as { credentials: { ticket: string } }).credentials.ticket;
}

describe('a client over both wires', () => {
  test('goes operation by operation, with one ticket, and says which wire it was', async () => {
    const { baseUrl, rest } = await installation();
    const seen: (string | undefined)[] = [];
    const end = ({ operation, servedBy }: Observation): void => {
      seen.push(`${operation} ${servedBy}`);
    };
    const chat = clientOf({
      baseUrl,
      rest,
      wire: { default: 'soap', getChatMessages: 'rest' },
      interceptors: { attempt: observe({ end }) },
    });
    expect(await chat.getChatMessages.withReply({ chatSessionId: 42, after: 0 })).toMatchObject({ servedBy: 'rest' });
    expect(await chat.chatTopicsForUser.withReply()).toMatchObject({ servedBy: 'soap' });
    expect(seen).toEqual([
      'SoPrincipal.AuthenticateUsernamePassword soap',
      'Chat.GetChatMessages rest',
      'Chat.ChatTopicsForUser soap',
    ]);
  });

  test('goes over SOAP unless it is told otherwise, and all over REST by one word', async () => {
    const { baseUrl, rest } = await installation();
    expect(await clientOf({ baseUrl, rest }).chatTopicsForUser.withReply()).toMatchObject({ servedBy: 'soap' });
    const over = clientOf({ baseUrl, rest, wire: 'rest' });
    expect(await over.chatTopicsForUser.withReply()).toMatchObject({ servedBy: 'rest' });
  });

  test('says of an error which wire it came over', async () => {
    const { baseUrl, rest } = await installation();
    const chat = clientOf({ baseUrl, rest, wire: { getChatMessages: 'rest' } });
    const error = await errorOf(chat.getChatMessages({ chatSessionId: 99, after: 0 }));
    expect(error).toMatchObject({ servedBy: 'rest' });
  });

  test('refuses to save over one wire what was read in part over the other', async () => {
    const { baseUrl, rest } = await installation();
    const chat = clientOf({ baseUrl, rest, wire: { getChatSessionEntity: 'rest' } });
    const select = ['chatSessionId', 'status'] as const;
    const session = await chat.getChatSessionEntity({ chatSessionEntityId: 44 }, { select });
    expect(session).toMatchObject({ chatSessionId: 44, customerName: null });
    const error = await errorOf(chat.saveChatSessionEntity({ chatSessionEntity: session }));
    expect(error).toMatchObject({ kind: 'input', path: 'chatSessionEntity', outcome: 'not-sent' });
    const whole = await chat.getChatSessionEntity({ chatSessionEntityId: 44 });
    expect(await chat.saveChatSessionEntity({ chatSessionEntity: whole })).toMatchObject({ chatSessionId: 44 });
    expect(await errorOf(chat.chatTopicsForUser({}, { select: ['name'] }))).toMatchObject({ path: 'select' });
  });
});

describe('options that are not right', () => {
  const baseUrl = 'https://crm.example.com/Remote/Services88';
  const rest = { baseUrl: 'https://crm.example.com/api' };

  test.each<[string, object]>([
    ['baseUrl', {}],
    ['rest.baseUrl', { rest: {} }],
    ['rest.baseUrl', { rest: { baseUrl: 'https://crm.example.com/api/v1' } }],
    ['rest.baseUrl', { rest: { baseUrl: 'http://crm.example.com/api' } }],
    ['rest.style', { rest: { ...rest, style: 'soap' } }],
    ['rest.timeouts', { rest: { ...rest, timeouts: {} } }],
    ['rest', { rest: 'https://crm.example.com/api' }],
    ['wire', { baseUrl, wire: 'rest' }],
    ['wire.getChatMessages', { baseUrl, wire: { getChatMessages: 'rest' } }],
    ['wire.getMessages', { baseUrl, rest, wire: { getMessages: 'rest' } }],
    ['wire.default', { baseUrl, rest, wire: { default: 'shadow' } }],
    ['ticketStore', { rest, ticketStore: memoryTicketStore() }],
    [
      'ticketStore',
      {
        baseUrl,
        rest,
        wire: { default: 'rest', authenticateUsernamePassword: 'rest' },
        ticketStore: memoryTicketStore(),
      },
    ],
    ['wire.authenticateUsernamePassword', { baseUrl, rest, wire: { authenticateUsernamePassword: 'rest' } }],
  ])('are named: %s', (path, options) => {
    expect(() => createChatClient({ credentials: anna, ...options } as never)).toThrow(
      expect.objectContaining({ kind: 'input', path }),
    );
  });
});
