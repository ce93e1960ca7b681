import { escapeSteering, onOneLine, withoutSteering } from '../../../lib/codec/steering.js';

const steering = [...'\u0000\u0007\u001b\u007f\u0085\u009b\u2028\u2029\u202a\u202e\u2066\u2069'];

test.each(steering.map((char) => [char.charCodeAt(0).toString(16), char]))('U+%s does not steer', (_, char) => {
  expect(withoutSteering(`a${char}b`)).toBe('a\ufffdb');
  expect(onOneLine(`a${char}\r\n${char}b`)).toBe('a\ufffdb');
  const json = JSON.stringify([`a${char}b`], null, 1);
  expect(escapeSteering(json)).not.toContain(char);
  expect(JSON.parse(escapeSteering(json))).toEqual([`a${char}b`]);
});

test('what does not steer stays, and so do the ends of lines where they are meant', () => {
  const text = 'Grüße — 日本 🚲\u00a0\u200d';
  for (const write of [withoutSteering, onOneLine, escapeSteering]) expect(write(text)).toBe(text);
  expect(withoutSteering('a\n\tb')).toBe('a\n\tb');
  expect(escapeSteering('[\n "a"\n]')).toBe('[\n "a"\n]');
  expect(onOneLine('a\n\tb', ' ')).toBe('a b');
});
