/**
 * What the owner of a server is told of the calls that it served, and the service that answered.
 */
import {
  Chat,
  createClient,
  encodeRequest,
  Fault,
  intercept,
  soapTransport,
  type Transport,
} from '../../../lib/index.js';
import { createSimulator, type ServedCall, serveSoap, trouble } from '../../../lib/server.js';
import { answering, aRequest, ordinaryCall, post, sendRaw, withServer, xmlHeadWith } from './raw-client.js';

/** All that onCall is told of these bytes. */
async function seenOf(transport: Transport, bytes: string, options: object = {}): Promise<readonly ServedCall[]> {
  const seen: ServedCall[] = [];
  const onCall = (call: ServedCall): void => {
    seen.push(call);
  };
  await withServer(transport, { ...options, onCall }, ({ port }) => sendRaw(port, bytes));
  return seen;
}

const lastRequest = post(aRequest, 'Connection: close', 'User-Agent: an old script/1.0');

/** A refusal by one of several services. */
const refusing =
  (code: 'service' | 'soap-fault', options: object = {}): Transport =>
  async () => {
    throw Object.assign(new Fault(code, 'no', options), { servedBy: 'b' });
  };

test('it is told once who called what in which way, and how that went', async () => {
  const [seen, ...more] = await seenOf(answering, lastRequest);
  expect(more).toEqual([]);
  expect(seen).toEqual({
    operation: 'Chat.GetChatMessages',
    style: 'soap 1.1',
    release: '88',
    userAgent: 'an old script/1.0',
    address: '127.0.0.1',
    servedBy: undefined,
    outcome: 'succeeded',
    durationMs: expect.any(Number),
  });
  expect(seen?.durationMs).toBeGreaterThanOrEqual(0);
});

test('SOAP 1.2 is told apart', async () => {
  const body = encodeRequest(Chat.chatTopicsForUser, {}, { version: '1.2' });
  const head = post(body, 'Connection: close').replace('text/xml', 'application/soap+xml');
  const [seen] = await seenOf(answering, head, { versions: ['1.2'] });
  expect(seen).toMatchObject({ operation: 'Chat.ChatTopicsForUser', style: 'soap 1.2', userAgent: undefined });
});

test.each<[ServedCall['outcome'], string, Transport]>([
  ['refused', 'a refusal', refusing('service')],
  ['refused', 'a Fault that was a refusal', refusing('soap-fault')],
  ['failed', 'a Fault that says no more than that it went wrong', refusing('soap-fault', { outcome: 'unknown' })],
  ['failed', 'an error of any kind', () => Promise.reject(new Error('broken'))],
  ['failed', 'a reply that cannot be written', async () => ({ output: 'no list', header: {} })],
  ['failed', 'trouble', intercept(answering, trouble({ resetAfter: 1 }))],
])('a call is told as %s for %s', async (outcome, _, transport) => {
  expect(await seenOf(transport, lastRequest)).toMatchObject([{ outcome }]);
});

test.each([
  ['no service is there', lastRequest.replace('Chat.svc', 'Other.svc')],
  ['the document is none', post('<nothing/>', 'Connection: close')],
  ['the type is another', post(aRequest, 'Connection: close').replace('text/xml', 'text/plain')],
  ['it is too long', `${xmlHeadWith('Content-Length: 99999999', 'Connection: close')}${aRequest}`],
])('nothing is told where %s', async (_, bytes) => {
  expect(await seenOf(answering, bytes)).toEqual([]);
});

test('what is told holds no ticket, and nothing of what a call and its reply say', async () => {
  const seen: ServedCall[] = [];
  const onCall = (call: ServedCall): void => {
    seen.push(call);
  };
  const server = await serveSoap([Chat], createSimulator(), { onCall });
  const transport = soapTransport({ baseUrl: server.baseUrl });
  const header = { credentials: { ticket: '8A:demo-anna' }, applicationToken: 'canary-token' };
  const message = { message: 'canary-text', type: 'ToCustomer' } as const;
  try {
    await createClient(Chat, transport).addChatMessage({ chatSessionId: 44, message }, { header });
  } finally {
    await transport.close();
    await server.close();
  }
  expect(seen).toHaveLength(1);
  expect(JSON.stringify(seen)).not.toMatch(/8A:|canary/);
});

test.each<[string, (seen: ServedCall) => unknown]>([
  [
    'throws',
    () => {
      throw new Error('of the owner');
    },
  ],
  ['rejects', () => Promise.reject(new Error('of the owner'))],
])('what onCall %s changes nothing', (_, onCall) =>
  withServer(answering, { onCall }, async ({ port }) => {
    expect(await ordinaryCall(port)).toBe('HTTP/1.1 200 OK');
  }),
);

test.each<[string, Transport]>([
  ['a reply', async () => ({ output: [], header: {}, servedBy: 'b' })],
  ['a refusal', refusing('service')],
  ['a Fault', refusing('soap-fault')],
  ['a failure', async () => Promise.reject(Object.assign(new Fault('login', 'no'), { servedBy: 'b' }))],
])('which service it was is a header of HTTP for %s, and is told', async (_, transport) => {
  const seen: ServedCall[] = [];
  const onCall = (call: ServedCall): void => {
    seen.push(call);
  };
  await withServer(transport, { onCall }, async ({ port }) => {
    expect(await sendRaw(port, lastRequest)).toContain('\r\nx-served-by: b\r\n');
  });
  expect(seen).toMatchObject([{ servedBy: 'b' }]);
});

test('a name that no header may hold is told without what it may not', () =>
  withServer(
    async () => ({ output: [], header: {}, servedBy: 'Åse\r\nx: y' }),
    {},
    async ({ port }) => {
      expect(await sendRaw(port, lastRequest)).toContain('\r\nx-served-by: ?se??x: y\r\n');
    },
  ));

test('there is no such header where only one service is known', () =>
  withServer(answering, {}, async ({ port }) => {
    expect(await sendRaw(port, lastRequest)).not.toMatch(/x-served-by/i);
  }));
