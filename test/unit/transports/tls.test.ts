import { createServer } from 'node:net';
import { connectFailure } from '../../../lib/transports/connect-failure.js';
import { createAuthority, expired, type Identity, notYetValid, selfSigned } from './certificates.js';
import { answerOf, failureOf, rejectionOf } from './connecting.js';
import { ANSWER, listen, plainServer, tlsServer } from './connection-servers.js';
import { closedAfterEach } from './servers.js';

const keep = closedAfterEach();

const authority = createAuthority();
const server = authority.issue();
const client = authority.issue({ names: ['A Client'] });
const ca = authority.cert;
const own = selfSigned();

const serving = async ({ cert, key }: Identity = server) => keep(await tlsServer({ cert, key }));

describe('a server with TLS', () => {
  test('is called if its certificate comes from the authority in tls.ca', async () => {
    const { origin } = await serving();
    expect(await answerOf(origin, { tls: { ca } })).toBe(ANSWER);
    expect(await answerOf(origin, { tls: { ca: [Buffer.from(ca)] } })).toBe(ANSWER);
  });

  test('is called by a name if its certificate is for that', async () => {
    const { port } = await serving();
    expect(await answerOf(`https://localhost:${port}`, { tls: { ca } })).toBe(ANSWER);
  });

  test('is called with a self-signed certificate if that is in tls.ca', async () => {
    const { origin } = await serving(own);
    expect(await answerOf(origin, { tls: { ca: own.cert } })).toBe(ANSWER);
  });

  test.each([
    ['comes from an authority that is not known', server, {}, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', /tls\.ca/],
    ['is self-signed', own, {}, 'DEPTH_ZERO_SELF_SIGNED_CERT', /tls\.ca, or its file in NODE_EXTRA_CA_CERTS/],
    ['is self-signed, and not the one in tls.ca', own, { ca }, 'DEPTH_ZERO_SELF_SIGNED_CERT', /tls\.ca/],
    ['has expired', authority.issue(expired), { ca }, 'CERT_HAS_EXPIRED', /expired, or the clock/],
    ['is not valid yet', authority.issue(notYetValid), { ca }, 'CERT_NOT_YET_VALID', /not valid yet, or the clock/],
    [
      'is for another host',
      authority.issue({ names: ['crm.example.com', '*.example.org'] }),
      { ca },
      'ERR_TLS_CERT_ALTNAME_INVALID',
      /is for DNS:crm\.example\.com, DNS:\*\.example\.org; .*tls\.servername/,
    ],
  ])('is sent nothing if its certificate %s', async (_, identity, tls, code, hint) => {
    const { origin, seen } = await serving(identity);
    const error = await failureOf(origin, { tls });
    expect(error).toMatchObject({ kind: 'transport', code: 'connect', outcome: 'not-sent', cause: { code } });
    expect(error.message).toContain(`no connection to ${origin}/Chat.svc (${code}): `);
    expect(error.message).toMatch(hint);
    expect(seen).toEqual([]);
  });

  test('may have a certificate for the name in tls.servername, and is asked for the host in the URL', async () => {
    const { origin, port, seen } = await serving(authority.issue({ names: ['crm.example.com'] }));
    const tls = { ca, servername: 'crm.example.com' };
    expect(await answerOf(origin, { tls })).toBe(ANSWER);
    expect(await answerOf(`https://localhost:${port}`, { tls })).toBe(ANSWER);
    expect(seen.map(({ host }) => host)).toEqual([`127.0.0.1:${port}`, `localhost:${port}`]);
  });

  test('is refused if its certificate is for the host, but not for the name in tls.servername', async () => {
    const { port } = await serving();
    const tls = { ca, servername: 'crm.example.com' };
    expect((await failureOf(`https://localhost:${port}`, { tls })).message).toContain('is for DNS:localhost');
  });

  test('that speaks nothing newer than TLS 1.1 is refused', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const { origin, seen } = keep(await tlsServer({ ...server, ...old }));
    const error = await failureOf(origin, { tls: { ca } });
    expect(error).toMatchObject({ code: 'connect', outcome: 'not-sent' });
    expect(error.message).toMatch(/does not speak TLS 1\.2 or newer$/);
    expect(seen).toEqual([]);
  });

  test('that speaks TLS 1.2 is called', async () => {
    const { origin } = keep(await tlsServer({ ...server, maxVersion: 'TLSv1.2' }));
    expect(await answerOf(origin, { tls: { ca } })).toBe(ANSWER);
  });

  test('that has no TLS at this port is not sent anything', async () => {
    const { port, seen } = keep(await plainServer());
    const error = await failureOf(`https://127.0.0.1:${port}`);
    expect(error).toMatchObject({ code: 'connect', outcome: 'not-sent' });
    expect(error.message).toMatch(/does not speak TLS; is it http:\?$/);
    expect(seen).toEqual([]);
  });

  test.each(['end', 'resetAndDestroy'] as const)('that ends the handshake by %s was sent nothing', async (how) => {
    const { port } = keep(await listen(createServer((socket) => socket.once('data', () => socket[how]()))));
    const error = await failureOf(`https://127.0.0.1:${port}`);
    expect(error).toMatchObject({ code: 'connect', outcome: 'not-sent', cause: { code: 'ECONNRESET' } });
  });

  test('that says nothing in the handshake was sent nothing, and is left when the time is up', async () => {
    const { port } = keep(await listen(createServer(() => {})));
    const error = await failureOf(`https://127.0.0.1:${port}`, { connectMs: 50 });
    expect(error).toMatchObject({ code: 'timeout', phase: 'connect', outcome: 'not-sent' });
    expect(error.message).toBe(`transport: no connection to https://127.0.0.1:${port}/Chat.svc in time`);
  });
});

describe('a server that wants a client certificate', () => {
  const strict = async (maxVersion: 'TLSv1.2' | 'TLSv1.3') =>
    keep(await tlsServer({ ...server, ca, requestCert: true, rejectUnauthorized: true, maxVersion }));

  test.each([
    ['tls.cert and tls.key', { cert: client.cert, key: client.key }],
    ['tls.key with a passphrase', { cert: client.cert, key: client.encryptedKey('open it'), passphrase: 'open it' }],
    ['tls.pfx', { pfx: client.asPfx('open it'), passphrase: 'open it' }],
  ])('is called with %s', async (_, identity) => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const { origin } = await strict(version);
      expect(await answerOf(origin, { tls: { ca, ...identity } })).toBe(ANSWER);
    }
  });

  test('was sent nothing if it refuses within the handshake, as TLS 1.2 does', async () => {
    const { origin, seen } = await strict('TLSv1.2');
    const error = await failureOf(origin, { tls: { ca } });
    expect(error).toMatchObject({ code: 'connect', outcome: 'not-sent' });
    expect(error.message).toMatch(/perhaps it wants a certificate, tls\.cert and tls\.key or tls\.pfx$/);
    expect(seen).toEqual([]);
  });

  test('may have been sent the call if it refuses after the handshake, as TLS 1.3 does', async () => {
    const { origin } = await strict('TLSv1.3');
    const error = await rejectionOf(origin, { tls: { ca } });
    expect(error).toBeInstanceOf(Error);
    expect(connectFailure(error, origin)).toBeUndefined();
  });
});
