/**
 * `translate`, as a user runs it.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chat, encodeRequest } from '../../../lib/index.js';
import { getMessages, har, harPost, http } from '../migrate/recordings.js';
import { run } from './run.js';

jest.setTimeout(30_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'translate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const withTicket = (chatSessionId = 177): string =>
  getMessages(chatSessionId, 964, { credentials: { ticket: '7T:canary-ticket' } });

it('prints the request of a recorded envelope, with notes', async () => {
  const path = file('request.xml', withTicket());
  const { code, stdout, stderr } = await run(['translate', path]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(`### Chat.GetChatMessages (Services88, SOAP 1.1), ${path}, line 1\n# ticket at`);
  expect(stdout).toContain(
    'POST /api/v1/Agents/Chat/GetChatMessages HTTP/1.1\nAuthorization: SOTicket $SUPEROFFICE_TICKET\n',
  );
  expect(stdout.endsWith('{\n  "ChatSessionId": 177,\n  "After": 964\n}\n')).toBe(true);
});

it('reads stdin, and keeps secrets if it is told to', async () => {
  const { code, stdout } = await run(['translate', '-', '--as', 'curl', '--keep-secrets'], {}, withTicket());
  expect(code).toBe(0);
  expect(stdout).toContain("--header 'Authorization: SOTicket 7T:canary-ticket'");
});

it('takes the style and the address that it is told', async () => {
  const args = ['--style', 'entity', '--base-url', 'https://crm.example.com/api/'];
  const { stdout } = await run(['translate', '-', ...args], {}, withTicket());
  expect(stdout).toContain('GET /api/v1/ChatSession/177/Messages?after=964 HTTP/1.1\nHost: crm.example.com\n');
});

it('takes the address from the command line, the environment and the recording, in this order', async () => {
  const recording = http(withTicket());
  const environment = { SUPEROFFICE_REST_URL: 'https://environment.example.com/api' };
  const hostOf = async (args: readonly string[], env: Readonly<Record<string, string>>) =>
    /^Host: (.*)$/m.exec((await run(['translate', '-', ...args], env, recording)).stdout)?.[1];
  expect(await hostOf(['--base-url', 'https://option.example.com/api'], environment)).toBe('option.example.com');
  expect(await hostOf([], environment)).toBe('environment.example.com');
  expect(await hostOf([], {})).toBe('sod2.superoffice.example.com');
});

it.each([
  ['http', /^### /],
  ['curl', /^# /],
  ['ts', /^\/\/ /],
  ['webapi', /^\/\/ /],
])('as %s, several stand one after another', async (form, begin) => {
  const { stdout } = await run(['translate', '-', '--as', form], {}, [withTicket(1), withTicket(2)].join('\n'));
  expect(stdout).toMatch(begin);
  expect(stdout.match(/Chat\.GetChatMessages \(/g)).toHaveLength(2);
});

it('as JSON they are one array, and nothing is an empty one', async () => {
  const two = await run(['translate', '-', '--as', 'json'], {}, [withTicket(1), withTicket(2)].join('\n'));
  expect(JSON.parse(two.stdout)).toMatchObject([{ input: { chatSessionId: 1 } }, { input: { chatSessionId: 2 } }]);
  const none = await run(['translate', '-', '--as', 'json'], {}, har({ method: 'GET', url: 'https://a/' }));
  expect(JSON.parse(none.stdout)).toEqual([]);
  expect(none).toMatchObject({ code: 0, stderr: expect.stringContaining('no requests') });
});

it('what cannot be translated is told with file and place, and the rest of the batch is done', async () => {
  mkdirSync(join(folder, 'deep'));
  file('a.xml', withTicket());
  file('b.har', har(harPost(getMessages().replaceAll('GetChatMessages', 'GetContactEntity')), harPost(withTicket())));
  file('c.html', '<!doctype html>\n<html></html>');
  file('d.xml', withTicket().slice(0, 300));
  file('deep/e.http', `${http(withTicket())}\n${http('{}')}`);
  file('deep/f.log', `x\n${getMessages().replaceAll('GetChatMessages', 'Sing')}\n${withTicket()}`);
  const { code, stdout, stderr } = await run(['translate', folder]);
  expect(code).toBe(7);
  expect(stdout.match(/^POST /gm)).toHaveLength(4);
  expect(stderr.split('\n')).toEqual([
    expect.stringMatching(/b\.har, entry 1: GetContactEntity is no operation of Chat\.svc or SoPrincipal\.svc$/),
    expect.stringMatching(/c\.html, line 1: not SOAP: .*<html>/),
    expect.stringMatching(/d\.xml, line 1: /),
    expect.stringMatching(/e\.http, line 8: not SOAP: it is no XML$/),
    expect.stringMatching(/f\.log, line 2: Sing is no operation of Chat\.svc or SoPrincipal\.svc$/),
    'services88-chat: 4 translated, 5 not',
    '',
  ]);
  expect(stdout + stderr).not.toContain('canary');
});

it('writes a file for each, which nobody else can read where secrets are in it', async () => {
  const out = join(folder, 'out/of');
  const path = file('two.log', [withTicket(1), encodeRequest(Chat.getChatPresence, {})].join('\n'));
  const { code, stdout, stderr } = await run(['translate', path, '--as', 'curl', '--out', out, '--keep-secrets']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toContain('2 files');
  expect(readdirSync(out)).toEqual(['0001-Chat.GetChatMessages.sh', '0002-Chat.GetChatPresence.sh']);
  expect(readFileSync(join(out, '0001-Chat.GetChatMessages.sh'), 'utf8')).toContain('7T:canary-ticket');
  if (process.platform !== 'win32') expect(statSync(join(out, '0002-Chat.GetChatPresence.sh')).mode & 0o77).toBe(0);
});

it('nothing that a customer wrote steers the terminal', async () => {
  const steering = '\u009b31m\u202e\u0085';
  const document = encodeRequest(Chat.addChatMessage, {
    chatSessionId: 1,
    message: { message: steering, author: steering },
  });
  for (const form of ['http', 'curl', 'ts', 'webapi', 'json']) {
    const { code, stdout } = await run(['translate', '-', '--as', form], {}, document);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/[\u0080-\u009f\u202e]/);
    expect(stdout).toContain(String.raw`\u009b31m\u202e\u0085`);
  }
});

it.each([
  ['no recording', []],
  ['one that there is not', ['no-such-file']],
  ['a form that there is not', ['-', '--as', 'fax']],
  ['a style that there is not', ['-', '--style', 'rest']],
  ['an address that is none', ['-', '--base-url', 'crm']],
])('%s is a matter of usage', async (_, args) => {
  const { code, stdout, stderr } = await run(['translate', ...args], {}, withTicket());
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^services88-chat: /);
});
