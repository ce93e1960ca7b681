import { createServer } from 'node:net';
import type { TransportError } from '../../../lib/errors.js';
import { connectFailure } from '../../../lib/transports/connect-failure.js';
import { openConnections } from '../../../lib/transports/connections.js';
import { createAuthority, expired, selfSigned } from './certificates.js';
import { answerOf, everythingOf, failureOf } from './connecting.js';
import {
  ANSWER,
  listen,
  type ProxyServer,
  plainServer,
  proxyServer,
  SILENCE,
  tlsServer,
} from './connection-servers.js';
import { closedAfterEach } from './servers.js';

const keep = closedAfterEach();

const authority = createAuthority();
const identity = { ...authority.issue() };
const own = selfSigned();
const tls = { ca: authority.cert };

const serving = async () => keep(await tlsServer(identity));

/** The URL of a proxy with a user name and a password that must be seen nowhere. */
const withSecret = ({ origin }: { readonly origin: string }): string =>
  origin.replace('//', '//canary-user:canary%2Dpassword@');

const authorization = `Basic ${Buffer.from('canary-user:canary-password').toString('base64')}`;

const expectNoSecretIn = (error: TransportError): void => {
  const text = everythingOf(error);
  expect(text).not.toMatch(/canary/);
  expect(text).not.toContain(authorization);
};

describe('a proxy', () => {
  test('makes a tunnel to an https: origin, and sees no more than its host and port', async () => {
    const { origin, port, seen } = await serving();
    const proxy = keep(await proxyServer());
    expect(await answerOf(origin, { tls, proxy: proxy.origin })).toBe(ANSWER);
    expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${port}`]);
    expect(seen).toHaveLength(1);
  });

  test('makes a tunnel to an http: origin too', async () => {
    const { origin, port, seen } = keep(await plainServer());
    const proxy = keep(await proxyServer());
    expect(await answerOf(origin, { proxy: proxy.origin })).toBe(ANSWER);
    expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${port}`]);
    expect(seen.map(({ host }) => host)).toEqual([`127.0.0.1:${port}`]);
  });

  test.each([
    ['https://crm.example.com', 'crm.example.com:443'],
    ['http://crm.example.com', 'crm.example.com:80'],
    ['http://[2001:db8::1]', '[2001:db8::1]:80'],
    ['http://[2001:db8::1]:8088', '[2001:db8::1]:8088'],
  ])('is asked for %s as %s, whose name it looks up itself', async (origin, asked) => {
    const { port } = origin.startsWith('https:') ? await serving() : keep(await plainServer());
    const proxy = keep(await proxyServer({ leadingTo: port }));
    const options = { tls: { ...tls, servername: 'localhost' }, proxy: proxy.origin };
    expect(await answerOf(origin, options)).toBe(ANSWER);
    expect(proxy.asked).toEqual([`CONNECT ${asked}`]);
    expect(proxy.headers[0]?.host).toBe(asked);
  });

  test('gets the user name and the password of its URL, and the server does not', async () => {
    const { origin, seen } = await serving();
    const proxy = keep(await proxyServer());
    expect(await answerOf(origin, { tls, proxy: withSecret(proxy) })).toBe(ANSWER);
    expect(proxy.headers.map((headers) => headers['proxy-authorization'])).toEqual([authorization]);
    expect(seen[0]).not.toHaveProperty('proxy-authorization');
  });

  test('of which the environment tells is used', async () => {
    const { port } = await serving();
    const proxy = keep(await proxyServer({ leadingTo: port }));
    const environment = { https_proxy: process.env.https_proxy, no_proxy: process.env.no_proxy };
    Object.assign(process.env, { https_proxy: proxy.origin, no_proxy: 'excepted.example.com' });
    try {
      const servername = 'localhost';
      expect(await answerOf('https://crm.example.com', { tls: { ...tls, servername } })).toBe(ANSWER);
      expect(await answerOf(`https://127.0.0.1:${port}`, { tls })).toBe(ANSWER);
    } finally {
      for (const [name, value] of Object.entries(environment)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
    expect(proxy.asked).toEqual(['CONNECT crm.example.com:443']);
    expect(proxy.connections()).toBe(1);
  });

  test('that speaks TLS must have a certificate that is trusted', async () => {
    const { origin } = await serving();
    const proxy = keep(await proxyServer({ tls: identity }));
    expect(await answerOf(origin, { tls, proxy: withSecret(proxy) })).toBe(ANSWER);
    expect(proxy.asked).toHaveLength(1);
  });

  test.each([
    ['self-signed', own, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['expired', authority.issue(expired), 'CERT_HAS_EXPIRED'],
    ['for another host', authority.issue({ names: ['proxy.example.com'] }), 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('that speaks TLS with a certificate that is %s is asked for nothing', async (_, { cert, key }, code) => {
    const proxy = keep(await proxyServer({ tls: { cert, key } }));
    const plain = `http://localhost:${keep(await plainServer()).port}`;
    for (const origin of [(await serving()).origin, plain]) {
      const error = await failureOf(origin, { tls, proxy: withSecret(proxy) });
      expect(error).toMatchObject({ code: 'connect', outcome: 'not-sent', cause: { code } });
      expect(error.message).toContain(`to ${origin}/Chat.svc through the proxy ${proxy.origin} (${code}): `);
      // That name is the server's and not the proxy's.
      expect(error.message).not.toContain('tls.servername');
      expectNoSecretIn(error);
    }
    expect(proxy.asked).toEqual([]);
  });

  // undici takes the certificate to be the server's, and tries again and again if a request names another host.
  test('with a certificate for another host fails calls with a Host header too', async () => {
    const { cert, key } = authority.issue({ names: ['proxy.example.com'] });
    const proxy = keep(await proxyServer({ tls: { cert, key } }));
    const origin = 'http://crm.example.com';
    const pool = keep(await openConnections(origin, { connectMs: 30_000, tls, proxy: proxy.origin }));
    const headers = { host: 'crm.example.com' };
    const error = await pool.request({ origin, path: '/', method: 'POST', headers }).catch((reason: unknown) => reason);
    expect(connectFailure(error, origin)?.message).toContain('(ERR_TLS_CERT_ALTNAME_INVALID)');
    expect(proxy.connections()).toBe(1);
  });

  test('is not shown the certificate of the client', async () => {
    const { origin } = await serving();
    const strict = { ...identity, ca: authority.cert, requestCert: true, rejectUnauthorized: true };
    const proxy = keep(await proxyServer({ tls: { ...strict, maxVersion: 'TLSv1.2' } }));
    const client = { cert: identity.cert, key: identity.key };
    const error = await failureOf(origin, { tls: { ...tls, ...client }, proxy: proxy.origin });
    expect(error.message).toContain(`through the proxy ${proxy.origin}`);
    expect(proxy.asked).toEqual([]);
  });
});

describe('a server behind a proxy', () => {
  test('must have a certificate that is trusted', async () => {
    const { origin, seen } = keep(await tlsServer({ ...own }));
    const proxy = keep(await proxyServer());
    const error = await failureOf(origin, { tls, proxy: withSecret(proxy) });
    expect(error.message).toContain(`no connection to ${origin}/Chat.svc (DEPTH_ZERO_SELF_SIGNED_CERT): `);
    expectNoSecretIn(error);
    expect(seen).toEqual([]);
  });

  test('gets the certificate of the client', async () => {
    const strict = { ca: authority.cert, requestCert: true, rejectUnauthorized: true };
    const { origin } = keep(await tlsServer({ ...identity, ...strict }));
    const proxy = keep(await proxyServer());
    const { cert, key } = authority.issue();
    expect(await answerOf(origin, { tls: { ...tls, cert, key }, proxy: proxy.origin })).toBe(ANSWER);
  });

  test('that says nothing in the handshake is left when the time is up', async () => {
    const { port } = keep(await listen(createServer(() => {})));
    const proxy = keep(await proxyServer());
    const error = await failureOf(`https://127.0.0.1:${port}`, { connectMs: 50, proxy: withSecret(proxy) });
    expect(error).toMatchObject({ code: 'timeout', phase: 'connect', outcome: 'not-sent' });
    expectNoSecretIn(error);
  });
});

describe('a proxy that makes no tunnel', () => {
  const failingThrough = async (proxy: ProxyServer, connectMs = 30_000): Promise<TransportError> => {
    const { origin, seen } = await serving();
    const error = await failureOf(origin, { tls, proxy: withSecret(proxy), connectMs });
    expect(error).toMatchObject({ kind: 'transport', outcome: 'not-sent' });
    expect(error.message).toContain(`no connection to ${origin}/Chat.svc through the proxy ${proxy.origin}`);
    expectNoSecretIn(error);
    expect(seen).toEqual([]);
    return error;
  };

  test.each([
    ['407 Proxy Authentication Required', '(it answered 407): it wants a user name and a password'],
    ['403 Forbidden', '(it answered 403): it makes no tunnels to this host and port'],
    ['502 Bad Gateway', '(it answered 502)'],
    ['302 Found', '(it answered 302)'],
  ])('answers %s, by which nothing was sent', async (status, told) => {
    const answer = `HTTP/1.1 ${status}\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 6\r\n\r\nsorry!`;
    const error = await failingThrough(keep(await proxyServer({ answer: () => answer })));
    expect(error.code).toBe('connect');
    expect(error.message).toContain(told);
  });

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH\r\n'],
    ['half a head', 'HTTP/1.1 200 OK\r\nX-'],
    ['nothing', ''],
    ['an endless head', `HTTP/1.1 200 OK\r\n${'X-Padding: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(2000)}`],
    ['more than its answer', 'HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'],
  ])('answers %s, by which nothing was sent', async (_, answer) => {
    expect((await failingThrough(keep(await proxyServer({ answer: () => answer })))).code).toBe('connect');
  });

  test('resets the connection, by which nothing was sent', async () => {
    const refusing = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    const proxy = { ...keep(await listen(refusing)), asked: [], headers: [] };
    expect(await failingThrough(proxy)).toMatchObject({ code: 'connect', cause: { code: 'ECONNRESET' } });
  });

  test('is not there, by which nothing was sent', async () => {
    const proxy = await proxyServer();
    await proxy.close();
    expect(await failingThrough(proxy)).toMatchObject({ code: 'connect', cause: { code: 'ECONNREFUSED' } });
  });

  test('says nothing, and is left when the time is up', async () => {
    const proxy = keep(await proxyServer({ answer: () => SILENCE }));
    expect(await failingThrough(proxy, 50)).toMatchObject({ code: 'timeout', phase: 'connect' });
    expect(proxy.asked).toHaveLength(1);
  });

  test('fails every call that waits for it, and is asked again by the next', async () => {
    const { origin } = await serving();
    let answer: string | undefined = 'HTTP/1.1 503 Service Unavailable\r\n\r\n';
    const proxy = keep(await proxyServer({ answer: () => answer }));
    const pool = keep(await openConnections(origin, { connectMs: 30_000, tls, proxy: proxy.origin }));
    const call = () => pool.request({ origin, path: '/', method: 'POST' }).then(({ body }) => body.text());
    const told = (error: unknown) => connectFailure(error, origin)?.message;
    const failures = await Promise.all(Array.from({ length: 40 }, () => call().catch(told)));
    expect(new Set(failures)).toEqual(
      new Set([`transport: no connection to ${origin} through the proxy ${proxy.origin} (it answered 503)`]),
    );
    answer = undefined;
    expect(await call()).toBe(ANSWER);
  });
});
