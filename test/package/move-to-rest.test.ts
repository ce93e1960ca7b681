/**
 * The guide from SOAP to REST, followed step by step against the simulator.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chat, createChatClient, encodeRequest, SoPrincipal } from '../../lib/index.js';
import { createSimulator, type RestServer, type SoapServer, serveRest, serveSoap } from '../../lib/server.js';
import {
  aimedAt,
  blocksOf,
  command,
  folderWith,
  freePort,
  root,
  run,
  runScript,
  scriptsOf,
  type Urls,
} from './snippets.js';

const guide = readFileSync(join(root, 'docs/move-to-rest.md'), 'utf8');
const scripts = scriptsOf(guide);
const [environment = '', ...commands] = blocksOf(guide, 'sh');

let folder: string;
let soap: SoapServer;
let rest: RestServer;
let urls: Urls;

beforeAll(async () => {
  const simulator = createSimulator();
  soap = await serveSoap([Chat, SoPrincipal], simulator);
  rest = await serveRest(simulator);
  urls = { soap: soap.baseUrl, rest: rest.baseUrl };
  folder = await folderWith(scripts, urls);
  const files: Readonly<Record<string, string>> = {
    'password.txt': 'demo\n',
    'scripts/sync.php': `<?php\n$client = new SoapClient('${soap.baseUrl}/Chat.svc?wsdl');\n$client->GetChatMessages(['ChatSessionId' => 42]);\n`,
    'logs/access.log':
      '192.0.2.7 - - [02/Mar/2026:09:00:00 +0000] "POST /Remote/Services88/Chat.svc HTTP/1.1" 200 512 "-" "Legacy/1.0"\n',
    'recordings/messages.xml': encodeRequest(
      Chat.getChatMessages,
      { chatSessionId: 42, after: 0 },
      { header: { credentials: { ticket: '7T:recorded+long+ago==' } } },
    ),
  };
  for (const name of ['scripts', 'logs', 'recordings']) mkdirSync(join(folder, name));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}, 120_000);

afterAll(async () => {
  await soap.close();
  await rest.close();
  rmSync(folder, { recursive: true });
});

/** The command of the guide that begins with these words, as a shell runs it after what the guide sets up. */
function typed(words: string, ports: Readonly<Record<string, number>> = {}): string {
  const found = commands.find((text) => text.includes(`services88-chat ${words}`)) ?? '';
  expect(found).not.toBe('');
  const placed = Object.entries(ports).reduce((text, [port, free]) => text.replaceAll(port, String(free)), found);
  return command(aimedAt(urls, `${environment}\n${placed}`));
}

const shell = (text: string): Promise<{ stdout: string; stderr: string }> =>
  run('bash', ['-ec', text], { cwd: folder });

/** A bridge of the guide, while `use` is done with it. */
async function withBridge(words: string, use: (at: { baseUrl: string; metrics: string | undefined }) => Promise<void>) {
  const ports = { 8091: await freePort(), 8092: await freePort() };
  // Without exec, the shell would end and its child go on.
  const text = typed(words, ports).replace(/^"/m, 'exec "');
  const bridge: ChildProcess = spawn('bash', ['-c', text], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [printed] = await once(bridge.stdout as NonNullable<typeof bridge.stdout>, 'data');
    const [baseUrl = '', metrics] = String(printed).trim().split('\n');
    expect(baseUrl).toBe(`http://127.0.0.1:${ports[8091]}/Remote/Services88`);
    await use({ baseUrl, metrics });
  } finally {
    bridge.kill('SIGTERM');
    await once(bridge, 'exit');
  }
}

/** Which wire answers a caller of SOAP at this address. */
async function answeredBy(baseUrl: string): Promise<Readonly<Record<string, string | undefined>>> {
  const seen: Record<string, string | undefined> = {};
  const channel = createChatClient({ baseUrl, credentials: { userName: 'anna', password: 'demo' } });
  await channel.getChatMessages({ chatSessionId: 42, after: 0 });
  await channel.chatTopicsForUser();
  await channel.close();
  for (const operation of ['GetChatMessages', 'ChatTopicsForUser']) {
    const reply = await fetch(`${baseUrl}/Chat.svc`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction: '""', 'user-agent': 'Legacy/1.0' },
      body: encodeRequest(
        operation === 'GetChatMessages' ? Chat.getChatMessages : Chat.chatTopicsForUser,
        input[operation] as never,
        {
          header: { credentials: { ticket: '8A:demo-anna' } },
        },
      ),
    });
    expect(reply.status).toBe(200);
    seen[operation] = reply.headers.get('x-served-by') ?? undefined;
  }
  return seen;
}

const input: Readonly<Record<string, object>> = {
  GetChatMessages: { chatSessionId: 42, after: 0 },
  ChatTopicsForUser: {},
};

test('the inventory finds the script and the calls', async () => {
  const { stdout } = await shell(typed('inventory'));
  expect(stdout).toContain('POST v1/Agents/Chat/GetChatMessages');
  expect(stdout).toContain('Legacy/1.0');
});

test('the recorded request is translated, and does what it did', async () => {
  const { stdout } = await shell(typed('translate'));
  expect(stdout).not.toContain('recorded+long+ago');
  const { stdout: answer } = await shell(`${aimedAt(urls, environment)}\nSUPEROFFICE_TICKET=8A:demo-anna\n${stdout}`);
  expect(JSON.parse(answer)[0]).toMatchObject({ ChatSessionId: 42 });
});

test('in the shadow SOAP answers, and the reads are compared', async () => {
  await withBridge(
    'bridge --listen 8091 --soap "$SUPEROFFICE_URL" --rest "$SUPEROFFICE_REST_URL" --route shadow',
    async ({ baseUrl, metrics }) => {
      expect(await answeredBy(baseUrl)).toEqual({ GetChatMessages: 'soap', ChatTopicsForUser: 'soap' });
      const counted = await (await fetch(`${metrics}.json`)).json();
      expect(counted).toMatchObject({
        callers: expect.arrayContaining([expect.objectContaining({ userAgent: 'Legacy/1.0' })]),
      });
      expect(await (await fetch(metrics ?? '')).text()).toContain('services88_comparisons_total');
    },
  );
});

test('both say the same of what is stored, and the page for those who decide is there', async () => {
  await shell(typed('parity'));
  expect(readFileSync(join(folder, 'parity.html'), 'utf8')).toContain('<!DOCTYPE html>');
});

test('one operation goes over REST, from the bridge and from a program', async () => {
  await withBridge(
    'bridge --listen 8091 --soap "$SUPEROFFICE_URL" --rest "$SUPEROFFICE_REST_URL" --route default',
    async ({ baseUrl }) => {
      expect(await answeredBy(baseUrl)).toEqual({ GetChatMessages: 'rest', ChatTopicsForUser: 'soap' });
    },
  );
  for (const script of scripts) expect((await runScript(folder, script)).stdout).toMatch(/^rest \d+\n$/);
});

test('without SOAP, old callers go on, and so does the command line', async () => {
  await withBridge('bridge --listen 8091 --rest', async ({ baseUrl, metrics }) => {
    expect(await answeredBy(baseUrl)).toEqual({ GetChatMessages: 'rest', ChatTopicsForUser: 'rest' });
    expect(await (await fetch(`${metrics}.json`)).text()).toContain('Legacy/1.0');
  });
  expect((await shell(typed('messages 42'))).stdout).toContain('Jürgen');
});

test('no command of the guide is left out above', () => {
  const text = readFileSync(__filename, 'utf8');
  const words = commands.flatMap((block) =>
    [...block.matchAll(/services88-chat (\w+)/g)].map((match) => match[1] ?? ''),
  );
  expect(words.length).toBeGreaterThan(6);
  for (const word of words) expect(text).toMatch(new RegExp(`(?:typed|withBridge)\\('${word}`));
  expect(existsSync(join(folder, 'parity.html'))).toBe(true);
});
