/**
 * DateTime keeps every text of `xs:dateTime` and knows its instant, over the whole calendar.
 */
import fc from 'fast-check';
import { lexicalForms } from '../../lib/codec/values.js';
import { Chat, DateTime, decodeReply, encodeReply } from '../../lib/codec.js';
import { effort } from './effort.js';
import { date, dateText, text } from './texts.js';

/** The instant by JavaScript's own parser, which knows milliseconds and wants a zone. */
function instantOf(lexical: string): number {
  const [, seconds = '', fraction = '', zone = ''] = /^([^.Z+]{19})(?:\.(\d+))?(.*)$/.exec(lexical) ?? [];
  return Date.parse(`${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${zone === '' ? 'Z' : zone}`);
}

const messagePosted = (whenPosted: Date | null) =>
  encodeReply(Chat.addChatMessage, { whenPosted: whenPosted as DateTime });

test('a text that was read is the text that is kept, sent and put into JSON', () => {
  fc.assert(
    fc.property(dateText('0001'), (lexical) => {
      const value = DateTime.from(lexical);
      expect(value.lexical).toBe(lexical);
      expect(JSON.stringify(value)).toBe(JSON.stringify(lexical));
      expect(messagePosted(value)).toContain(`<WhenPosted>${lexical}</WhenPosted>`);
    }),
    effort(30),
  );
});

test('the instant and the zone are those that the text states, UTC where it states none', () => {
  fc.assert(
    fc.property(dateText('0001'), (lexical) => {
      const value = DateTime.from(lexical);
      expect(value.getTime()).toBe(instantOf(lexical));
      expect(value.zone).toBe(/Z$|[+-]..:..$/.exec(lexical)?.[0]);
    }),
    effort(30),
  );
});

test('year 1 is read as null, whatever the time and the zone are', () => {
  fc.assert(
    fc.property(dateText('0001', '0001'), (lexical) => {
      const { output } = decodeReply(Chat.addChatMessage, messagePosted(DateTime.from(lexical)));
      expect(output).toStrictEqual({ whenPosted: null });
    }),
    effort(10),
  );
});

test('any Date of the years 2 to 9999 arrives as the same instant', () => {
  fc.assert(
    fc.property(date('0002'), (sent) => {
      const { output } = decodeReply(Chat.addChatMessage, messagePosted(sent));
      expect(output?.whenPosted?.getTime()).toBe(sent.getTime());
      expect(output?.whenPosted?.zone).toBe('Z');
    }),
    effort(10),
  );
});

test('a text in which one character was changed is refused, or still the text that is kept', () => {
  const form =
    /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)?$/;
  const replacement = fc.oneof(fc.constantFrom(...'0123456789-:.TZ+ '), text);
  fc.assert(
    fc.property(dateText('0001'), fc.nat({ max: 34 }), replacement, (lexical, at, character) => {
      const changed = lexical.slice(0, at) + character + lexical.slice(at + 1);
      const value = lexicalForms.dateTime.read(changed);
      // JavaScript's parser takes a day too many as one of the next month.
      const valid = form.test(changed) && !changed.startsWith('0000') && dayExists(changed);
      expect(value !== undefined).toBe(valid);
      if (value instanceof DateTime) expect(value.lexical).toBe(changed);
    }),
    effort(60),
  );
});

/** Whether the day is one of the calendar, by JavaScript's own. */
const dayExists = (lexical: string): boolean => {
  const day = new Date(`${lexical.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === lexical.slice(0, 10);
};

test('a text with a part out of range is refused', () => {
  const tooMuch = fc.constantFrom(
    ...([
      [0, '0000'],
      [5, '00'],
      [5, '13'],
      [8, '00'],
      [8, '32'],
      [11, '24'],
      [14, '60'],
      [17, '60'],
      [17, '61'],
    ] as const),
  );
  fc.assert(
    fc.property(dateText('0001'), tooMuch, (lexical, [at, part]) => {
      expect(() => DateTime.from(lexical.slice(0, at) + part + lexical.slice(at + part.length))).toThrow(RangeError);
    }),
    effort(10),
  );
  for (const day of [
    '1800-02-29',
    '1900-02-29',
    '2023-02-29',
    '2200-02-29',
    '2024-02-30',
    '2024-04-31',
    '2024-09-31',
  ]) {
    expect(() => DateTime.from(`${day}T00:00:00`)).toThrow(RangeError);
  }
  for (const zone of [
    '+14:01',
    '-14:01',
    '+15:00',
    '+24:00',
    '+10:60',
    '+1:00',
    '+1000',
    'z',
    '+00:00Z',
    'Z ',
    'UTC',
  ]) {
    expect(() => DateTime.from(`2024-01-01T00:00:00${zone}`)).toThrow(RangeError);
  }
});
