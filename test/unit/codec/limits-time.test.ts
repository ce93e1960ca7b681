/**
 * The time that a document takes grows with its size and no faster, whatever it is made of. Nothing is said of how long
 * that is: each document is compared with one of the same kind that has four times the bytes.
 */

import { parseXml } from '../../../lib/codec/xml.js';
import { decodeReply } from '../../../lib/codec.js';
import { ProtocolError } from '../../../lib/errors.js';
import { Chat } from '../../../lib/generated/chat.js';

const S88 = 'http://www.superoffice.net/ws/crm/NetServer/Services88';

const envelope = (body: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${S88}"><s:Body>${body}</s:Body></s:Envelope>`;

const list = (items: string): string =>
  envelope(`<GetChatMessagesResponse><Response>${items}</Response></GetChatMessagesResponse>`);

const message = (content: string): string => list(`<ChatMessage>${content}</ChatMessage>`);

/** A reply with one session for each of these contents. */
const sessions = (...contents: readonly string[]): string => {
  const items = contents.map((content) => `<ChatSessionEntity>${content}</ChatSessionEntity>`).join('');
  return envelope(`<ChatSessionsForUserResponse><Response>${items}</Response></ChatSessionsForUserResponse>`);
};

/** The piece again and again, about so many bytes. */
const filled = (piece: string, bytes: number): string => piece.repeat(Math.floor(bytes / Buffer.byteLength(piece)));

/** Pieces that differ by a number, about so many bytes in all. */
function numbered(piece: (index: number) => string, bytes: number): string {
  const pieces: string[] = [];
  for (let size = 0; size < bytes; ) size += pieces[pieces.push(piece(pieces.length)) - 1]?.length ?? 0;
  return pieces.join('');
}

/** Elements as deep as they may be inside a message. */
const nested = (open: string, inside: string): string => open.repeat(240) + inside + '</a>'.repeat(240);

type Make = (bytes: number) => string | Buffer;

const text =
  (piece: string): Make =>
  (bytes) =>
    message(`<Message>${filled(piece, bytes)}</Message>`);

const messages = (document: Buffer): unknown => decodeReply(Chat.getChatMessages, document);
const tree = (document: Buffer): unknown => parseXml(document, { limits: { elements: Number.POSITIVE_INFINITY } });

const flags = (document: Buffer): unknown => decodeReply(Chat.chatSessionsForUser, document);

/** For documents that are broken at their end: to find the place takes time as well. */
function refused(document: Buffer): void {
  try {
    messages(document);
  } catch (error) {
    if (error instanceof ProtocolError) return;
    throw error;
  }
  throw new Error('the document was read');
}

const KiB = 1024;
const MiB = 1024 * KiB;

/**
 * What the reading costs the processor. Unlike the time that goes by, this says little of what else the machine does.
 */
function cost(read: (document: Buffer) => unknown, document: Buffer): number {
  const begin = process.cpuUsage();
  read(document);
  const { user, system } = process.cpuUsage(begin);
  return user + system;
}

const LIMIT = 8;
const ROUNDS = 5;

/**
 * How many times as much the large document costs as the small one. Whatever disturbs the measurement makes either
 * dearer and never cheaper, so that the best of several rounds counts; no more are run than it takes to be sure.
 */
function growth(make: Make, small: number, read: (document: Buffer) => unknown): number {
  const [one, four] = [small, 4 * small].map((bytes) => Buffer.from(make(bytes))) as [Buffer, Buffer];
  let [ofOne, ofFour] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; round++) {
    // Twice, since the first one may also pay for what is only then compiled.
    for (let again = 0; again < 2; again++) ofOne = Math.min(ofOne, cost(read, one));
    ofFour = Math.min(ofFour, cost(read, four));
    if (ofFour < LIMIT * ofOne) break;
  }
  return ofFour / ofOne;
}

/** The largest documents that are allowed are four times as large. */
const most = 4 * MiB - KiB;

test.each<[string, number, Make, ((document: Buffer) => unknown)?]>([
  ['plain text', most, text('all plain ')],
  ['text beyond ASCII', most, text('æ東')],
  ['entities', most, text('&amp;')],
  ['references', MiB, text('&#65;')],
  ['carriage returns', MiB, text('\r')],
  ['brackets', MiB, text(']')],
  ['one CDATA section', most, (bytes) => message(`<Message><![CDATA[${filled('<b> ', bytes)}]]></Message>`)],
  ['many CDATA sections', MiB, text('<![CDATA[a]]>')],
  ['one comment', most, (bytes) => message(`<!--${filled('a - ', bytes)}-->`)],
  ['many comments in text', most, text('<!---->')],
  ['many comments between members', most, (bytes) => message(filled('<!---->', bytes))],
  ['white space between members', most, (bytes) => message(filled(' \n', bytes))],
  ['white space in a declaration', most, (bytes) => `<?xml version="1.0"${filled(' \n', bytes)}?>${list('')}`],
  ['one attribute', most, (bytes) => message(`<New a="${filled('v', bytes)}"/>`)],
  ['line ends in an attribute', MiB, (bytes) => message(`<New a="${filled('\n', bytes)}"/>`)],
  ['many attributes', MiB, (bytes) => message(filled(`<New ${numbered((n) => `a${n}="" `, 5000)}/>`, bytes))],
  ['many declarations', MiB, (bytes) => message(filled(`<New ${numbered((n) => `xmlns:a${n}="u" `, 9000)}/>`, bytes))],
  ['members that nobody knows', most, (bytes) => message(filled('<New/>', bytes))],
  ['members of many names', MiB / 4, (bytes) => message(numbered((n) => `<n${n}>t</n${n}>`, bytes))],
  ['text that nobody wants', MiB, (bytes) => message(`<New>${filled('&lt;]\r', bytes)}</New>`)],
  ['items', MiB, (bytes) => list(filled('<ChatMessage><Message>a</Message></ChatMessage>', bytes))],
  [
    'items of many ids',
    MiB / 2,
    (bytes) => list(numbered((n) => `<ChatMessage id="${n}"><Message/></ChatMessage>`, bytes)),
  ],
  [
    'items of many prefixes',
    MiB / 2,
    (bytes) => list(numbered((n) => `<p${n}:ChatMessage xmlns:p${n}="${S88}"/>`, bytes)),
  ],
  [
    'values of many names',
    MiB,
    (bytes) => list(numbered((n) => `<ChatMessage><Type>T${n}</Type></ChatMessage>`, bytes)),
  ],
  ['nested elements', MiB / 2, (bytes) => message(filled(nested('<a>', ''), bytes))],
  ['nested declarations', MiB / 4, (bytes) => message(filled(nested('<a xmlns:b="u">', '<c/>'.repeat(240)), bytes))],
  [
    'white space around and between the names of flags',
    8 * KiB,
    (bytes) => sessions(...Array<string>(4).fill(`<Flags> A${' '.repeat(bytes / 4)}B </Flags>`)),
    flags,
  ],
  ['digits of a number', most, (bytes) => message(`<ChatMessageId>${filled('0', bytes)}1</ChatMessageId>`)],
  [
    'digits of a second',
    most,
    (bytes) => message(`<WhenPosted>2024-02-29T23:59:58.${filled('1', bytes)}Z</WhenPosted>`),
  ],
  [
    'items of which the last does not end',
    MiB / 4,
    (bytes) => message(filled('<New>a</New>', bytes)).slice(0, -60),
    refused,
  ],
  [
    'bytes of which the last is no UTF-8',
    MiB,
    (bytes) => Buffer.concat([Buffer.from(text('æ東')(bytes)), Buffer.of(0xff)]),
    refused,
  ],
  ['elements of a tree', MiB / 4, (bytes) => `<a>${filled('<b c="1">d</b>', bytes)}</a>`, tree],
  ['names of a tree', MiB, (bytes) => `<a>${numbered((n) => `<n${n}>t</n${n}>`, bytes)}</a>`, tree],
  ['text of a tree', MiB, (bytes) => `<a>${filled('a&lt;]\r<!----><?b?>', bytes)}</a>`, tree],
  ['nested elements of a tree', MiB / 8, (bytes) => `<a>${filled(nested('<a>', ''), bytes)}</a>`, tree],
])('%s: four times the bytes cost less than eight times as much', (_what, small, make, read = messages) => {
  expect(growth(make, small, read)).toBeLessThan(LIMIT);
});
