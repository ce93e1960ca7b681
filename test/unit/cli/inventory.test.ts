import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Chat } from '../../../lib/index.js';
import { actionOf, iisLog, namespace, withTree } from '../migrate/inventory/trees.js';
import { ended, run, start } from './run.js';

jest.setTimeout(60_000);

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;

const files = {
  'poll.php': `<?php // Chat.svc\n$soap->call('GetChatMessages');\n$action = ${actionOf('GetChatMessages')};\n`,
  'crm.cs': `var action = "${namespace.replace('88', '84')}/Contact/GetContactEntity";`,
  'other.py': 'bot.GetChatPresence()',
  'access.log': iisLog([
    { operation: 'GetChatMessages', userAgent: 'poller', user: 'anna', status: 401 },
    { operation: 'GetChatMessages', userAgent: 'poller', user: 'anna' },
    { service: 'Contact', userAgent: '\u001b[2J\u202eevil' },
  ]),
};

const below = (folder: string, text: string): string => text.replaceAll(`${folder}/`, '');

it('prints what is used, how often, and what it becomes in REST', () =>
  withTree(files, async (folder) => {
    const { code, stdout, stderr } = await run(['inventory', folder]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(below(folder, stdout).replaceAll(/ +/g, ' ')).toMatchInlineSnapshot(`
"OPERATION RELEASES FILES CALLS FAILED LAST CALL IN REST
Chat.GetChatMessages 88 1 2 1 2026-03-01 POST v1/Agents/Chat/GetChatMessages
Contact.GetContactEntity 84 1 not covered by this package; Agents/Contact in REST by the vendor's word
Contact (operation not in the log) 88 1 2026-03-01 not covered by this package; Agents/Contact in REST by the vendor's word

Possible, by the name alone or in a comment (files): Chat.GetChatPresence (1)
Calls with status 401, with which Windows authentication begins: 1

CALLER CALLS FAILED ADDRESSES USERS LAST CALL OF
poller 2 1 1 1 2026-03-01 Chat.GetChatMessages (2)
�[2J�evil 1 1 2026-03-01 Contact (1)

LOG FORMAT REQUESTS CALLS UNREADABLE LINES
access.log iis 3 3
"
`);
    expect(stdout).not.toMatch(steering);
    expect(stdout).not.toContain('anna');
  }));

it('--findings prints each place, as grep does', () =>
  withTree(files, async (folder) => {
    const { stdout } = await run(['inventory', '--findings', folder]);
    expect(below(folder, stdout)).toMatchInlineSnapshot(`
"crm.cs:1: action Contact.GetContactEntity Services84 http://www.superoffice.net/ws/crm/NetServer/Services84/Contact/GetContactEntity
other.py:1: possible Chat.GetChatPresence .GetChatPresence(
poll.php:1: endpoint Chat Services88 Chat.svc
poll.php:2: call Chat.GetChatMessages Services88 GetChatMessages
poll.php:3: action Chat.GetChatMessages Services88 http://www.superoffice.net/ws/crm/NetServer/Services88/Chat/GetChatMessages
"
`);
  }));

it('--callers shows who they are', () =>
  withTree(files, async (folder) => {
    const { stdout } = await run(['inventory', '--callers', join(folder, 'access.log')]);
    expect(stdout).toMatch(/^ {2}user anna +2$/m);
    expect(stdout).toMatch(/^ {2}address 192\.0\.2\.7 +2$/m);
  }));

it('--json prints all of it', () =>
  withTree(files, async (folder) => {
    const { stdout } = await run(['inventory', '--json', folder]);
    const inventory = JSON.parse(stdout);
    expect(Object.keys(inventory)).toEqual([
      'complete',
      'files',
      'bytes',
      'operations',
      'filesWithoutService',
      'callers',
      'otherRequests',
      'findings',
      'findingsLeftOut',
      'logs',
      'unreadable',
      'skipped',
    ]);
    expect(Object.keys(inventory.operations[0])).toEqual([
      'service',
      'operation',
      'releases',
      'files',
      'contracts',
      'possible',
      'restAlready',
      'calls',
      'failures',
      'statuses',
      'first',
      'last',
      'callers',
      'rest',
    ]);
    expect(Object.keys(inventory.findings[0])).toEqual([
      'file',
      'line',
      'kind',
      'service',
      'release',
      'operation',
      'text',
    ]);
    expect(stdout).not.toMatch(steering);
  }));

it('a time whose zone the log does not state stays as it is, wherever it is read, and that is told', () =>
  withTree(
    {
      'a.log': ['2026-03-01T22:00:00', '2026-03-02T23:30:00+01:00']
        .map((time) => `${JSON.stringify({ time, path: '/Remote/Services88/Chat.svc', status: 200 })}\n`)
        .join(''),
    },
    async (folder) => {
      const { stdout, stderr } = await run(['inventory', '--json', folder], { TZ: 'America/New_York' });
      expect(JSON.parse(stdout).operations).toMatchObject([
        { first: '2026-03-01T22:00:00', last: '2026-03-02T22:30:00Z' },
      ]);
      expect(stderr).toBe('services88-chat: times without a Z are as the log has them, which states no zone\n');
    },
  ));

it('a log whose names of services do not end is told in few words, and so is one without its fields', () =>
  withTree(
    {
      'a.log': iisLog(Array.from({ length: 10_002 }, (_, at) => ({ service: `x${at}` }))),
      'b.log': '2026-03-01 09:00:00 192.0.2.1 POST /Services88/Chat.svc - 443 - 192.0.2.7 php - 200 0 0 31\n',
    },
    async (folder) => {
      const { code, stdout, stderr } = await run(['inventory', folder]);
      expect(below(folder, stderr)).toBe(
        'services88-chat: not all could be read: 1 path\n' +
          'services88-chat: calls in logs (2) are told together as (others): there are too many names of services\n',
      );
      expect(stdout).toMatch(/^\(others\) .* more services and operations than are told one by one$/m);
      expect(code).toBe(7);
    },
  ));

it('where nothing is found, it says so and ends well', () =>
  withTree({ 'a.js': 'nothing' }, async (folder) => {
    expect(await run(['inventory', folder])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'services88-chat: nothing was found (files read: 1)\n',
    });
  }));

it('what cannot be read is told once, and ends it with 7 after the rest', () =>
  withTree(
    { 'a.gz': gzipSync('x'.repeat(999)).subarray(0, 20), 'b.js': actionOf('GetChatMessages') },
    async (folder) => {
      const { code, stdout, stderr } = await run(['inventory', folder, `${folder}/nowhere`]);
      expect(code).toBe(7);
      expect(stderr).toBe('services88-chat: not all could be read: 2 paths\n');
      expect(stdout).toContain('Chat.GetChatMessages');
      expect(below(folder, stdout)).toContain(
        'NOT READ\na.gz: the gzip data ends too early\nnowhere: there is no such file or folder (ENOENT)\n',
      );
      const { stderr: beside } = await run(['inventory', '--findings', folder, `${folder}/nowhere`]);
      expect(below(folder, beside)).toBe(
        'services88-chat: a.gz cannot be read: the gzip data ends too early\n' +
          'services88-chat: nowhere cannot be read: there is no such file or folder (ENOENT)\n',
      );
    },
  ));

it('where none of the paths is there, it is a matter of usage', async () => {
  expect(await run(['inventory', 'no-such-file', 'nor-this'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'services88-chat: there is no no-such-file, nor-this\n',
  });
});

it('--style entity shows the resources, and the agent where there is none', () =>
  withTree(
    { 'a.js': [actionOf('SaveChatSessionEntity'), actionOf('ChatTopicsForUser')].join('\n') },
    async (folder) => {
      const endpoints = async (...args: readonly string[]) =>
        (await run(['inventory', folder, ...args])).stdout.match(/(?:GET|PUT|POST) \S+/g);
      expect(await endpoints()).toEqual([
        'POST v1/Agents/Chat/ChatTopicsForUser',
        'POST v1/Agents/Chat/SaveChatSessionEntity',
      ]);
      expect(await endpoints('--style', 'entity')).toEqual(expect.arrayContaining(['POST v1/ChatSession']));
    },
  ));

it('binary files are named, five of them, and long lists are wrapped', () =>
  withTree(
    {
      ...Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`${at}.zip`, 'PK\0'])),
      'node_modules/a.js': '',
      'a.py': Object.values(Chat)
        .map(({ name }) => `x.${name}()\n`)
        .join(''),
    },
    async (folder) => {
      const { stdout, stderr } = await run(['inventory', folder]);
      expect(below(folder, stderr)).toBe(
        'services88-chat: not looked at: 6 binary files (0.zip, 1.zip, 2.zip, 3.zip, 4.zip, …), 1 folder (--all looks into them)\n',
      );
      expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
      for (const { name } of Object.values(Chat)) expect(stdout).toContain(`Chat.${name} (1)`);
    },
  ));

it('--help names the keys of logs as JSON lines', async () => {
  const { stdout } = await run(['inventory', '--help']);
  expect(stdout).toMatch(/^ {2}path +url\.path, url\.original, /m);
  expect(stdout).toMatch(/^ {2}address +client\.ip, source\.ip, /m);
});

it('without a path it is a matter of usage', async () => {
  expect((await run(['inventory'])).code).toBe(2);
});

const onPosix = process.platform === 'win32' ? it.skip : it;

onPosix('Ctrl-C ends it with what was found until then, marked as incomplete', () =>
  withTree({ 'a.js': actionOf('GetChatMessages') }, async (folder) => {
    const fifo = join(folder, 'never-ends');
    const { execFileSync } = await import('node:child_process');
    execFileSync('mkfifo', [fifo]);
    const child = start(['inventory', join(folder, 'a.js'), fifo], {});
    const result = ended(child);
    const writer = createWriteStream(fifo);
    await once(writer, 'open');
    writer.on('error', () => {});
    // It has opened the second file, and so has read the first.
    const filling = setInterval(() => writer.write(`${actionOf('AddChatMessage')}\n`.repeat(500)), 5);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await result;
    clearInterval(filling);
    writer.destroy();
    expect(code).toBe(130);
    expect(stdout).toMatch(/^INCOMPLETE: .*\n\nOPERATION/);
    expect(stdout).toContain('Chat.GetChatMessages');
    expect(stderr).toBe('services88-chat: interrupted: this is not all\n');
  }),
);
