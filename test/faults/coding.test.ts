/**
 * Replies that are compressed: well, badly, and to do harm.
 */
import { constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { type Case, testEach } from './cases.js';
import { play } from './invariants.js';
import type { Answer, RawRequest } from './raw-server.js';
import { goodEnvelope, response, XML } from './replies.js';

/** A reply under a content coding. */
const coded = (coding: string, body: Buffer): Buffer => response(body, { ...XML, 'Content-Encoding': coding });

type Compress = (text: string) => Buffer;

/** The good reply, compressed. */
const compressed =
  (coding: string, compress: Compress): Answer =>
  (request) => [coded(coding, compress(goodEnvelope(request)))];

/** Nothing but the body is wrong, so that another try would give the same. */
const refused = { kind: 'transport', code: 'content-type' };

describe('when a reply is compressed', () => {
  const gzip: Compress = (text) => gzipSync(text);
  const inMembers: Compress = (text) => Buffer.concat([...text].map((character) => gzipSync(character)));
  const well: readonly [string, string, Compress][] = [
    ['as gzip', 'gzip', gzip],
    ['as gzip under its old name', 'x-gzip', gzip],
    ['as gzip in capitals', ' GZIP ', gzip],
    ['as gzip of many members', 'gzip', inMembers],
    ['as gzip that names its file', 'gzip', (text) => withFileName(gzipSync(text))],
    ['as deflate', 'deflate', (text) => deflateSync(text)],
    ['as deflate without its frame, as some servers send it', 'deflate', (text) => deflateRawSync(text)],
    ['as gzip that is not smaller', 'gzip', (text) => gzipSync(text, { level: constants.Z_NO_COMPRESSION })],
    ['not at all, as it says', 'identity', (text) => Buffer.from(text)],
  ];
  testEach(
    well.map(([title, coding, compress]): Case => ({ title, calls: [compressed(coding, compress)], ends: 'well' })),
  );

  test('the client has said that it takes it', async () => {
    let head = '';
    const note: Answer = (request) => {
      head = request.head;
      return [coded('gzip', gzipSync(goodEnvelope(request)))];
    };
    await play({ calls: [note] }, 'read');
    expect(head).toMatch(/^accept-encoding: .*\bgzip\b/im);
  });
});

/** The gzip with the flag FNAME set and a name behind its head. */
const withFileName = (gzip: Buffer): Buffer =>
  Buffer.concat([gzip.subarray(0, 3), Buffer.of(8), gzip.subarray(4, 10), Buffer.from('a.xml\0'), gzip.subarray(10)]);

describe('when a compressed reply is damaged', () => {
  const flipped = (bytes: Buffer, at: number): Buffer => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at);
    return copy;
  };
  const damaged: readonly [string, string, Compress][] = [
    ['being none', 'gzip', (text) => Buffer.from(text)],
    ['being none, as deflate', 'deflate', (text) => Buffer.from(text)],
    ['being the other one', 'gzip', (text) => deflateSync(text)],
    ['being empty', 'gzip', () => Buffer.alloc(0)],
    ['with a wrong checksum', 'gzip', (text) => flipped(gzipSync(text), gzipSync(text).length - 8)],
    ['with a wrong length', 'gzip', (text) => flipped(gzipSync(text), gzipSync(text).length - 4)],
    ['in its middle', 'gzip', (text) => flipped(gzipSync(text), 100)],
    ['with something else behind its end', 'gzip', (text) => Buffer.concat([gzipSync(text), Buffer.from('<more/>')])],
    [
      'with something else behind its end, as deflate',
      'deflate',
      (text) => Buffer.concat([deflateSync(text), Buffer.from('x')]),
    ],
    ['with half of another member', 'gzip', (text) => Buffer.concat([gzipSync(text), gzipSync('x').subarray(0, 15)])],
  ];
  testEach(
    damaged.map(
      ([title, coding, compress]): Case => ({
        title,
        calls: [compressed(coding, compress)],
        ends: title === 'being empty' ? { kind: 'transport' } : refused,
      }),
    ),
  );

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ] as const)('by being cut anywhere, as %s, it is refused', async (coding, compress) => {
    const whole = compress(goodEnvelope(request));
    for (let end = 1; end < whole.length; end += 10) {
      const { error } = await play({ calls: [[coded(coding, whole.subarray(0, end))]] }, 'read');
      expect(error).toMatchObject(refused);
    }
    const last = await play({ calls: [[coded(coding, whole.subarray(0, -1))]] }, 'read');
    expect(last.error).toMatchObject(refused);
  });
});

const request: RawRequest = { head: 'soapaction: "GetChatMessages"', body: '' };

describe('when the coding is one that was not asked for', () => {
  const names = ['br', 'zstd', 'compress', 'gzip, br', 'aws-chunked', 'x'.repeat(5000), 'gzip;q=1', ','];
  testEach(
    names.map((name) => ({
      title: name.slice(0, 20),
      calls: [compressed(name, (text) => gzipSync(text))],
      ends: { kind: 'transport' },
    })),
  );
  testEach([
    {
      title: 'which is fifty times gzip',
      calls: [compressed(Array(50).fill('gzip').join(', '), (text) => gzipSync(text))],
      ends: refused,
    },
  ]);
});

describe('when a reply is compressed to do harm', () => {
  const MIB = 1 << 20;
  const member = gzipSync(Buffer.alloc(MIB, ' '), { level: 9 });
  const bomb = Buffer.concat(Array<Buffer>(256).fill(member));
  const tooLarge = { kind: 'transport', code: 'too-large' };
  const quickly: Case['also'] = ({ elapsed }) => expect(elapsed).toBeLessThan(3000);

  testEach([
    { title: 'to 256 MiB', calls: [[coded('gzip', bomb)]], ends: tooLarge, also: quickly },
    { title: 'to 256 MiB, under an error', calls: [[bombOf(500)]], ends: { kind: 'transport' }, also: quickly },
    {
      title: 'to one byte more than is allowed',
      calls: [[coded('gzip', gzipSync(' '.repeat(MIB + 1)))]],
      options: { limits: { replyBytes: MIB } },
      ends: tooLarge,
    },
    {
      title: 'to as much as is allowed, which is only spaces',
      calls: [[coded('gzip', gzipSync(' '.repeat(MIB)))]],
      options: { limits: { replyBytes: MIB } },
      ends: { kind: 'protocol', code: 'xml-syntax' },
    },
  ]);

  function bombOf(status: number): Buffer {
    return response(bomb, { ...XML, 'Content-Encoding': 'gzip' }, `${status} Oops`);
  }

  test('it takes no more memory than is allowed', async () => {
    let most = 0;
    const before = process.memoryUsage().rss;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 5);
    try {
      await play({ calls: [[coded('gzip', bomb)]] }, 'read');
    } finally {
      clearInterval(watch);
    }
    expect(most - before).toBeLessThan(128 * MIB);
  });
});
