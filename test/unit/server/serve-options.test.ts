/**
 * What is wrong with the options of a server is told before it listens.
 */
import { Chat } from '../../../lib/index.js';
import { type ServeSoapOptions, serveSoap } from '../../../lib/server.js';
import { errorOf } from '../error-of.js';
import { answering, OK, ordinaryCall, withServer } from './raw-client.js';

test.each<[string, object]>([
  ['prot', { prot: 8080 }],
  ['timeouts.header', { timeouts: { header: 1 } }],
  ['timeouts.headers', { timeouts: { headers: 0 } }],
  ['timeouts.request', { timeouts: { request: '1' } }],
  ['timeouts.idle', { timeouts: { idle: -1 } }],
  ['port', { port: 65_536 }],
  ['port', { port: -1 }],
  ['port', { port: '8080' }],
  ['host', { host: '' }],
  ['path', { path: 'Remote' }],
  ['path', { path: '/Remote/../x?y' }],
  ['path', { path: '//' }],
  ['errors', { errors: 'fault' }],
  ['versions', { versions: [] }],
  ['versions[1]', { versions: ['1.1', '1.3'] }],
  ['requestBytes', { requestBytes: 0 }],
  ['illegalCharacters', { illegalCharacters: 'drop' }],
  ['callMs', { callMs: Number.NaN }],
  ['closeMs', { closeMs: 0 }],
  ['onError', { onError: 'print' }],
])('the option %s is refused in %j', async (path, options) => {
  const error = await errorOf(serveSoap([Chat], answering, options as ServeSoapOptions));
  expect(error).toMatchObject({ kind: 'input', path });
});

test.each<[string, unknown[]]>([
  ['transport', [[Chat]]],
  ['transport', [[Chat], { port: 0 }]],
  ['services', [[], answering]],
  ['services', [Chat, answering]],
  ['services', [[{}], answering]],
  ['services', [[undefined], answering]],
])('%s is refused where it is none', async (path, args) => {
  const serve = serveSoap as (...args: unknown[]) => Promise<unknown>;
  expect(await errorOf(serve(...args))).toMatchObject({ kind: 'input', path });
});

test.each<[string, ServeSoapOptions]>([
  ['no limits of time', { timeouts: { headers: Number.POSITIVE_INFINITY, request: Number.POSITIVE_INFINITY } }],
  ['limits that are no whole numbers', { timeouts: { headers: 900.5, request: 901.5, idle: 900.5 } }],
  ['a head that may take longer than the request', { timeouts: { headers: 9000, request: 3000 } }],
  ['a slash at the end of the path', { path: '/Remote/Services88/' }],
])('a server may have %s', (_, options) =>
  withServer(answering, options, async ({ port, baseUrl }) => {
    expect(baseUrl).toBe(`http://127.0.0.1:${port}/Remote/Services88`);
    expect(await ordinaryCall(port)).toBe(OK);
  }),
);
