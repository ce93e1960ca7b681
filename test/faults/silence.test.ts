/**
 * Servers that stand still, never come to an end, or speak something else.
 */
import { testEach } from './cases.js';
import { play, timeouts, until } from './invariants.js';
import { drip, endless, fin, pause, stall } from './raw-server.js';
import { good, head, XML } from './replies.js';

const timeout = (phase: string) => ({ kind: 'transport', code: 'timeout', phase });

/** The head of a reply that has so many bytes. */
const begun = (length = 5000): string => head('200 OK', { ...XML, 'Content-Length': length });

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

describe('when a client is closed after a call', () => {
  /** The timers of this process, of which the test itself has one. */
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

  test.each([
    ['was answered', [good]],
    ['was not answered in time', [[stall]]],
    ['broke off', [[begun(), fin]]],
  ])('that %s, no timer is left', async (_, calls) => {
    const before = timers();
    await play({ calls, options: { timeouts: { ...timeouts, total: 60_000 } } }, 'read');
    await until(() => timers() <= before);
  });
});
