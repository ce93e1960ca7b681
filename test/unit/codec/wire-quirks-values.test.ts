/**
 * How SOAP stacks write values: dates and durations, numbers, names, and the characters of texts. What is read is what
 * was written; what is sent is what all of them can read.
 */
import type { DateTime } from '../../../lib/codec/date-time.js';
import { parseXml } from '../../../lib/codec/xml.js';
import { decodeReply, decodeRequest, encodeReply, encodeRequest } from '../../../lib/codec.js';
import { InputError, ProtocolError } from '../../../lib/errors.js';
import { Chat } from '../../../lib/generated/chat.js';
import { type Markup, S88, SOAP, stacks } from './stacks.js';

/** A message with this content, by every stack: what it is read as is the same from all. */
function readMessage(content: Markup): Readonly<Record<string, unknown>> {
  const members = `<m:Response><m:ChatMessage>${content}</m:ChatMessage></m:Response>`;
  const read = stacks.map(
    (stack) => decodeReply(Chat.getChatMessages, stack.reply('GetChatMessagesResponse', members)).output?.[0],
  );
  for (const each of read) expect(each).toEqual(read[0]);
  return (read[0] ?? {}) as Readonly<Record<string, unknown>>;
}

/** A session with this content, by one stack. */
function readSession(content: Markup): unknown {
  const document = stacks[0]?.reply('GetChatSessionEntityResponse', `<m:Response>${content}</m:Response>`) ?? '';
  return decodeReply(Chat.getChatSessionEntity, document).output;
}

function refusal(read: () => unknown): ProtocolError | InputError {
  try {
    read();
  } catch (error) {
    if (error instanceof ProtocolError || error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The text of a message that was sent, as it stands in the request. */
const sent = (message: string): string | undefined =>
  /<Message><Message>([\s\S]*)<\/Message><\/Message>/.exec(
    encodeRequest(Chat.addChatMessage, { chatSessionId: 1, message: { message } }),
  )?.[1];

describe('a date', () => {
  const whenPosted = (text: string): unknown => readMessage(`<m:WhenPosted>${text}</m:WhenPosted>`).whenPosted;

  test.each<[string, string, string | undefined, string]>([
    // as it was written, by whom, its zone, the instant
    ['2024-02-29T23:59:58Z', 'WCF of a time in UTC', 'Z', '2024-02-29T23:59:58.000Z'],
    ['2024-02-29T23:59:58.5+01:00', 'WCF of a time of its own zone', '+01:00', '2024-02-29T22:59:58.500Z'],
    ['2024-02-29T23:59:58', 'WCF of a time without a zone', undefined, '2024-02-29T23:59:58.000Z'],
    ['2024-02-29T23:59:58.1234567Z', 'WCF with all its digits', 'Z', '2024-02-29T23:59:58.123Z'],
    ['2024-02-29T23:59:58.0000001Z', 'WCF with its smallest fraction', 'Z', '2024-02-29T23:59:58.000Z'],
    ['2024-02-29T23:59:58.749645Z', 'WCF without the zeros at the end', 'Z', '2024-02-29T23:59:58.749Z'],
    ['2024-02-29T23:59:58.000000Z', 'gSOAP, which always has six digits', 'Z', '2024-02-29T23:59:58.000Z'],
    ['2024-02-29T23:59:58.123457+00:00', 'zeep, which has no Z', '+00:00', '2024-02-29T23:59:58.123Z'],
    ['2024-02-29T23:59:58-14:00', 'the zone that is farthest west', '-14:00', '2024-03-01T13:59:58.000Z'],
    ['9999-12-31T23:59:59.9999999', 'WCF of its last moment', undefined, '9999-12-31T23:59:59.999Z'],
    ['0002-01-01T00:00:00', 'the first year that is a date', undefined, '0002-01-01T00:00:00.000Z'],
  ])('%s keeps its text, its digits and its zone (%s)', (text, _by, zone, instant) => {
    const date = whenPosted(text) as DateTime;
    expect(date).toMatchObject({ lexical: text, zone });
    expect(date.toISOString()).toBe(instant);
    const again = encodeRequest(Chat.addChatMessage, { chatSessionId: 1, message: { whenPosted: date } });
    expect(again).toContain(`<WhenPosted>${text}</WhenPosted>`);
  });

  test.each([
    '0001-01-01T00:00:00',
    '0001-01-01T00:00:00Z',
    '0001-01-01T01:00:00+01:00',
    '0001-01-01T00:00:00.0000000',
    '1-01-01T00:00:00.000000Z',
  ])('of the year 1 is no date, also where it is no dateTime, as gSOAP writes it: %s', (text) => {
    expect(whenPosted(text)).toBe(null);
  });

  test.each([
    '',
    '2024-02-29',
    '2024-02-29 23:59:58',
    '2024-2-29T23:59:58Z',
    '29.02.2024 23:59:58',
    '1709251198',
    '2-01-01T00:00:00Z',
    '1-13-01T00:00:00Z',
  ])('that is none of these is refused, with its place: "%s"', (text) => {
    expect(refusal(() => whenPosted(text))).toMatchObject({
      code: 'schema',
      path: expect.stringMatching(/ChatMessage\/WhenPosted$/),
    });
  });

  test('that is nil or left out is told from one that is year 1', () => {
    expect(readMessage('<m:WhenPosted i:nil="true"/>')).toEqual({});
    expect(readMessage('')).toEqual({});
    expect(readMessage('<m:WhenPosted>0001-01-01T00:00:00</m:WhenPosted>')).toEqual({ whenPosted: null });
  });
});

describe('a duration', () => {
  /** The opening hour of a day, by every stack. */
  function monStart(text: string): unknown {
    const members = `<m:Response><m:OpeningHours><m:MonStart>${text}</m:MonStart></m:OpeningHours></m:Response>`;
    const [first, ...others] = stacks.map(
      (stack) =>
        decodeReply(Chat.getChatTopicEntity, stack.reply('GetChatTopicEntityResponse', members)).output?.openingHours
          ?.monStart,
    );
    for (const other of others) expect(other).toBe(first);
    return first;
  }

  test.each([
    'PT8H',
    'PT15H30M',
    'PT0S',
    'P1D',
    'PT1.5S',
    '-PT1H30M',
    'P1DT2H3M4.0000005S',
    'P10675199DT2H48M5.4775807S',
    '-P10675199DT2H48M5.4775808S',
  ])('is kept as it is written, up to the first and the last of .NET: %s', (text) => {
    expect(monStart(text)).toBe(text);
    const request = encodeRequest(Chat.saveChatTopicEntity, { chatTopicEntity: { openingHours: { monStart: text } } });
    expect(request).toContain(`<MonStart>${text}</MonStart>`);
  });

  test.each(['', '08:00:00', 'P', '8H', 'P10675200D'])('that is none is refused: "%s"', (text) => {
    expect(refusal(() => monStart(text)).code).toBe('schema');
  });
});

describe('a number', () => {
  const member = (name: string, text: string): unknown =>
    Object.values(readMessage(`<m:${name}>${text}</m:${name}>`))[0];

  test.each<[string, string, number]>([
    ['ChatMessageId', '2147483647', 2147483647],
    ['ChatMessageId', '-2147483648', -2147483648],
    ['ChatMessageId', '+7', 7],
    ['ChatMessageId', '007', 7],
    ['ChatMessageId', '-0', 0],
    ['ReadByCustomer', '32767', 32767],
    ['ReadByCustomer', '-32768', -32768],
    ['ReadByCustomer', ' \n1\t', 1],
  ])('%s is read within its limits: %j', (name, text, value) => {
    expect(member(name, text)).toBe(value);
  });

  test.each<[string, string]>([
    ['ChatMessageId', '2147483648'],
    ['ChatMessageId', '-2147483649'],
    ['ChatMessageId', '1.0'],
    ['ChatMessageId', '1e3'],
    ['ChatMessageId', '0x10'],
    ['ChatMessageId', ''],
    ['ReadByCustomer', '32768'],
    ['ReadByCustomer', '-32769'],
    ['ReadByCustomer', 'true'],
  ])('%s is refused beyond its limits, and where it is none: "%s"', (name, text) => {
    expect(refusal(() => member(name, text))).toMatchObject({
      code: 'schema',
      path: expect.stringContaining(`/${name}`),
    });
  });

  test.each<[string, number]>([
    ['INF', Number.POSITIVE_INFINITY],
    ['-INF', Number.NEGATIVE_INFINITY],
    ['NaN', Number.NaN],
    ['-0', -0],
    ['1.2345E-06', 1.2345e-6],
    ['1E+21', 1e21],
    ['.5', 0.5],
    ['1.', 1],
  ])('with fractions is read as .NET and gSOAP write it: %s', (text, value) => {
    expect(readSession(`<m:Sale><m:Amount>${text}</m:Amount></m:Sale>`)).toEqual({ sale: { amount: value } });
    const { sale } = readSession(`<m:Sale><m:Amount>${text}</m:Amount></m:Sale>`) as { sale: { amount: number } };
    expect(Object.is(sale.amount, value)).toBe(true);
  });

  test.each(['NAN', 'inf', 'Infinity', '1,5', ''])(
    'with fractions is refused in any other form, as that of PHP: "%s"',
    (text) => {
      const error = refusal(() => readSession(`<m:Sale><m:Amount>${text}</m:Amount></m:Sale>`));
      expect(error).toMatchObject({ code: 'schema', path: expect.stringMatching(/Sale\/Amount$/) });
    },
  );

  test('with fractions is sent in forms that all of them read', () => {
    const text = (amount: number): string | undefined =>
      /<Amount>(.*)<\/Amount>/.exec(
        encodeRequest(Chat.saveChatSessionEntity, { chatSessionEntity: { sale: { amount } } }),
      )?.[1];
    expect([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, -0, 1.5].map(text)).toEqual([
      'INF',
      '-INF',
      'NaN',
      '-0',
      '1.5',
    ]);
  });
});

test.each<[string, boolean]>([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
  [' true\n', true],
])('a boolean is read as a word or a digit: %j', (text, value) => {
  for (const stack of stacks) {
    const document = stack.reply('IsWithinOpeningHoursResponse', `<m:Response>${text}</m:Response>`);
    expect(decodeReply(Chat.isWithinOpeningHours, document).output).toBe(value);
  }
});

test.each(['True', 'TRUE', 'yes', '', '2', 'null'])('a boolean is nothing else: "%s"', (text) => {
  const document = stacks[0]?.reply('IsWithinOpeningHoursResponse', `<m:Response>${text}</m:Response>`) ?? '';
  expect(refusal(() => decodeReply(Chat.isWithinOpeningHours, document)).code).toBe('schema');
});

describe('a name of an enumeration', () => {
  test.each(['ToCustomer', 'OfANewerServer', '77', '-1'])(
    'is kept, known or not, and also where gSOAP writes its number: %s',
    (text) => {
      expect(readMessage(`<m:Type>${text}</m:Type>`)).toEqual({ type: text });
      expect(readMessage(`<m:Type>\n ${text}\t</m:Type>`)).toEqual({ type: text });
    },
  );

  test.each(['', ' ', 'To Customer'])('is one word: "%s"', (text) => {
    expect(refusal(() => readMessage(`<m:Type>${text}</m:Type>`)).code).toBe('schema');
  });

  test('that the contract does not have is not sent', () => {
    const type = '77' as 'ToCustomer';
    const error = refusal(() => encodeRequest(Chat.addChatMessage, { chatSessionId: 1, message: { type } }));
    expect(error).toMatchObject({ code: 'input', path: 'message.type' });
  });

  test('is one of any number where they are flags', () => {
    expect(readSession('<m:Flags>CustomerConsented</m:Flags>')).toEqual({ flags: ['CustomerConsented'] });
    expect(readSession('<m:Flags>\n UserIsTyping \t New </m:Flags>')).toEqual({ flags: ['UserIsTyping', 'New'] });
    expect(readSession('<m:Flags/>')).toEqual({ flags: [] });
    expect(readSession('<m:Flags> </m:Flags>')).toEqual({ flags: [] });
  });
});

describe('a text', () => {
  const message = (text: string): unknown => readMessage(`<m:Message>${text}</m:Message>`).message;

  test.each<[string, string, string]>([
    ['blanks at its ends and line ends', '  a\n\tb  ', '  a\n\tb  '],
    ['blanks alone', ' \n ', ' \n '],
    ['digits and words that look like values', '0012', '0012'],
    ['a carriage return as .NET and gSOAP write it', 'a&#xD;\nb&#xd;', 'a\r\nb\r'],
    ['a carriage return as PHP writes it', 'a&#13;\nb', 'a\r\nb'],
    ['tabs and line ends as node soap writes them', 'a&#x9;b&#xD;&#xA;c', 'a\tb\r\nc'],
    ['quotes as node soap writes them', '&quot;a&apos;', `"a'`],
    ['"]]>"', 'a]]&gt;b', 'a]]>b'],
    ['CDATA', 'a<![CDATA[<b>&amp;]]>c', 'a<b>&amp;c'],
    ['what looks like a reference', '&amp;#x1F;&amp;lt;', '&#x1F;&lt;'],
    ['characters beyond the first plane', '🚲&#x1F6B2;&#128690;', '🚲🚲🚲'],
    ['line ends of other alphabets', 'a\u0085b\u2028c', 'a\u0085b\u2028c'],
    ['control characters as .NET and gSOAP write them', 'a&#x1F;b&#x1;', 'a\u001fb\u0001'],
    ['control characters in decimals', '&#31;&#1;&#8;', '\u001f\u0001\u0008'],
  ])('may have %s', (_what, text, value) => {
    expect(message(text)).toBe(value);
  });

  test.each(['\u001f', '\u0001', '\u0000', '\u000b'])(
    'has no control character as a raw byte, as PHP writes it: %j',
    (char) => {
      const error = refusal(() => message(`a${char}b`));
      expect(error).toMatchObject({ code: 'xml-syntax', path: expect.stringMatching(/ChatMessage\/Message$/) });
      expect(error.message).toContain(`U+${char.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`);
    },
  );

  test('has control characters by reference in replies alone', () => {
    const request = `<s:Envelope xmlns:s="${SOAP}"><s:Body><AddChatMessage xmlns="${S88}"><Message><Message>a&#x1F;</Message></Message></AddChatMessage></s:Body></s:Envelope>`;
    expect(refusal(() => decodeRequest([Chat], request)).code).toBe('xml-syntax');
    expect(refusal(() => parseXml('<a>&#x1F;</a>')).code).toBe('xml-syntax');
    expect(refusal(() => message('&#0;')).code).toBe('xml-syntax');
  });
});

describe('a text that is sent', () => {
  test.each<[string, string, string]>([
    ['markup', '<b>&amp;', '&lt;b&gt;&amp;amp;'],
    ['the end of CDATA', ']]>', ']]&gt;'],
    ['what looks like CDATA', '<![CDATA[a]]>', '&lt;![CDATA[a]]&gt;'],
    ['carriage returns', 'a\r\nb\r', 'a&#xD;\nb&#xD;'],
    ['tabs and line feeds', 'a\tb\n', 'a\tb\n'],
    ['blanks at its ends', '  a ', '  a '],
    ['quotes', `"a'`, `"a'`],
    ['characters beyond ASCII', 'Grüße 日本 🚲\u0085\u2028', 'Grüße 日本 🚲\u0085\u2028'],
  ])('has %s in the form that all of them read', (_what, text, written) => {
    expect(sent(text)).toBe(written);
    const request = encodeRequest(Chat.addChatMessage, { chatSessionId: 1, message: { message: text } });
    expect(request).not.toContain('<![CDATA[');
    expect(decodeRequest([Chat], request).input).toEqual({ chatSessionId: 1, message: { message: text } });
    const reply = encodeReply(Chat.getChatMessages, [{ message: text }]);
    expect(decodeReply(Chat.getChatMessages, reply).output).toEqual([{ message: text }]);
  });

  test.each(['\u0000', '\u0001', '\u0008', '\u000b', '\u001f', '\ufffe', '\uffff', '\ud83d', '\ude00'])(
    'has no character that XML does not have, and the error says where: %j',
    (char) => {
      const send = () => encodeRequest(Chat.addChatMessage, { chatSessionId: 1, message: { message: `a${char}b` } });
      expect(refusal(send)).toMatchObject({ kind: 'input', path: 'message.message', operation: 'Chat.AddChatMessage' });
    },
  );
});
