import { inspect } from 'node:util';
import { Fault, TransportError } from '../../../lib/index.js';
import { createRedactor, learnSecrets } from '../../../lib/secrets/redact.js';

const password = 'pass"<&>\\/ wörd+%';
const ticket = '7X:canary+ticket/QUJD<&>==';

function cleaned(text: string): string {
  const redactor = createRedactor();
  redactor.learn(password);
  redactor.learnToken(ticket);
  return redactor.clean(new Fault('service', text)).reason;
}

const hex = (text: string): string[] => [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0'));
const escaped = (text: string, pairs: readonly (readonly [string, string])[]): string =>
  Array.from(text, (character) => pairs.find(([plain]) => plain === character)?.[1] ?? character).join('');

/** The ways in which programs write a text that came to them. */
const ways: readonly [string, (secret: string) => string][] = [
  ['as it is', (secret) => secret],
  [
    'escaped for XML',
    (secret) =>
      escaped(secret, [
        ['&', '&amp;'],
        ['<', '&lt;'],
        ['>', '&gt;'],
        ['"', '&quot;'],
      ]),
  ],
  [
    'escaped for XML by numbers',
    (secret) =>
      escaped(secret, [
        ['&', '&#38;'],
        ['<', '&#x3C;'],
        ['"', '&#034;'],
        ['+', '&#x2b;'],
      ]),
  ],
  ['escaped for JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
  [
    'escaped for JSON as .NET does',
    (secret) =>
      escaped(secret, [
        ['"', '\\u0022'],
        ['<', '\\u003C'],
        ['&', '\\u0026'],
        ['>', '\\u003e'],
        ['+', '\\u002B'],
        ['\\', '\\\\'],
        ['ö', '\\u00F6'],
      ]),
  ],
  ['escaped for a URL', encodeURIComponent],
  [
    'escaped for a URL in lower case',
    (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  ],
  ['escaped for a form', (secret) => encodeURIComponent(secret).replaceAll('%20', '+')],
  [
    'byte by byte for a URL',
    (secret) =>
      hex(secret)
        .map((byte, at) =>
          /[a-z\d]/i.test(Buffer.from(secret).toString('latin1')[at] ?? '')
            ? String.fromCharCode(Number.parseInt(byte, 16))
            : `%${byte}`,
        )
        .join(''),
  ],
  ['in base64', (secret) => Buffer.from(secret).toString('base64')],
  ['in base64 for URLs', (secret) => Buffer.from(secret).toString('base64url')],
  ['in base64 behind a user name', (secret) => Buffer.from(`anna:${secret}`).toString('base64')],
  ['in base64 behind a longer name', (secret) => Buffer.from(`joerg:${secret}:`).toString('base64')],
  ['twice', (secret) => `${secret} and ${secret}`],
];

describe('a secret', () => {
  test.each(ways)('%s is taken out of a text', (_, write) => {
    for (const secret of [password, ticket]) {
      const text = cleaned(`before ${write(secret)} after`);
      expect(text).toMatch(/^before .*\[redacted].* after$/);
      // What may be left in base64 are the characters that it shares with what stands around it.
      expect(text.replaceAll('[redacted]', '').length).toBeLessThan('before  and  after'.length + 16);
      for (let at = 0; at + 6 <= secret.length; at++) expect(text).not.toContain(secret.slice(at, at + 6));
    }
  });

  test('that a machine made is taken out in part as well', () => {
    expect(cleaned(`it begins with ${ticket.slice(0, 9)}... or so`)).toBe(
      'it begins with [redacted]... or so'.replace('...', ''),
    );
    expect(cleaned(`it ends with …${ticket.slice(-9)}`)).not.toContain(ticket.slice(-8));
  });

  test('that looks like a ticket of the service is taken out though nobody told of it', () => {
    expect(cleaned('ticket 7T:YWJjZGVmZ2hpamts== expired')).toBe('ticket [redacted] expired');
    expect(cleaned('token 8A:Cust12345.abcdefghij')).toBe('token [redacted]');
  });

  test('of three characters is in too many words to be taken out', () => {
    const redactor = createRedactor();
    redactor.learn('abc');
    expect(redactor.clean(new Fault('service', 'abc')).reason).toBe('abc');
  });

  test('does not stay in part because another one is its beginning', () => {
    const redactor = createRedactor();
    redactor.learn('secret');
    redactor.learn('secret-and-more');
    expect(redactor.clean(new Fault('service', 'it is secret-and-more')).reason).toBe('it is [redacted]');
  });
});

test('every text of an error and of its causes is cleaned', () => {
  const redactor = createRedactor();
  redactor.learn(password);
  const inner = Object.assign(new Error(`inner ${password}`), { code: 'E' });
  const fault = new Fault('service', password, {
    faultCode: password,
    exceptionType: password,
    friendlyText: password,
    parameters: { [password]: password },
    detail: { content: [{ text: password }] },
    cause: new TransportError('connection', password, { cause: inner }),
  });
  const clean = redactor.clean(fault);
  expect(clean).toBe(fault);
  expect(inspect(clean, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain('wörd');
  expect(JSON.stringify(clean)).not.toContain('wörd');
});

test('the reason of an abort is left as the caller made it', () => {
  const redactor = createRedactor();
  redactor.learn(password);
  const reason = new Error(password);
  redactor.clean(new TransportError('aborted', 'x', { cause: reason }));
  expect(reason.message).toBe(password);
});

test('the secrets of an input are found wherever they stand', () => {
  const redactor = createRedactor();
  learnSecrets(redactor, {
    userName: 'anna-user',
    password: 'secret-1',
    chatSessionEntity: { sessionKey: 'secret-2', ticket: { title: 'request-title' } },
    authenticationData: { Anything: 'secret-3' },
  });
  const text = 'anna-user secret-1 secret-2 secret-3 request-title';
  expect(redactor.clean(new Fault('service', text)).reason).toBe(
    'anna-user [redacted] [redacted] [redacted] request-title',
  );
});

describe('what a hostile server or client sends', () => {
  const texts: readonly [string, string][] = [
    ['of one kind', '%'.repeat(3800)],
    ['that repeats itself', 'abcdefgh'.repeat(4000)],
    ['that is long', `7X:${'aB3+'.repeat(300_000)}`],
  ];

  test.each(texts)('as a secret %s is found all the same, and never an error', (_, secret) => {
    const redactor = createRedactor();
    redactor.learnToken(secret);
    redactor.learnToken('another-secret');
    const { reason } = redactor.clean(new Fault('service', `it is ${secret.slice(0, 5000)} and another-secret`));
    expect(reason).toMatch(/^it is \[redacted\].* and \[redacted\]$/);
    expect(reason.length).toBeLessThan(100);
  });

  test('as many long secrets and as a long text takes little time', () => {
    const redactor = createRedactor();
    for (let at = 0; at < 1000; at++) redactor.learnToken(`${at}${'%&<"'.repeat(500)}`);
    const before = performance.now();
    for (const text of ['x'.repeat(16_000_000), '&#65;%41\\u0041'.repeat(1_000_000)]) {
      redactor.clean(new Fault('service', text, { friendlyText: text, detail: { content: [{ text }] } }));
    }
    // Some 0.5 s; as it was with patterns, it took minutes.
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  test('as a detail of many elements is kept as far as anybody reads', () => {
    const detail = { content: Array.from({ length: 1_000_000 }, () => ({ name: 'a', content: [] })) };
    const { detail: kept } = createRedactor().clean(new Fault('service', 'x', { detail }));
    expect(JSON.stringify(kept).length).toBeLessThan(1_000_000);
  });

  test('or a caller gives, which holds itself, has an end', () => {
    const self: Record<string, unknown> = { text: 'the-secret' };
    self.self = self;
    const redactor = createRedactor();
    learnSecrets(redactor, { password: 'the-secret', self });
    const fault = redactor.clean(new Fault('service', 'x', { detail: self }));
    expect(inspect(fault, { depth: 9 })).not.toContain('the-secret');
  });
});

test('a call that fails among many is cleaned of its own secrets', () => {
  const redactor = createRedactor();
  for (let at = 0; at < 300; at++) redactor.learnToken(`token-number-${at}`);
  for (let at = 0; at < 300; at++) redactor.learnReplied(`session-key-${at}`);
  redactor.learnToken('token-number-0');
  expect(redactor.clean(new Fault('service', 'token-number-0 session-key-299')).reason).toBe('[redacted] [redacted]');
});

test('an error of somebody else is left as it is', () => {
  const redactor = createRedactor();
  redactor.learn('the-secret');
  const error = new Error('the-secret');
  expect(redactor.clean(error).message).toBe('the-secret');
});
