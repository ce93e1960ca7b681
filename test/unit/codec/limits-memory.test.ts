/**
 * What stays in memory of documents that were read, and what a text takes while it is kept.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Content, type KnownTag, rootContent } from '../../../lib/codec/known-tags.js';
import { defaultLimits } from '../../../lib/codec/lexer.js';
import { readDocument } from '../../../lib/codec/reader.js';
import { type ComplexSchema, type Field, keyOf } from '../../../lib/codec/schema.js';
import { documentSchema } from '../../../lib/codec/versions.js';
import { parseXml } from '../../../lib/codec/xml.js';
import { decodeReply, decodeRequest } from '../../../lib/codec.js';
import { Chat } from '../../../lib/generated/chat.js';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const S88 = 'http://www.superoffice.net/ws/crm/NetServer/Services88';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** How the documents of a hostile server differ from each other, by their number. */
type Vary = (n: number) => {
  readonly p?: string;
  readonly declared?: string;
  readonly typed?: string;
  readonly content?: string;
};

const varied: readonly (readonly [string, Vary])[] = [
  ['prefixes', (n) => ({ p: `p${n}` })],
  ['prefixes that are long', (n) => ({ p: `p${n}${'p'.repeat(300)}` })],
  ['declarations', (n) => ({ declared: `xmlns:u="urn:${n}"` })],
  [
    'declarations that are many',
    (n) => ({ declared: Array.from({ length: 25 }, (_, i) => `xmlns:u${i}="urn:${n}"`).join(' ') }),
  ],
  ['types', (n) => ({ typed: `i:type="T${n}"` })],
  ['attributes', (n) => ({ typed: `id="${n}"` })],
  ['names that nobody knows', (n) => ({ content: `<New${n} a${n}="1"><Newer${n}>t</Newer${n}></New${n}>` })],
  [
    'values of an enumeration',
    (n) => ({ content: `<x:Type>Type${n}</x:Type><x:SpecialType>${'S'.repeat(900)}${n}</x:SpecialType>` }),
  ],
  ['forms of a boolean', (n) => ({ content: `<x:Message i:nil="${' '.repeat(n % 500)}true" xmlns:b="${n}"/>` })],
];

/** The prefix of the service is `x` in the content and `p` around it. */
function document(n: number, vary: Vary): Buffer {
  const { p = 'p', declared = '', typed = '', content = '' } = vary(n);
  const item = `<${p}:ChatMessage ${typed}><x:ChatMessageId>1</x:ChatMessageId>${content}</${p}:ChatMessage>`;
  return Buffer.from(
    `<s:Envelope xmlns:s="${SOAP}" xmlns:x="${S88}" xmlns:${p}="${S88}" xmlns:i="${XSI}" ${declared}><s:Body><${p}:GetChatMessagesResponse><${p}:Response>${item}</${p}:Response></${p}:GetChatMessagesResponse></s:Body></s:Envelope>`,
  );
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes in use once everything that can go is gone, those of buffers included. */
function inUse(): number {
  // Once for the objects, and once more for the buffers that they held.
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const MB = 1_000_000;

describe.each(varied)('documents that differ in their %s', (_in, vary) => {
  const read = (from: number, to: number): void => {
    for (let n = from; n < to; n++) decodeReply(Chat.getChatMessages, document(n, vary));
  };

  test('leave no more behind when they are thousands', () => {
    read(0, 1000);
    const before = inUse();
    let most = 0;
    for (let n = 1000; n < 4000; n += 500) {
      read(n, n + 500);
      most = Math.max(most, inUse() - before);
    }
    expect(most).toBeLessThan(4 * MB);
  });

  test('are remembered up to the bound, by the estimate of what that takes', () => {
    const schema = replySchema();
    let most = 0;
    for (let n = 0; n < 1000; n++) {
      readDocument(schema, document(n, vary), {});
      if (n % 50 === 0) most = Math.max(most, remembered(rootContent(schema, defaultLimits)));
    }
    // The last tag that is kept may go beyond it by its own size.
    expect(most).toBeLessThan(2 ** 20 + 10_000);
    expect(most).toBeGreaterThan(0);
  });
});

/** The schema of replies to GetChatMessages, as a new one that nothing is known of. */
function replySchema(): ComplexSchema {
  const { name, fields } = Chat.getChatMessages.reply;
  const type: ComplexSchema = { kind: 'complex', name, namespace: S88, base: null, fields };
  const wrapper: Field = { name, namespace: S88, key: keyOf(name), type, nillable: false, required: true };
  return documentSchema(Chat.getChatMessages.replyHeader, [wrapper], 'reply');
}

/** The estimate that `known-tags` keeps, added up from what can be reached. */
function remembered(root: Content): number {
  const contents = new Set<Content>();
  const tags = new Set<KnownTag>();
  const queue = [root];
  let size = 0;
  for (let content = queue.pop(); content; content = queue.pop()) {
    if (contents.has(content)) continue;
    contents.add(content);
    const steps = [content.begin, ...content.tags.map((tag) => tag.after)].flatMap(({ all }) => all);
    size += steps.reduce((sum, step) => sum + 2 * step.text.bytes.length + 300, 0);
    for (const tag of [...content.tags, ...steps.flatMap((step) => step.tag ?? [])]) {
      tags.add(tag);
      if (tag.content) queue.push(tag.content);
    }
    for (const inner of content.inner.values()) queue.push(...inner.values());
  }
  return [...tags].reduce((sum, tag) => sum + sizeOf(tag), size);
}

const sizeOf = ({ text, values }: KnownTag): number =>
  (values ?? []).reduce((sum, value) => sum + 2 * value.text.bytes.length + 200, 4 * text.bytes.length + 600);

test('requests leave no more behind either', () => {
  const request = (n: number): string =>
    `<e${n}:Envelope xmlns:e${n}="${SOAP}" xmlns="${S88}"><e${n}:Body><SaveChatPresence><ChatPresence><ChatPresence><New${n}/><Present>${n % 2}</Present></ChatPresence></ChatPresence></SaveChatPresence></e${n}:Body></e${n}:Envelope>`;
  const read = (from: number, to: number): void => {
    for (let n = from; n < to; n++) decodeRequest([Chat], request(n));
  };
  read(0, 2000);
  const before = inUse();
  read(2000, 6000);
  expect(inUse() - before).toBeLessThan(4 * MB);
});

test('services that are put together anew for each request leave nothing behind', () => {
  const request = `<e:Envelope xmlns:e="${SOAP}" xmlns="${S88}"><e:Body><ChatSessionsForUser/></e:Body></e:Envelope>`;
  const read = (count: number): void => {
    for (let n = 0; n < count; n++) decodeRequest([{ ...Chat }], request);
  };
  read(200);
  const before = inUse();
  read(1000);
  expect(inUse() - before).toBeLessThan(4 * MB);
});

test('trees leave nothing behind', () => {
  const read = (from: number, to: number): void => {
    for (let n = from; n < to; n++) parseXml(`<p${n}:a xmlns:p${n}="urn:${n}"><b${n} c${n}="${n}"/></p${n}:a>`);
  };
  read(0, 3000);
  const before = inUse();
  read(3000, 12_000);
  expect(inUse() - before).toBeLessThan(2 * MB);
});

describe('a text of a megabyte takes a few megabytes, also if it is of', () => {
  const around = (text: string): string =>
    `<s:Envelope xmlns:s="${SOAP}" xmlns="${S88}"><s:Body><GetChatMessagesResponse><Response><ChatMessage><Message>${text}</Message></ChatMessage></Response></GetChatMessagesResponse></s:Body></s:Envelope>`;

  const pieces: readonly (readonly [string, string])[] = [
    ['plain characters', 'a'],
    ['characters beyond ASCII', 'æ'],
    ['entities', '&lt;'],
    ['references', '&#65;'],
    ['line ends', '\r\n'],
    ['carriage returns', '\r'],
    ['brackets', ']'],
    ['CDATA sections', '<![CDATA[a]]>'],
  ];

  /** Bytes that are in use for what is read, per byte of the document. */
  function perByte(read: () => unknown, { length }: Buffer): number {
    const before = inUse();
    const kept = read();
    const after = inUse();
    // What is looked at here is not collected before.
    expect(kept).toBeDefined();
    return (after - before) / length;
  }

  test.each(pieces)('%s', (_what, piece) => {
    const document = Buffer.from(around(piece.repeat(MB / piece.length)));
    decodeReply(Chat.getChatMessages, document);
    expect(perByte(() => decodeReply(Chat.getChatMessages, document), document)).toBeLessThan(12);
  });

  test.each(pieces.slice(0, 6))('%s in an attribute', (_what, piece) => {
    const document = Buffer.from(`<a b="${piece.repeat(MB / piece.length)}"/>`);
    parseXml(document);
    expect(perByte(() => parseXml(document), document)).toBeLessThan(12);
  });
});
