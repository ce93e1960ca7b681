/**
 * What a document may cost, at the limit and one beyond it, for the reader of trees and the schema-driven one; and what
 * is refused before it can cost anything.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defaultLimits, type XmlLimits } from '../../../lib/codec/lexer.js';
import { parseXml } from '../../../lib/codec/xml.js';
import { decodeReply, decodeRequest, encodeReply, encodeRequest } from '../../../lib/codec.js';
import { Fault, ProtocolError } from '../../../lib/errors.js';
import { Chat } from '../../../lib/generated/chat.js';
import { SoPrincipal } from '../../../lib/generated/so-principal.js';

type Limits = Partial<XmlLimits>;

/** The error of a reader that refuses, undefined where it reads. A Fault is something that was read. */
function refusal(read: () => unknown): ProtocolError | undefined {
  try {
    read();
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    if (!(error instanceof Fault)) throw error;
  }
  return undefined;
}

const NAMESPACES =
  'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://www.superoffice.net/ws/crm/NetServer/Services88"';

const envelope = (body: string, header = ''): string =>
  `<s:Envelope ${NAMESPACES}><s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;

/** A reply with one message of this content. Its first element stands six deep. */
const message = (content: string): string =>
  envelope(
    `<GetChatMessagesResponse><Response><ChatMessage>${content}</ChatMessage></Response></GetChatMessagesResponse>`,
  );

const times = (count: number, open: string, inside: string, close: string): string =>
  open.repeat(count) + inside + close.repeat(count);

/** A document whose innermost element is so many elements deep, and what reads it. */
type Deep = (depth: number) => string;
type Read = (document: string, limits?: Limits) => unknown;

const tree: Read = (document, limits = {}) => parseXml(document, { limits });
const messages: Read = (document, limits) => decodeReply(Chat.getChatMessages, document, { limits });
const agents: Read = (document, limits) => decodeReply(Chat.getUserAgentList, document, { limits });
const request: Read = (document, limits) => decodeRequest([Chat], document, { limits });

const deepDocuments: readonly (readonly [string, Deep, Read])[] = [
  ['a tree', (depth) => times(depth, '<a>', '', '</a>'), tree],
  ['an unknown member', (depth) => message(times(depth - 5, '<New>', '', '</New>')), messages],
  [
    'an unknown header part',
    (depth) => envelope('<GetChatMessagesResponse/>', times(depth - 2, '<New>', '', '</New>')),
    messages,
  ],
  [
    'an unknown parameter of a request',
    (depth) => envelope(`<GetChatMessages>${times(depth - 3, '<New>', '', '</New>')}</GetChatMessages>`),
    request,
  ],
  [
    'a type that holds itself',
    (depth) =>
      envelope(
        '<GetChatMessagesResponse/>',
        `<ExceptionInfo>${times(depth - 3, '<InnerException>', '', '</InnerException>')}</ExceptionInfo>`,
      ),
    messages,
  ],
  [
    'lists in lists',
    (depth) => {
      // Each level is two elements, so that an odd depth needs one more around it.
      const lists = times(
        Math.floor((depth - 4) / 2),
        '<MDOListItem><ChildItems>',
        depth % 2 === 0 ? '' : '<MDOListItem></MDOListItem>',
        '</ChildItems></MDOListItem>',
      );
      return envelope(`<GetUserAgentListResponse><Response>${lists}</Response></GetUserAgentListResponse>`);
    },
    agents,
  ],
  [
    'the detail of a Fault',
    (depth) => envelope(`<s:Fault><detail>${times(depth - 4, '<a>', '', '</a>')}</detail></s:Fault>`),
    messages,
  ],
];

describe.each(deepDocuments)('the depth of %s', (_what, deep, read) => {
  test('is 256 at the most', () => {
    expect(defaultLimits.depth).toBe(256);
    expect(refusal(() => read(deep(255)))).toBe(undefined);
    expect(refusal(() => read(deep(256)))).toBe(undefined);
    expect(refusal(() => read(deep(257)))?.code).toBe('xml-limit');
    expect(refusal(() => read(deep(100_001)))?.code).toBe('xml-limit');
  });

  test.each([8, 20, 301, 1000])('can be limited to %i instead', (depth) => {
    expect(refusal(() => read(deep(depth), { depth }))).toBe(undefined);
    expect(refusal(() => read(deep(depth + 1), { depth }))?.code).toBe('xml-limit');
  });

  test('has a limit that stays one where it is far too high', () => {
    // The stack of the program ends before such a limit does; that is no reason for another kind of error.
    let found: unknown;
    try {
      found = refusal(() => read(deep(50_000), { depth: 50_000 }))?.code;
    } catch (error) {
      found = (error as Error).name;
    }
    expect([undefined, 'xml-limit']).toContain(found);
  });

  test('keeps its limit where the option is undefined', () => {
    const undecided = { depth: undefined } as unknown as Limits;
    expect(refusal(() => read(deep(257), undecided))?.code).toBe('xml-limit');
  });
});

test.each<[string, string, string, Read]>([
  ['a tree', '<a><b/></a>', '<a><b></b></a>', tree],
  ['an unknown member', message('<New/>'), message('<New></New>'), messages],
])('an empty element in %s is as deep as one with two tags', (_what, one, two, read) => {
  for (const depth of [1, 2, 5, 6]) {
    expect(refusal(() => read(one, { depth }))?.code).toBe(refusal(() => read(two, { depth }))?.code);
  }
});

const LIST = 'Envelope/Body/GetChatMessagesResponse/Response';

test.each<[string, string, Read, Limits, string, string]>([
  // what, document, reader, limits, path, line and column
  ['an element too deep', '<a>\n<b>\n <c>t</c></b></a>', tree, { depth: 2 }, 'a/b/c', 'line 3, '],
  [
    'an element too deep that begins with another',
    '<a>\n<b>\n <c><d/></c></b></a>',
    tree,
    { depth: 2 },
    'a/b/c',
    'line 3, ',
  ],
  [
    'an unknown member too deep',
    message('\n<New>t</New>'),
    messages,
    { depth: 5 },
    `${LIST}/ChatMessage/New`,
    'line 2, ',
  ],
  [
    'a known member too deep',
    message('\n<Message>t</Message>'),
    messages,
    { depth: 4 },
    `${LIST}/ChatMessage`,
    'line 1, ',
  ],
  ['an attribute too many', '<a>\n <b c="1"\n d="2"/></a>', tree, { attributes: 1 }, 'a/b', 'line 2, column 2'],
  [
    'an attribute too many in a message',
    message('\n<Author b="1" c="2" d="3"/>'),
    messages,
    { attributes: 2 },
    `${LIST}/ChatMessage/Author`,
    'line 2, column 1',
  ],
  ['a name that is too long', '<a>\n<b><cde/></b></a>', tree, { name: 2 }, 'a/b/cde', 'line 2, column 5'],
  ['a name of an attribute that is too long', '<a>\n<b cde="1"/></a>', tree, { name: 2 }, 'a/b', 'line 2, column 4'],
  [
    'a name that is too long in a message',
    message(`\n<${'n'.repeat(30)}/>`),
    messages,
    { name: 29 },
    `${LIST}/ChatMessage/${'n'.repeat(30)}`,
    'line 2, column 2',
  ],
])('the error says where: %s', (_what, document, read, limits, path, place) => {
  const error = refusal(() => read(document, limits));
  expect(error).toMatchObject({ code: 'xml-limit', path });
  expect(error?.message).toContain(place);
});

const attributes = (count: number): string =>
  Array.from({ length: count }, (_, index) => (index === 0 ? 'xmlns:n="u"' : `a${index}=""`)).join(' ');

/** Where markup can stand, and what reads it there. */
const places: readonly (readonly [string, (markup: string) => string, Read])[] = [
  ['a tree', (markup) => `<r>${markup}</r>`, tree],
  ['an unknown member', (markup) => message(markup), messages],
  ['a request', (markup) => envelope(`<GetChatMessages>${markup}</GetChatMessages>`), request],
  ['the detail of a Fault', (markup) => envelope(`<s:Fault><detail>${markup}</detail></s:Fault>`), messages],
];

describe.each(places)('in %s', (_what, place, read) => {
  const verdicts = (documents: readonly string[], limits: Limits = {}): readonly unknown[] =>
    documents.map((document) => refusal(() => read(place(document), limits))?.code);

  test('an element has 1,000 attributes at the most, declarations included', () => {
    const documents = [999, 1000, 1001].map((count) => `<a ${attributes(count)}/>`);
    expect(verdicts(documents)).toEqual([undefined, undefined, 'xml-limit']);
    expect(verdicts(documents, { attributes: 999 })).toEqual([undefined, 'xml-limit', 'xml-limit']);
    expect(verdicts(documents, { attributes: 1001 })).toEqual([undefined, undefined, undefined]);
  });

  test.each<[string, (name: string, namespace: string) => string]>([
    ['an element', (name, namespace) => `<${name} xmlns="${namespace}"/>`],
    ['an attribute', (name) => `<a ${name}=""/>`],
    ['an element with its prefix', (name, namespace) => `<p:${name.slice(2)} xmlns:p="${namespace}"/>`],
    ['a declaration', (name, namespace) => `<a xmlns:${name.slice(6)}="${namespace}"/>`],
  ])('the name of %s has 1,024 bytes at the most', (_of, markup) => {
    const documents = (namespace: string): readonly string[] =>
      [1023, 1024, 1025].map((length) => markup('n'.repeat(length), namespace));
    expect(verdicts(documents('urn:1'))).toEqual([undefined, undefined, 'xml-limit']);
    expect(verdicts(documents('urn:2'), { name: 1023 })).toEqual([undefined, 'xml-limit', 'xml-limit']);
    expect(verdicts(documents('urn:3'), { name: 1025 })).toEqual([undefined, undefined, undefined]);
  });

  test('limits hold for tags that were read before with other limits', () => {
    const documents = ['<known xmlns="u" xmlns:long="u"/>'];
    expect(verdicts(documents)).toEqual([undefined]);
    expect(verdicts(documents, { attributes: 1 })).toEqual(['xml-limit']);
    expect(verdicts(documents, { name: 9 })).toEqual(['xml-limit']);
  });

  test('the bytes of a name are counted, not its characters', () => {
    expect(verdicts([`<${'é'.repeat(512)}/>`, `<${'é'.repeat(512)}e/>`])).toEqual([undefined, 'xml-limit']);
  });
});

describe.each<[string, (text: string) => string, Read]>([
  ['a tree', (text) => `<a>${text}</a>`, tree],
  ['a reply', (text) => message(`<Message>${text}</Message>`), messages],
  [
    'a request',
    (text) => envelope(`<TransferChatSession><ToAssociate>${text}</ToAssociate></TransferChatSession>`),
    request,
  ],
])('the bytes of %s', (_what, around, read) => {
  const ofLength = (length: number): string => around('x'.repeat(length - around('').length));

  test('are 16 MiB at the most', () => {
    const most = 16 * 1024 * 1024;
    expect(refusal(() => read(ofLength(most)))).toBe(undefined);
    expect(refusal(() => read(ofLength(most + 1)))?.code).toBe('xml-limit');
  });

  test('can be limited to more or fewer', () => {
    expect(refusal(() => read(ofLength(1000), { bytes: 1000 }))).toBe(undefined);
    expect(refusal(() => read(ofLength(1001), { bytes: 1000 }))?.code).toBe('xml-limit');
    expect(refusal(() => read(ofLength(17_000_000), { bytes: 17_000_000 }))).toBe(undefined);
  });

  test('are counted as UTF-8', () => {
    expect(refusal(() => read(around('é'), { bytes: around('é').length }))?.code).toBe('xml-limit');
    expect(refusal(() => read(around('é'), { bytes: around('é').length + 1 }))).toBe(undefined);
  });
});

test('a Fault with more elements in its detail than anybody reads is refused', () => {
  const detail = (count: number): string =>
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>no</faultstring><detail>${'<a/>'.repeat(count)}</detail></s:Fault></s:Body></s:Envelope>`;
  const codeOf = (count: number, limits = {}): unknown => {
    try {
      return decodeReply(SoPrincipal.getSystemInfo, detail(count), { limits });
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(codeOf(99_000)).toBe('soap-fault');
  expect(codeOf(100_000)).toBe('xml-limit');
  expect(codeOf(9, { elements: 12 })).toBe('soap-fault');
  expect(codeOf(12, { elements: 12 })).toBe('xml-limit');
});

test('a value of any type may be as long as a document', () => {
  const cryptography = 'http://schemas.datacontract.org/2004/07/System.Security.Cryptography';
  const info = (content: string): string =>
    envelope(
      `<GetSystemInfoResponse><SystemInfo><License><PublicKey><Key xmlns:c="${cryptography}">${content}</Key></PublicKey></License></SystemInfo></GetSystemInfoResponse>`,
    );
  const read = (content: string) =>
    decodeReply(SoPrincipal.getSystemInfo, info(content)).output?.license?.publicKey?.key;
  expect(read(`<c:G>${'AQID'.repeat(4_000_000)}</c:G>`)?.g).toHaveLength(12_000_000);
  expect(read(`<c:Counter>${'0'.repeat(16_000_000)}7</c:Counter>`)?.counter).toBe(7);
  expect(refusal(() => read(`<c:G>${'AQID'.repeat(4_000_000)}*</c:G>`))?.code).toBe('schema');
});

/** Whole documents that need a DTD, around a document without one. */
const withDtd: readonly (readonly [string, (document: string, file: string) => string])[] = [
  ['an empty DOCTYPE', (document) => `<!DOCTYPE a>${document}`],
  [
    'entities that grow tenfold ten times',
    (document) => {
      const grown = Array.from({ length: 10 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join('');
      return `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "ha">${grown}]>${document.replace('HERE', '&e10;')}`;
    },
  ],
  [
    'an entity that is a file',
    (document, file) => `<!DOCTYPE a [<!ENTITY e SYSTEM "${file}">]>${document.replace('HERE', '&e;')}`,
  ],
  ['a DTD that is a file', (document, file) => `<!DOCTYPE a SYSTEM "${file}">${document}`],
  [
    'a parameter entity that is a file',
    (document, file) => `<!DOCTYPE a [<!ENTITY % p SYSTEM "${file}"> %p;]>${document}`,
  ],
  [
    'parameter entities that make entities',
    (document) => `<!DOCTYPE a [<!ENTITY % p "<!ENTITY e 'ha'>"> %p;]>${document.replace('HERE', '&e;')}`,
  ],
  ['an entity that holds itself', (document) => `<!DOCTYPE a [<!ENTITY e "&e;">]>${document.replace('HERE', '&e;')}`],
  ['a DOCTYPE after a comment', (document) => `<!-- c -->\n<!DOCTYPE a>${document}`],
  ['a DOCTYPE after the root', (document) => `${document}<!DOCTYPE a>`],
  ['a DOCTYPE that does not end', (document) => `<!DOCTYPE a [<!ENTITY e "${document}`],
];

describe.each<[string, string, Read]>([
  ['a tree', '<a>HERE</a>', tree],
  ['a reply', message('<Message>HERE</Message>'), messages],
  ['a request', envelope('<TransferChatSession><ToAssociate>HERE</ToAssociate></TransferChatSession>'), request],
])('%s', (_what, document, read) => {
  test.each(withDtd)('with %s is refused, and nothing is expanded or fetched', (_with, around) => {
    const folder = mkdtempSync(join(tmpdir(), 'services88-chat-'));
    try {
      const file = join(folder, 'entity.txt');
      writeFileSync(file, 'CANARY');
      const error = refusal(() => read(around(document, pathToFileURL(file).href)));
      expect(error?.code).toBe('xml-forbidden');
      expect(error?.message).not.toMatch(/CANARY|haha/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('without a DTD has no entities but the five', () => {
    expect(refusal(() => read(document.replace('HERE', '&e;')))?.code).toBe('xml-syntax');
    expect(refusal(() => read(document.replace('HERE', '%p;&lt;')))).toBe(undefined);
  });
});

test.each<[string, string, Read]>([
  ['a reply', encodeReply(Chat.getChatMessages, [{ message: 'HERE' }]), messages],
  ['a request', encodeRequest(Chat.transferChatSession, { chatSessionId: 1, toAssociate: 'HERE' }), request],
])('%s has no processing instructions, wherever they stand', (_what, document, read) => {
  const instruction = '<?php exit ?>';
  expect(refusal(() => read(document))).toBe(undefined);
  const documents = [
    instruction + document,
    document + instruction,
    document.replace('HERE', instruction),
    document.replace('<s:Body>', `$&${instruction}`),
    document.replace('</s:Body>', `${instruction}$&`),
  ];
  for (const each of documents) expect(refusal(() => read(each))?.code).toBe('xml-forbidden');
});
