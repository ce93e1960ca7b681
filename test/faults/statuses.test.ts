/**
 * Replies whose status says that there is none, and the pages that come with them.
 */
import { type Case, testEach } from './cases.js';
import { type Answer, fin, stall } from './raw-server.js';
import { good, HTML, head, page, response, XML } from './replies.js';
import { secrets } from './secrets.js';

/** The same answer whenever it is asked for. */
const always = (bytes: Buffer): readonly Answer[] => [[bytes]];

const httpStatus = (status: number) => ({ kind: 'transport', code: 'http-status', status });

/** Statuses after which a read is tried again. */
const passing: readonly number[] = [429, 502, 503, 504];

describe('when the status is no success', () => {
  const statuses = [400, 402, 403, 404, 405, 409, 413, 415, 429, 500, 501, 502, 503, 504, 505, 599];
  const bodies = [
    ['a page', page('Oops'), HTML],
    ['nothing', '', {}],
    ['another document', '<oops/>', XML],
  ] as const;
  testEach(
    statuses.flatMap((status) =>
      bodies.map(([what, body, headers]) => ({
        title: `but ${status} with ${what}`,
        calls: always(response(body, headers, `${status} Oops`)),
        ends: httpStatus(status),
        reads: passing.includes(status) ? 2 : 1,
      })),
    ),
  );
});

describe('when the status is one of success without a document', () => {
  testEach(
    ([200, 202, 204, 205] as const).flatMap((status): Case[] => [
      {
        title: `${status} with no length`,
        calls: always(Buffer.from(head(`${status} OK`, status === 204 ? {} : { 'Content-Length': 0 }))),
        ends: { kind: 'transport' },
      },
      {
        title: `${status} with the type of a document`,
        calls: always(Buffer.from(head(`${status} OK`, { ...XML, ...(status !== 204 && { 'Content-Length': 0 }) }))),
        ends: { outcome: 'unknown' },
      },
    ]),
  );
});

describe('when a status announces another', () => {
  const link = head('103 Early Hints', { Link: '</style.css>; rel=preload' });
  testEach([
    { title: 'as 103 does', calls: [(request) => [link, ...good(request)]], ends: 'well' },
    { title: 'as 103 does ten times', calls: [(request) => [link.repeat(10), ...good(request)]], ends: 'well' },
    { title: 'as 102 does', calls: [(request) => [head('102 Processing'), ...good(request)]], ends: 'well' },
    { title: 'and it never comes', calls: [[link, stall]], ends: { code: 'timeout', phase: 'headers' }, reads: 2 },
    {
      title: 'that nobody waits for, as 100 does',
      calls: [(request) => [head('100 Continue'), ...good(request), fin]],
      ends: { kind: 'transport', code: 'connection' },
      reads: [1, 2],
    },
    {
      title: 'that is another protocol, as 101 does',
      calls: [[head('101 Switching Protocols', { Upgrade: 'h2c', Connection: 'Upgrade' }), fin]],
      ends: { kind: 'transport' },
      reads: [1, 2],
    },
  ]);
});

describe('when the server sends the call elsewhere', () => {
  const cookie = { 'Set-Cookie': `session=${secrets.cookie}` };
  testEach(
    [300, 301, 302, 303, 307, 308].flatMap((status): Case[] => [
      {
        title: `by ${status} to another host`,
        calls: (host) => always(response('', { ...cookie, Location: `http://${host}/Chat.svc` }, `${status} Moved`)),
        ends: { kind: 'transport', code: 'redirect', status },
      },
      {
        title: `by ${status} to itself`,
        calls: always(response('', { Location: '/Remote/Services88/Chat.svc' }, `${status} Moved`)),
        ends: { kind: 'transport', code: 'redirect', status },
      },
    ]),
  );
  testEach([
    {
      title: 'by a header that only browsers follow',
      calls: (host) => always(response(page('x'), { ...HTML, Refresh: `0; url=http://${host}/` })),
      ends: { kind: 'transport', code: 'content-type' },
    },
  ]);
});

describe('when a page comes in the place of a reply', () => {
  const login = page('Sign in', '<form><input name="user"><input type="password" name="pw"></form>');
  const poolStopped = page(
    'Service Unavailable',
    '<h2>Service Unavailable</h2><p>HTTP Error 503. It is unavailable.</p>',
  );
  const noFile = page('IIS Detailed Error - 404.0 - Not Found', '<h3>HTTP Error 404.0 - Not Found</h3>');
  testEach([
    {
      title: 'that wants a login',
      calls: always(response(login, HTML)),
      ends: { code: 'content-type', message: expect.stringContaining('a login page') },
    },
    {
      title: 'of a stopped application pool',
      calls: always(response(poolStopped, HTML, 503)),
      ends: { ...httpStatus(503), message: expect.stringContaining('application pool is stopped') },
      reads: 2,
    },
    {
      title: 'of a wrong address',
      calls: always(response(noFile, HTML, 404)),
      ends: { ...httpStatus(404), message: expect.stringContaining('Services88') },
    },
    {
      title: 'that says it is plain text',
      calls: always(response('hello', { 'Content-Type': 'text/plain' })),
      ends: { code: 'content-type' },
    },
    { title: 'of no stated type', calls: always(response(login, {})), ends: { code: 'content-type' } },
  ]);
});
