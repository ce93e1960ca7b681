import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Call,
  Chat,
  type ChatMessage,
  type ChatSessionEntity,
  Fault,
  type Interceptor,
  intercept,
  SoPrincipal,
} from '../../../lib/index.js';
import { createSimulator, type RestServer, type SoapServer, serveRest, serveSoap } from '../../../lib/server.js';
import { type Environment, ended, run, start } from './run.js';

jest.setTimeout(60_000);

const password = 'canary-password';
/** Clears a terminal, and is no text of a page. */
const hostile = '\u001b[2J<script>\u202e';

/** What REST answers otherwise than SOAP, and how long each side waits; set by the tests. */
let wrong: ((call: Call, output: unknown) => unknown) | undefined;
let waitMs = 0;
/** Whether both sides refuse whatever is asked of Chat. */
let refused = false;
const calls: { readonly side: string; readonly call: Call }[] = [];
let soap: SoapServer;
let rest: RestServer;
let folder: string;

beforeAll(async () => {
  const simulator = createSimulator({ users: [{ userName: 'anna', password }] });
  const noted =
    (side: string): Interceptor =>
    (next) =>
    async (call) => {
      calls.push({ side, call });
      if (call.operation.service.name === 'Chat') await new Promise((resolve) => setTimeout(resolve, waitMs));
      if (refused && call.operation.service.name === 'Chat') {
        throw new Fault('service', 'no right', { exceptionType: 'SuperOffice.Exceptions.SoAccessDeniedException' });
      }
      const reply = await next(call);
      return side === 'rest' && wrong ? { ...reply, output: wrong(call, reply.output) } : reply;
    };
  soap = await serveSoap([Chat, SoPrincipal], intercept(simulator, noted('soap')));
  rest = await serveRest(intercept(simulator, noted('rest')));
});
afterAll(async () => {
  await Promise.all([soap.close(), rest.close()]);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parity-'));
  calls.length = 0;
  wrong = undefined;
  waitMs = 0;
  refused = false;
});
afterEach(() => rmSync(folder, { recursive: true }));

const anna = (more: Environment = {}): Environment => ({
  SUPEROFFICE_URL: soap.baseUrl,
  SUPEROFFICE_REST_URL: rest.baseUrl,
  SUPEROFFICE_USER: 'anna',
  SUPEROFFICE_PASSWORD: password,
  ...more,
});

const parity = (args: readonly string[], env = anna(), stdin = '') => run(['parity', ...args], env, stdin);
const file = (name: string): string => join(folder, name);
const reads = () => calls.filter(({ call }) => call.operation.service.name === 'Chat');

const wrongMessages = ({ operation }: Call, output: unknown): unknown =>
  operation.name === 'GetChatMessages'
    ? (output as ChatMessage[]).map((message) => ({ ...message, message: hostile, author: 'see 7T:canarycanary==' }))
    : output;

test('sides that answer the same end with 0, and nothing but reads was sent, by one login', async () => {
  const { code, stdout, stderr } = await parity([]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^OPERATION +CALLS +EQUAL +DIFFERENT +REFUSED +FOLDED\n/);
  expect(stdout).toMatch(/\nGetChatMessages +15 +15 +0 +0\n/);
  expect(stdout).toMatch(/\nSOAP and REST gave the same answer to all \d+ calls\.\n$/);
  expect(new Set(reads().map(({ call }) => call.operation.retry))).toEqual(new Set(['read']));
  const logins = calls.filter(({ call }) => call.operation.retry === 'login').map(({ side }) => side);
  expect(logins).toEqual(['soap']);
  const tickets = new Set(reads().map(({ call }) => call.header.credentials?.ticket));
  expect(tickets.size).toBe(1);
});

test('sides that differ end with 8, and what differs is shown without what could steer a terminal', async () => {
  wrong = wrongMessages;
  const { code, stdout } = await parity(['41-43', '--style', 'entity']);
  expect(code).toBe(8);
  expect(stdout).toContain(
    'GetChatMessages {"chatSessionId":41,"after":0} [0].message: another text [text]\n  SOAP  "',
  );
  expect(stdout).toMatch(/and \d+ more; --all shows them\n/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  const all = await parity(['41-43', '--all']);
  expect(all.stdout).not.toContain('more;');
  expect(all.stdout.split('\n  REST  ').length).toBeGreaterThan(21);
});

test('everything is there as JSON and as a page, and no secret is anywhere', async () => {
  wrong = (call, output) =>
    call.operation.name === 'GetChatSessionEntity'
      ? { ...(output as ChatSessionEntity), sessionKey: 'canary-session-key' }
      : wrongMessages(call, output);
  const [page, log] = [file('report.html'), file('log.jsonl')];
  const { code, stdout, stderr } = await parity(['42', '--json', '--html', page, '--log', log]);
  expect(code).toBe(8);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ same: false, complete: true, soap: soap.baseUrl, rest: rest.baseUrl });
  expect(report.kinds.text).toBeGreaterThan(5);
  expect(report.differences).toContainEqual({
    operation: 'Chat.GetChatSessionEntity',
    input: { chatSessionEntityId: 42 },
    kind: 'text',
    path: 'sessionKey',
    soap: '[redacted]',
    rest: '[redacted]',
  });
  const html = readFileSync(page, 'utf8');
  expect(html).toContain('SOAP and REST differ in');
  expect(html).not.toContain('<script>');
  for (const text of [stdout, stderr, html, readFileSync(log, 'utf8')]) {
    expect(text).not.toMatch(/canary|7T:/);
  }
  for (const path of [page, log]) expect(statSync(path).mode & 0o077).toBe(0);
});

test('ids come as words, as ranges and on stdin', async () => {
  const { stdout } = await parity(['49', '-', '--json'], anna(), '41-42\n 44\n');
  const { operations } = JSON.parse(stdout);
  expect(operations).toContainEqual(expect.objectContaining({ operation: 'Chat.GetChatSessionEntity', calls: 4 }));
});

test('Ctrl-C ends it with what was found, and the log lets the next run go on', async () => {
  waitMs = 20;
  const log = file('log.jsonl');
  const child = start(['parity', '1-100000', '--log', log], anna());
  child.stdin.end();
  const done = ended(child);
  while (reads().length < 60) await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill('SIGINT');
  const { code, stdout, stderr } = await done;
  expect(code).toBe(130);
  expect(stdout).toContain('The comparison is not complete. So far, SOAP and REST gave the same answer');
  expect(stderr).toContain('interrupted: this is not all');
  const lines = readFileSync(log, 'utf8').trim().split('\n').length - 1;
  expect(lines).toBeGreaterThan(10);
  waitMs = 0;
  const next = await parity(['41-42', '--log', log, '--json']);
  expect(next.code).toBe(0);
  expect(JSON.parse(next.stdout).resumed).toBeGreaterThan(5);
});

test('the log is for one tenant, user and way to ask', async () => {
  const log = file('log.jsonl');
  const asked = ['42', '--log', log];
  expect((await parity(asked)).code).toBe(0);
  const begun = readFileSync(log, 'utf8');
  expect(begun.split('\n')[0]).not.toMatch(/anna|canary/);
  const others: readonly (readonly [readonly string[], Environment])[] = [
    [[...asked, '--style', 'entity'], {}],
    [[...asked, '--time-zone', 'NO'], {}],
    [[...asked, '--allow-language'], {}],
    [['--log', log], {}],
    [asked, { SUPEROFFICE_USER: 'berit' }],
    [asked, { SUPEROFFICE_TICKET: '7T:canary==' }],
    [asked, { SUPEROFFICE_URL: `${soap.baseUrl}/Cust22222` }],
    [asked, { SUPEROFFICE_REST_URL: rest.baseUrl.replace(/api$/, 'Cust22222/api') }],
  ];
  calls.length = 0;
  for (const [args, env] of others) {
    const { code, stderr } = await parity(args, anna(env));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('the file is of another comparison') });
    expect(stderr).not.toContain('canary');
  }
  expect(calls).toEqual([]);
  expect(readFileSync(log, 'utf8')).toBe(begun);
});

test('sides that refuse everything have shown nothing, which is told', async () => {
  refused = true;
  const { code, stdout, stderr } = await parity(['42']);
  expect({ code, stderr }).toEqual({ code: 5, stderr: expect.stringContaining('nothing was shown') });
  expect(stdout).toMatch(/Nothing was shown: both sides refused all \d+ calls\.\n$/);
  expect(JSON.parse((await parity(['42', '--json'])).stdout)).toMatchObject({ same: false, complete: true });
});

test.each<[string, Environment, number, RegExp]>([
  ['credentials that are refused', { SUPEROFFICE_PASSWORD: 'other' }, 3, /the SOAP side cannot be used:\n.*\[login\]/],
  [
    'a REST API that is not there',
    { SUPEROFFICE_REST_URL: 'http://127.0.0.1:1/api' },
    6,
    /the REST side cannot be used:\n.*\[connect\] \(is SUPEROFFICE_REST_URL right/,
  ],
  ['no address of REST', { SUPEROFFICE_REST_URL: '' }, 2, /neither --rest nor SUPEROFFICE_REST_URL/],
])('%s ends it before anything is compared', async (_, env, code, said) => {
  const result = await parity(['42'], anna(env));
  expect({ code: result.code, stderr: result.stderr }).toEqual({ code, stderr: expect.stringMatching(said) });
  expect(result.stdout).not.toContain('OPERATION');
});

test('a REST API that is elsewhere cannot be used, and one that refuses differs', async () => {
  wrong = () => {
    throw new Fault('service', 'no');
  };
  expect((await parity(['42'])).code).toBe(8);
  const elsewhere = await parity(['42'], anna({ SUPEROFFICE_REST_URL: rest.baseUrl.replace(/api$/, 'other/api') }));
  expect(elsewhere.code).toBe(5);
  expect(elsewhere.stderr).toContain('the REST side cannot be used');
});

describe('a write', () => {
  const input = { chatPresence: [{ userId: 101, present: true, chatTopics: [1] }] };

  function asked(...args: string[]): string[] {
    writeFileSync(file('input.json'), JSON.stringify(input));
    return ['--write', 'saveChatPresence', '--input', file('input.json'), ...args];
  }

  test.each<[string, string[]]>([
    ['no consent', []],
    ['consent to another', ['--confirm', 'addChatMessage']],
  ])('is not made with %s', async (_, args) => {
    const { code, stderr } = await parity(asked(...args));
    expect(code).toBe(2);
    expect(stderr).toContain('made twice, over SOAP and over REST; --confirm saveChatPresence');
    expect(calls).toEqual([]);
  });

  test('is made once over each side, first over SOAP, and nothing else is', async () => {
    const { code, stdout, stderr } = await parity(asked('--confirm', 'saveChatPresence'));
    expect(code).toBe(0);
    expect(stderr).toContain('saveChatPresence is made twice now');
    expect(stdout).toContain('SOAP and REST gave the same answer to the one call.');
    expect(reads().map(({ side, call }) => [side, call.operation.name])).toEqual([
      ['soap', 'SaveChatPresence'],
      ['rest', 'SaveChatPresence'],
    ]);
    for (const { call } of reads()) expect(call.input).toMatchObject(input);
  });

  test.each<[string, string[], string]>([
    ['what only reads', ['--write', 'getChatMessages'], 'is no method that writes'],
    ['what is no method', ['--write', '__proto__'], 'is no method that writes'],
    ['no input', ['--write', 'saveChatPresence', '--confirm', 'saveChatPresence'], 'wants --input'],
    ['sessions beside it', ['42', '--write', 'saveChatPresence', '--input', 'x'], ''],
    ['consent without a write', ['--confirm', 'saveChatPresence'], 'go with --write'],
  ])('is refused for %s', async (_, args, said) => {
    const { code, stderr } = await parity(args);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
    expect(calls).toEqual([]);
  });

  test('with a member that the contract does not have is refused', async () => {
    writeFileSync(file('input.json'), '{"chatPresence":[{"userid":101}]}');
    const args = ['--write', 'saveChatPresence', '--input', file('input.json'), '--confirm', 'saveChatPresence'];
    const { code, stdout } = await parity(args);
    expect(code).toBe(5);
    expect(stdout).toContain('both sides refused the one call');
    expect(reads()).toEqual([]);
  });
});

test.each<[string, string[], string]>([
  ['a range that is none', ['300-100'], '"300-100" is no id of a session'],
  ['a word', ['all'], '"all" is no id of a session'],
  ['no concurrency', ['--concurrency', '0'], 'whole number from 1'],
  ['a log in no folder', ['--log', '/nowhere/at/all'], '/nowhere/at/all cannot be written (ENOENT)'],
  ['a page in no folder', ['--html', '/nowhere/at/all'], '/nowhere/at/all cannot be written (ENOENT)'],
])('%s is refused before anything is sent', async (_, args, said) => {
  const { code, stderr } = await parity(args);
  expect(code).toBe(2);
  expect(stderr).toContain(said);
  expect(calls).toEqual([]);
});
