/**
 * What the errors of failing calls show, whatever is done to them, holds none of the secrets that were sent.
 */
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import {
  type Call,
  Chat,
  type ChatClientOptions,
  createChatClient,
  encodeFault,
  encodeReply,
  type RequestHeader,
  type SoapTransportOptions,
  SoPrincipal,
  soapTransport,
} from '../../../lib/index.js';
import { closedAfterEach, deadEnd, errorOf, httpServer, type Seen, tcpServer } from './servers.js';

const keep = closedAfterEach();

/** As long and as odd as tickets are: what escapes it must be found too. */
const secrets = {
  ticket: '7T:canary-ticket-QUJD<&>==',
  password: 'canary-password "\'<&>\\',
  applicationToken: 'canary-application-token',
  accessToken: '8A:canary-access-token',
};

const header = (): RequestHeader => ({
  credentials: { ticket: secrets.ticket },
  applicationToken: secrets.applicationToken,
});

/** The calls whose requests hold secrets: one with a ticket, and the logins. */
const calls = (): readonly Call[] => {
  const { applicationToken } = secrets;
  const { authenticateUsernamePassword, authenticateWithAccessToken, authenticateGeneric } = SoPrincipal;
  return [
    { operation: Chat.getChatMessages, input: { chatSessionId: 42, after: 0 }, header: header() },
    {
      operation: authenticateUsernamePassword,
      input: { userName: 'anna', password: secrets.password },
      header: { applicationToken },
    },
    {
      operation: authenticateWithAccessToken,
      input: { accessToken: secrets.accessToken },
      header: { applicationToken },
    },
    {
      operation: authenticateGeneric,
      input: { authenticationData: { Password: secrets.password } },
      header: { applicationToken },
    },
  ];
};

/** All that can be seen of a value with the usual means. */
function everythingOf(value: unknown): string {
  const causes: unknown[] = [];
  for (let each = value; each instanceof Error && !causes.includes(each); each = each.cause) causes.push(each);
  return [
    inspect(value),
    inspect(value, { showHidden: true, depth: Number.POSITIVE_INFINITY, getters: true }),
    JSON.stringify(value),
    ...causes.flatMap((each) => [String(each), (each as Error).stack, JSON.stringify(each)]),
  ].join('\n');
}

function expectNoSecretIn(value: unknown): void {
  const text = everythingOf(value);
  expect(text.match(/.{0,30}canary.{0,30}/g)).toBeNull();
}

async function expectNoSecretFrom(options: SoapTransportOptions, making: readonly Call[] = calls()): Promise<void> {
  const transport = keep(soapTransport(options));
  for (const call of making) expectNoSecretIn(await errorOf(transport(call)));
}

const xml = { 'content-type': 'text/xml; charset=utf-8' };

/** Answers of a server that says back all that it was sent. */
const echoes: readonly [string, (response: ServerResponse, seen: Seen) => void][] = [
  ['200 as HTML', (r, { body }) => r.writeHead(200, { 'content-type': 'text/html' }).end(`<pre>${body}</pre>`)],
  ['500 as HTML', (r, { body }) => r.writeHead(500, { 'content-type': 'text/html' }).end(`<pre>${body}</pre>`)],
  ['401 as HTML', (r, { body }) => r.writeHead(401, { 'content-type': 'text/html' }).end(`<pre>${body}</pre>`)],
  ['404 as text', (r, { body }) => r.writeHead(404, { 'content-type': 'text/plain' }).end(body)],
  ['503 as XML', (r, { body }) => r.writeHead(503, xml).end(body)],
  ['200 as the same envelope', (r, { body }) => r.writeHead(200, xml).end(body)],
  ['200 as a document that is cut short', (r, { body }) => r.writeHead(200, xml).end(body.slice(0, -30))],
  ['200 after the XML', (r, { body }) => r.writeHead(200, xml).end(`<x/>${body}`)],
  ['200 with too much', (r, { body }) => r.writeHead(200, xml).end(body.repeat(100))],
  [
    '302 in its Location',
    (r) => r.writeHead(302, { location: `/?ticket=${encodeURIComponent(secrets.ticket)}&canary` }).end(),
  ],
];

describe('no secret is in the error of a call', () => {
  test('to a server that is not there', async () => {
    await expectNoSecretFrom({ baseUrl: await deadEnd() });
  });

  test.each<[string, string | undefined]>([
    ['before the reply', undefined],
    ['within the head', 'HTTP/1.1 200 OK\r\nContent-Ty'],
    ['within the reply', 'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 500\r\n\r\n<?xml'],
    [
      'after a document that is cut short',
      'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n\r\n<s:E',
    ],
    ['after something that is no HTTP', '220 mail.example.com ESMTP\r\n'],
  ])('whose connection is closed %s', async (_, bytes) => {
    const { baseUrl } = keep(await tcpServer((socket) => (bytes === undefined ? socket.destroy() : socket.end(bytes))));
    await expectNoSecretFrom({ baseUrl });
  });

  test('that times out', async () => {
    const { baseUrl } = keep(await tcpServer(() => {}));
    await expectNoSecretFrom({ baseUrl, timeouts: { headers: 20 } }, calls().slice(0, 1));
  });

  test('that is aborted', async () => {
    const controller = new AbortController();
    const { baseUrl } = keep(await tcpServer(() => controller.abort()));
    const withSignal = calls().map((call) => ({ ...call, signal: controller.signal }));
    await expectNoSecretFrom({ baseUrl }, withSignal);
  });

  test.each([204, 302, 400, 401, 403, 404, 413, 500, 502, 503])('that ends with the status %d', async (status) => {
    const { baseUrl } = keep(await httpServer((response) => response.writeHead(status, xml).end()));
    await expectNoSecretFrom({ baseUrl });
  });

  test('that ends with a Fault or an ExceptionInfo', async () => {
    const fault = encodeFault({ faultCode: 'Client', reason: 'no' });
    const refusal = encodeReply(Chat.getChatMessages, null, { header: { exceptionInfo: { message: 'no' } } });
    const faulty = keep(await httpServer((response) => response.writeHead(500, xml).end(fault)));
    const refusing = keep(await httpServer((response) => response.writeHead(200, xml).end(refusal)));
    await expectNoSecretFrom({ baseUrl: faulty.baseUrl });
    await expectNoSecretFrom({ baseUrl: refusing.baseUrl }, calls().slice(0, 1));
  });

  test.each(echoes)('that the server sends back under %s', async (_, echo) => {
    const { baseUrl } = keep(await httpServer(echo));
    await expectNoSecretFrom({ baseUrl, limits: { replyBytes: 20_000 } });
  });

  test('that the server sends back within the text of a Fault', async () => {
    const { ticket } = secrets;
    const fault = encodeFault({ faultCode: 'Client', reason: `the ticket ${ticket} is not valid` });
    const { baseUrl } = keep(await httpServer((response) => response.writeHead(500, xml).end(fault)));
    await expectNoSecretFrom({ baseUrl }, calls().slice(0, 1));
  });

  test('that the server sends back within an ExceptionInfo', async () => {
    const { ticket } = secrets;
    const refusal = encodeReply(Chat.getChatMessages, null, {
      header: {
        exceptionInfo: { message: `the ticket ${ticket} is not valid`, friendlyText: ticket, parameters: { ticket } },
      },
    });
    const { baseUrl } = keep(await httpServer((response) => response.writeHead(200, xml).end(refusal)));
    await expectNoSecretFrom({ baseUrl }, calls().slice(0, 1));
  });

  test.each<[string, Partial<Call>]>([
    ['a ticket with a control character', { header: { credentials: { ticket: `${secrets.ticket}\u0000` } } }],
    ['a ticket with half of a surrogate pair', { header: { credentials: { ticket: `${secrets.ticket}\ud800` } } }],
    ['an application token with a control character', { header: { applicationToken: `canary\u0000` } }],
    ['a ticket in the wrong place', { header: { credentials: secrets.ticket } as unknown as RequestHeader }],
    ['a ticket in the input', { input: { chatSessionId: secrets.ticket, after: 0 } }],
  ])('that is not sent because of %s', async (_, wrong) => {
    const transport = keep(soapTransport({ baseUrl: 'http://127.0.0.1:9' }));
    const error = await errorOf(
      transport({ operation: Chat.getChatMessages, input: { chatSessionId: 1, after: 0 }, header: header(), ...wrong }),
    );
    expect(error.kind).toBe('input');
    expectNoSecretIn(error);
  });

  test('that is not sent because of a password with a control character', async () => {
    const transport = keep(soapTransport({ baseUrl: 'http://127.0.0.1:9' }));
    const operation = SoPrincipal.authenticateUsernamePassword;
    const input = { userName: 'anna', password: `${secrets.password}\u0000` };
    const error = await errorOf(transport({ operation, input, header: {} }));
    expect(error.kind).toBe('input');
    expectNoSecretIn(error);
  });
});

describe('no secret is in what a chat client shows', () => {
  const options = (baseUrl: string): ChatClientOptions => ({
    baseUrl,
    credentials: { userName: 'anna', password: secrets.password },
    applicationToken: secrets.applicationToken,
    attempts: 1,
  });

  test('of itself', () => {
    expectNoSecretIn(keep(createChatClient(options('http://127.0.0.1:9'))));
  });

  test('in the error of a login that fails', async () => {
    const { baseUrl } = keep(await httpServer((response) => response.writeHead(500).end()));
    expectNoSecretIn(await errorOf(keep(createChatClient(options(baseUrl))).chatSessionsForUser()));
  });

  test('in the error of a login that is refused', async () => {
    const reply = encodeReply(SoPrincipal.authenticateUsernamePassword, { authenticationSucceeded: false });
    const { baseUrl } = keep(await httpServer((response) => response.writeHead(200, xml).end(reply)));
    const error = await errorOf(keep(createChatClient(options(baseUrl))).chatSessionsForUser());
    expect(error.code).toBe('login');
    expectNoSecretIn(error);
  });
});
