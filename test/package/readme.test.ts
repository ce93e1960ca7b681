/**
 * The README's snippets, compiled against the built package and run against the simulator.
 */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Chat, SoPrincipal } from '../../lib/index.js';
import { createSimulator, type RestServer, type SoapServer, serveRest, serveSoap } from '../../lib/server.js';
import { blocksOf, command, folderWith, freePort, root, run, runScript, scriptsOf } from './snippets.js';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const scripts = scriptsOf(readme);

let folder: string;
let soap: SoapServer;
let rest: RestServer;

beforeAll(async () => {
  const simulator = createSimulator({ clock: () => new Date('2026-03-02T09:00:00Z') });
  soap = await serveSoap([Chat, SoPrincipal], simulator);
  rest = await serveRest(simulator);
  folder = await folderWith(scripts, { soap: soap.baseUrl, rest: rest.baseUrl });
}, 120_000);

afterAll(async () => {
  await soap.close();
  await rest.close();
  rmSync(folder, { recursive: true });
});

it.each(scripts)('the TypeScript $name runs and prints something', async (script) => {
  const { stdout, stderr } = await runScript(folder, script);
  expect(stderr).toBe('');
  expect(stdout).not.toBe('');
  expect(stdout).toMatchSnapshot();
});

it('the commands of the command line section do what they say', async () => {
  const [simulate = '', calls = ''] = blocksOf(readme, 'sh').filter((text) => text.includes('services88-chat'));
  const port = String(await freePort());
  const here = (text: string): string => command(text).replaceAll('8088', port);
  const simulator = spawn('bash', ['-c', `exec ${here(simulate)}`], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    await new Promise((done) => simulator.stdout.once('data', done));
    const { stdout, stderr } = await run('bash', ['-ec', here(calls)]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^SESSION /);
    expect(stdout).toContain('"chatMessageId"');
  } finally {
    simulator.kill();
  }
});

it('names no command that package.json does not have', () => {
  const { scripts: known } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const used = [...readme.matchAll(/npm (?:run )?(start|test|[a-z]+)\b/g)]
    .map((match) => match[1] ?? '')
    .filter((name) => !['ci', 'install', 'pack'].includes(name));
  expect(used.filter((name) => !(name in known))).toEqual([]);
});

it('links to no file that is not there', () => {
  const linked = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1] ?? '');
  expect(linked.length).toBeGreaterThan(2);
  for (const file of linked) expect(() => readFileSync(join(root, file))).not.toThrow();
});
