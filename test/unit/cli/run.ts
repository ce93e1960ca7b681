/**
 * Runs the built command line as a user does: as a process of its own, with its own environment.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export const program = resolve('dist/esm/cli/main.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Environment = Readonly<Record<string, string>>;

/** The process, once it has been started. */
export function start(args: readonly string[], env: Environment): ChildProcessWithoutNullStreams {
  if (!existsSync(program)) throw new Error(`there is no ${program}; npm run build makes it`);
  return spawn(process.execPath, [program, ...args], { env });
}

/** What became of it. */
export async function run(args: readonly string[], env: Environment = {}, stdin = ''): Promise<Ended> {
  const child = start(args, env);
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  return ended(child);
}

/** Resolves when the process has ended, with all that it wrote. */
export function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout.on('data', (chunk: Buffer) => chunks.stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) =>
      done({
        code,
        stdout: Buffer.concat(chunks.stdout).toString('utf8'),
        stderr: Buffer.concat(chunks.stderr).toString('utf8'),
      }),
    );
  });
}
