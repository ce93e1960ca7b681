/**
 * Work in fresh processes of plain Node: what one shape of data has taught V8 must not help or hinder the next one,
 * and no loader may stand between Node and what is measured.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../..');
/** Within the package, so that its own name leads to what was built; the next build removes it. */
const compiled = join(root, 'dist/bench');
const run = promisify(execFile);

/** Writes this folder as JavaScript, types removed and nothing else changed. */
export function compile(): void {
  rmSync(compiled, { recursive: true, force: true });
  mkdirSync(compiled, { recursive: true });
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };
  for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts'))) {
    const text = readFileSync(join(import.meta.dirname, file), 'utf8');
    const { outputText } = ts.transpileModule(text, { compilerOptions, fileName: file });
    writeFileSync(join(compiled, file.replace(/\.ts$/, '.js')), outputText);
  }
}

/** Runs a program of this folder; its arguments and what it gives are JSON. */
export async function inFreshProcess<Result>(program: string, task: unknown): Promise<Result> {
  const { stdout } = await run(process.execPath, [join(compiled, `${program}.js`), JSON.stringify(task)], {
    cwd: root,
    timeout: 60_000,
    maxBuffer: 1 << 24,
  });
  return JSON.parse(stdout) as Result;
}
