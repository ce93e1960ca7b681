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
    'POST $SUPEROFFICE_REST_URL/v1/Agents/Chat/GetChatMessages HTTP/1.1\nAuthorization: SOTicket $SUPEROFFICE_TICKET\n',
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

describe('the address of REST', () => {
  const environment = { SUPEROFFICE_REST_URL: 'https://environment.example.com/api' };
  const GUESS = 'https://sod2.superoffice.example.com/Cust12345/api';
  // One recording says where it was sent, the other does not.
  const output = async (form: string, args: readonly string[], env: Readonly<Record<string, string>>) => {
    const paths = [file('a.http', http(withTicket())), file('b.xml', withTicket())];
    const { code, stdout } = await run(['translate', ...paths, '--as', form, ...args], env);
    expect(code).toBe(0);
    return stdout;
  };

  it.each(['http', 'curl', 'ts', 'webapi', 'json'])(
    'is one for all recordings, and never a guess (%s)',
    async (form) => {
      for (const env of [environment, {}]) {
        const text = await output(form, [], env);
        const [guessed, named] = [GUESS, 'environment.example.com'].map((address) => text.split(address).length - 1);
        expect({ guessed, named }).toEqual({ guessed: 'SUPEROFFICE_REST_URL' in env ? 0 : 1, named: 0 });
        expect(text).toMatch(
          form === 'ts' || form === 'webapi' ? /process\.env\.SUPEROFFICE_REST_URL/ : /\$SUPEROFFICE_REST_URL/,
        );
        if (guessed) expect(text).toContain(`It may be ${GUESS}.`);
        const given = await output(form, ['--base-url', 'https://option.example.com/api'], env);
        expect(given).toContain('option.example.com');
        expect(given).not.toMatch(/SUPEROFFICE_REST_URL|Cust12345/);
      }
    },
  );
});

it.each([
  ['http', /^# /],
  ['curl', /^# /],
  ['ts', /^\/\/ /],
  ['webapi', /^\/\/ /],
])('as %s, several stand one after another', async (form, begin) => {
  const { stdout } = await run(['translate', '-', '--as', form], {}, [withTicket(1), withTicket(2)].join('\n'));
  expect(stdout).toMatch(begin);
  expect(stdout.match(/Chat\.GetChatMessages \(/g)).toHaveLength(2);
  // What is said of every call is said once.
  expect(stdout.match(/ticket: The ticket goes into/g)).toHaveLength(1);
  expect(stdout.match(/ also ticket, no-application-token, /g)).toHaveLength(2);
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
    expect.stringMatching(/d\.xml, line 1: /),
    expect.stringMatching(/e\.http, line 8: not SOAP: it is no XML$/),
    expect.stringMatching(/f\.log, line 2: Sing is no operation of Chat\.svc or SoPrincipal\.svc$/),
    'services88-chat: 1 file without SOAP passed over',
    'services88-chat: 4 translated, 4 not',
    '',
  ]);
  expect(stdout + stderr).not.toContain('canary');
});

it('a file without SOAP is a problem where it is named, and is passed over in a folder', async () => {
  const notes = file('notes.txt', 'Ask Kari.\n');
  file('more.txt', '');
  file('request.xml', withTicket());
  const { code, stdout, stderr } = await run(['translate', folder]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'services88-chat: 2 files without SOAP passed over\n' });
  expect(stdout).toContain('Chat.GetChatMessages');
  const named = await run(['translate', notes]);
  expect(named.code).toBe(7);
  expect(named.stderr).toMatch(/notes\.txt, line 1: not SOAP: there is no envelope in it\n/);
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
