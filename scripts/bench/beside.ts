/**
 * A server in a process of its own, so that what it does is not counted as the clients' work.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Beside {
  readonly port: number;
  readonly end: () => void;
}

/** Starts a compiled program of this folder; it tells its port by `listeningAt`. */
export async function beside(program: string): Promise<Beside> {
  const child = fork(join(import.meta.dirname, `${program}.js`));
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${program} ended before it listened (${code})`);
  });
  ended.catch(() => {});
  const [port] = await Promise.race([once(child, 'message'), ended]);
  return { port, end: () => child.disconnect() };
}

/** The other end: says where the server is to be found, and ends the process when it is wanted no longer. */
export function listeningAt(port: number): void {
  process.once('disconnect', () => process.exit());
  process.send?.(port);
}
