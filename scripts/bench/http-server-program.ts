/**
 * Answers POST with bytes that were made before, as cheaply as Node allows, so that the clients are what is measured:
 * Chat.svc with 20 messages, SoPrincipal.svc with a ticket, and any other path with the same messages as JSON.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { listening } from './beside.js';
import { codec } from './built.js';
import { restBody, soapBody } from './http-exchange.js';

const loginBody = codec.encodeReply(codec.SoPrincipal.authenticateUsernamePassword, {
  authenticationSucceeded: true,
  credentials: { ticket: '7T:QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=' },
});
const soap = answer('text/xml; charset=utf-8', soapBody);
const rest = answer('application/json; charset=utf-8', restBody);
const login = answer('text/xml; charset=utf-8', Buffer.from(loginBody));

function answer(type: string, body: Buffer): Buffer {
  const head = `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

function answerTo(request: string): Buffer {
  const line = request.slice(0, request.indexOf('\r\n'));
  if (line.includes('/SoPrincipal.svc')) return login;
  return line.includes('/Chat.svc') ? soap : rest;
}

/** A request may come in pieces. */
function serve(socket: Socket): void {
  let text = '';
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    for (let end = endOfRequest(text); end <= text.length; end = endOfRequest(text)) {
      socket.write(answerTo(text));
      text = text.slice(end);
    }
  });
}

/** Where the first request ends, which is beyond the text while it is not complete. */
function endOfRequest(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return Number.POSITIVE_INFINITY;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, head))?.[1] ?? 0;
  return head + 4 + Number(length);
}

const server = createServer(serve).listen(0, '127.0.0.1');
await once(server, 'listening');
listening((server.address() as AddressInfo).port);
