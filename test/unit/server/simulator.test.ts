import type { InputOf, Operation, OutputOf, RequestHeader } from '../../../lib/codec/operation.js';
import { decodeReply, encodeReply } from '../../../lib/codec.js';
import { Fault, InputError, TransportError } from '../../../lib/errors.js';
import { Chat } from '../../../lib/generated/chat.js';
import { SoPrincipal } from '../../../lib/generated/so-principal.js';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../../lib/server/simulator.js';

const MONDAY = Date.parse('2026-03-02T08:15:30Z');
const HOUR = 3_600_000;

/** A simulator on a clock that stands still until it is moved. */
function simulatorAt(time = MONDAY, options: SimulatorOptions = {}) {
  const clock = { time };
  return { clock, simulator: createSimulator({ ...options, clock: () => new Date(clock.time) }) };
}

async function call<O extends Operation>(
  simulator: Simulator,
  operation: O,
  input: InputOf<O>,
  header: RequestHeader = {},
): Promise<OutputOf<O>> {
  return (await simulator({ operation, input, header })).output as OutputOf<O>;
}

async function ticketOf(simulator: Simulator, userName: string, password = 'demo'): Promise<string> {
  const { credentials } = await call(simulator, SoPrincipal.authenticateUsernamePassword, { userName, password });
  return credentials?.ticket ?? '';
}

type AsUser = <O extends Operation>(operation: O, input: InputOf<O>) => Promise<OutputOf<O>>;

/** Calls as a user who has signed in. */
async function signedIn(simulator: Simulator, userName = 'anna'): Promise<AsUser> {
  const ticket = await ticketOf(simulator, userName);
  return (operation, input) => call(simulator, operation, input, { credentials: { ticket } });
}

/** What the call rejects with. */
async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

const idsOf = (sessions: OutputOf<typeof Chat.chatSessionsForUser>) => sessions?.map((each) => each?.chatSessionId);

/** A topic that is open on Mondays from nine to five, with what is given. */
const mondayTopic = (hours: object) => ({
  name: 'Mondays',
  openingHoursEnabled: true,
  openingHours: { monEnabled: true, monStart: 'PT9H', monStop: 'PT17H', ...hours },
});

async function isOpenAt(time: string, topic: object): Promise<boolean> {
  const { simulator } = simulatorAt(Date.parse(time));
  const anna = await signedIn(simulator);
  const saved = await anna(Chat.saveChatTopicEntity, { chatTopicEntity: topic });
  return anna(Chat.isWithinOpeningHours, { chatTopicId: saved?.chatTopicId ?? 0 });
}

/** An input for each operation that changes something or names something; the rest take none. */
const inputs: Readonly<Record<string, object>> = {
  saveChatSessionEntity: { chatSessionEntity: { topicId: 1 } },
  deleteChatSessionEntity: { chatSessionEntityId: 43 },
  saveChatTopicEntity: { chatTopicEntity: { name: 'New' } },
  deleteChatTopicEntity: { chatTopicEntityId: 3 },
  saveChatPresence: { chatPresence: [{ userId: 101, present: false, chatTopics: [1] }] },
  getChatSessionEntity: { chatSessionEntityId: 44 },
  transferChatSession: { chatSessionId: 44, toAssociate: 'joerg' },
  acceptChatSessionTransfer: { chatSessionId: 48 },
  rejectChatSessionTransfer: { chatSessionId: 48 },
  pickUpChatSession: { chatSessionId: 46 },
  resetChatSession: { chatSessionId: 45 },
  getChatTranscript: { chatSessionId: 42, html: true },
  getChatMessages: { chatSessionId: 42, after: 0 },
  addChatMessage: { chatSessionId: 44, message: { type: 'ToCustomer', message: 'Yes' } },
  getChatTopicEntity: { chatTopicEntityId: 1 },
  isWithinOpeningHours: { chatTopicId: 1 },
  getUserAgentList: { flat: true, onlyPresent: false },
  getChatTopicUserAgentList: { chatTopicId: 1 },
  getChatTopicUserAgent: { chatTopicId: 1, username: 'anna' },
  addChatTopicUserAgent: { chatTopicId: 1, useragent: { user: { associateId: 15 }, canListen: true } },
  updateChatTopicUserAgent: { chatTopicId: 1, username: 'mette', useragent: { canManage: true } },
  updateChatTopicUserAgents: { chatTopicId: 1, useragents: [{ user: { userName: 'anna' }, canRespond: true }] },
  deleteChatTopicUserAgent: { chatTopicId: 1, username: 'mette' },
  createChatSessionForTopic: { chatTopicId: 1 },
  authenticateUsernamePassword: { userName: 'anna', password: 'demo' },
  authenticateGeneric: { authenticationData: { UserName: 'anna', Password: 'demo' } },
  authenticateWithAccessToken: { accessToken: '8A:demo-anna' },
};

describe('signing in', () => {
  test('gives a ticket that calls can be made with', async () => {
    const { simulator } = simulatorAt();
    const ticket = await ticketOf(simulator, 'Anna');
    expect(ticket).toMatch(/^7T:[A-Za-z0-9+/]+=*$/);
    const topics = await call(simulator, Chat.chatTopicsForUser, {}, { credentials: { ticket } });
    expect(topics?.map((topic) => topic?.name)).toEqual(['Sales', 'Support']);
  });

  test.each([
    ['a wrong password', { userName: 'anna', password: 'Demo' }],
    ['an unknown user', { userName: 'nobody', password: 'demo' }],
    ['no password', { userName: 'anna', password: null }],
    ['nothing at all', {}],
  ])('with %s is refused without an error', async (_, input) => {
    const { simulator } = simulatorAt();
    const reply = await simulator({ operation: SoPrincipal.authenticateUsernamePassword, input, header: {} });
    expect(reply).toEqual({
      output: { response: null, credentials: null, authenticationSucceeded: false },
      header: { succeeded: true },
    });
  });

  test('with a ticket as user name and an empty password gives the same ticket', async () => {
    const { simulator } = simulatorAt();
    const ticket = await ticketOf(simulator, 'mette');
    const input = { userName: ticket, password: '' };
    const output = await call(simulator, SoPrincipal.authenticateUsernamePassword, input);
    expect(output.credentials).toEqual({ ticket });
    expect(output.response?.fullName).toBe('Mette Kjedeland');
  });

  test('works with an access token and with named values', async () => {
    const { simulator } = simulatorAt();
    const byToken = await call(simulator, SoPrincipal.authenticateWithAccessToken, { accessToken: '8A:demo-anna' });
    expect(byToken.response?.associate).toBe('ANNA');
    const wrong = await call(simulator, SoPrincipal.authenticateWithAccessToken, { accessToken: '8A:demo-nobody' });
    expect(wrong.authenticationSucceeded).toBe(false);
    const authenticationData = { UserName: 'zoe', Password: 'demo' };
    const byValues = await call(simulator, SoPrincipal.authenticateGeneric, { authenticationData });
    expect(byValues.response?.associate).toBe('ZOE');
  });

  test('implicitly is refused unless an option names the user', async () => {
    const refused = await call(simulatorAt().simulator, SoPrincipal.authenticateImplicit, {});
    expect(refused.authenticationSucceeded).toBe(false);
    const { simulator } = simulatorAt(MONDAY, { implicitUser: 'paal' });
    expect((await call(simulator, SoPrincipal.authenticateImplicit, {})).response?.fullName).toBe('Pål Tandemsen');
  });

  test('works for users of the program, who are agents of all topics', async () => {
    const { simulator } = simulatorAt(MONDAY, { users: [{ userName: 'robot', password: 'secret' }] });
    const ticket = await ticketOf(simulator, 'robot', 'secret');
    const topics = await call(simulator, Chat.chatTopicsForUser, {}, { credentials: { ticket } });
    expect(topics).toHaveLength(3);
    expect(await ticketOf(simulator, 'anna')).not.toBe('');
  });

  test('with a password of the program takes the place of the demo password', async () => {
    const { simulator } = simulatorAt(MONDAY, { users: [{ userName: 'ANNA', password: 'secret' }] });
    expect(await ticketOf(simulator, 'anna', 'demo')).toBe('');
    const ticket = await ticketOf(simulator, 'anna', 'secret');
    const sessions = await call(simulator, Chat.chatSessionsForUser, {}, { credentials: { ticket } });
    expect(sessions?.find((each) => each?.chatSessionId === 44)?.user?.fullName).toBe('Anna Fjellström');
  });
});

describe('a ticket', () => {
  const topics = (simulator: Simulator, ticket: string | null) =>
    call(simulator, Chat.chatTopicsForUser, {}, { credentials: { ticket } });

  test('is renewed by each use and gone six hours after the last one', async () => {
    const { clock, simulator } = simulatorAt();
    const ticket = await ticketOf(simulator, 'anna');
    for (let use = 0; use < 3; use++) {
      clock.time += 6 * HOUR - 1;
      expect(await topics(simulator, ticket)).toHaveLength(2);
    }
    clock.time += 6 * HOUR;
    expect(await errorOf(topics(simulator, ticket))).toMatchObject({ code: 'login' });
    clock.time -= HOUR;
    expect(await errorOf(topics(simulator, ticket))).toMatchObject({ code: 'login' });
  });

  test('lives as long as the option says', async () => {
    const { clock, simulator } = simulatorAt(MONDAY, { ticketLifetimeMs: 1000 });
    const ticket = await ticketOf(simulator, 'anna');
    clock.time += 1000;
    expect(await errorOf(topics(simulator, ticket))).toMatchObject({ code: 'login' });
  });

  test('that is missing, wrong or of another simulator is refused, and is not repeated in the error', async () => {
    const { simulator } = simulatorAt();
    const other = await ticketOf(simulatorAt().simulator, 'anna');
    for (const ticket of [null, '', '7T:d3Jvbmc=', '8A:wrong', other]) {
      const error = await errorOf(topics(simulator, ticket));
      expect(error).toBeInstanceOf(Fault);
      expect(error).toMatchObject({
        code: 'login',
        outcome: 'refused',
        operation: 'Chat.ChatTopicsForUser',
        exceptionType: 'SuperOffice.Exceptions.SoSessionException',
      });
      if (ticket) expect(JSON.stringify([error, String(error)])).not.toContain(ticket);
    }
    expect(await errorOf(call(simulator, Chat.getChatPresence, {}))).toMatchObject({ code: 'login' });
  });

  test('is gone after expireTickets, and a new one can be had', async () => {
    const { simulator } = simulatorAt();
    const ticket = await ticketOf(simulator, 'anna');
    simulator.expireTickets();
    expect(await errorOf(topics(simulator, ticket))).toMatchObject({ code: 'login' });
    expect(await topics(simulator, await ticketOf(simulator, 'anna'))).toHaveLength(2);
  });

  test('may be an access token', async () => {
    expect(await topics(simulatorAt().simulator, '8A:demo-anna')).toHaveLength(2);
  });
});

describe('messages', () => {
  test('are those with a higher id than the cursor, in the order of their ids', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const all = (await anna(Chat.getChatMessages, { chatSessionId: 42, after: 0 })) ?? [];
    const ids = all.map((message) => message?.chatMessageId ?? 0);
    expect(ids).toEqual(ids.toSorted((one, other) => one - other));
    const rest = await anna(Chat.getChatMessages, { chatSessionId: 42, after: ids[3] ?? 0 });
    expect(rest).toEqual(all.slice(4));
    expect(await anna(Chat.getChatMessages, { chatSessionId: 42, after: ids.at(-1) ?? 0 })).toEqual([]);
  });

  test('get id, time and author from the service, and ids rise across sessions', async () => {
    const { clock, simulator } = simulatorAt();
    const anna = await signedIn(simulator);
    const first = await anna(Chat.addChatMessage, { chatSessionId: 44, message: { type: 'ToCustomer', message: 'a' } });
    clock.time += 1500;
    const message = { chatMessageId: 7, chatSessionId: 1, type: 'ToUser', message: 'b', whenPosted: new Date(0) };
    const second = await anna(Chat.addChatMessage, { chatSessionId: 45, message });
    expect(first?.author).toBe('Anna Fjellström');
    expect(first?.whenPosted?.lexical).toBe('2026-03-02T08:15:30Z');
    expect(second).toMatchObject({ chatSessionId: 45, author: 'Bo', chatMessageId: (first?.chatMessageId ?? 0) + 1 });
    expect(second?.whenPosted?.lexical).toBe('2026-03-02T08:15:31.500Z');
  });

  test('bring the session up to date', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const text = `${'x'.repeat(1023)}🚲 and more`;
    await anna(Chat.addChatMessage, { chatSessionId: 44, message: { type: 'ToCustomer', message: text } });
    const session = await anna(Chat.getChatSessionEntity, { chatSessionEntityId: 44 });
    expect(session).toMatchObject({ status: 'UserLast', lastMessage: 'x'.repeat(1023) });
    expect(session?.whenIdle?.getTime()).toBe(MONDAY);
    await anna(Chat.addChatMessage, { chatSessionId: 44, message: { type: 'ToUser', message: 'ok' } });
    const after = await anna(Chat.getChatSessionEntity, { chatSessionEntityId: 44 });
    expect(after).toMatchObject({ status: 'CustomerLast', lastMessage: 'ok' });
    expect(after?.firstMessage).toBe(session?.firstMessage);
  });

  test('do not wake a session that is over', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    await anna(Chat.addChatMessage, { chatSessionId: 41, message: { type: 'ToUser', message: 'One more thing' } });
    expect((await anna(Chat.getChatSessionEntity, { chatSessionEntityId: 41 }))?.status).toBe('Finished');
  });

  test('make a transcript, as plain text and as escaped HTML', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const plain = await anna(Chat.getChatTranscript, { chatSessionId: 42, html: false });
    expect(plain).toMatch(/^\[2026-03-01 10:25:30\] Rulle: Hei, I am Rulle/);
    expect(plain).toContain('says "E<07>" on');
    const html = await anna(Chat.getChatTranscript, { chatSessionId: 42, html: true });
    expect(html).toContain('says &quot;E&lt;07&gt;&quot; on');
    expect(html).toContain('Danke schön &amp; tschüss');
    expect(html).not.toContain('E<07>');
  });
});

describe('the queue', () => {
  test('gives a session to the agent who picks it up, with the welcome message', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const session = await anna(Chat.pickUpChatSession, { chatSessionId: 46 });
    // Ranks 1 and 2 are those of her two active sessions.
    expect(session).toMatchObject({ status: 'UserLast', rank: 3, user: { userName: 'anna' } });
    expect(session?.whenStarted?.getTime()).toBe(MONDAY);
    const messages = await anna(Chat.getChatMessages, { chatSessionId: 46, after: 0 });
    expect(messages?.at(-1)).toMatchObject({ type: 'Special', specialType: 'Welcome', author: 'Anna Fjellström' });
    expect(messages?.at(-1)?.message).toContain('Welcome to Fjellrad');
  });

  test('gives null to the agent who was slower, and changes nothing', async () => {
    const { simulator } = simulatorAt();
    const anna = await signedIn(simulator);
    const mette = await signedIn(simulator, 'mette');
    const [one, other] = await Promise.all([
      anna(Chat.pickUpChatSession, { chatSessionId: 46 }),
      mette(Chat.pickUpChatSession, { chatSessionId: 46 }),
    ]);
    expect(one?.user?.userName).toBe('anna');
    expect(other).toBeNull();
    expect(await mette(Chat.getChatSessionEntity, { chatSessionEntityId: 46 })).toEqual(one);
  });

  test('gives the session that has waited longest, of the topics in which the caller may respond', async () => {
    const { simulator } = simulatorAt();
    const anna = await signedIn(simulator);
    const zoe = await signedIn(simulator, 'zoe');
    expect(await zoe(Chat.pickUpFirstChatSession, {})).toBeNull();
    expect((await anna(Chat.pickUpFirstChatSession, {}))?.chatSessionId).toBe(47);
    expect((await anna(Chat.pickUpFirstChatSession, {}))?.chatSessionId).toBe(46);
    expect(await anna(Chat.pickUpFirstChatSession, {})).toBeNull();
  });

  test('takes a session back', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const session = await anna(Chat.resetChatSession, { chatSessionId: 44 });
    expect(session).toMatchObject({ status: 'InQueue', user: null, rank: 0, whenStarted: null });
    expect((await anna(Chat.pickUpFirstChatSession, {}))?.chatSessionId).toBe(44);
  });

  test('gets new sessions with a place and a key of their own', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const first = await anna(Chat.createChatSessionForTopic, { chatTopicId: 1 });
    const second = await anna(Chat.createChatSessionForTopic, { chatTopicId: 1 });
    expect(first).toMatchObject({ status: 'InQueue', initialQueuePos: 2, user: null });
    expect(second).toMatchObject({ chatSessionId: (first?.chatSessionId ?? 0) + 1, initialQueuePos: 3 });
    expect(first?.sessionKey).not.toBe(second?.sessionKey);
  });
});

describe('a transfer', () => {
  test('waits for the other agent, who takes the session over', async () => {
    const { simulator } = simulatorAt();
    const anna = await signedIn(simulator);
    const joerg = await signedIn(simulator, 'joerg');
    const offered = await anna(Chat.transferChatSession, { chatSessionId: 44, toAssociate: '12' });
    expect(offered).toMatchObject({ user: { userName: 'anna' }, transferTo: { userName: 'joerg' } });
    const taken = await joerg(Chat.acceptChatSessionTransfer, { chatSessionId: 44 });
    expect(taken).toMatchObject({ user: { userName: 'joerg' }, transferTo: null, rank: 1 });
  });

  test('can be refused, which the conversation says', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const session = await anna(Chat.rejectChatSessionTransfer, { chatSessionId: 48 });
    expect(session).toMatchObject({ user: { userName: 'mette' }, transferTo: null });
    const messages = await anna(Chat.getChatMessages, { chatSessionId: 48, after: 0 });
    expect(messages?.at(-1)).toMatchObject({ type: 'Special', specialType: 'TransferRejected' });
  });

  test('by someone else than the owner, or to someone who was not asked, does nothing', async () => {
    const { simulator } = simulatorAt();
    const joerg = await signedIn(simulator, 'joerg');
    const before = await joerg(Chat.getChatSessionEntity, { chatSessionEntityId: 44 });
    expect(await joerg(Chat.transferChatSession, { chatSessionId: 44, toAssociate: 'paal' })).toEqual(before);
    expect(await joerg(Chat.acceptChatSessionTransfer, { chatSessionId: 44 })).toEqual(before);
    expect(await joerg(Chat.rejectChatSessionTransfer, { chatSessionId: 44 })).toEqual(before);
    expect(await joerg(Chat.acceptChatSessionTransfer, { chatSessionId: 48 })).toMatchObject({
      user: { userName: 'mette' },
      transferTo: { userName: 'anna' },
    });
  });

  test('to an unknown user is refused', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const error = await errorOf(anna(Chat.transferChatSession, { chatSessionId: 44, toAssociate: 'nobody' }));
    expect(error).toMatchObject({ code: 'service', reason: 'User "nobody" was not found' });
  });
});

describe('sessions', () => {
  test('for a user are those of the topics that the user is in, without deleted ones', async () => {
    const { simulator } = simulatorAt();
    const anna = await signedIn(simulator);
    const paal = await signedIn(simulator, 'paal');
    expect(idsOf(await anna(Chat.chatSessionsForUser, {}))).toEqual([41, 42, 44, 45, 46, 47, 48, 49]);
    expect(idsOf(await paal(Chat.chatSessionsForUser, {}))).toEqual([42, 43, 44, 47, 49]);
    const session = await anna(Chat.getChatSessionEntity, { chatSessionEntityId: 42 });
    await anna(Chat.saveChatSessionEntity, { chatSessionEntity: { ...session, status: 'Deleted' } });
    expect(idsOf(await paal(Chat.chatSessionsForUser, {}))).toEqual([43, 44, 47, 49]);
  });

  test('are created for id 0 and overwritten for another, with defaults for what was left out', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const blank = await anna(Chat.createDefaultChatSessionEntity, {});
    expect(blank).toMatchObject({ chatSessionId: 0, status: 'Invalid', user: null, flags: [], whenRequested: null });
    const chatSessionEntity = { ...blank, topicId: 2, customerName: 'Kari', rating: 3 };
    const created = await anna(Chat.saveChatSessionEntity, { chatSessionEntity });
    expect(created).toMatchObject({ chatSessionId: 50, customerName: 'Kari', rating: 3 });
    const overwrite = { chatSessionId: 50, topicId: 2, user: { userName: 'anna' } };
    const saved = await anna(Chat.saveChatSessionEntity, { chatSessionEntity: overwrite });
    expect(saved).toMatchObject({ chatSessionId: 50, customerName: null, rating: 0, user: { associateId: 11 } });
    expect(saved?.sessionKey).toBe(created?.sessionKey);
  });

  test('can be read, changed and saved as a whole without any loss', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const read = await anna(Chat.getChatSessionEntity, { chatSessionEntityId: 44 });
    expect(await anna(Chat.saveChatSessionEntity, { chatSessionEntity: read })).toEqual(read);
  });

  test('are gone with their messages after they were deleted', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    await anna(Chat.deleteChatSessionEntity, { chatSessionEntityId: 41 });
    const error = await errorOf(anna(Chat.getChatMessages, { chatSessionId: 41, after: 0 }));
    expect(error).toMatchObject({ code: 'service', reason: 'Chat session 41 was not found', outcome: 'refused' });
  });
});

describe('topics', () => {
  test('can be made from a blank one, changed and deleted', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const blank = await anna(Chat.createDefaultChatTopicEntity, {});
    const chatTopicEntity = { ...blank, name: 'Rental' };
    const topic = await anna(Chat.saveChatTopicEntity, { chatTopicEntity });
    expect(topic).toMatchObject({ chatTopicId: 4, name: 'Rental', lastAccept: null });
    await anna(Chat.saveChatTopicEntity, { chatTopicEntity: { chatTopicId: 4, description: 'Bikes by the day' } });
    const saved = await anna(Chat.getChatTopicEntity, { chatTopicEntityId: 4 });
    expect(saved).toMatchObject({ name: null, description: 'Bikes by the day' });
    await anna(Chat.deleteChatTopicEntity, { chatTopicEntityId: 4 });
    const error = await errorOf(anna(Chat.getChatTopicEntity, { chatTopicEntityId: 4 }));
    expect(error).toMatchObject({ reason: 'Chat topic 4 was not found' });
  });

  test.each([
    ['before the start', '2026-03-02T08:59:59Z', {}, false],
    ['at the start', '2026-03-02T09:00:00Z', {}, true],
    ['just before the stop', '2026-03-02T16:59:59.999Z', {}, true],
    ['at the stop', '2026-03-02T17:00:00Z', {}, false],
    ['on another day', '2026-03-03T12:00:00Z', {}, false],
    ['at lunch', '2026-03-02T12:10:00Z', { useLunchHours: true, lunchStart: 'PT12H', lunchStop: 'PT12H30M' }, false],
    ['after lunch', '2026-03-02T12:30:00Z', { useLunchHours: true, lunchStart: 'PT12H', lunchStop: 'PT12H30M' }, true],
    ['at lunch that is not used', '2026-03-02T12:10:00Z', { lunchStart: 'PT12H', lunchStop: 'PT12H30M' }, true],
    ['late on a day without an end', '2026-03-02T23:59:59Z', { monStop: 'P1D' }, true],
  ])('%s are open or not as their hours say', async (_, time, hours, open) => {
    expect(await isOpenAt(time, mondayTopic(hours))).toBe(open);
  });

  test('count their hours in their own zone, in winter and in summer', async () => {
    const rule = { startMonth: 3, startDay: 29, endMonth: 10, endDay: 25 };
    const tzLocation = {
      timeZoneSTDRules: { '1996-01-01T00:00:00': { tZOffset: 60 } },
      timeZoneDSTRules: { '1996-01-01T00:00:00': { ...rule, tZOffset: 120 } },
    };
    const topic = mondayTopic({ tzLocation });
    expect(await isOpenAt('2026-03-02T08:00:00Z', topic)).toBe(true);
    expect(await isOpenAt('2026-03-02T07:59:59Z', topic)).toBe(false);
    expect(await isOpenAt('2026-07-06T07:00:00Z', topic)).toBe(true);
    expect(await isOpenAt('2026-07-06T15:00:00Z', topic)).toBe(false);
  });

  test('without opening hours are always open, and closed where hours are enabled but none are given', async () => {
    expect(await isOpenAt('2026-03-01T03:00:00Z', { name: 'Always' })).toBe(true);
    expect(await isOpenAt('2026-03-02T12:00:00Z', { name: 'Never', openingHoursEnabled: true })).toBe(false);
  });
});

describe('the agents of a topic', () => {
  const namesOf = (agents: OutputOf<typeof Chat.getChatTopicUserAgentList>) =>
    agents?.map((agent) => agent?.user?.userName);

  test('are found by user name and by associate number', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const byName = await anna(Chat.getChatTopicUserAgent, { chatTopicId: 1, username: 'METTE' });
    expect(byName).toMatchObject({ topicId: 1, canRespond: true, canManage: false, user: { associateId: 13 } });
    expect(await anna(Chat.getChatTopicUserAgent, { chatTopicId: 1, username: '13' })).toEqual(byName);
    const error = await errorOf(anna(Chat.getChatTopicUserAgent, { chatTopicId: 1, username: 'zoe' }));
    expect(error).toMatchObject({ reason: 'Agent zoe of chat topic 1 was not found' });
  });

  test('can be added, changed and removed one by one', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const useragent = { user: { associateId: 15 }, canListen: true };
    const added = await anna(Chat.addChatTopicUserAgent, { chatTopicId: 1, useragent });
    expect(added).toMatchObject({ topicId: 1, canListen: true, canNotify: false, user: { userName: 'zoe' } });
    const changed = await anna(Chat.updateChatTopicUserAgent, {
      chatTopicId: 1,
      username: 'zoe',
      useragent: { canNotify: true },
    });
    expect(changed).toMatchObject({ canListen: false, canNotify: true, user: { userName: 'zoe' } });
    await anna(Chat.deleteChatTopicUserAgent, { chatTopicId: 1, username: 'mette' });
    expect(namesOf(await anna(Chat.getChatTopicUserAgentList, { chatTopicId: 1 }))).toEqual(['anna', 'zoe']);
  });

  test('are replaced all at once', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const useragents = [{ user: { userName: 'paal' }, canManage: true }, { user: { associateId: 12 } }];
    const stored = await anna(Chat.updateChatTopicUserAgents, { chatTopicId: 1, useragents });
    expect(namesOf(stored)).toEqual(['paal', 'joerg']);
    expect(await anna(Chat.getChatTopicUserAgentList, { chatTopicId: 1 })).toEqual(stored);
    expect(idsOf(await anna(Chat.chatSessionsForUser, {}))).toEqual([42, 44, 47, 49]);
  });

  test('stay as they are if one of the new ones is unknown', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const useragents = [{ user: { userName: 'paal' } }, { user: { associateId: 99 } }];
    const error = await errorOf(anna(Chat.updateChatTopicUserAgents, { chatTopicId: 1, useragents }));
    expect(error).toMatchObject({ reason: 'User "99" was not found' });
    expect(namesOf(await anna(Chat.getChatTopicUserAgentList, { chatTopicId: 1 }))).toEqual(['anna', 'mette']);
  });
});

describe('presence', () => {
  test('is told for all users, with the number of their chats', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const presence = await anna(Chat.getChatPresence, {});
    const own = { userId: 101, displayName: 'Anna Fjellström', ongoingChats: 2, present: true, chatTopics: [1, 2] };
    expect(presence?.[0]).toEqual({ tableRight: null, fieldProperties: null, ...own });
    expect(presence).toHaveLength(5);
  });

  test('can be saved for some users, and is not if one is unknown', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const away = { userId: 101, present: false, chatTopics: [2] };
    await anna(Chat.saveChatPresence, { chatPresence: [away] });
    const saved = (await anna(Chat.getChatPresence, {}))?.[0];
    expect(saved).toMatchObject({ ...away, displayName: 'Anna Fjellström' });
    const chatPresence = [{ userId: 101, present: true }, { userId: 999 }];
    const error = await errorOf(anna(Chat.saveChatPresence, { chatPresence }));
    expect(error).toMatchObject({ reason: 'Chat user 999 was not found' });
    expect((await anna(Chat.getChatPresence, {}))?.[0]).toEqual(saved);
  });

  test('narrows the list of users, which is flat or by group', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const flat = await anna(Chat.getUserAgentList, { flat: true, onlyPresent: false });
    expect(flat?.map((item) => item?.id)).toEqual([11, 12, 13, 14, 15]);
    const groups = await anna(Chat.getUserAgentList, { flat: false, onlyPresent: true });
    expect(groups?.map((group) => [group?.name, group?.childItems?.map((item) => item?.id)])).toEqual([
      ['Sales', [11, 13]],
      ['Service', [12, 14]],
    ]);
  });
});

describe('the simulator', () => {
  const operations = [...Object.entries(Chat), ...Object.entries(SoPrincipal)].map(
    ([key, operation]): [string, Operation] => [key, operation],
  );

  test('knows all operations', () => {
    expect(operations).toHaveLength(36);
  });

  test.each(operations)('answers %s with what the codec would read from its reply', async (key, operation) => {
    const { simulator } = simulatorAt();
    const header = { credentials: { ticket: '8A:demo-anna' } };
    const reply = await simulator({ operation, input: inputs[key] ?? {}, header });
    expect(reply.header).toEqual({ succeeded: true });
    const bytes = Buffer.from(encodeReply(operation, reply.output as OutputOf<Operation>));
    const { output } = decodeReply(operation, bytes);
    expect(reply.output).toStrictEqual(output);
    expect(JSON.stringify(reply.output)).toBe(JSON.stringify(output));
  });

  test('takes nothing from the caller that the caller can change later', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const presence = { userId: 101, present: true, chatTopics: [1] };
    const requested = new Date(MONDAY);
    const session = { topicId: 1, whenRequested: requested, person: { firstname: 'Kari' } };
    await anna(Chat.saveChatPresence, { chatPresence: [presence] });
    const saved = await anna(Chat.saveChatSessionEntity, { chatSessionEntity: session });
    presence.chatTopics.push(2);
    requested.setTime(0);
    session.person.firstname = 'Ola';
    expect((await anna(Chat.getChatPresence, {}))?.[0]?.chatTopics).toEqual([1]);
    const stored = await anna(Chat.getChatSessionEntity, { chatSessionEntityId: saved?.chatSessionId ?? 0 });
    expect(stored).toMatchObject({ person: { firstname: 'Kari' } });
    expect(stored?.whenRequested?.getTime()).toBe(MONDAY);
  });

  test('gives nothing to the caller that the caller can change later', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const read = () => anna(Chat.getChatSessionEntity, { chatSessionEntityId: 44 });
    const before = await read();
    const copy = await read();
    copy?.whenIdle?.setTime(0);
    Object.assign(copy?.user ?? {}, { fullName: 'Nobody' });
    Object.assign(copy?.contact?.address ?? {}, { street: null });
    copy?.contact?.address?.localizedAddress?.pop();
    expect(await read()).toEqual(before);
  });

  test('shares nothing with another simulator', async () => {
    const one = await signedIn(simulatorAt().simulator);
    const other = await signedIn(simulatorAt().simulator);
    await one(Chat.deleteChatSessionEntity, { chatSessionEntityId: 44 });
    await one(Chat.deleteChatTopicEntity, { chatTopicEntityId: 1 });
    expect(await other(Chat.chatSessionsForUser, {})).toHaveLength(8);
  });

  test('is the same company each time that the clock is the same', async () => {
    const all = async () => {
      const anna = await signedIn(simulatorAt().simulator);
      const sessions = (await anna(Chat.chatSessionsForUser, {})) ?? [];
      const messages = sessions.map((session) =>
        anna(Chat.getChatMessages, { chatSessionId: session?.chatSessionId ?? 0, after: 0 }),
      );
      return [sessions, await Promise.all(messages)];
    };
    expect(await all()).toEqual(await all());
  });

  test('repeats the time zone of the call', async () => {
    const timeZone = { soTimeZoneLocationCode: 'NO' };
    const header = { credentials: { ticket: '8A:demo-anna' }, timeZone };
    const reply = await simulatorAt().simulator({ operation: Chat.getChatPresence, input: {}, header });
    expect(reply.header).toEqual({ succeeded: true, timeZone });
  });

  test('refuses an input that the contract does not allow, with its path', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const message = { type: 'ToCustomer', message: 'x', readByCustomer: 70_000 };
    const error = await errorOf(anna(Chat.addChatMessage, { chatSessionId: 44, message }));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ path: 'message.readByCustomer', operation: 'Chat.AddChatMessage' });
  });

  test('refuses a save of nothing', async () => {
    const anna = await signedIn(simulatorAt().simulator);
    const error = await errorOf(anna(Chat.saveChatTopicEntity, { chatTopicEntity: null }));
    expect(error).toMatchObject({ code: 'service', reason: 'ChatTopicEntity must not be null' });
  });

  test('does nothing for a call that was aborted, or that it does not know', async () => {
    const { simulator } = simulatorAt();
    const signal = AbortSignal.abort();
    const aborted = await errorOf(simulator({ operation: SoPrincipal.getSystemInfo, input: {}, header: {}, signal }));
    expect(aborted).toBeInstanceOf(TransportError);
    expect(aborted).toMatchObject({ code: 'aborted', outcome: 'not-sent' });
    const operation = { ...Chat.getChatPresence, name: 'ToString' };
    const unknown = await errorOf(simulator({ operation, input: {}, header: {} }));
    expect(unknown).toMatchObject({ code: 'soap-fault', faultCode: 'ActionNotSupported' });
  });
});
