/**
 * Calls over REST, against servers that do all that they should not: what holds for calls over SOAP holds for them.
 */
import { gzipSync } from 'node:zlib';
import { type Case, testEach } from './cases.js';
import { type Answer, drip, endless, fin, rst, stall } from './raw-server.js';
import { HTML, head, page, response } from './replies.js';
import { goodJson, JSON_TYPE, json } from './rest-replies.js';
import { forms, secrets } from './secrets.js';

const overRest = (cases: readonly Case[]): void => testEach(cases.map((each) => ({ wire: 'rest', ...each })));

const good: Answer = (request) => [response(goodJson(request), JSON_TYPE)];
const connection = { kind: 'transport', code: 'connection' };

describe('when the connection is no good', () => {
  overRest([
    { title: 'since it is closed without a word', calls: [[fin]], ends: connection, reads: 2 },
    { title: 'since it is reset', calls: [[rst]], ends: connection, reads: 2 },
    { title: 'once, and then good', calls: [[rst], good], ends: 'well', reads: 2, writeEnds: connection },
    {
      title: 'since it ends in the middle of the head',
      calls: [['HTTP/1.1 200 OK\r\nContent-Le', fin]],
      ends: connection,
      reads: 2,
    },
    {
      title: 'since it ends in the middle of the body',
      calls: [(request) => [head(200, { ...JSON_TYPE, 'Content-Length': 500 }), goodJson(request), fin]],
      ends: connection,
      reads: 2,
    },
    {
      title: 'since nothing comes',
      calls: [[stall]],
      ends: { code: 'timeout' },
      reads: 2,
    },
    {
      title: 'since the body comes drop by drop',
      calls: [[head(200, { ...JSON_TYPE, 'Content-Length': 100_000 }), drip(' ', 50)]],
      ends: { code: 'timeout' },
      reads: [1, 2],
    },
  ]);
});

describe('when the answer is none', () => {
  overRest([
    { title: 'but a page', calls: [[response(page('Sign in'), HTML)]], ends: { code: 'content-type', status: 200 } },
    { title: 'but XML', calls: [[response('<a/>', { 'Content-Type': 'text/xml' })]], ends: { code: 'content-type' } },
    {
      title: 'but an envelope of another call',
      calls: [json({ ok: true })],
      ends: { kind: 'protocol', code: 'schema' },
    },
    { title: 'but nothing', calls: [[response('', JSON_TYPE)]], ends: { kind: 'protocol', code: 'json-syntax' } },
    {
      title: 'but the half of one',
      calls: [(request) => [response(goodJson(request).slice(0, -3), JSON_TYPE)]],
      ends: { kind: 'protocol', code: 'json-syntax' },
    },
    {
      title: 'but bytes that are no text',
      calls: [[response(Buffer.from('[{"Message":"\xff"}]', 'latin1'), JSON_TYPE)]],
      ends: { kind: 'protocol', code: 'encoding' },
    },
    { title: 'but null', calls: [json(null)], ends: { kind: 'fault', code: 'service', outcome: 'unknown' } },
    {
      title: 'but an error as a success',
      calls: [json({ Message: 'An error has occurred.', MessageDetail: 'no' })],
      ends: { kind: 'fault', code: 'service', outcome: 'unknown' },
    },
    {
      title: 'but names that every object has',
      calls: [[response('[{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]', JSON_TYPE)]],
      ends: { kind: 'protocol', code: 'schema' },
      also: () => expect(Reflect.get({}, 'polluted')).toBeUndefined(),
    },
    {
      title: 'but lists inside each other without end',
      calls: [[response('['.repeat(200_000), JSON_TYPE)]],
      ends: { kind: 'protocol', code: 'json-syntax' },
    },
    {
      title: 'but more than is read',
      calls: [[head(200, { ...JSON_TYPE, 'Transfer-Encoding': 'chunked' }), endless(Buffer.from(`8\r\n[0,0,0,0\r\n`))]],
      options: { limits: { replyBytes: 100_000 } },
      ends: { code: 'too-large' },
    },
    {
      title: 'but a small one that unpacks to a large',
      calls: [[response(gzipSync(Buffer.alloc(5_000_000, 32)), { ...JSON_TYPE, 'Content-Encoding': 'gzip' })]],
      options: { limits: { replyBytes: 100_000 } },
      ends: { code: 'too-large' },
    },
  ]);
});

describe('when the status is no success', () => {
  const said = { Error: true, ErrorType: 'SoNotFoundException', ErrorMessage: 'not found', ErrorSource: 's' };
  const statusOf = (status: number): Record<string, unknown> => ({ kind: 'transport', code: 'http-status', status });
  overRest([
    { title: 'and the service says why', calls: [json(said, 404)], ends: { code: 'service', outcome: 'refused' } },
    { title: 'and the service failed', calls: [json(said, 500)], ends: { code: 'service', reason: 'not found' } },
    { title: 'and a page says 404', calls: [[response(page('404'), HTML, 404)]], ends: statusOf(404) },
    { title: 'and it is 500 without a word', calls: [[response('', HTML, 500)]], ends: statusOf(500) },
    ...[429, 502, 503, 504].map((status) => ({
      title: `and it is ${status}, whatever is said`,
      calls: [json(said, status)],
      ends: statusOf(status),
      reads: 2,
    })),
    {
      title: 'and it leads elsewhere',
      calls: (other: string) => [[response('', { Location: `http://${other}/` }, '302 Found')]],
      ends: { code: 'redirect', status: 302 },
    },
    {
      title: 'and the ticket is refused for good',
      calls: [json({}, 401)],
      ends: { kind: 'fault', code: 'login', outcome: 'refused' },
      reads: 2,
      writes: 2,
    },
    { title: 'and the ticket is refused once', calls: [json({}, 401), good], ends: 'well', reads: 2, writes: 2 },
  ]);
});

describe('when the login does not succeed', () => {
  const login = { operation: 'SoPrincipal.AuthenticateUsernamePassword' };
  overRest([
    {
      title: 'since the credentials are not right',
      logins: [json({}, 401)],
      calls: [good],
      ends: { ...login, code: 'login', outcome: 'refused' },
      reads: 0,
      writes: 0,
    },
    {
      title: 'since the answer names nobody',
      logins: [json({})],
      calls: [good],
      ends: { ...login, kind: 'protocol', outcome: 'not-sent' },
      reads: 0,
      writes: 0,
    },
    {
      title: 'since a page comes',
      logins: [[response(page('Sign in'), HTML)]],
      calls: [good],
      ends: { ...login, code: 'content-type' },
      reads: 0,
      writes: 0,
    },
    {
      title: 'once, and then does',
      logins: [[rst], json({ AssociateId: 1 })],
      calls: [good],
      ends: {},
      reads: [0, 1],
      writes: [0, 1],
    },
  ]);
});

describe('when the other side repeats what was sent to it', () => {
  const echo =
    (form: (text: string) => string, status: number): Answer =>
    ({ head: sent, body }) =>
      json({ Message: form(`${sent} ${body} ${secrets.password}`) }, status);
  overRest(
    Object.entries(forms).flatMap(([name, form]) =>
      [200, 400, 500, 503].map(
        (status): Case => ({
          title: `${name}, under ${status}`,
          calls: [echo(form, status)],
          ends: status === 503 ? { code: 'http-status' } : { kind: 'fault' },
          reads: status === 503 ? 2 : 1,
        }),
      ),
    ),
  );
});
