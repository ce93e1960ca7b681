import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { undoContentCoding } from '../../../lib/transports/content-coding.js';
import { errorOf } from '../error-of.js';

const text = Buffer.from('<a>one & the same</a>'.repeat(50));
const whole = 1_000_000;

test.each<[string, string, Buffer]>([
  ['gzip', 'gzip', gzipSync(text)],
  ['gzip under its old name, in capitals', ' X-GZIP ', gzipSync(text)],
  ['gzip in several members', 'gzip', Buffer.concat([gzipSync(text.subarray(0, 99)), gzipSync(text.subarray(99))])],
  ['deflate, as the standard has it', 'deflate', deflateSync(text)],
  ['deflate without the format around it', 'deflate', deflateRawSync(text)],
  ['no coding', 'identity', text],
])('%s is undone', async (_, header, body) => {
  expect(await undoContentCoding(body, header, whole)).toEqual(text);
});

test('an empty body needs no undoing', async () => {
  expect(await undoContentCoding(Buffer.alloc(0), 'gzip', whole)).toHaveLength(0);
});

describe.each<[string, Buffer]>([
  ['gzip', gzipSync(text)],
  ['deflate', deflateSync(text)],
  ['deflate', deflateRawSync(text)],
])('%s', (coding, body) => {
  test('that is cut off anywhere is refused', async () => {
    for (let end = 1; end < body.length; end++) {
      expect(await errorOf(undoContentCoding(body.subarray(0, end), coding, whole))).toMatchObject({
        code: 'content-type',
        outcome: 'unknown',
      });
    }
  });

  test('with more behind it is refused', async () => {
    for (const more of ['x', '\0\0', 'more than that']) {
      const longer = Buffer.concat([body, Buffer.from(more)]);
      expect(await errorOf(undoContentCoding(longer, coding, whole))).toMatchObject({ code: 'content-type' });
    }
  });

  test('gives exactly as much as is allowed, and no byte more', async () => {
    expect(await undoContentCoding(body, coding, text.length)).toEqual(text);
    expect(await errorOf(undoContentCoding(body, coding, text.length - 1))).toMatchObject({ code: 'too-large' });
  });
});

test.each(['br', 'gzip, gzip', 'zstd', 'gzip;q=1', Array(50).fill('gzip').join(', ')])(
  '%s is refused',
  async (header) => {
    expect(await errorOf(undoContentCoding(gzipSync(text), header, whole))).toMatchObject({ code: 'content-type' });
  },
);

test('what is no gzip though it is said to be is refused', async () => {
  expect(await errorOf(undoContentCoding(text, 'gzip', whole))).toMatchObject({ code: 'content-type' });
});
