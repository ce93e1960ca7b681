/**
 * Connections that do not come about, break, stand still, or speak something else.
 */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createChatClient } from '../../lib/index.js';
import { testEach } from './cases.js';
import { goodValue, play, timeouts } from './invariants.js';
import {
  type Answer,
  drip,
  endless,
  fin,
  pause,
  type RawRequest,
  rawServer,
  rst,
  type Step,
  stall,
} from './raw-server.js';
import { good, goodEnvelope, goodLogin, head, response, XML } from './replies.js';

const connection = { kind: 'transport', code: 'connection' };
const timeout = (phase: string) => ({ kind: 'transport', code: 'timeout', phase });

const withTicket = { ticket: 'given-by-the-caller' };

/** The head of a reply that has so many bytes. */
const begun = (length = 5000): string => head('200 OK', { ...XML, 'Content-Length': length });

describe('when there is no connection', () => {
  test.each(['read', 'write'] as const)('a %s is tried again, and nothing was sent', async (mode) => {
    const { error, calls } = await play(
      { calls: [], options: { baseUrl: await deadEnd(), credentials: withTicket } },
      mode,
    );
    expect(error).toMatchObject({ code: 'connect', outcome: 'not-sent', attempts: 2 });
    expect(calls).toBe(0);
  });

  test.each(['read', 'write'] as const)('since a host has no address, a %s says so', async (mode) => {
    const options = {
      baseUrl: 'https://nowhere.invalid/Remote/Services88',
      credentials: withTicket,
      proxy: false as const,
    };
    const { error } = await play({ calls: [], options }, mode);
    expect(error).toMatchObject({ kind: 'transport', outcome: 'not-sent', attempts: 2 });
    expect(['connect', 'timeout']).toContain(error?.code);
  });
});

describe('when a connection is closed', () => {
  const cut = (at: (whole: Buffer) => number, end: Step) => (request: RawRequest) => {
    const whole = response(goodEnvelope(request));
    return [whole.subarray(0, at(whole)), end];
  };
  const bodyOf = (whole: Buffer): number => whole.indexOf('\r\n\r\n') + 4;
  const places = [
    ['before the reply', () => 0],
    ['within the status line', () => 9],
    ['within the head', (whole: Buffer) => bodyOf(whole) - 10],
    ['after the head', bodyOf],
    ['within the body', (whole: Buffer) => bodyOf(whole) + 100],
    ['one byte before the end', (whole: Buffer) => whole.length - 1],
  ] as const;
  const ways = [
    ['closed', fin],
    ['reset', rst],
  ] as const;
  testEach(
    places.flatMap(([place, at]) =>
      ways.map(([way, end]) => ({
        title: `${place}, being ${way}`,
        calls: [cut(at, end)],
        ends: connection,
        reads: 2,
      })),
    ),
  );
});

describe('when a document is cut short', () => {
  const half = (request: RawRequest): string => goodEnvelope(request).slice(0, -30);
  testEach([
    {
      title: 'whose end nothing but the end of the connection tells',
      calls: [(request) => [response(half(request), { ...XML, Connection: 'close' }), fin]],
      ends: { kind: 'protocol', code: 'xml-syntax' },
    },
    {
      title: 'within a character',
      calls: [[response(Buffer.from('<a>æ').subarray(0, 4), { ...XML, Connection: 'close' }), fin]],
      ends: { kind: 'protocol' },
    },
    {
      title: 'by too small a length, with more behind it',
      calls: [(request) => [response(goodEnvelope(request), { ...XML, 'Content-Length': 200 })]],
      ends: { kind: 'protocol', code: 'xml-syntax' },
    },
    {
      title: 'before its last chunk',
      calls: [(request) => [chunked(half(request), ''), fin]],
      ends: connection,
      reads: 2,
    },
  ]);
});

const chunked = (body: string, last = '0\r\n\r\n'): Buffer =>
  response(`${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n${last}`, { ...XML, 'Transfer-Encoding': 'chunked' });

describe('when a server stands still', () => {
  testEach([
    { title: 'before the reply', calls: [[stall]], ends: timeout('headers'), reads: 2 },
    { title: 'within the head', calls: [['HTTP/1.1 200', stall]], ends: timeout('headers'), reads: 2 },
    { title: 'after the head', calls: [[begun(), stall]], ends: timeout('body'), reads: 2 },
    { title: 'within the body', calls: [[begun(), '<?xml', stall]], ends: timeout('body'), reads: 2 },
    { title: 'for less than it may', calls: [(request) => [pause(100), ...good(request)]], ends: 'well' },
  ]);
});

describe('when a server is slow for ever', () => {
  testEach([
    {
      title: 'with the head',
      calls: [['HTTP/1.1 200 OK\r\n', drip('X-A: b\r\n', 20)]],
      ends: { kind: 'transport', code: 'timeout' },
      reads: [1, 2],
    },
    {
      title: 'with the body',
      calls: [[begun(100_000), drip('x', 20)]],
      options: { timeouts: { ...timeouts, total: 1200 } },
      ends: timeout('total'),
    },
  ]);
});

describe('when a call is aborted', () => {
  const aborted = { kind: 'transport', code: 'aborted' };
  testEach([
    { title: 'while the head is waited for', calls: [[stall]], abortAfter: 60, ends: aborted },
    { title: 'while the body comes', calls: [[begun(), drip(' ', 10)]], abortAfter: 60, ends: aborted },
  ]);

  test.each(['read', 'write'] as const)('before it, a %s is not sent', async (mode) => {
    const { error, calls } = await play({ calls: [good], abortAfter: 60, logins: [[stall]] }, mode);
    expect(error).toMatchObject({ ...aborted, outcome: 'not-sent' });
    expect(calls).toBe(0);
  });
});

describe('when a server speaks something else', () => {
  const answers = [
    ['the greeting of a mail server', '220 mail.example.com ESMTP\r\n'],
    ['a refusal of TLS', Buffer.from('15030100020228', 'hex')],
    ['the preface of HTTP/2', Buffer.from('000000040000000000', 'hex')],
    ['HTTP/0.9', '<html>hello</html>'],
    ['the status 000', head('000 ?', { 'Content-Length': 0 })],
    ['a status of four digits', head('2000 OK', { 'Content-Length': 0 })],
    ['a header with NUL', head('200 OK', { 'X-A': 'a\0b', 'Content-Length': 0 })],
    ['a header without a colon', 'HTTP/1.1 200 OK\r\nno colon\r\n\r\n'],
    ['a chunk that has no size', `${head('200 OK', { ...XML, 'Transfer-Encoding': 'chunked' })}zz\r\nabc\r\n0\r\n\r\n`],
    ['a head without an end', `HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(20_000)}`],
  ] as const;
  testEach(
    answers.map(([title, bytes]) => ({
      title,
      calls: [[bytes, fin]],
      ends: { kind: 'transport' },
      reads: [1, 2] as const,
    })),
  );
});

describe('when there is no end to a reply', () => {
  const more = Buffer.alloc(1 << 16, 'x');
  const chunk = Buffer.concat([Buffer.from('10000\r\n'), more, Buffer.from('\r\n')]);
  const tooLarge = { kind: 'transport', code: 'too-large' };
  const options = { limits: { replyBytes: 1 << 20 } };
  testEach([
    {
      title: 'of chunks',
      calls: [[head('200 OK', { ...XML, 'Transfer-Encoding': 'chunked' }), endless(chunk)]],
      ends: tooLarge,
      options,
    },
    { title: 'of no stated length', calls: [[head('200 OK', XML), endless(more)]], ends: tooLarge, options },
    { title: 'of 1 GiB', calls: [[begun(1 << 30), endless(more)]], ends: tooLarge, options },
    { title: 'of an error page', calls: [[head(500, XML), endless(more)]], ends: { kind: 'transport' }, options },
  ]);
});

describe('when a connection that was kept open is no longer good', () => {
  const twice = async (mode: 'read' | 'write', then: Answer, after: readonly Step[] = []) => {
    const server = await rawServer({
      calls: [(request) => [...good(request), ...after], then, good],
      logins: [goodLogin],
    });
    const client = createChatClient({ baseUrl: server.baseUrl, credentials: withTicket, attempts: 2 });
    const call = () =>
      mode === 'read'
        ? client.getChatMessages({ chatSessionId: 7, after: 0 })
        : client.addChatMessage({ chatSessionId: 7, message: { message: 'hi' } });
    try {
      await call();
      await new Promise((resolve) => setTimeout(resolve, 100));
      const second = await call().then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      return { ...second, calls: server.calls.length, third: await call() };
    } finally {
      await Promise.all([client.close(), server.close()]);
    }
  };
  const ways = [
    ['closed', fin],
    ['reset', rst],
  ] as const;

  test.each(ways)('and is %s on the next request, a read is tried again', async (_, end) => {
    expect(await twice('read', [end])).toMatchObject({ value: goodValue('read'), calls: 3 });
  });

  test.each(ways)('and is %s on the next request, a write is not, and its outcome is unknown', async (_, end) => {
    const { calls, third, ...second } = await twice('write', [end]);
    expect(second).toMatchObject({ error: { code: 'connection', outcome: 'unknown' } });
    expect(calls).toBe(2);
    expect(third).toMatchObject(goodValue('write'));
  });

  test.each(ways)('and was %s before the next request, even a write finds another', async (_, end) => {
    expect(await twice('write', good, [pause(10), end])).toMatchObject({ value: goodValue('write'), calls: 2 });
  });

  test.each([
    ['bytes', 'garbage'],
    ['another reply', response('<a/>')],
  ])('since %s came that nobody asked for, the reply before is good and the next call too', async (_, extra) => {
    const { third } = await twice('read', [fin], [extra]);
    expect(third).toMatchObject(goodValue('read'));
  });
});

describe('when a reply comes in pieces', () => {
  test('it is the same wherever it is cut', async () => {
    const request = { head: 'soapaction: GetChatMessages', body: '' };
    const whole = response(goodEnvelope(request));
    let at = 0;
    const server = await rawServer({
      calls: [() => [whole.subarray(0, at), pause(1), whole.subarray(at)]],
      logins: [goodLogin],
    });
    const client = createChatClient({ baseUrl: server.baseUrl, credentials: withTicket, attempts: 1 });
    try {
      for (at = 1; at < whole.length; at++) {
        expect(await client.getChatMessages({ chatSessionId: 7, after: 0 })).toMatchObject(goodValue('read'));
      }
      expect(server.calls).toHaveLength(whole.length - 1);
    } finally {
      await Promise.all([client.close(), server.close()]);
    }
  }, 60_000);

  test('of one byte each it is the same, as whole and in chunks', async () => {
    const bytewise = (bytes: Buffer): Step[] => [...bytes].flatMap((byte) => [Buffer.of(byte), pause(0)]);
    for (const framed of [(body: string) => response(body), (body: string) => chunked(body)]) {
      const { value } = await play(
        {
          calls: [(request) => bytewise(framed(goodEnvelope(request)))],
          options: { timeouts: { total: 4000 }, attempts: 1 },
        },
        'read',
      );
      expect(value).toMatchObject(goodValue('read'));
    }
  });
});

/** A base URL on which nothing listens. */
async function deadEnd(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/Remote/Services88`;
}
