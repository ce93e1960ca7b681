/**
 * Requests that are refused by their head, before anything of their body is read.
 */
import type { Transport } from '../../../lib/index.js';
import { answering, aRequest, headWith, post, sendRaw, withClient, withServer, xmlHeadWith } from './raw-client.js';

const statusOf = (reply: string): string => /^HTTP\/1\.1 (\d{3})/.exec(reply)?.[1] ?? reply;

/** A transport that counts its calls. */
function counting(): { readonly transport: Transport; readonly count: () => number } {
  let calls = 0;
  const transport: Transport = (call) => {
    calls++;
    return answering(call);
  };
  return { transport, count: () => calls };
}

describe('a request that is too large', () => {
  test('is refused by its Content-Length', () =>
    withServer(answering, { requestBytes: 1000 }, async ({ port }) => {
      const reply = await sendRaw(port, xmlHeadWith('Content-Length: 1073741824'));
      expect(statusOf(reply)).toBe('413');
      expect(reply).toContain('<faultcode>s:Client</faultcode>');
      expect(reply).toMatch(/connection: close/i);
    }));

  test('is refused as soon as its chunks exceed the limit', () =>
    withServer(answering, { requestBytes: 1000 }, async ({ port }) => {
      const chunk = `258\r\n${'x'.repeat(600)}\r\n`;
      const reply = await sendRaw(port, `${xmlHeadWith('Transfer-Encoding: chunked')}${chunk}${chunk}`);
      expect(statusOf(reply)).toBe('413');
    }));

  test('is answered so that a client sees it that is still sending', () =>
    withServer(answering, { requestBytes: 1000 }, ({ port }) =>
      withClient(port, async (client) => {
        client.write(`${xmlHeadWith('Content-Length: 8000000')}${'x'.repeat(4_000_000)}`);
        await client.until('</s:Envelope>');
        expect(statusOf(client.received())).toBe('413');
      }),
    ));

  test('is not one that has just as much as the limit', () =>
    withServer(answering, { requestBytes: Buffer.byteLength(aRequest) }, async ({ port }) => {
      expect(statusOf(await sendRaw(port, post(aRequest, 'Connection: close')))).toBe('200');
    }));
});

describe('a client that asks before it sends the body', () => {
  const expecting = [`Content-Length: ${Buffer.byteLength(aRequest)}`, 'Expect: 100-continue', 'Connection: close'];

  test('is told to proceed', () =>
    withServer(answering, {}, ({ port }) =>
      withClient(port, async (client) => {
        client.write(xmlHeadWith(...expecting));
        await client.until('HTTP/1.1 100 Continue\r\n\r\n');
        client.write(aRequest);
        await client.ended;
        expect(client.received()).toContain('HTTP/1.1 200 OK');
      }),
    ));

  test.each([
    ['413', xmlHeadWith('Content-Length: 999999999', 'Expect: 100-continue')],
    ['415', headWith('Content-Type: text/plain', ...expecting)],
    ['404', xmlHeadWith(...expecting).replace('Chat.svc', 'Other.svc')],
    ['405', xmlHeadWith(...expecting).replace('POST', 'PUT')],
    ['417', xmlHeadWith('Content-Length: 0', 'Expect: a-miracle', 'Connection: close')],
  ])('is told %s at once where the head is not right', (status, head) =>
    withServer(answering, {}, async ({ port }) => {
      const reply = await sendRaw(port, head);
      expect(statusOf(reply)).toBe(status);
      expect(reply).not.toContain('100 Continue');
    }),
  );
});

describe('a refusal by the head', () => {
  test.each([
    ['404', post(aRequest).replace('Chat.svc', 'Other.svc')],
    ['415', post(aRequest, 'Content-Encoding: gzip')],
    ['415', post(aRequest).replace('text/xml', 'application/soap+xml')],
  ])('is a Fault for a client that reads SOAP: %s', (status, request) =>
    withServer(answering, {}, async ({ port }) => {
      const reply = await sendRaw(port, request.replace('Host: x', 'Host: x\r\nConnection: close'));
      expect(statusOf(reply)).toBe(status);
      expect(reply).toMatch(/content-type: (?:text\/xml|application\/soap\+xml); charset=utf-8/i);
      expect(reply).toMatch(/<s:Fault>.*(?:s:Client|s:Sender)</);
    }),
  );

  test.each([
    ['404', 'GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['405', 'DELETE /Remote/Services88/Chat.svc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['415', headWith('Content-Type: application/json', 'Content-Length: 0', 'Connection: close')],
  ])('is a line of text for any other: %s', (status, request) =>
    withServer(answering, {}, async ({ port }) => {
      const reply = await sendRaw(port, request);
      expect(statusOf(reply)).toBe(status);
      expect(reply).toMatch(/content-type: text\/plain/i);
    }),
  );

  test('leaves the connection to the next request where the request was all there', () =>
    withServer(answering, {}, ({ port }) =>
      withClient(port, async (client) => {
        client.write(post(aRequest).replace('text/xml', 'text/plain'));
        await client.until('text/xml\n');
        client.write(post(aRequest));
        await client.until('</s:Envelope>');
        expect(client.received()).toMatch(/^HTTP\/1\.1 415 .*HTTP\/1\.1 200 /s);
      }),
    ));

  test('does not call the transport', async () => {
    const { transport, count } = counting();
    await withServer(transport, {}, async ({ port }) => {
      await sendRaw(port, post(aRequest, 'Content-Encoding: gzip', 'Connection: close'));
      await sendRaw(port, post(aRequest, 'Content-Encoding: identity', 'Connection: close'));
    });
    expect(count()).toBe(1);
  });
});

describe('what is no request of HTTP', () => {
  test.each([
    [
      'Content-Length and Transfer-Encoding',
      `${xmlHeadWith('Content-Length: 6', 'Transfer-Encoding: chunked')}0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n`,
    ],
    ['two Content-Lengths', `${xmlHeadWith('Content-Length: 6', 'Content-Length: 7')}0123456`],
    ['a line that ends with LF alone', headWith('SOAPAction: "a"\nX-Evil: 1', 'Content-Length: 0')],
    ['a greeting of another protocol', 'EHLO x\r\n\r\n'],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n'],
  ])('is answered by 400 and nothing else: %s', (_, bytes) =>
    withServer(answering, {}, async ({ port }) => {
      expect(await sendRaw(port, bytes)).toBe('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    }),
  );

  test('is answered by 431 where its head is too large', () =>
    withServer(answering, {}, async ({ port }) => {
      const reply = await sendRaw(port, headWith(`X-Large: ${'x'.repeat(20_000)}`));
      expect(reply).toBe('HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n');
    }));
});
