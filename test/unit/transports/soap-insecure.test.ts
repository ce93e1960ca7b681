/**
 * Credentials do not go where others can read them.
 */
import { type Call, Chat, createChatClient, type Operation, SoPrincipal, soapTransport } from '../../../lib/index.js';
import { closedAfterEach, deadEnd, errorOf } from './servers.js';

const keep = closedAfterEach();
const far = 'http://crm.example.com/Remote/Services88';
const credentials = { ticket: '7T:canary' };

const callOf = (operation: Operation, header: Call['header'] = {}, input: unknown = {}): Call => ({
  operation,
  input,
  header,
});

test.each([
  far,
  'http://127.0.0.1.example.com/a',
  'http://localhost.example.com/a',
  'http://10.0.0.1/a',
  'http://[fd00::1]/a',
])('a client of %s is refused', (baseUrl) => {
  expect(() => createChatClient({ baseUrl, credentials })).toThrow(/^input: baseUrl: .*allowInsecure/);
});

test.each([
  'http://localhost/a',
  'http://crm.localhost/a',
  'http://127.0.0.1/a',
  'http://127.1.2.3:81/a',
  'http://[::1]/a',
  'https://crm.example.com/a',
])('a client of %s is none to refuse', (baseUrl) => {
  expect(() => keep(createChatClient({ baseUrl, credentials }))).not.toThrow();
});

test('a client of this machine that goes through a proxy is refused, since its credentials leave the machine', () => {
  const proxy = 'http://proxy.example.com:8080';
  expect(() => createChatClient({ baseUrl: 'http://localhost/a', credentials, proxy })).toThrow(/^input: baseUrl: /);
});

test('only true allows it', () => {
  expect(() => keep(createChatClient({ baseUrl: far, credentials, allowInsecure: true }))).not.toThrow();
  for (const allowInsecure of [false, undefined, 1 as never, 'true' as never]) {
    expect(() => createChatClient({ baseUrl: far, credentials, allowInsecure })).toThrow('input: ');
  }
});

describe('a transport', () => {
  const { getChatMessages } = Chat;
  const { authenticateImplicit, authenticateUsernamePassword } = SoPrincipal;
  test.each<[string, Call]>([
    ['with a ticket', callOf(getChatMessages, { credentials })],
    ['with an application token', callOf(SoPrincipal.getSystemInfo, { applicationToken: 'canary' })],
    ['with a password', callOf(authenticateUsernamePassword, {}, { userName: 'anna', password: 'canary' })],
    ['whose answer is a ticket', callOf(authenticateImplicit)],
  ])('sends no call %s', async (_, call) => {
    const error = await errorOf(keep(soapTransport({ baseUrl: far }))(call));
    expect(error).toMatchObject({ kind: 'input', path: 'baseUrl', outcome: 'not-sent', operation: expect.any(String) });
    expect(error.message).not.toContain('canary');
  });

  test('may ask what needs no credentials', async () => {
    const { port } = new URL(await deadEnd());
    // The name is that of no host, so that the call comes as far as asking for its address.
    const transport = keep(soapTransport({ baseUrl: `http://crm.invalid:${port}/a`, proxy: false }));
    expect(await errorOf(transport(callOf(SoPrincipal.getSystemInfo)))).toMatchObject({ code: 'connect' });
  });
});
