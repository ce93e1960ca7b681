/**
 * The bridge from the command line: what it prints, and what its callers get.
 */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chat, SoPrincipal } from '../../../lib/index.js';
import { createSimulator, serveRest, serveSoap } from '../../../lib/server.js';
import { closedAfterEach, httpServer } from '../transports/servers.js';
import { ended, run, start } from './run.js';

const keep = closedAfterEach();

/** The bridge as a process, with the URLs that it prints. */
async function bridgeWith(...args: string[]) {
  const child = start(['bridge', ...args], {});
  const end = ended(child);
  keep({ close: () => child.kill('SIGKILL') });
  const lines = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(String(chunk)));
    end.then(({ stderr }) => reject(new Error(`it ended: ${stderr}`)), reject);
  });
  const [url = '', metrics = ''] = lines.trim().split('\n');
  const stop = () => {
    child.kill('SIGTERM');
    return end;
  };
  return { url, metrics, stop, stderr: child.stderr };
}

const anna = (url: string) => ({ SUPEROFFICE_URL: url, SUPEROFFICE_USER: 'anna', SUPEROFFICE_PASSWORD: 'demo' });

async function twoWires() {
  const simulator = createSimulator();
  const soap = keep(await serveSoap([Chat, SoPrincipal], simulator));
  const rest = keep(await serveRest(simulator));
  return { soap: soap.baseUrl, rest: rest.baseUrl };
}

test('operations may be named as in its log', async () => {
  const { soap, rest } = await twoWires();
  const { url, stop } = await bridgeWith(
    '--soap',
    soap,
    '--rest',
    rest,
    '--route',
    'Chat.GetChatMessages=rest',
    '--log',
  );
  await run(['messages', '42'], anna(url));
  expect((await stop()).stderr).toContain('Chat.GetChatMessages soap 1.1 Services88 by rest');
});

test('its callers reach REST, it counts them and logs them, and it ends with 0 on SIGTERM', async () => {
  const { rest } = await twoWires();
  const { url, metrics, stop } = await bridgeWith('--rest', rest, '--metrics', '0', '--log', '--style', 'entity');
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/Remote\/Services88$/);
  const { code, stdout } = await run(['messages', '42'], anna(url));
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Jürgen') });
  const counted = await (await fetch(`${metrics}.json`)).json();
  expect(counted).toMatchObject({ calls: [{ servedBy: 'rest' }, { servedBy: 'rest', release: '88' }] });
  const { code: end, stderr } = await stop();
  expect(end).toBe(0);
  expect(stderr).toMatch(/Chat\.GetChatMessages soap 1\.1 Services88 by rest succeeded \d+ ms/);
  expect(stderr).not.toMatch(/7T:|demo/);
});

test('what differs in the shadow of SOAP is told, and kept in a file for its owner alone', async () => {
  const { soap } = await twoWires();
  // Another company's: it has what the other has, but not what is added.
  const { rest } = await twoWires();
  const folder = mkdtempSync(join(tmpdir(), 'services88-chat-'));
  try {
    const file = join(folder, 'differences.jsonl');
    const routes = 'default=soap,getChatMessages=shadow';
    const { url, stop } = await bridgeWith('--soap', soap, '--rest', rest, '--route', routes, '--differences', file);
    expect(await run(['send', '44', 'only over SOAP'], anna(url))).toMatchObject({ code: 0 });
    const { stdout } = await run(['messages', '44'], { ...anna(url), SUPEROFFICE_TICKET: '8A:demo-anna' });
    expect(stdout).toContain('only over SOAP');
    const { stderr } = await stop();
    expect(stderr).toContain('Chat.GetChatMessages: REST would have answered otherwise');
    const [line = ''] = readFileSync(file, 'utf8').split('\n');
    expect(JSON.parse(line)).toMatchObject({ operation: 'Chat.GetChatMessages', input: { chatSessionId: 44 } });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what the other side does not answer is told in a line, and two interrupts end it at once', async () => {
  const { soap } = await twoWires();
  const silent = keep(await httpServer(() => {}));
  const { url, metrics, stop, stderr } = await bridgeWith(
    '--soap',
    soap,
    '--rest',
    `${silent.origin}/api`,
    '--metrics',
    '0',
  );
  expect(await run(['messages', '42'], anna(url))).toMatchObject({ code: 0 });
  const counted = await (await fetch(`${metrics}.json`)).json();
  expect(counted).toMatchObject({
    shadow: { pending: 1, skipped: 0 },
    calls: [{ servedBy: 'soap' }, { servedBy: 'soap' }],
  });
  const heard = once(stderr, 'data');
  const ending = stop();
  expect(String(await heard)).toContain('Waiting up to 5 s for 1 comparisons');
  void stop();
  // Ended by the signal, and not by itself.
  expect((await ending).code).toBeNull();
});

test('a REST API that is away is told in a line each, and to callers as what it is', async () => {
  const { url, stop } = await bridgeWith('--rest', 'http://127.0.0.1:9/api');
  const { code } = await run(['messages', '42'], { ...anna(url), SUPEROFFICE_TICKET: '7T:CANARY-TICKET-9f3a' });
  expect(code).toBe(5);
  const { stderr } = await stop();
  expect(stderr).toMatch(/Chat\.GetChatMessages failed: transport: no connection to http:\/\/127\.0\.0\.1:9/);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test.each<[string, string[], RegExp]>([
  ['a REST API on another machine over http', ['--rest', 'http://crm.example.com/api'], /ALLOW_INSECURE/],
  ['no REST API', [], /SUPEROFFICE_REST_URL/],
  ['a REST API that is none', ['--rest', 'crm'], /rest|baseUrl/],
  ['a route over SOAP without SOAP', ['--rest', 'http://127.0.0.1:9/api', '--route', 'shadow'], /needs --soap/],
  ['a route of no method', ['--rest', 'http://127.0.0.1:9/api', '--route', 'getMessages=rest'], /getMessages/],
  ['a route that is none', ['--rest', 'http://127.0.0.1:9/api', '--route', 'getChatMessages'], /getChatMessages/],
  ['an address that is none', ['--rest', 'http://127.0.0.1:9/api', '--listen', 'here'], /listen/],
  ['a port in use', ['--rest', 'http://127.0.0.1:9/api', '--listen', 'USED'], /cannot be listened on/],
  [
    'a file that cannot be written',
    ['--rest', 'http://127.0.0.1:9/api', '--differences', '/nowhere/at/all'],
    /differences/,
  ],
  [
    'tickets of REST for SOAP',
    [
      '--rest',
      'http://127.0.0.1:9/api',
      '--soap',
      'http://127.0.0.1:9',
      '--route',
      'authenticateUsernamePassword=rest',
    ],
    /access-token/,
  ],
  ['a style that is none', ['--rest', 'http://127.0.0.1:9/api', '--style', 'soap'], /agent, entity/],
])('%s ends it with 2 and a line', async (_what, args, words) => {
  const { soap } = await twoWires();
  const { code, stdout, stderr } = await run([
    'bridge',
    ...args.map((arg) => (arg === 'USED' ? new URL(soap).port : arg)),
  ]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(words);
});
