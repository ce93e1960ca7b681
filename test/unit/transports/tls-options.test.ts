import { InputError } from '../../../lib/errors.js';
import { requireConnectionOptions } from '../../../lib/transports/connections.js';
import type { TlsOptions } from '../../../lib/transports/tls.js';
import { createAuthority } from './certificates.js';
import { everythingOf } from './connecting.js';

const authority = createAuthority();
const client = authority.issue();
const other = createAuthority().issue();
const ca = authority.cert;

const canary = 'canary, which is a secret';

/** The error that options are refused with. */
function refusalOf(tls: unknown): InputError {
  try {
    requireConnectionOptions('https://crm.example.com', { tls: tls as TlsOptions });
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the options were taken');
}

test.each<[string, TlsOptions]>([
  ['none', {}],
  ['an authority', { ca }],
  ['authorities as bytes and in a list', { ca: [Buffer.from(ca), ca] }],
  ['several authorities in one text, with words between them', { ca: `one:\n${ca}\nanother:\n${ca}` }],
  ['a certificate and its key', { cert: client.cert, key: client.key }],
  ['an encrypted key and its passphrase', { cert: client.cert, key: client.encryptedKey('open'), passphrase: 'open' }],
  ['a PKCS #12 file and its passphrase', { pfx: client.asPfx('open'), passphrase: 'open' }],
  ['a server name', { servername: 'crm.example.com' }],
  ['undefined for each', { ca: undefined, cert: undefined, key: undefined, pfx: undefined, servername: undefined }],
])('TLS options are taken: %s', (_, tls) => {
  expect(() => requireConnectionOptions('https://crm.example.com', { tls })).not.toThrow();
});

test.each<[string, string, unknown]>([
  ['tls', 'no object', canary],
  ['tls', 'null', null],
  ['tls.rejectUnauthorized', 'no option of that name', { rejectUnauthorized: false }],
  ['tls.ca', 'text that is no certificate', { ca: canary }],
  ['tls.ca', 'an empty text', { ca: '' }],
  ['tls.ca', 'an empty list', { ca: [] }],
  ['tls.ca', 'one of several that is none', { ca: [ca, canary] }],
  ['tls.ca', 'a certificate that is cut short', { ca: ca.slice(0, 300) }],
  [
    'tls.ca',
    'the binary form, which Node would pass over',
    { ca: Buffer.from(ca.split('\n').slice(1, -2).join(''), 'base64') },
  ],
  ['tls.ca', 'a key', { ca: client.key }],
  ['tls.ca', 'a number', { ca: 5 }],
  ['tls.ca', 'null', { ca: null }],
  ['tls.cert', 'text that is no certificate', { cert: canary, key: client.key }],
  ['tls.cert', 'a key without a certificate', { key: client.key }],
  ['tls.key', 'text that is no key', { cert: client.cert, key: canary }],
  ['tls.key', 'an object', { cert: client.cert, key: { pem: canary } }],
  ['tls.key', 'an encrypted key without its passphrase', { cert: client.cert, key: client.encryptedKey(canary) }],
  [
    'tls.key',
    'an encrypted key with another passphrase',
    { cert: client.cert, key: client.encryptedKey('open'), passphrase: canary },
  ],
  ['tls.key', 'a certificate without a key', { cert: client.cert }],
  ['tls.key', 'the key of another certificate', { cert: client.cert, key: other.key }],
  ['tls.pfx', 'text that is no PKCS #12 file', { pfx: canary }],
  ['tls.pfx', 'another passphrase', { pfx: client.asPfx('open'), passphrase: canary }],
  ['tls.pfx', 'no passphrase', { pfx: client.asPfx(canary) }],
  ['tls.passphrase', 'a number', { passphrase: 5 }],
  ['tls.servername', 'an empty text', { servername: '' }],
  ['tls.servername', 'an address', { servername: '127.0.0.1' }],
  ['tls.servername', 'a URL', { servername: 'https://crm.example.com' }],
  ['tls.servername', 'a number', { servername: 5 }],
])('%s is refused as such, and not repeated: %s', (path, _, tls) => {
  const error = refusalOf(tls);
  expect(error.path).toBe(path);
  expect(everythingOf(error)).not.toMatch(/canary|PRIVATE KEY/);
});
