/**
 * The README's snippets, compiled against the built package and run against the simulator.
 */
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Chat, SoPrincipal } from '../../lib/index.js';
import { createSimulator, type SoapServer, serveSoap } from '../../lib/server.js';

const root = resolve(__dirname, '../..');
const run = promisify(execFile);
const readme = readFileSync(join(root, 'README.md'), 'utf8');

const snippets = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map((match) => match[1] ?? '');

const scripts = snippets('ts').map((text, index) => ({ name: `snippet-${index + 1}`, text }));

let folder: string;
let server: SoapServer;

beforeAll(async () => {
  server = await serveSoap([Chat, SoPrincipal], createSimulator({ clock: () => new Date('2026-03-02T09:00:00Z') }));
  folder = mkdtempSync(join(tmpdir(), 'services88-chat-'));
  for (const scope of ['@types', '@opentelemetry']) mkdirSync(join(folder, 'node_modules', scope), { recursive: true });
  symlinkSync(root, join(folder, 'node_modules/services88-chat'));
  for (const name of ['@types/node', '@opentelemetry/api']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  for (const { name, text } of scripts)
    writeFileSync(
      join(folder, `${name}.mts`),
      text.replaceAll('https://crm.example.com/Remote/Services88', server.baseUrl),
    );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  await run(
    process.execPath,
    [
      tsc,
      '--strict',
      '--target',
      'es2022',
      '--module',
      'nodenext',
      '--types',
      'node',
      ...scripts.map(({ name }) => `${name}.mts`),
    ],
    { cwd: folder },
  ).catch((error: { stdout: string }) => {
    throw new Error(error.stdout);
  });
}, 120_000);

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

it.each(scripts)(
  'the TypeScript $name runs and prints something',
  async ({ name }) => {
    const env = { ...process.env, SUPEROFFICE_PASSWORD: 'demo' };
    const { stdout, stderr } = await run(process.execPath, [`${name}.mjs`], { cwd: folder, env });
    expect(stderr).toBe('');
    expect(stdout).not.toBe('');
    expect(stdout).toMatchSnapshot();
  },
  30_000,
);

/** A port that was free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe: Server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });

it('the commands of the command line section do what they say', async () => {
  const [simulate = '', calls = ''] = snippets('sh').filter((text) => text.includes('services88-chat'));
  const port = String(await freePort());
  const command = (text: string): string =>
    text
      .replaceAll('npx services88-chat', `"${process.execPath}" "${join(root, 'dist/esm/cli/main.js')}"`)
      .replaceAll('8088', port);
  const simulator = spawn('bash', ['-c', `exec ${command(simulate)}`], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    await new Promise((done) => simulator.stdout.once('data', done));
    const { stdout, stderr } = await run('bash', ['-ec', command(calls)]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^SESSION /);
    expect(stdout).toContain('"chatMessageId"');
  } finally {
    simulator.kill();
  }
}, 30_000);

it('names no command that package.json does not have', () => {
  const { scripts: known } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const used = [...readme.matchAll(/npm (?:run )?(start|test|[a-z]+)\b/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => !['ci', 'install', 'pack'].includes(name));
  expect(used.filter((name) => !(name in known))).toEqual([]);
});
