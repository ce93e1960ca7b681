/**
 * Recordings for tests: requests of every kind, and the forms in which they are written down.
 */
import { type Call, Chat, encodeRequest, inRelease, type Operation, type Release } from '../../../lib/index.js';

/** A request for the messages of a session, as the published sample has it in numbers. */
export const getMessages = (chatSessionId = 177, after = 964, header: Call['header'] = {}): string =>
  encodeRequest(Chat.getChatMessages, { chatSessionId, after }, { header });

/** Any request of any release. */
export const requestIn = (
  release: Release,
  operation: Operation,
  input: unknown,
  header: Call['header'] = {},
): string => {
  const [own] = Object.values(inRelease({ operation }, release));
  return encodeRequest(own as Operation, input as never, { header });
};

export const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

/** An HTTP request as it is sent. */
export const http = (body: string, headers: Readonly<Record<string, string>> = {}, eol = '\r\n'): string =>
  [
    'POST /Cust12345/Remote/Services88/Chat.svc HTTP/1.1',
    ...Object.entries({
      Host: 'sod2.superoffice.example.com',
      'Content-Type': 'text/xml; charset=utf-8',
      SOAPAction: '"http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/GetChatMessages"',
      'Content-Length': String(Buffer.byteLength(body)),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join(eol);

export const httpReply = (body: string, eol = '\r\n'): string =>
  ['HTTP/1.1 200 OK', 'Content-Type: text/xml', `Content-Length: ${Buffer.byteLength(body)}`, '', body].join(eol);

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A HAR file whose entries have these requests. */
export const har = (...requests: readonly object[]): string =>
  JSON.stringify({
    log: { version: '1.2', creator: { name: 'test', version: '1' }, entries: requests.map((request) => ({ request })) },
  });

export const harPost = (text: string, more: object = {}): object => ({
  method: 'POST',
  url: 'https://anna:canary-url@crm.example.com/Remote/Services88/Chat.svc?secret=canary-query',
  headers: [{ name: 'Content-Type', value: 'text/xml; charset=utf-8' }],
  postData: { mimeType: 'text/xml; charset=utf-8', text },
  ...more,
});
