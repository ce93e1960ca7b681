import { toUtf8 } from '../../../lib/codec/encoding.js';
import { decodeReply } from '../../../lib/codec.js';
import { ProtocolError } from '../../../lib/errors.js';
import { Chat } from '../../../lib/generated/chat.js';

const TEXT = 'Å € 😀';

/** A document that may declare an encoding. */
const document = (text: string, encoding?: string): string =>
  `${encoding === undefined ? '' : `<?xml version="1.0" encoding="${encoding}"?>`}<a>${text}</a>`;

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le');
const utf16be = (text: string): Buffer => utf16le(text).swap16();
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const withMark = (...parts: (number[] | Buffer)[]): Buffer => Buffer.concat(parts.map((part) => Buffer.from(part)));

/** "Å €" in windows-1252, where the euro sign is the byte 80. */
const windows1252 = (encoding: string): Buffer =>
  withMark(latin1(`<?xml version="1.0" encoding="${encoding}"?><a>Å `), [0x80], latin1('</a>'));

function refusal(bytes: Uint8Array | string, charset?: string): ProtocolError {
  try {
    toUtf8(bytes, charset);
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error('the document was accepted');
}

test.each<[string, Uint8Array | string, string | undefined, string]>([
  ['text', document(TEXT), undefined, document(TEXT)],
  ['text with a byte order mark', `\ufeff${document(TEXT)}`, undefined, document(TEXT)],
  ['text that declares something else', document(TEXT, 'utf-16'), undefined, document(TEXT, 'utf-16')],
  ['UTF-8', utf8(document(TEXT)), undefined, document(TEXT)],
  [
    'UTF-8 in a Uint8Array that is a part of a buffer',
    new Uint8Array(withMark([0xff], utf8(document(TEXT)))).subarray(1),
    undefined,
    document(TEXT),
  ],
  ['UTF-8 that is declared', utf8(document(TEXT, 'UTF-8')), 'utf-8', document(TEXT, 'UTF-8')],
  ['UTF-8 by Content-Type', utf8(document(TEXT)), 'UTF-8', document(TEXT)],
  [
    'UTF-8 with a byte order mark',
    withMark([0xef, 0xbb, 0xbf], utf8(document(TEXT, 'utf-8'))),
    'utf-8',
    document(TEXT, 'utf-8'),
  ],
  [
    'UTF-16 in little order with a mark',
    withMark([0xff, 0xfe], utf16le(document(TEXT, 'utf-16'))),
    'utf-16',
    document(TEXT, 'utf-16'),
  ],
  [
    'UTF-16 in big order with a mark',
    withMark([0xfe, 0xff], utf16be(document(TEXT, 'UTF-16'))),
    'utf-16',
    document(TEXT, 'UTF-16'),
  ],
  [
    'UTF-16 in big order with a mark and no label',
    withMark([0xfe, 0xff], utf16be(document(TEXT))),
    undefined,
    document(TEXT),
  ],
  ['UTF-16 in little order without a mark', utf16le(document(TEXT)), 'utf-16le', document(TEXT)],
  ['UTF-16 in big order without a mark', utf16be(document(TEXT, 'utf-16be')), undefined, document(TEXT, 'utf-16be')],
  [
    'ISO-8859-1 that is declared',
    latin1(document('Å \u0080', 'ISO-8859-1')),
    undefined,
    document('Å \u0080', 'ISO-8859-1'),
  ],
  ['ISO-8859-1 by Content-Type', latin1(document('Å \u0080')), 'ISO-8859-1', document('Å \u0080')],
  ['windows-1252 that is declared', windows1252('windows-1252'), undefined, document('Å €', 'windows-1252')],
  ['windows-1252 by both', windows1252('Windows-1252'), 'windows-1252', document('Å €', 'Windows-1252')],
  ['US-ASCII', latin1(document('A', 'us-ascii')), 'US-ASCII', document('A', 'us-ascii')],
  [
    'a declaration with other quotes and blanks',
    latin1(`<?xml version='1.0'\n encoding = 'latin1' ?><a>Å</a>`),
    undefined,
    `<?xml version='1.0'\n encoding = 'latin1' ?><a>Å</a>`,
  ],
  [
    'a declaration that is not at the beginning',
    utf8(`<a>Å<?xml version="1.0" encoding="latin1"?></a>`),
    undefined,
    `<a>Å<?xml version="1.0" encoding="latin1"?></a>`,
  ],
  ['an attribute that is named encoding', utf8('<a encoding="latin1">Å</a>'), undefined, '<a encoding="latin1">Å</a>'],
  ['the replacement character itself', utf8(document('\ufffd')), undefined, document('\ufffd')],
])('%s becomes UTF-8 without a mark', (_what, bytes, charset, wanted) => {
  expect(toUtf8(bytes, charset).toString('utf8')).toBe(wanted);
});

test.each<[string, Uint8Array | string, string | undefined, string]>([
  [
    'Content-Type and declaration that contradict each other',
    latin1(document('a', 'iso-8859-1')),
    'utf-8',
    'the document is said to be iso-8859-1 and is utf-8',
  ],
  [
    'a mark of UTF-8 and another declaration',
    withMark([0xef, 0xbb, 0xbf], utf8(document('a', 'iso-8859-1'))),
    undefined,
    'the document is said to be iso-8859-1 and is utf-8',
  ],
  [
    'a mark of UTF-16 and another Content-Type',
    withMark([0xff, 0xfe], utf16le(document('a'))),
    'utf-8',
    'the document is said to be utf-8 and is utf-16le',
  ],
  [
    'a mark of one order and a label of the other',
    withMark([0xff, 0xfe], utf16le(document('a'))),
    'utf-16be',
    'the document is said to be utf-16be and is utf-16le',
  ],
  ['UTF-8 that is said to be UTF-16', utf8(document('a')), 'utf-16', 'utf-16'],
  ['UTF-8 that declares UTF-16', utf8(document('a', 'utf-16')), undefined, 'utf-16'],
  [
    'an encoding that nobody knows',
    utf8(document('a', 'x-mac-roman')),
    undefined,
    'the encoding "x-mac-roman" is not supported',
  ],
  ['a charset that nobody knows', utf8(document('a')), 'klingon', 'the encoding "klingon" is not supported'],
  [
    'a charset that objects have of their own',
    utf8(document('a')),
    'constructor',
    'the encoding "constructor" is not supported',
  ],
  [
    'a byte that is no UTF-8',
    withMark(utf8('<a>é'), [0xff], utf8('</a>')),
    undefined,
    'not valid UTF-8 from byte 5 on',
  ],
  ['UTF-8 that ends in a character', withMark(utf8('<a>'), [0xe2, 0x82]), undefined, 'not valid UTF-8 from byte'],
  ['an overlong form', withMark(utf8('<a>'), [0xc0, 0xaf], utf8('</a>')), undefined, 'not valid UTF-8 from byte 3 on'],
  [
    'half of a surrogate pair in UTF-8',
    withMark(utf8('<a>'), [0xed, 0xa0, 0x80], utf8('</a>')),
    undefined,
    'not valid UTF-8 from byte',
  ],
  [
    'a byte that is no UTF-8 after a mark',
    withMark([0xef, 0xbb, 0xbf], utf8('<a>'), [0x80], utf8('</a>')),
    undefined,
    'from byte 6 on',
  ],
  ['UTF-16 of an odd length', withMark([0xff, 0xfe], utf16le('<a/>'), [0x20]), undefined, 'not valid utf-16le'],
  [
    'half of a surrogate pair in UTF-16',
    withMark([0xfe, 0xff], utf16be('<a>\ud83d</a>')),
    undefined,
    'not valid utf-16be',
  ],
  ['ASCII with a byte beyond it', latin1(document('Å', 'us-ascii')), undefined, 'not US-ASCII'],
  [
    'a byte that windows-1252 does not have',
    withMark(utf8('<a>'), [0x81], utf8('</a>')),
    'windows-1252',
    'windows-1252',
  ],
  ['text with half of a surrogate pair', '<a>\ud83d</a>', undefined, 'half of a surrogate pair'],
])('%s is refused', (_what, bytes, charset, words) => {
  const error = refusal(bytes, charset);
  expect(error).toMatchObject({ kind: 'protocol', code: 'encoding' });
  expect(error.message).toContain(words);
});

test.each<[string, Uint8Array | string]>([
  ['U+FFFE in text', '<a>\ufffe</a>'],
  ['U+FFFF in UTF-8', utf8('<a>\uffff</a>')],
  ['U+FFFE in UTF-16', withMark([0xff, 0xfe], utf16le('<a>\ufffe</a>'))],
  ['U+FFFF as the last character', utf8('<a/>\uffff')],
])('%s is no character of XML', (_what, bytes) => {
  expect(refusal(bytes).code).toBe('xml-syntax');
});

test('a replacement character is never made', () => {
  for (let byte = 0x80; byte < 0x100; byte++) {
    expect(refusal(withMark(utf8('<a>x'), [byte], utf8('x</a>'))).code).toBe('encoding');
  }
});

test('a reply is read in the encoding that its Content-Type states', () => {
  const soap = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetChatTranscriptResponse xmlns="http://www.superoffice.net/ws/crm/NetServer/Services88"><Response>Å</Response></GetChatTranscriptResponse></s:Body></s:Envelope>`;
  const read = (charset: string) => decodeReply(Chat.getChatTranscript, latin1(soap), { charset });
  expect(read('iso-8859-1').output).toBe('Å');
  expect(() => read('utf-8')).toThrow(
    expect.objectContaining({ code: 'encoding', operation: 'Chat.GetChatTranscript' }),
  );
});
