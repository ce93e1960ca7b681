import { toUtf8 } from '../../../lib/codec/encoding.js';
import { parseXml } from '../../../lib/codec/xml.js';
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

describe('UTF-16', () => {
  /** The bytes of a text in one of the orders. */
  const orders: Readonly<Record<string, (text: string) => Buffer>> = { 'utf-16le': utf16le, 'utf-16be': utf16be };
  const marks: Readonly<Record<string, number[]>> = { 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] };

  /** Each order with each way of saying so, some of them together: mark, declaration, charset. */
  const said = Object.keys(orders).flatMap((order) =>
    [true, false].flatMap((mark) =>
      [undefined, 'UTF-16', order].flatMap((declared) =>
        [undefined, 'UTF-16', order.toUpperCase()].map((charset) => ({ order, mark, declared, charset })),
      ),
    ),
  );

  test.each(said)('is read by its mark, its declaration, its charset or its first character: %j', (one) => {
    const text = document('Å € 😀 \ufffd \ufeff', one.declared);
    const bytes = orders[one.order]?.(text) ?? Buffer.of();
    const marked = one.mark ? withMark(marks[one.order] ?? [], bytes) : bytes;
    expect(toUtf8(marked, one.charset).toString('utf8')).toBe(text);
  });

  test.each(said)('is not UTF-8 and not the other order, whatever else is right: %j', (one) => {
    const bytes = orders[one.order]?.(document('a', one.declared)) ?? Buffer.of();
    const marked = one.mark ? withMark(marks[one.order] ?? [], bytes) : bytes;
    const other = one.order === 'utf-16le' ? 'utf-16be' : 'utf-16le';
    for (const wrong of ['utf-8', other, 'iso-8859-1']) expect(refusal(marked, wrong).code).toBe('encoding');
  });

  test('that begins with white space is read by its charset', () => {
    expect(toUtf8(utf16le(`\n${document(TEXT)}`), 'utf-16le').toString('utf8')).toBe(`\n${document(TEXT)}`);
    expect(toUtf8(utf16be(`\n${document(TEXT)}`), 'utf-16be').toString('utf8')).toBe(`\n${document(TEXT)}`);
  });

  test('may begin at any byte of a larger buffer', () => {
    for (const before of [1, 2, 3]) {
      const bytes = withMark(Buffer.alloc(before), [0xff, 0xfe], utf16le(document(TEXT))).subarray(before);
      expect(toUtf8(bytes).toString('utf8')).toBe(document(TEXT));
    }
  });

  test.each<[string, string]>([
    ['a first half alone', '\ud83d'],
    ['a second half alone', '\ude00'],
    ['the halves the other way round', '\ude00\ud83d'],
    ['two first halves', '\ud83d\ud83d\ude00'],
  ])('with %s of a surrogate pair is refused in both orders', (_what, halves) => {
    for (const encode of Object.values(orders)) {
      expect(refusal(encode(`<a>${halves}</a>`)).code).toBe('encoding');
      expect(refusal(encode(`<a>${halves}`)).code).toBe('encoding');
    }
  });

  test('of an odd number of bytes is refused in both orders, with a mark and without', () => {
    for (const encode of Object.values(orders)) {
      expect(refusal(encode('<a>a</a>').subarray(0, -1)).code).toBe('encoding');
      expect(refusal(withMark(encode('\ufeff<a/>'), [0x00])).code).toBe('encoding');
    }
  });

  test('is not what UTF-32 is taken for', () => {
    const utf32le = Buffer.from(Uint32Array.from([...'\ufeff<a/>'], (char) => char.codePointAt(0) ?? 0).buffer);
    expect(() => parseXml(utf32le)).toThrow(expect.objectContaining({ kind: 'protocol' }));
    expect(() => parseXml(Buffer.from(utf32le).swap32())).toThrow(expect.objectContaining({ kind: 'protocol' }));
  });
});

test.each<[string, number[]]>([
  ['a byte that only continues', [0x80]],
  ['a slash in two bytes', [0xc0, 0xaf]],
  ['a letter in two bytes', [0xc1, 0x81]],
  ['a slash in three bytes', [0xe0, 0x80, 0xaf]],
  ['the last character of two bytes in three', [0xe0, 0x9f, 0xbf]],
  ['a slash in four bytes', [0xf0, 0x80, 0x80, 0xaf]],
  ['the last character of three bytes in four', [0xf0, 0x8f, 0xbf, 0xbf]],
  ['U+0000 in two bytes', [0xc0, 0x80]],
  ['the first half of a pair', [0xed, 0xa0, 0xbd]],
  ['the second half of a pair', [0xed, 0xb8, 0x80]],
  ['a pair of halves', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
  ['U+110000', [0xf4, 0x90, 0x80, 0x80]],
  ['a number that begins with F5', [0xf5, 0x80, 0x80, 0x80]],
  ['five bytes', [0xf8, 0x88, 0x80, 0x80, 0x80]],
  ['six bytes', [0xfc, 0x84, 0x80, 0x80, 0x80, 0x80]],
  ['FE', [0xfe]],
  ['FF', [0xff]],
  ['the first of two bytes', [0xc3]],
  ['the first of three bytes', [0xe2]],
  ['two of three bytes', [0xe2, 0x82]],
  ['three of four bytes', [0xf0, 0x9f, 0x98]],
])('%s is no UTF-8, wherever it stands and whatever says that it is', (_what, bytes) => {
  const error = refusal(withMark(utf8('<a>Å'), bytes, utf8('</a>')));
  expect(error.code).toBe('encoding');
  expect(error.message).toMatch(/ from byte [5-9] on$/);
  for (const around of [utf8('<a>'), utf8(document('', 'utf-8')), utf8('\ufeff<a>')]) {
    expect(refusal(withMark(around, bytes)).code).toBe('encoding');
    expect(refusal(withMark(around, bytes, utf8('</a>')), 'utf-8').code).toBe('encoding');
  }
});

test('the first and last character of each length are UTF-8, and are kept', () => {
  const text = '\t\u007f\u0080\u07ff\u0800\ud7ff\ue000\ufffd\u{10000}\u{10ffff}';
  expect(toUtf8(utf8(document(text))).toString('utf8')).toBe(document(text));
});

test.each<[string, Buffer, string | undefined]>([
  ['UTF-8', utf8(document('\ufffd')), undefined],
  ['UTF-8 with a mark', utf8(`\ufeff${document('\ufffd')}`), 'utf-8'],
  ['UTF-16', utf16be(document('\ufffd')), 'utf-16'],
])('a replacement character that is there is kept: %s', (_in, bytes, charset) => {
  expect(toUtf8(bytes, charset).toString('utf8')).toBe(document('\ufffd'));
});

test('a byte order mark is taken away once, and later is a character', () => {
  expect(toUtf8(utf8(`\ufeff\ufeff${document('\ufeff')}`)).toString('utf8')).toBe(`\ufeff${document('\ufeff')}`);
  expect(toUtf8(`\ufeff\ufeff${document('\ufeff')}`).toString('utf8')).toBe(`\ufeff${document('\ufeff')}`);
  expect(toUtf8(utf8(document('\ufeff'))).toString('utf8')).toBe(document('\ufeff'));
});

test('ISO-8859-1 has a character for each byte, and windows-1252 for all but five', () => {
  const expected = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
  const none = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
  for (let byte = 0x80; byte < 0x100; byte++) {
    const bytes = withMark(latin1('<a>'), [byte], latin1('</a>'));
    expect(toUtf8(bytes, 'iso-8859-1').toString('utf8')).toBe(`<a>${String.fromCharCode(byte)}</a>`);
    const char = byte < 0xa0 ? expected.charAt(byte - 0x80) : String.fromCharCode(byte);
    if (none.includes(byte)) expect(refusal(bytes, 'windows-1252').code).toBe('encoding');
    else expect(toUtf8(bytes, 'windows-1252').toString('utf8')).toBe(`<a>${char}</a>`);
  }
});

test.each<[string, string | undefined, string | undefined]>([
  // the mark of UTF-8 or none, declaration, charset
  ['', 'iso-8859-1', 'utf-8'],
  ['', 'utf-8', 'iso-8859-1'],
  ['', 'windows-1252', 'iso-8859-1'],
  ['', 'utf-8', 'us-ascii'],
  ['', 'utf-16', undefined],
  ['', undefined, 'utf-16'],
  ['', 'utf-16', 'utf-8'],
  ['\ufeff', 'utf-16', undefined],
  ['\ufeff', 'windows-1252', undefined],
  ['\ufeff', undefined, 'iso-8859-1'],
  ['\ufeff', 'utf-8', 'utf-16le'],
  ['\ufeff', 'us-ascii', 'utf-8'],
  ['', 'x-user-defined', 'utf-8'],
  ['', 'utf-8', 'x-user-defined'],
  ['', 'utf-7', undefined],
  ['', 'shift_jis', undefined],
])('what contradicts itself or is not known is not decided for the sender: %j, %j, %j', (mark, declared, charset) => {
  // The document is of ASCII alone, so that it is the same in most of these.
  expect(refusal(utf8(`${mark}${document('a', declared)}`), charset).code).toBe('encoding');
});

test.each([
  'UTF-8',
  'utf-8',
  'Utf8',
  'UTF-16',
  'utf-16LE',
  'ISO-8859-1',
  'LATIN1',
  'Windows-1252',
  'CP1252',
  'US-ASCII',
  'Ascii',
])('an encoding may be named in any case, by its usual names: %s', (label) => {
  const text = document('a', label);
  const bytes = /16/.test(label) ? utf16le(text) : utf8(text);
  expect(toUtf8(bytes, label.toUpperCase()).toString('utf8')).toBe(text);
  expect(toUtf8(bytes, label.toLowerCase()).toString('utf8')).toBe(text);
});

test.each([1, 100, 150, 200, 1000, 100_000])('a declaration counts however much white space it has: %i', (blanks) => {
  const text = `<?xml version="1.0"${' '.repeat(blanks)}encoding="iso-8859-1"?><a>Ã¥</a>`;
  // In UTF-8 these bytes are another letter.
  expect(parseXml(latin1(text)).children).toEqual(['Ã¥']);
  expect(refusal(latin1(text), 'utf-8').code).toBe('encoding');
});
