/**
 * Work in fresh processes of plain Node: what one shape of data has taught V8 must not help or hinder the next one,
 * and no loader may stand between Node and what is measured.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import type { Laps, Times } from './measure.js';

const root = resolve(import.meta.dirname, '../..');
/** Within the package, so that its own name leads to what was built. */
const compiled = join(root, 'dist/bench');
const run = promisify(execFile);

/** Writes this folder as JavaScript, types removed and nothing else changed. */
export function compile(): void {
  removeCompiled();
  mkdirSync(compiled, { recursive: true });
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts'))) {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8');
    const { outputText } = ts.transpileModule(text, { compilerOptions, fileName: file });
    writeFileSync(join(compiled, file.replace(/\.ts$/, '.js')), outputText);
  }
}

export function removeCompiled(): void {
  rmSync(compiled, { recursive: true, force: true });
}

/** Runs a program of this folder; its arguments and what it gives are JSON. */
export async function inFreshProcess<Result>(program: string, task: unknown, timeout = 120_000): Promise<Result> {
  const running = run(process.execPath, [join(compiled, `${program}.js`), JSON.stringify(task)], {
    cwd: root,
    timeout,
    maxBuffer: 1 << 24,
  });
  if (process.stderr.isTTY) running.child.stderr?.pipe(process.stderr, { end: false });
  const { stdout } = await running;
  return JSON.parse(stdout) as Result;
}

/** What several processes give, one after the other. */
export async function inFreshProcesses<Result>(count: number, program: string, task: unknown): Promise<Result[]> {
  const results: Result[] = [];
  while (results.length < count) results.push(await inFreshProcess<Result>(program, task));
  return results;
}

/** The rounds of several processes as those of one, since a process may be lucky in what V8 makes of it. */
export function together<Name extends string>(times: readonly Times<Name>[]): Times<Name> {
  const names = Object.keys(times[0] ?? {}) as Name[];
  const laps = (name: Name, clock: keyof Laps): number[] => times.flatMap((each) => each[name][clock]);
  const all = names.map((name) => [name, { elapsed: laps(name, 'elapsed'), processor: laps(name, 'processor') }]);
  return Object.fromEntries(all) as Record<Name, Laps>;
}
