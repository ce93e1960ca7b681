import { connectFailure } from '../../../lib/transports/connect-failure.js';

const url = 'https://crm.example.com/Remote/Services88/Chat.svc';

const errorWith = (code: string, more: object = {}): Error =>
  Object.assign(new Error(`what ${code} means`), { code, ...more });

// Errors as a caller's own dispatcher gives them, of which nothing is known but what they say.

test.each([
  ['ECONNREFUSED', 'connect'],
  ['ENOTFOUND', 'getaddrinfo'],
  ['EAI_AGAIN', 'getaddrinfo'],
  ['EHOSTUNREACH', 'connect'],
  ['ENETUNREACH', 'connect'],
  ['ECONNRESET', 'connect'],
])('%s of %s means that nothing was sent', (code, syscall) => {
  const error = connectFailure(errorWith(code, { syscall }), url);
  expect(error).toMatchObject({ code: 'connect', outcome: 'not-sent', message: expect.stringContaining(`(${code})`) });
  expect(error?.cause).toEqual(errorWith(code));
});

test.each([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
])('%s means that nothing was sent', (code) => {
  expect(connectFailure(errorWith(code), url)).toMatchObject({ code: 'connect', outcome: 'not-sent' });
});

test.each([
  ['UND_ERR_CONNECT_TIMEOUT', undefined],
  ['ETIMEDOUT', 'connect'],
])('%s of %s is the time-out of a connection', (code, syscall) => {
  expect(connectFailure(errorWith(code, { syscall }), url)).toMatchObject({
    code: 'timeout',
    phase: 'connect',
    outcome: 'not-sent',
    message: `transport: no connection to ${url} in time`,
  });
});

test('errors of all addresses of a host mean what the first of them does', () => {
  const errors = [errorWith('ECONNREFUSED'), errorWith('ENETUNREACH')];
  expect(connectFailure(new AggregateError(errors), url)?.message).toContain('(ECONNREFUSED)');
});

test('a refusal that undici tells of as a proxy agent means that nothing was sent', () => {
  const error = errorWith('UND_ERR_ABORTED', { message: 'Proxy response (407) !== 200 when HTTP Tunneling' });
  expect(connectFailure(error, url)).toMatchObject({
    code: 'connect',
    outcome: 'not-sent',
    message: expect.stringContaining('(it answered 407): '),
  });
});

test('what a certificate says of itself is repeated in part, and as ASCII', () => {
  const cert = { subjectaltname: `DNS:crm.example.org\n\u001b[2J, ${'x'.repeat(1000)}` };
  const { message = '' } = connectFailure(errorWith('ERR_TLS_CERT_ALTNAME_INVALID', { cert }), url) ?? {};
  expect(message).toContain('is for DNS:crm.example.org??[2J, xxx');
  expect(message).toMatch(/^[ -~]{1,600}$/);
});

test.each([
  ['that broke', errorWith('ECONNRESET', { syscall: 'read' })],
  ['that took too long to answer', errorWith('UND_ERR_HEADERS_TIMEOUT')],
  ['that was in use and timed out', errorWith('ETIMEDOUT', { syscall: 'read' })],
  ['that was in use and lost its way', errorWith('EHOSTUNREACH', { syscall: 'write' })],
  ['of TLS 1.3 that refused the client', errorWith('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')],
  ['with a status of its own', errorWith('SOMETHING', { status: 403, proxy: 'http://proxy.example.com' })],
  ['without a code', new Error('trouble')],
])('a connection %s may have sent the call', (_, error) => {
  expect(connectFailure(error, url)).toBeUndefined();
});

test.each([undefined, null, 'a text', 5])('%p says nothing', (thrown) => {
  expect(connectFailure(thrown, url)).toBeUndefined();
});
