/**
 * A server in a process of its own, so that what it does is not counted as the clients' work.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Beside<Ports> {
  readonly ports: Ports;
  /** What the server answers to one of the words that it knows. */
  readonly ask: (word: string) => Promise<unknown>;
  readonly end: () => void;
}

/** Starts a compiled program of this folder; it tells where it listens by `listening`. */
export async function beside<Ports>(program: string): Promise<Beside<Ports>> {
  const child = fork(join(import.meta.dirname, `${program}.js`));
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${program} ended (${code})`);
  });
  ended.catch(() => {});
  const told = async (): Promise<unknown> => (await Promise.race([once(child, 'message'), ended]))[0];
  const ask = (word: string): Promise<unknown> => {
    const answer = told();
    child.send(word);
    return answer;
  };
  return { ports: (await told()) as Ports, ask, end: () => child.disconnect() };
}

/** The other end: says where the server is to be found and answers, until it is wanted no longer. */
export function listening(ports: unknown, answers: Readonly<Record<string, () => unknown>> = {}): void {
  process.once('disconnect', () => process.exit());
  process.on('message', (word: string) => process.send?.(answers[word]?.() ?? null));
  process.send?.(ports);
}
