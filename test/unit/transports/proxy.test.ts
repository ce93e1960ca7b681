import { InputError } from '../../../lib/errors.js';
import { requireConnectionOptions } from '../../../lib/transports/connections.js';
import { isLoopback, proxyFor } from '../../../lib/transports/proxy.js';
import { everythingOf } from './connecting.js';

const origin = 'https://crm.example.com';

/** The proxy for an origin where nothing is set but the environment. */
const byEnvironment = (environment: Readonly<Record<string, string>>, to = origin): string | undefined =>
  proxyFor(to, undefined, environment)?.shown;

const HTTPS_PROXY = 'http://proxy.example.com:8080';

function refusalOf(option: unknown, environment: Readonly<Record<string, string>> = {}): InputError {
  try {
    proxyFor(origin, option as string, environment);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the proxy was taken');
}

describe('the option', () => {
  test.each([
    ['http://proxy.example.com:8080', { protocol: 'http:', hostname: 'proxy.example.com', port: '8080' }],
    ['http://proxy.example.com', { protocol: 'http:', hostname: 'proxy.example.com', port: '80' }],
    ['https://proxy.example.com/', { protocol: 'https:', hostname: 'proxy.example.com', port: '443' }],
    ['proxy.example.com:8080', { protocol: 'http:', hostname: 'proxy.example.com', port: '8080' }],
    ['http://[::1]:8080', { protocol: 'http:', hostname: '::1', port: '8080' }],
  ])('%s is a proxy', (option, proxy) => {
    expect(proxyFor(origin, option, {})).toMatchObject({ ...proxy, authorization: undefined });
  });

  test.each([
    ['anna:secret', 'anna:secret'],
    ['anna:', 'anna:'],
    ['anna', 'anna:'],
    ['EXAMPLE%5Canna:p%40ss%3A%25%C3%A9', 'EXAMPLE\\anna:p@ss:%é'],
  ])('sends what stands before the host as a user name and a password: %s', (userInfo, sent) => {
    const proxy = proxyFor(origin, `http://${userInfo}@proxy.example.com:8080`, {});
    expect(proxy?.authorization).toBe(`Basic ${Buffer.from(sent, 'utf8').toString('base64')}`);
    expect(proxy?.shown).toBe('http://proxy.example.com:8080');
  });

  test('is obeyed whatever the environment says, and for this machine too', () => {
    const environment = { HTTPS_PROXY: 'http://another.example.com', NO_PROXY: '*' };
    expect(proxyFor('https://localhost', HTTPS_PROXY, environment)?.shown).toBe(HTTPS_PROXY);
  });

  test('false is no proxy, whatever the environment says', () => {
    expect(proxyFor(origin, false, { HTTPS_PROXY })).toBeUndefined();
  });

  test.each([
    ['', /not a URL/],
    ['http://', /not a URL/],
    ['http://anna:canary@:8080', /not a URL/],
    ['socks5://anna:canary@proxy.example.com:1080', /of the kind socks5:/],
    ['socks://proxy.example.com', /of the kind socks:/],
    ['ftp://proxy.example.com', /of the kind ftp:/],
    ['http://proxy.example.com/proxy.pac', /with a path/],
    ['http://proxy.example.com/?canary', /with a path/],
    ['http://anna:canary%zz@proxy.example.com', /written as %25/],
    [true, /of the type boolean/],
    [null, /of the type object/],
  ])('%p is refused, and no secret repeated', (option, found) => {
    const error = refusalOf(option);
    expect(error.path).toBe('proxy');
    expect(error.message).toMatch(found);
    expect(everythingOf(error)).not.toContain('canary');
  });

  test('is looked at when the transport is made', () => {
    expect(() => requireConnectionOptions(origin, { proxy: 'socks5://proxy.example.com' })).toThrow(InputError);
    expect(() => requireConnectionOptions(origin, { proxy: HTTPS_PROXY })).not.toThrow();
  });
});

describe('the environment', () => {
  test('names a proxy for https:, and one for http:', () => {
    const both = { HTTPS_PROXY: 'http://one.example.com', HTTP_PROXY: 'http://two.example.com' };
    expect(byEnvironment(both)).toBe('http://one.example.com');
    expect(byEnvironment(both, 'http://crm.example.com')).toBe('http://two.example.com');
    expect(byEnvironment({ HTTPS_PROXY }, 'http://crm.example.com')).toBeUndefined();
    expect(byEnvironment({ HTTP_PROXY: HTTPS_PROXY })).toBeUndefined();
  });

  test('is read in lower case first, where an empty text is none', () => {
    expect(byEnvironment({ HTTPS_PROXY, https_proxy: 'http://lower.example.com' })).toBe('http://lower.example.com');
    expect(byEnvironment({ HTTPS_PROXY, https_proxy: '' })).toBeUndefined();
    expect(byEnvironment({ HTTPS_PROXY, NO_PROXY: '*', no_proxy: '' })).toBe(HTTPS_PROXY);
  });

  test('is refused where it names no HTTP proxy, by the name of the variable', () => {
    const error = refusalOf(undefined, { https_proxy: 'socks5://anna:canary@proxy.example.com' });
    expect(error.path).toBe('https_proxy');
    expect(everythingOf(error)).not.toContain('canary');
  });

  test.each([
    'https://localhost',
    'https://LOCALHOST:8443',
    'https://localhost.',
    'https://crm.localhost',
    'https://127.0.0.1:8443',
    'https://127.255.255.254',
    'https://127.1',
    'https://0x7f000001',
    'https://[::1]:8443',
    'https://[::ffff:127.0.0.1]',
    'https://0.0.0.0',
    'https://[::]',
  ])('names none for this machine: %s', (to) => {
    expect(byEnvironment({ HTTPS_PROXY }, to)).toBeUndefined();
    expect(isLoopback(new URL(to).hostname)).toBe(true);
  });

  test.each([
    'https://localhost.example.com',
    'https://notlocalhost',
    'https://128.0.0.1',
    'https://127.0.0.1.example.com',
    'https://[::2]',
    'https://[::ffff:10.0.0.1]',
  ])('names one for what only looks like this machine: %s', (to) => {
    expect(byEnvironment({ HTTPS_PROXY }, to)).toBe(HTTPS_PROXY);
    expect(isLoopback(new URL(to).hostname)).toBe(false);
  });
});

describe('NO_PROXY', () => {
  test.each([
    ['crm.example.com', 'https://crm.example.com'],
    ['CRM.Example.COM', 'https://crm.example.com'],
    ['crm.example.com', 'https://crm.example.com.'],
    ['crm.example.com.', 'https://crm.example.com'],
    ['example.com', 'https://crm.example.com'],
    ['.example.com', 'https://crm.example.com'],
    ['*.example.com', 'https://crm.example.com'],
    ['.example.com', 'https://example.com'],
    ['crm.example.com:443', 'https://crm.example.com'],
    ['crm.example.com:8443', 'https://crm.example.com:8443'],
    ['.example.com:8443', 'https://crm.example.com:8443'],
    ['a.example.org, crm.example.com', 'https://crm.example.com'],
    ['a.example.org crm.example.com', 'https://crm.example.com'],
    ['*', 'https://crm.example.com'],
    ['a.example.org,*', 'https://crm.example.com'],
    ['192.0.2.7', 'https://192.0.2.7'],
    ['192.0.2.7:443', 'https://192.0.2.7'],
    ['192.0.2.0/24', 'https://192.0.2.7'],
    ['10.0.0.0/8', 'https://[::ffff:10.1.2.3]'],
    ['[2001:db8::1]', 'https://[2001:db8::1]'],
    ['[2001:DB8::1]:8443', 'https://[2001:db8::1]:8443'],
    ['2001:db8::1', 'https://[2001:db8::1]'],
    ['2001:db8:0:0::1', 'https://[2001:db8::1]'],
    ['2001:db8::/32', 'https://[2001:db8::1]'],
  ])('%s excepts %s', (NO_PROXY, to) => {
    expect(byEnvironment({ HTTPS_PROXY, NO_PROXY }, to)).toBeUndefined();
  });

  test.each([
    ['', 'https://crm.example.com'],
    [' , ', 'https://crm.example.com'],
    ['.', 'https://crm.example.com'],
    ['crm.example.org', 'https://crm.example.com'],
    ['rm.example.com', 'https://crm.example.com'],
    ['crm.example.com', 'https://notcrm.example.com'],
    ['crm.example.com', 'https://crm.example.com.example.org'],
    ['crm.example.com:80', 'https://crm.example.com'],
    ['crm.example.com:443', 'https://crm.example.com:8443'],
    ['crm*.example.com', 'https://crm.example.com'],
    ['2.7', 'https://192.0.2.7'],
    ['192.0.2.0/24', 'https://192.0.3.7'],
    ['192.0.2.0/33', 'https://192.0.2.7'],
    ['192.0.2.0/', 'https://192.0.2.7'],
    ['0.0.0.0/0/0', 'https://192.0.2.7'],
    ['[2001:db8::1]:80', 'https://[2001:db8::1]:8443'],
    ['2001:db8::2', 'https://[2001:db8::1]'],
    ['2001:db8::/32', 'https://192.0.2.7'],
  ])('%p does not except %s', (NO_PROXY, to) => {
    expect(byEnvironment({ HTTPS_PROXY, NO_PROXY }, to)).toBe(HTTPS_PROXY);
  });
});
