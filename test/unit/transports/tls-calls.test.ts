/**
 * Calls to the simulator behind TLS, as an installation stands behind it, and through a proxy.
 */
import { connect } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import {
  Chat,
  createClient,
  isRetryable,
  type SoapTransportOptions,
  SoPrincipal,
  soapTransport,
} from '../../../lib/index.js';
import { createSimulator, serveSoap } from '../../../lib/server.js';
import { createAuthority, selfSigned } from './certificates.js';
import { everythingOf } from './connecting.js';
import { endTogether, listen, proxyServer } from './connection-servers.js';
import { closedAfterEach, errorOf } from './servers.js';

const keep = closedAfterEach();

const authority = createAuthority();
const { cert, key } = authority.issue();
const own = selfSigned();
const ticket = '7T:canary-ticket';

/** The address of an installation with a certificate. */
async function installation(tls: TlsOptions = { cert, key }): Promise<string> {
  const { port } = keep(await serveSoap([Chat, SoPrincipal], createSimulator()));
  const terminator = createTlsServer(tls, (socket) => {
    const onward = connect(port, '127.0.0.1');
    onward.pipe(socket).pipe(onward);
    endTogether(socket, onward);
  });
  return `${keep(await listen(terminator, 'https:')).origin}/Remote/Services88`;
}

const transportTo = (baseUrl: string, options: Partial<SoapTransportOptions>) =>
  keep(soapTransport({ baseUrl, header: { credentials: { ticket } }, ...options }));

const systemAt = (baseUrl: string, options: Partial<SoapTransportOptions>) =>
  createClient(SoPrincipal, transportTo(baseUrl, options)).getSystemInfo();

test('a call is answered over TLS', async () => {
  const system = await systemAt(await installation(), { tls: { ca: authority.cert } });
  expect(system?.companyName).toEqual(expect.any(String));
});

test('a call is answered over TLS through a proxy, with a certificate of the client', async () => {
  const baseUrl = await installation({ cert, key, ca: authority.cert, requestCert: true, rejectUnauthorized: true });
  const proxy = keep(await proxyServer());
  const system = await systemAt(baseUrl, { tls: { ca: authority.cert, cert, key }, proxy: proxy.origin });
  expect(system?.companyName).toEqual(expect.any(String));
  expect(proxy.asked).toEqual([`CONNECT ${new URL(baseUrl).host}`]);
});

/** A call that may not be made twice if the first may have been executed. */
const addMessage = (baseUrl: string, options: Partial<SoapTransportOptions>) =>
  createClient(Chat, transportTo(baseUrl, options)).addChatMessage({ chatSessionId: 1, message: { message: 'hello' } });

test('a call to a server that is not trusted may be made again, whatever it does, and shows no secret', async () => {
  const error = await errorOf(addMessage(await installation(own), { tls: { ca: authority.cert } }));
  expect(error).toMatchObject({ code: 'connect', outcome: 'not-sent', operation: 'Chat.AddChatMessage' });
  expect(isRetryable(error, Chat.addChatMessage)).toBe(true);
  expect(everythingOf(error)).not.toContain('canary');
});

test('a call that a proxy refuses may be made again, whatever it does, and shows no secret', async () => {
  const proxy = keep(await proxyServer({ answer: () => 'HTTP/1.1 407 No\r\nX-Seen: canary\r\n\r\ncanary' }));
  const withPassword = proxy.origin.replace('//', '//anna:canary-password@');
  const options = { tls: { ca: authority.cert }, proxy: withPassword };
  const error = await errorOf(addMessage(await installation(), options));
  expect(error).toMatchObject({ code: 'connect', outcome: 'not-sent', operation: 'Chat.AddChatMessage' });
  expect(isRetryable(error, Chat.addChatMessage)).toBe(true);
  expect(everythingOf(error)).not.toContain('canary');
});
