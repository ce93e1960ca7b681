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

test('many secrets make neither memory nor errors slow', () => {
  const redactor = createRedactor();
  for (let at = 0; at < 100_000; at++) redactor.learnToken(`token-number-${at}-of-many`);
  redactor.learn('the password');
  expect(redactor.clean(new Fault('service', 'the password, token-number-99999-of-many')).reason).toBe(
    '[redacted], [redacted]',
  );
});
