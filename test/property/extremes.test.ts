/**
 * What is very long or very deep costs no more than its size, and is read or refused as anything else is.
 */
import { Script } from 'node:vm';
import {
  Chat,
  decodeJson,
  decodeReply,
  decodeRequest,
  type Operation,
  ProtocolError,
  parseXml,
  SoPrincipal,
} from '../../lib/codec.js';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const S88 = 'http://www.superoffice.net/ws/crm/NetServer/Services88';
const CRYPTOGRAPHY = 'http://schemas.datacontract.org/2004/07/System.Security.Cryptography';

const envelope = (body: string): string =>
  `<s:Envelope xmlns:s="${SOAP}" xmlns="${S88}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><s:Body>${body}</s:Body></s:Envelope>`;

const message = (member: string): string =>
  envelope(
    `<GetChatMessagesResponse><Response><ChatMessage>${member}</ChatMessage></Response></GetChatMessagesResponse>`,
  );

const withKey = (seed: string): string =>
  envelope(
    `<GetSystemInfoResponse><SystemInfo><License><PublicKey><Key><Seed xmlns="${CRYPTOGRAPHY}">${seed}</Seed></Key></PublicKey></License></SystemInfo></GetSystemInfoResponse>`,
  );

/** A million of them. */
const many = (text: string): string => text.repeat(1_000_000);

/**
 * Gives the code of the refusal. Reading takes some hundredths of a second; were the time to grow with the square of
 * the size, it would take hours, and is ended long before.
 */
function refusalOf(read: () => unknown): string {
  try {
    new Script('read()').runInNewContext({ read }, { timeout: 3000 });
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
  throw new Error('it was read');
}

const refusalOfReply = (document: string, operation: Operation = Chat.getChatMessages): string =>
  refusalOf(() => decodeReply(operation, document));

test.each([
  ['an int', `<ChatMessageId> 1${many(' ')}1</ChatMessageId>`],
  ['an enum', `<Type> ToUser${many('\n')}ToUser</Type>`],
  ['a dateTime', `<WhenPosted> 2024-01-01${many(' ')}T00:00:00</WhenPosted>`],
  ['a nil', `<Author i:nil=" 1${many(' ')}1"/>`],
])('white space inside of %s is refused, however much there is', (_what, member) => {
  expect(refusalOfReply(message(member))).toBe('schema');
});

test('a server refuses it too', () => {
  const request = envelope(`<ResetChatSession><ChatSessionId> 1${many(' ')}1</ChatSessionId></ResetChatSession>`);
  expect(refusalOf(() => decodeRequest([Chat], request))).toBe('schema');
});

test('white space around a value is passed over, however much there is', () => {
  const blanks = many(' ');
  const { output } = decodeReply(Chat.getChatMessages, message(`<ChatMessageId>${blanks}7${blanks}</ChatMessageId>`));
  expect(output).toStrictEqual([{ chatMessageId: 7 }]);
});

test('bytes are read, however many there are', () => {
  const { output } = decodeReply(SoPrincipal.getSystemInfo, withKey(many('AAECAwQF')));
  expect(output?.license?.publicKey?.key?.seed).toHaveLength(6_000_000);
});

test('text that is no base64 is refused, however long it is', () => {
  expect(refusalOfReply(withKey(`${many('AAECAwQF')}!`), SoPrincipal.getSystemInfo)).toBe('schema');
});

test('digits are refused or read, however many there are', () => {
  const digits = many('1');
  expect(refusalOfReply(message(`<ChatMessageId>${digits}</ChatMessageId>`))).toBe('schema');
  const { output } = decodeReply(
    Chat.getChatMessages,
    message(`<WhenPosted>2024-01-01T00:00:00.${digits}</WhenPosted>`),
  );
  expect(output?.[0]?.whenPosted?.lexical).toHaveLength(20 + digits.length);
});

test('a reference may have any number of leading zeros', () => {
  for (const zeros of [0, 1, 10, 55, 60, 65, 100]) {
    const [hex, decimal] = ['&#x', '&#'].map((begin) => begin + '0'.repeat(zeros));
    expect(parseXml(`<a>${hex}41;${decimal}66;</a>`).children).toStrictEqual(['AB']);
  }
});

test.each([
  ['a nil', message(`<Author i:nil="${'x'.repeat(10_000)}"/>`)],
  ['a namespace', envelope(`<GetChatMessagesResponse xmlns="${'x'.repeat(10_000)}"/>`)],
  ['a namespace that XML reserves', envelope(`<GetChatMessagesResponse xmlns:xml="${'x'.repeat(10_000)}"/>`)],
  ['a value', message(`<ChatMessageId>${'x'.repeat(10_000)}</ChatMessageId>`)],
])('an error about %s does not repeat all of it, however long it is', (_what, document) => {
  let error: unknown;
  try {
    decodeReply(Chat.getChatMessages, document);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ProtocolError);
  expect((error as ProtocolError).message.length).toBeLessThan(1000);
});

test('elements are refused where they are too deep', () => {
  expect(refusalOfReply(message(many('<x>')))).toBe('xml-limit');
});

test('JSON is refused where it is too deep', () => {
  const nested = `[${'{"ChildItems":['.repeat(100_000)}${']}'.repeat(100_000)}]`;
  expect(() => decodeJson(Chat.getUserAgentList, nested)).toThrow(ProtocolError);
});
