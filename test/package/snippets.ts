/**
 * The snippets of a page, as its readers would run them: TypeScript compiled against the built package, and commands with
 * the built command line.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export const root = resolve(__dirname, '../..');

export const run = promisify(execFile);

export interface Script {
  readonly name: string;
  readonly text: string;
}

/** The blocks of a language on a page. */
export const blocksOf = (page: string, language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map((match) => match[1] ?? '');

export const scriptsOf = (page: string): readonly Script[] =>
  blocksOf(page, 'ts').map((text, index) => ({ name: `snippet-${index + 1}`, text }));

/** Where the pages say that the installation is. */
export interface Urls {
  readonly soap: string;
  readonly rest: string;
}

/** A text of a page for an installation that there is. */
export const aimedAt = ({ soap, rest }: Urls, text: string): string =>
  text
    .replaceAll('https://crm.example.com/Remote/Services88', soap)
    .replaceAll('https://crm.example.com/SuperOffice/api', rest);

/** A command as it is typed, with the built program in the place of what npx would bring. */
export const command = (text: string): string =>
  text.replaceAll('npx services88-chat', `"${process.execPath}" "${join(root, 'dist/esm/cli/main.js')}"`);

/** A folder of a program that depends on this package, with the scripts in it, compiled. */
export async function folderWith(scripts: readonly Script[], urls: Urls): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'services88-chat-'));
  for (const scope of ['@types', '@opentelemetry']) mkdirSync(join(folder, 'node_modules', scope), { recursive: true });
  symlinkSync(root, join(folder, 'node_modules/services88-chat'));
  for (const name of ['@types/node', '@opentelemetry/api']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  for (const { name, text } of scripts) writeFileSync(join(folder, `${name}.mts`), aimedAt(urls, text));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--strict', '--target', 'es2022', '--module', 'nodenext', '--types', 'node'];
  const files = scripts.map(({ name }) => `${name}.mts`);
  await run(process.execPath, [tsc, ...options, ...files], { cwd: folder }).catch((error: { stdout: string }) => {
    throw new Error(error.stdout);
  });
  return folder;
}

/** What a compiled script prints. */
export const runScript = (folder: string, { name }: Script): Promise<{ stdout: string; stderr: string }> =>
  run(process.execPath, [`${name}.mjs`], { cwd: folder, env: { ...process.env, SUPEROFFICE_PASSWORD: 'demo' } });

/** A port that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe: Server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
