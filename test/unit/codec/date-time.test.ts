import { inspect } from 'node:util';
import { DateTime, lexicalOf, NO_VALUE, readDateTime } from '../../../lib/codec/date-time.js';

const at = (text: string): number => Date.parse(text);

test.each<[string, number, string | undefined]>([
  ['2024-02-29T23:59:58Z', at('2024-02-29T23:59:58Z'), 'Z'],
  ['2024-02-29T23:59:58', at('2024-02-29T23:59:58Z'), undefined],
  ['2024-02-29T23:59:58+02:00', at('2024-02-29T21:59:58Z'), '+02:00'],
  ['2024-02-29T23:59:58-05:30', at('2024-03-01T05:29:58Z'), '-05:30'],
  ['2024-02-29T23:59:58+00:00', at('2024-02-29T23:59:58Z'), '+00:00'],
  ['2024-02-29T23:59:58-00:00', at('2024-02-29T23:59:58Z'), '-00:00'],
  ['2024-02-29T23:59:58+14:00', at('2024-02-29T09:59:58Z'), '+14:00'],
  ['2024-02-29T23:59:58.5Z', at('2024-02-29T23:59:58.500Z'), 'Z'],
  ['2024-02-29T23:59:58.05', at('2024-02-29T23:59:58.050Z'), undefined],
  ['2024-02-29T23:59:58.1234567Z', at('2024-02-29T23:59:58.123Z'), 'Z'],
  ['2024-02-29T23:59:58.1239999+01:00', at('2024-02-29T22:59:58.123Z'), '+01:00'],
  ['2024-02-29T23:59:58.0000001Z', at('2024-02-29T23:59:58.000Z'), 'Z'],
  ['2024-02-29T23:59:58.123456789012Z', at('2024-02-29T23:59:58.123Z'), 'Z'],
  ['1970-01-01T00:00:00Z', 0, 'Z'],
  ['1969-12-31T23:59:59.999Z', -1, 'Z'],
  ['1900-03-01T00:00:00Z', at('1900-03-01T00:00:00Z'), 'Z'],
  ['2000-02-29T00:00:00Z', at('2000-02-29T00:00:00Z'), 'Z'],
  ['0002-01-01T00:00:00Z', at('0002-01-01T00:00:00Z'), 'Z'],
  ['9999-12-31T23:59:59.9999999', at('9999-12-31T23:59:59.999Z'), undefined],
])('%s is an instant that keeps its text', (text, time, zone) => {
  const read = DateTime.from(text);
  expect(read).toBeInstanceOf(Date);
  expect(read.getTime()).toBe(time);
  expect(read.lexical).toBe(text);
  expect(read.zone).toBe(zone);
  expect(JSON.stringify({ read })).toBe(`{"read":"${text}"}`);
  expect(lexicalOf(read)).toBe(text);
  expect(readDateTime(text)).toEqual(read);
});

test('every day is the day that Date has', () => {
  for (let day = -719_000; day < 2_900_000; day += 997) {
    const text = new Date(day * 86_400_000).toISOString();
    expect(DateTime.from(text).getTime()).toBe(day * 86_400_000);
  }
});

test.each([
  [''],
  ['today'],
  ['2024-02-29'],
  ['2024-02-29T23:59Z'],
  ['2024-02-29 23:59:58Z'],
  ['2024-02-29T23:59:58z'],
  ['2024-02-29t23:59:58Z'],
  ['2024-2-29T23:59:58Z'],
  ['24-02-29T23:59:58Z'],
  ['0000-01-01T00:00:00Z'],
  ['-0001-01-01T00:00:00Z'],
  ['10000-01-01T00:00:00Z'],
  ['+2024-02-29T23:59:58Z'],
  ['2024-00-01T00:00:00Z'],
  ['2024-13-01T00:00:00Z'],
  ['2024-01-00T00:00:00Z'],
  ['2024-01-32T00:00:00Z'],
  ['2024-04-31T00:00:00Z'],
  ['2024-02-30T00:00:00Z'],
  ['2023-02-29T00:00:00Z'],
  ['1900-02-29T00:00:00Z'],
  ['2024-02-29T24:00:00Z'],
  ['2024-02-29T25:00:00Z'],
  ['2024-02-29T23:60:00Z'],
  ['2024-02-29T23:59:60Z'],
  ['2024-02-29T23:59:58.Z'],
  ['2024-02-29T23:59:58,5Z'],
  ['2024-02-29T23:59:58.5.5Z'],
  ['2024-02-29T23:59:58ZZ'],
  ['2024-02-29T23:59:58+2:00'],
  ['2024-02-29T23:59:58+0200'],
  ['2024-02-29T23:59:58+02'],
  ['2024-02-29T23:59:58+14:01'],
  ['2024-02-29T23:59:58+15:00'],
  ['2024-02-29T23:59:58+02:60'],
  ['2024-02-29T23:59:58 02:00'],
  ['2024-02-29T23:59:58+02:00Z'],
  ['2024-02-29T23:59:58Z '],
  [' 2024-02-29T23:59:58Z'],
  ['２024-02-29T23:59:58Z'],
  ['2024-02-29T-1:59:58Z'],
])('"%s" is no dateTime', (text) => {
  expect(readDateTime(text)).toBe(undefined);
  expect(() => DateTime.from(text)).toThrow(RangeError);
});

test.each([
  ['0001-01-01T00:00:00'],
  ['1-01-01T00:00:00.000000Z'],
  ['0001-01-01T00:00:00Z'],
  ['0001-01-01T01:00:00+01:00'],
  ['0001-12-31T23:59:59.9999999'],
  [NO_VALUE],
])('%s is no value', (text) => {
  expect(readDateTime(text)).toBe(null);
});

describe('a DateTime', () => {
  test('that was changed is written in the zone that it was read in, and as it was read once it is changed back', () => {
    const value = DateTime.from('2024-02-29T23:59:58.1234567+02:00');
    const before = value.getTime();
    value.setTime(before + 2000);
    expect(value.lexical).toBe('2024-03-01T00:00:00.1234567+02:00');
    expect(value.zone).toBe('+02:00');
    value.setTime(before + 1);
    expect(JSON.stringify(value)).toBe('"2024-02-29T23:59:58.124+02:00"');
    value.setUTCMilliseconds(0);
    expect(value.lexical).toBe('2024-02-29T23:59:58+02:00');
    value.setTime(before);
    expect(value.lexical).toBe('2024-02-29T23:59:58.1234567+02:00');
  });

  test.each([
    ['2024-02-29T23:59:58', '2024-02-29T00:00:00'],
    ['2024-02-29T23:59:58.5Z', '2024-02-29T00:00:00Z'],
    ['2024-02-29T23:30:00-05:30', '2024-02-29T18:30:00-05:30'],
    ['9999-12-31T23:59:59.9999999', '9999-12-31T00:00:00'],
  ])('%s is %s when its hours are set to 0 in UTC', (text, changed) => {
    const value = DateTime.from(text);
    const { zone } = value;
    value.setUTCHours(0, 0, 0, 0);
    expect([value.lexical, value.zone]).toEqual([changed, zone]);
    expect(DateTime.from(value.lexical).getTime()).toBe(value.getTime());
  });

  test('that was made invalid is null in JSON, as a Date is', () => {
    const value = DateTime.from('2024-02-29T23:59:58Z');
    value.setTime(Number.NaN);
    expect(JSON.stringify({ value })).toBe('{"value":null}');
  });

  test('is shown as a date', () => {
    expect(inspect(DateTime.from('2024-02-29T23:59:58Z'))).toContain('2024-02-29T23:59:58.000Z');
  });

  test('has the methods of Date', () => {
    const value = DateTime.from('2024-02-29T23:59:58.5+02:00');
    expect(value.toISOString()).toBe('2024-02-29T21:59:58.500Z');
    expect(value.getUTCHours()).toBe(21);
    expect(value < new DateTime(at('2024-03-01T00:00:00Z'), 'Z')).toBe(true);
  });

  test('that another copy of this package made keeps its text', () => {
    const foreign = Object.assign(new Date(0), { lexical: '1970-01-01T01:00:00.0000001+01:00' });
    expect(lexicalOf(foreign)).toBe('1970-01-01T01:00:00.0000001+01:00');
  });
});

test.each<[Date, string]>([
  [new Date(0), '1970-01-01T00:00:00Z'],
  [new Date(1), '1970-01-01T00:00:00.001Z'],
  [new Date(500), '1970-01-01T00:00:00.500Z'],
  [new Date('0001-01-01T00:00:00Z'), '0001-01-01T00:00:00Z'],
])('a plain Date is written in UTC: %j', (date, text) => {
  expect(lexicalOf(date)).toBe(text);
});

test.each(['today', '+2:00', '.', '.5+02', 'z'])('a DateTime cannot be made with %j behind its seconds', (suffix) => {
  expect(() => new DateTime(0, suffix)).toThrow(RangeError);
});

test('a DateTime is made of a Date, in UTC, and of nothing else', () => {
  expect(DateTime.from(new Date(1)).lexical).toBe('1970-01-01T00:00:00.001Z');
  expect(DateTime.from(DateTime.from('2024-02-29T23:59:58+02:00')).lexical).toBe('2024-02-29T23:59:58+02:00');
  for (const value of [null, undefined, 0, {}, new Date(Number.NaN)]) {
    expect(() => DateTime.from(value as never)).toThrow(RangeError);
  }
});

test.each(['Z', '', '+01:00'])('a DateTime that was set beyond the years that XSD has is not cut off: %j', (suffix) => {
  const value = new DateTime(0, suffix);
  value.setUTCFullYear(12_000);
  expect(value.lexical).toBe(`+012000-01-01T${suffix === '+01:00' ? '01' : '00'}:00:00.000Z`);
});
