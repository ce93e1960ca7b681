/**
 * Processes that share a ticket store, from the built package.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Sharer {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves when it has said so. */
  readonly ready: Promise<void>;
  readonly ended: Promise<{ readonly signal: string | null; readonly stdout: string; readonly stderr: string }>;
}

/** Starts `sharer.mjs` in one of its roles; `before` is a command of the shell that its process is made by. */
export function share(role: 'count' | 'write' | 'hold' | 'fail', options: object, before = ''): Sharer {
  if (!existsSync('dist/cjs/tickets/file.js')) throw new Error('there is no built package; npm run build makes it');
  const line = [process.execPath, resolve(__dirname, 'sharer.mjs'), role, JSON.stringify(options)];
  const child = spawn('sh', ['-c', `${before || ':'}; exec "$@"`, 'sh', ...line]);
  const texts = { stdout: '', stderr: '' };
  const ready = new Promise<void>((done) => {
    child.stdout.on('data', (chunk: Buffer) => {
      texts.stdout += chunk.toString('utf8');
      done();
    });
  });
  child.stderr.on('data', (chunk: Buffer) => {
    texts.stderr += chunk.toString('utf8');
  });
  child.stdin.on('error', () => {});
  const ended = new Promise<Awaited<Sharer['ended']>>((done, fail) => {
    child.once('error', fail);
    child.once('close', (_, signal) => done({ signal, ...texts }));
  });
  const failed = ended.then(({ stderr }) => Promise.reject(new Error(`it ended before it was ready: ${stderr}`)));
  failed.catch(() => {});
  return { child, ready: Promise.race([ready, failed]), ended };
}

/** Runs with sharers, of which none is left afterwards. */
export async function withSharers(sharers: readonly Sharer[], use: () => Promise<void>): Promise<void> {
  try {
    await use();
  } finally {
    for (const { child } of sharers) child.kill('SIGKILL');
    await Promise.allSettled(sharers.map(({ ended }) => ended));
  }
}
