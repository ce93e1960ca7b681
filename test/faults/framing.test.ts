/**
 * Replies whose head does not fit what follows, or is unusual and right.
 */
import { testEach } from './cases.js';
import { type Answer, fin } from './raw-server.js';
import { goodEnvelope, response, XML } from './replies.js';
import { secrets } from './secrets.js';

describe('when the length that is stated is wrong', () => {
  const stating =
    (headers: Readonly<Record<string, string | number>>): Answer =>
    (request) => [response(goodEnvelope(request), { ...XML, ...headers }), fin];
  const lengths =
    (...lines: readonly string[]): Answer =>
    (request) => {
      const body = goodEnvelope(request);
      const size = Buffer.byteLength(body);
      return [
        `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n${lines.map((line) => line.replace('N', `${size}`)).join('\r\n')}\r\n\r\n${body}`,
        fin,
      ];
    };
  const connection = { kind: 'transport', code: 'connection' };
  testEach([
    {
      title: 'since more is promised than comes',
      calls: [stating({ 'Content-Length': 5000 })],
      ends: connection,
      reads: 2,
    },
    { title: 'since less is promised', calls: [stating({ 'Content-Length': 100 })], ends: { kind: 'protocol' } },
    { title: 'since nothing is promised', calls: [stating({ 'Content-Length': 0 })], ends: { code: 'content-type' } },
    {
      title: 'since it is huge',
      calls: [stating({ 'Content-Length': '9'.repeat(30) })],
      ends: { kind: 'transport' },
      reads: [1, 2],
    },
    { title: 'since it is negative', calls: [stating({ 'Content-Length': -1 })], ends: connection, reads: [1, 2] },
    { title: 'since it is no number', calls: [stating({ 'Content-Length': '0x10' })], ends: connection, reads: [1, 2] },
    {
      title: 'since there are two',
      calls: [lengths('Content-Length: N', 'Content-Length: 5')],
      ends: connection,
      reads: [1, 2],
    },
    {
      title: 'since there are chunks too',
      calls: [lengths('Content-Length: N', 'Transfer-Encoding: chunked')],
      ends: connection,
      reads: [1, 2],
    },
    {
      title: 'since there is a transfer coding that nobody knows',
      calls: [lengths('Content-Length: N', 'Transfer-Encoding: x')],
      ends: connection,
      reads: [1, 2],
    },
  ]);
});

describe('when the head is unusual and right', () => {
  const having =
    (headers: Readonly<Record<string, string>>): Answer =>
    (request) => [response(goodEnvelope(request), headers)];
  testEach([
    {
      title: 'in the case and the quotes of its type',
      calls: [having({ 'CONTENT-TYPE': 'TEXT/XML;Charset="UTF-8"' })],
      ends: 'well',
    },
    {
      title: 'in its many headers',
      calls: [having({ ...XML, ...Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`X-${i}`, 'y'])) })],
      ends: 'well',
    },
    {
      title: 'in the cookie that it sets',
      calls: [having({ ...XML, 'Set-Cookie': `s=${secrets.cookie}` })],
      ends: 'well',
    },
    {
      title: 'in its reason, which is empty',
      calls: [(request) => [response(goodEnvelope(request), XML, '200 ')]],
      ends: 'well',
    },
  ]);
});
