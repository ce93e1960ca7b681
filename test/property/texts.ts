/**
 * Arbitraries of simple values: every text that XML can carry, and every number, date and duration of the contract.
 */
import fc, { type Arbitrary } from 'fast-check';
import { DateTime } from '../../lib/codec.js';

/** Pieces that a reader or writer of XML may get wrong. */
const pieces = [
  ...['&', '<', '>', '"', "'", ']', ']]', ']]>', '\r', '\n', '\r\n', '\t', ' ', '  '],
  ...[
    '&amp;',
    '&lt;b&gt;',
    '&#10;',
    '&#xD;',
    '&#x1;',
    '&nbsp;',
    '<![CDATA[',
    '<!--',
    '-->',
    '--',
    '<?x?>',
    '</a>',
    '<a/>',
  ],
  ...['\u007f', '\u0085', '\u00a0', '\u2028', '\u2029', '\ufeff', '\ud7ff', '\ue000', '\ufffd'],
  ...['\u{10000}', '\u{1f600}', '\u{1fffe}', '\u{10ffff}', 'é', 'e\u0301', '日本', 'true', '0012', 'null', '__proto__'],
];

const between = (min: number, max: number): Arbitrary<string> =>
  fc.integer({ min, max }).map((code) => String.fromCodePoint(code));

const unit = fc.oneof(
  { weight: 4, arbitrary: between(0x20, 0x7e) },
  { weight: 4, arbitrary: fc.constantFrom(...pieces) },
  { weight: 1, arbitrary: between(0x80, 0x7ff) },
  { weight: 1, arbitrary: between(0x800, 0xd7ff) },
  { weight: 1, arbitrary: between(0xe000, 0xfffd) },
  { weight: 1, arbitrary: between(0x10000, 0x10ffff) },
);

/** Any text that XML can carry; most are short, so that there is room for many. */
export const text: Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit, maxLength: 8 }) },
  { weight: 1, arbitrary: fc.string({ unit: between(0x20, 0x7e), maxLength: 90, size: 'max' }) },
);

/** A name that no contract knows: anything without XML's white space. */
export const unknownName: Arbitrary<string> = text
  .map((any) => any.replace(/[\t\n\r ]/g, ''))
  .filter((name) => name !== '');

const digits = (maxLength: number): Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength });

const fraction = fc.oneof(
  { weight: 1, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: digits(7).map((some) => `.${some}`) },
);

const two = (number: number): string => String(number).padStart(2, '0');

const zone = fc.oneof(
  fc.constantFrom('', 'Z', '+00:00', '-00:00', '+14:00', '-14:00'),
  fc
    .tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 839 }))
    .map(([sign, minutes]) => `${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`),
);

/** Any Date of the years, the first and the last of them included. */
export const date = (from: string, to = '9999'): Arbitrary<Date> =>
  fc.date({
    min: new Date(`${from}-01-01T00:00:00Z`),
    max: new Date(`${to}-12-31T23:59:59.999Z`),
    noInvalidDate: true,
  });

/** Days that only some years have. */
const leapDays = ['0004', '0400', '1600', '2000', '2024', '9996'].map((year) => new Date(`${year}-02-29T12:00:00Z`));

/** The texts of `xs:dateTime` from a year on: all days, no to seven fraction digits, and any zone or none. */
export const dateText = (from: string, to?: string): Arbitrary<string> =>
  fc
    .tuple(
      fc.oneof(
        { weight: 9, arbitrary: date(from, to) },
        { weight: to === undefined ? 1 : 0, arbitrary: fc.constantFrom(...leapDays) },
      ),
      fraction,
      zone,
    )
    .map(([day, part, where]) => day.toISOString().slice(0, 19) + part + where);

/** What may be sent as a dateTime and comes back: null stands for year 1. */
export const dateTime: Arbitrary<Date | null> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: date('0002') },
  { weight: 5, arbitrary: dateText('0002').map((lexical) => DateTime.from(lexical)) },
);

const part = (letter: string, max: number, rest: Arbitrary<string> = fc.constant('')): Arbitrary<string> =>
  fc.oneof(
    fc.constant(''),
    fc.tuple(fc.integer({ min: 0, max }), rest).map(([count, more]) => `${count}${more}${letter}`),
  );

/** Durations within the range of the contract, some of them to its very ends. */
export const duration: Arbitrary<string> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constantFrom('P10675199DT2H48M5.4775807S', '-P10675199DT2H48M5.4775808S', 'PT90M', 'PT0S'),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('', '-'), part('D', 10675198), part('H', 23), part('M', 59), part('S', 59, fraction))
      .map(([sign, days, ...time]) => `${sign}P${days}${time.join('') && `T${time.join('')}`}`)
      .filter((written) => !written.endsWith('P')),
  },
);
