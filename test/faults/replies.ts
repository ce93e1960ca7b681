/**
 * What the servers of these tests answer: bytes of HTTP, good replies, and refusals.
 */
import { Chat, encodeFault, encodeReply, type ReplyHeader, SoPrincipal } from '../../lib/index.js';
import type { Answer, RawRequest, Script, Step } from './raw-server.js';
import { secrets } from './secrets.js';

type Headers = Readonly<Record<string, string | number>>;

/** The head of a response. */
export const head = (status: number | string, headers: Headers = {}): string =>
  [`HTTP/1.1 ${status}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');

export const XML = { 'Content-Type': 'text/xml; charset=utf-8' };
export const HTML = { 'Content-Type': 'text/html; charset=utf-8' };

/** A whole response; its length is stated unless the headers frame it otherwise. */
export function response(body: string | Buffer, headers: Headers = XML, status: number | string = '200 OK'): Buffer {
  const framed = 'Content-Length' in headers || 'Transfer-Encoding' in headers || headers.Connection === 'close';
  const length = framed ? {} : { 'Content-Length': Buffer.byteLength(body) };
  return Buffer.concat([Buffer.from(head(status, { ...headers, ...length }), 'latin1'), Buffer.from(body)]);
}

/** A response in one chunk, and what ends the chunks. */
export const chunked = (body: string, last = '0\r\n\r\n'): Buffer =>
  response(`${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n${last}`, { ...XML, 'Transfer-Encoding': 'chunked' });

const isWrite = ({ head: text }: RawRequest): boolean => /^soapaction: .*AddChatMessage"/im.test(text);

/** The envelope that the service would give. */
export const goodEnvelope = (request: RawRequest, header?: ReplyHeader): string =>
  isWrite(request)
    ? encodeReply(Chat.addChatMessage, { chatMessageId: 1, message: 'hello' }, { header: header ?? {} })
    : encodeReply(Chat.getChatMessages, [{ chatMessageId: 1, message: 'hello' }], { header: header ?? {} });

export const good = (request: RawRequest): readonly Step[] => [response(goodEnvelope(request))];

export const goodLogin: readonly Step[] = [
  response(
    encodeReply(SoPrincipal.authenticateUsernamePassword, {
      authenticationSucceeded: true,
      credentials: { ticket: secrets.ticket },
    }),
  ),
];

/** A server with nothing wrong. */
export const health: Script = { calls: [good], logins: [goodLogin] };

export const page = (title: string, body = ''): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body>${body}</body></html>`;

/** A Fault element, under the status that such have unless it is said otherwise. */
export const fault = (faultCode: string, reason = 'no', status = '500 Internal Server Error'): readonly Step[] => [
  response(encodeFault({ faultCode, reason }), XML, status),
];

/** A refusal in the header of a reply, as the service makes most of them. */
export const refusal =
  (exceptionInfo: NonNullable<ReplyHeader['exceptionInfo']>): Answer =>
  (request) => [response(goodEnvelope(request, { exceptionInfo }))];
