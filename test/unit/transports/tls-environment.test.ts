/**
 * Jest gives tests a copy of the environment, and Node looks at the true one: so there is a process of its own here.
 */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createAuthority, selfSigned } from './certificates.js';
import { ANSWER, proxyServer, tlsServer } from './connection-servers.js';
import { closedAfterEach } from './servers.js';

const keep = closedAfterEach();

// A process takes its time to start on a busy machine.
jest.setTimeout(60_000);

const connections = pathToFileURL(resolve(__dirname, '../../../lib/transports/connections.ts')).href;

/** What a program prints that makes one call by Node's own client, and then one by ours. */
async function outcomes(origin: string, proxy: string | undefined, ca: string | undefined): Promise<string[]> {
  const program = `
    import { get } from 'node:https';
    import { openConnections } from ${JSON.stringify(connections)};
    const { ORIGIN: origin, PROXY: proxy, CA: ca } = process.env;
    await new Promise((done) => {
      const say = (text) => { console.log(text); done(); };
      get(origin, { agent: false }, (reply) => { reply.resume(); say(reply.statusCode); }).on('error', (error) => say(error.code));
    });
    const pool = await openConnections(origin, { connectMs: 10_000, proxy: proxy ?? false, tls: ca && { ca } });
    try {
      const { body } = await pool.request({ origin, path: '/', method: 'POST' });
      console.log(await body.text());
    } catch (error) {
      console.log(error.code, error.cause?.code);
    }
    await pool.destroy();`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    {
      env: {
        ...process.env,
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
        ORIGIN: origin,
        ...(proxy !== undefined && { PROXY: proxy }),
        ...(ca !== undefined && { CA: ca }),
      },
    },
  );
  return stdout.trim().split('\n');
}

describe('where NODE_TLS_REJECT_UNAUTHORIZED=0 makes Node trust anybody', () => {
  const authority = createAuthority();
  const { cert, key } = selfSigned();

  test('a server that is not trusted is sent nothing all the same', async () => {
    const { origin, seen } = keep(await tlsServer({ cert, key }));
    expect(await outcomes(origin, undefined, undefined)).toEqual(['200', 'DEPTH_ZERO_SELF_SIGNED_CERT undefined']);
    expect(seen).toHaveLength(1);
  });

  test('a server behind a proxy is verified too', async () => {
    const { origin, seen } = keep(await tlsServer({ cert, key }));
    const proxy = keep(await proxyServer());
    expect(await outcomes(origin, proxy.origin, undefined)).toEqual(['200', 'DEPTH_ZERO_SELF_SIGNED_CERT undefined']);
    expect(proxy.asked).toHaveLength(1);
    expect(seen).toHaveLength(1);
  });

  test('a proxy is verified too', async () => {
    const { origin } = keep(await tlsServer({ ...authority.issue() }));
    const proxy = keep(await proxyServer({ tls: { cert, key } }));
    expect(await outcomes(origin, proxy.origin, authority.cert)).toEqual(['200', 'PROXY DEPTH_ZERO_SELF_SIGNED_CERT']);
    expect(proxy.asked).toEqual([]);
  });

  test('a server that is trusted is called', async () => {
    const { origin } = keep(await tlsServer({ ...authority.issue() }));
    expect(await outcomes(origin, undefined, authority.cert)).toEqual(['200', ANSWER]);
  });
});
