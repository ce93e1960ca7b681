/**
 * Requests that SOAP stacks of other makers write, in their own manner, are read as ours are.
 */
import { type Call, Chat, decodeRequest, encodeRequest, type Operation, SoPrincipal } from '../../lib/index.js';
import { type Demo, openDemo, peerCall, type Question, seenBy, timeZone } from './demo.js';
import { callWith, type PeerOutcomes } from './peer-calls.js';
import { clientPeers, describeWith } from './peers.js';
import { formsIn } from './wire-form.js';

const session = {
  chatSessionId: 0,
  topicId: 2,
  customerName: ' <Grüße> & "mehr"\r\n🚲 ',
  customerEmail: 'a@example.com',
  status: 'InQueue',
  whenEnded: null,
  whenStarted: new Date('2024-02-29T23:59:58.5Z'),
  initialQueuePos: -2147483648,
  flags: ['UserIsTyping'],
  tableRight: { mask: ['Select', 'Update'], reason: 'why not' },
  fieldProperties: { name: { fieldRight: { mask: ['Read'] }, fieldLength: 2147483647 } },
  contact: { address: { wgs84Latitude: 61.84, localizedAddress: [[{ name: 'city', value: 'Lom' }]] } },
  user: { name: 'ANNA', extraFields: { 'x_ærlig & <so>': '1' } },
};

const questions: readonly Question[] = [
  { operation: Chat.getChatMessages, input: { chatSessionId: 42, after: 7 } },
  { operation: Chat.chatSessionsForUser, input: {} },
  { operation: Chat.saveChatSessionEntity, input: { chatSessionEntity: session } },
  { operation: Chat.saveChatPresence, input: { chatPresence: [{ userId: 101, present: true, chatTopics: [1, 2] }] } },
  { operation: Chat.getChatTranscript, input: { chatSessionId: 41, html: false } },
  { operation: Chat.deleteChatSessionEntity, input: { chatSessionEntityId: 49 } },
];

const services = [Chat, SoPrincipal] as const;

const ourInput = ({ operation, input }: Question): unknown =>
  decodeRequest(services, encodeRequest(operation as Operation<object>, input)).input;

describeWith(clientPeers, (peer) => {
  const forms = formsIn(peer.spelling);
  let demo: Demo;
  let outcomes: PeerOutcomes;

  beforeAll(async () => {
    demo = await openDemo(peer);
    const calls = questions.map((question) => peerCall(peer, question));
    outcomes = await callWith(peer, demo.baseUrl, calls);
  });

  afterAll(() => demo?.close());

  it('writes prefixes on all elements, and header parts that are to be understood', () => {
    const { sent = '' } = outcomes.calls[0] ?? {};
    expect(sent).toMatch(/<\w+:GetChatMessages/);
    expect(sent).toMatch(/<\w+:Credentials [^>]*mustUnderstand="(?:1|true)"/);
    expect(sent).toMatch(/<\w+:TimeZone [^>]*mustUnderstand="(?:1|true)"/);
  });

  if (peer.script === 'zeep-client.py') {
    it('writes header parts of WS-Addressing', () => {
      for (const part of ['Action', 'MessageID', 'To']) expect(outcomes.calls[0]?.sent).toContain(`<wsa:${part}>`);
    });
  }

  it.each(questions.map((question, index) => ({ ...question, name: question.operation.name, index })))(
    'writes a request to $name that is read as ours',
    ({ operation, input, index }) => {
      const read = decodeRequest(services, outcomes.calls[index]?.sent ?? '');
      expect(read.operation).toBe(operation);
      expect(read.version).toBe(peer.version);
      expect(read.header).toStrictEqual({ credentials: { ticket: expect.stringMatching(/^7T:/) }, timeZone });
      const expected = forms.input(operation, ourInput({ operation, input }));
      expect(seenBy(peer, forms.input(operation, read.input))).toStrictEqual(seenBy(peer, expected));
    },
  );

  it('reaches the simulator as what is read from the envelopes that it shows', () => {
    const [login, ...received] = demo.calls;
    const read = outcomes.calls.map(({ sent }) => decodeRequest(services, sent));
    expect(login).toMatchObject({ operation: SoPrincipal.authenticateUsernamePassword, input: { userName: 'anna' } });
    const parts = ({ operation, input, header }: Call) => ({ operation, input, header });
    expect(received.map(parts)).toStrictEqual(read.map(parts));
  });
});
