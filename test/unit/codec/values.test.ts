import { DateTime } from '../../../lib/codec/date-time.js';
import { schemasOf } from '../../../lib/codec/schema.js';
import { collapse, isWritableName, lexicalForms, readEnum, readFlags } from '../../../lib/codec/values.js';

type Kind = keyof typeof lexicalForms;

const { enumeration, flags } = schemasOf('urn:example');
const Colour = enumeration('Colour', 'int', { Red: 0, Green: 1 });
const Colours = flags('Colours', 'int', { Red: 1, Green: 2 });

const bytes = (...list: number[]): Uint8Array => new Uint8Array(list);

test.each<[Kind, string, unknown, string?]>([
  // kind, text, value, text that is written for the value where it is another
  ['int', '0', 0],
  ['int', '-1', -1],
  ['int', '+7', 7, '7'],
  ['int', '0007', 7, '7'],
  ['int', '-0', 0, '0'],
  ['int', '2147483647', 2147483647],
  ['int', '-2147483648', -2147483648],
  ['short', '32767', 32767],
  ['short', '-32768', -32768],
  ['boolean', 'true', true],
  ['boolean', 'false', false],
  ['boolean', '1', true, 'true'],
  ['boolean', '0', false, 'false'],
  ['double', '0', 0],
  ['double', '-0', -0],
  ['double', '1.5', 1.5],
  ['double', '1.', 1, '1'],
  ['double', '.5', 0.5, '0.5'],
  ['double', '+1.50', 1.5, '1.5'],
  ['double', '1.2345E-06', 0.0000012345, '0.0000012345'],
  ['double', '1e21', 1e21, '1e+21'],
  ['double', '1e+21', 1e21],
  ['double', '1e400', Number.POSITIVE_INFINITY, 'INF'],
  ['double', 'INF', Number.POSITIVE_INFINITY],
  ['double', '-INF', Number.NEGATIVE_INFINITY],
  ['double', 'NaN', Number.NaN],
  ['dateTime', '2024-02-29T23:59:58.1234567', DateTime.from('2024-02-29T23:59:58.1234567')],
  ['dateTime', '0001-01-01T00:00:00', null],
  ['dateTime', '0001-01-01T00:00:00Z', null, '0001-01-01T00:00:00'],
  ['duration', 'PT0S', 'PT0S'],
  ['duration', 'PT8H', 'PT8H'],
  ['duration', 'PT15H30M', 'PT15H30M'],
  ['duration', 'P1D', 'P1D'],
  ['duration', 'P1DT1H1M1.5S', 'P1DT1H1M1.5S'],
  ['duration', '-PT1H30M', '-PT1H30M'],
  ['duration', 'PT90M', 'PT90M'],
  ['duration', 'P10675199DT2H48M5.4775807S', 'P10675199DT2H48M5.4775807S'],
  ['duration', '-P10675199DT2H48M5.4775808S', '-P10675199DT2H48M5.4775808S'],
  ['base64Binary', '', bytes()],
  ['base64Binary', 'AQID', bytes(1, 2, 3)],
  ['base64Binary', '/+8=', bytes(255, 239)],
  ['base64Binary', 'AQ==', bytes(1)],
  ['base64Binary', 'AQ\n ID', bytes(1, 2, 3), 'AQID'],
  ['QName', 'a', 'a'],
  ['QName', 'x:a', 'a', 'a'],
  ['QName', '', ''],
])('%s: the text "%s" is a value and is written again', (kind, text, value, written = text) => {
  const { read, write } = lexicalForms[kind];
  expect(read(text)).toStrictEqual(value);
  expect(write(value)).toBe(written);
});

test.each<[Kind, string]>([
  ['int', ''],
  ['int', '-'],
  ['int', '+'],
  ['int', '1.0'],
  ['int', '1e3'],
  ['int', '0x10'],
  ['int', '1 000'],
  ['int', '1,000'],
  ['int', '--1'],
  ['int', '2147483648'],
  ['int', '-2147483649'],
  ['int', '99999999999999999999'],
  ['int', '١'],
  ['int', '1\n'],
  ['int', 'NaN'],
  ['short', '32768'],
  ['short', '-32769'],
  ['boolean', ''],
  ['boolean', 'True'],
  ['boolean', 'TRUE'],
  ['boolean', 'yes'],
  ['boolean', '2'],
  ['boolean', '01'],
  ['double', ''],
  ['double', '.'],
  ['double', 'e5'],
  ['double', '1e'],
  ['double', '1,5'],
  ['double', '0x1'],
  ['double', 'Infinity'],
  ['double', '+INF'],
  ['double', 'inf'],
  ['double', 'NAN'],
  ['double', 'nan'],
  ['double', 'constructor'],
  ['double', 'toString'],
  ['double', '__proto__'],
  ['dateTime', ''],
  ['dateTime', '2024-02-30T00:00:00'],
  ['duration', ''],
  ['duration', 'P'],
  ['duration', 'PT'],
  ['duration', 'P1DT'],
  ['duration', '8H'],
  ['duration', 'PT8'],
  ['duration', 'P8H'],
  ['duration', 'P1M'],
  ['duration', 'P1Y'],
  ['duration', 'P1W'],
  ['duration', 'PT1M1H'],
  ['duration', 'PT1.5H'],
  ['duration', 'PT1.S'],
  ['duration', 'PT.5S'],
  ['duration', 'PT-1H'],
  ['duration', '+PT1H'],
  ['duration', 'pt1h'],
  ['duration', '08:30:00'],
  ['duration', 'P10675200D'],
  ['duration', '-P10675200D'],
  ['base64Binary', 'A'],
  ['base64Binary', 'AQ'],
  ['base64Binary', 'AQ='],
  ['base64Binary', 'AQI-'],
  ['base64Binary', 'AQ==AQ=='],
  ['base64Binary', '===='],
])('%s: the text "%s" is no value', (kind, text) => {
  expect(lexicalForms[kind].read(text)).toBe(undefined);
});

test.each<[Kind, unknown]>([
  ['int', '1'],
  ['int', 1.5],
  ['int', Number.NaN],
  ['int', 2 ** 31],
  ['int', -(2 ** 31) - 1],
  ['int', true],
  ['int', null],
  ['int', undefined],
  ['int', 1n],
  ['int', new Number(1)],
  ['short', 32768],
  ['short', -32769],
  ['boolean', 1],
  ['boolean', 'true'],
  ['boolean', null],
  ['double', '1'],
  ['double', null],
  ['dateTime', '2024-02-29T00:00:00Z'],
  ['dateTime', 0],
  ['dateTime', undefined],
  ['dateTime', new Date(Number.NaN)],
  ['dateTime', new Date(Date.UTC(10000, 0))],
  ['dateTime', new Date('-000001-01-01T00:00:00Z')],
  ['dateTime', Object.assign(new Date(0), { lexical: 'no dateTime' })],
  ['duration', 'P1M'],
  ['duration', 3600],
  ['duration', null],
  ['base64Binary', 'AQID'],
  ['base64Binary', [1, 2, 3]],
  ['QName', null],
])('%s: %p is not written', (kind, value) => {
  expect(lexicalForms[kind].write(value)).toBe(undefined);
});

test('bytes that are a part of a larger buffer are written alone', () => {
  expect(lexicalForms.base64Binary.write(bytes(9, 1, 2, 3, 9).subarray(1, 4))).toBe('AQID');
});

test('collapse takes the white space of XML away at both ends and no other', () => {
  expect(collapse('\t\n\r a b \t\n\r')).toBe('a b');
  expect(collapse('\u00a0a\u2003')).toBe('\u00a0a\u2003');
  expect(collapse(' \n')).toBe('');
});

test.each<[string, string | undefined]>([
  ['Red', 'Red'],
  ['Blue', 'Blue'],
  ['77', '77'],
  ['', undefined],
  ['Red Green', undefined],
])('the enum text "%s" is read as %p', (text, value) => {
  expect(readEnum(Colour, text)).toBe(value);
});

test.each<[string, readonly string[]]>([
  ['', []],
  ['Red', ['Red']],
  ['Red Green', ['Red', 'Green']],
  ['Red\n\t Blue', ['Red', 'Blue']],
])('the flags "%s" are read as %p', (text, value) => {
  expect(readFlags(Colours, text)).toEqual(value);
});

test.each<[unknown, boolean, boolean]>([
  // name, whether a request may have it, whether a reply may
  ['Red', true, true],
  ['Blue', false, true],
  ['red', false, true],
  ['constructor', false, true],
  ['__proto__', false, true],
  ['', false, false],
  ['Red Green', false, false],
  ['Red\n', false, false],
  [0, false, false],
  [null, false, false],
])('the name %p may stand in a request: %p, in a reply: %p', (name, request, reply) => {
  for (const schema of [Colour, Colours]) {
    expect(isWritableName(schema, name, 'request')).toBe(request);
    expect(isWritableName(schema, name, 'reply')).toBe(reply);
  }
});
