/**
 * A conversation with the simulator, straight and through a bridge to its REST API, led by SOAP stacks of other makers: what they see is what our client sees for the
 * same calls, and what they add is what our client reads.
 */
import { Chat, DateTime, type Reply, SoPrincipal } from '../../lib/index.js';
import { type Behind, type Demo, openDemo, peerCall, type Question, seenBy } from './demo.js';
import { callWith, type PeerOutcomes } from './peer-calls.js';
import { type ClientPeer, clientPeers, describeWith } from './peers.js';
import { type Form, formsIn } from './wire-form.js';

const TEXTS = [
  ' blanks at both ends ',
  '   ',
  '\t tab and line feed \n',
  'a\r\nb\rc\r',
  '<b>R&D</b> &amp; &#13; ]]>',
  '"double" and \'single\'',
  'Grüße — 日本 🚲 Ærlig',
  '\u0085\u00a0\u2028\ufeff',
  `long: ${'0123456789'.repeat(5000)}`,
];

/** A session with values that are easily lost. */
const EDGES = {
  chatSessionId: 46,
  topicId: 1,
  customerAlias: '',
  customerName: null,
  customerHost: ' ',
  alertLevel: 2147483647,
  initialQueuePos: -2147483648,
  flags: ['UserIsTyping'],
  whenRequested: DateTime.from('2024-02-29T23:59:58.123456'),
  whenStarted: DateTime.from('2024-02-29T23:59:58+02:00'),
  whenEnded: null,
  whenIdle: DateTime.from('1900-01-01T00:00:00Z'),
  person: { personId: 1, rank: 32767, retired: -32768, firstname: 'Zoë' },
  user: null,
};

const messagesOf = (chatSessionId: number, after: number): Question => ({
  operation: Chat.getChatMessages,
  input: { chatSessionId, after },
});

const sessionOf = (chatSessionEntityId: number): Question => ({
  operation: Chat.getChatSessionEntity,
  input: { chatSessionEntityId },
});

/** The peer's calls are found again by these names. */
const reads: Readonly<Record<string, Question>> = {
  'messages after one of them': messagesOf(42, 1012),
  'messages where there are none': messagesOf(42, 9999),
  'messages with special text': messagesOf(47, 0),
  'a session with customer, company and request': sessionOf(44),
  'a session with values that are easily lost': sessionOf(46),
  'a topic with opening hours and a time zone': {
    operation: Chat.getChatTopicEntity,
    input: { chatTopicEntityId: 2 },
  },
  'all sessions of a user': { operation: Chat.chatSessionsForUser, input: {} },
  'a transcript': { operation: Chat.getChatTranscript, input: { chatSessionId: 41, html: true } },
};
const names = Object.keys(reads);

const post = (chatSessionId: number, message: string): Question => ({
  operation: Chat.addChatMessage,
  input: { chatSessionId, message: { type: 'ToCustomer', message, author: '', specialParam: null } },
});

/** What REST says of a time zone is its code alone. */
const zones: Readonly<Record<Behind, object>> = {
  simulator: { SoTimeZoneId: 1, SoTimeZoneLocationCode: 'UTC' },
  bridge: { SoTimeZoneLocationCode: 'UTC' },
};

describeWith(clientPeers, (peer) =>
  describe.each(['simulator', 'bridge'] as const)('and the %s', (behind) => converse(peer, behind)),
);

function converse(peer: ClientPeer, behind: Behind): void {
  const forms = formsIn(peer.spelling);
  const ours = new Map<string, Reply>();
  let demo: Demo;
  let outcomes: PeerOutcomes;

  beforeAll(async () => {
    demo = await openDemo(peer, 'exception-info', behind);
    await demo.ask({ operation: Chat.saveChatSessionEntity, input: { chatSessionEntity: EDGES } });
    for (const text of TEXTS) await demo.ask(post(47, text));
    for (const [name, question] of Object.entries(reads)) ours.set(name, await demo.ask(question));
    const questions = [...Object.values(reads), ...TEXTS.map((text) => post(45, text))];
    const calls = questions.map((question) => peerCall(peer, question));
    outcomes = await callWith(peer, demo.baseUrl, calls);
  });

  afterAll(() => demo?.close());

  const bodyOf = (name: string): Form => outcomes.calls[names.indexOf(name)]?.body ?? {};

  it('logs in', async () => {
    const operation = SoPrincipal.authenticateUsernamePassword;
    const reply = await demo.ask({ operation, input: { userName: 'anna', password: 'demo' } });
    const expected = seenBy(peer, forms.output(operation, reply.output));
    const Credentials = { Ticket: expect.stringMatching(/^7T:.{48}$/) };
    expect(seenBy(peer, outcomes.login.body)).toStrictEqual({ ...(expected as object), Credentials });
  });

  it.each(names)('sees what our client sees when it reads %s', (name) => {
    const { operation } = reads[name] as Question;
    const { output, header } = ours.get(name) as Reply;
    const outcome = outcomes.calls[names.indexOf(name)];
    expect(seenBy(peer, outcome?.body)).toStrictEqual(seenBy(peer, forms.output(operation, output)));
    expect(seenBy(peer, outcome?.header)).toStrictEqual(seenBy(peer, forms.replyHeader(operation, header)));
  });

  it('sees the time zone that it asked for among the header parts', () => {
    const TimeZone = zones[behind];
    for (const { header } of outcomes.calls) expect(header).toMatchObject({ Succeeded: true, TimeZone });
  });

  it('sees the messages after the one that it names, and only these', () => {
    const ids = messagesIn(bodyOf('messages after one of them')).map(({ ChatMessageId }) => ChatMessageId);
    expect(ids).toStrictEqual(Array.from({ length: 13 }, (_, index) => 1013 + index));
  });

  it('sees text as it was written', () => {
    const added = messagesIn(bodyOf('messages with special text')).slice(-TEXTS.length);
    expect(added.map(({ Message }) => Message)).toStrictEqual(TEXTS);
  });

  it('sees values that are easily lost', () => {
    const nothing = peer.exact ? { CustomerAlias: '', CustomerName: null, User: null } : { CustomerName: null };
    expect(bodyOf('a session with values that are easily lost')).toMatchObject({
      Response: {
        ...nothing,
        CustomerHost: ' ',
        AlertLevel: 2147483647,
        InitialQueuePos: -2147483648,
        Flags: peer.spelling.flags(['UserIsTyping']),
        WhenRequested: '2024-02-29T23:59:58.123456',
        WhenStarted: '2024-02-29T23:59:58+02:00',
        WhenEnded: '0001-01-01T00:00:00',
        WhenIdle: peer.spelling.dateTime('1900-01-01T00:00:00Z'),
        Person: { Rank: 32767, Retired: -32768, Firstname: 'Zoë' },
      },
    });
  });

  it('adds messages that our client reads as the peer wrote them and sees them', async () => {
    const reply = await demo.ask(messagesOf(45, 0));
    const added = (reply.output as { message: string }[]).slice(-TEXTS.length);
    expect(added.map(({ message }) => message)).toStrictEqual(TEXTS);
    const bodies = outcomes.calls.slice(names.length).map(({ body }) => seenBy(peer, body));
    expect(bodies).toStrictEqual(added.map((message) => seenBy(peer, forms.output(Chat.addChatMessage, message))));
  });
}

interface MessageForm {
  readonly ChatMessageId: number;
  readonly Message: string | null;
}

function messagesIn(body: Form): readonly MessageForm[] {
  const reply: unknown = body;
  return (reply as { Response: { ChatMessage: MessageForm[] } }).Response.ChatMessage;
}
