/**
 * What a process has to wait for when it does something for the first time. Nothing of the package is loaded before.
 */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { found, task } from './task.js';

export interface StartTask {
  readonly first: 'import' | 'decode' | 'json';
  readonly file: string;
}

const { first, file } = task<StartTask>();
const bytes = readFileSync(file);
// Not by way of built.ts, since another file would be loaded with it.
const packageName: string = 'services88-chat/codec';

/** Milliseconds. */
async function measured(): Promise<number> {
  if (first === 'json') {
    const { readRestMessages } = await import('./rest.js');
    return timed(() => readRestMessages(bytes));
  }
  const start = performance.now();
  const codec = (await import(packageName)) as typeof import('../../lib/codec.js');
  const loaded = performance.now() - start;
  return first === 'import' ? loaded : timed(() => codec.decodeReply(codec.Chat.getChatMessages, bytes));
}

function timed(run: () => unknown): number {
  const start = performance.now();
  const result = run();
  const end = performance.now();
  if (result === undefined) throw new Error('nothing was read');
  return end - start;
}

found(await measured());
