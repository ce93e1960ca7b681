/**
 * What a process has to wait for when it does something for the first time. Nothing of the package is loaded before.
 */
import { readFileSync } from 'node:fs';
import { clocks } from './measure.js';
import { found, task } from './task.js';

export interface StartTask {
  readonly first: 'import' | 'decode' | 'json';
  readonly file: string;
}

/** Milliseconds. */
export type StartTimes = ReturnType<ReturnType<typeof clocks>>;

const { first, file } = task<StartTask>();
const bytes = readFileSync(file);
// Not by way of built.ts, since another file would be loaded with it.
const packageName: string = 'services88-chat/codec';

async function measured(): Promise<StartTimes> {
  if (first === 'json') {
    const { readRestMessages } = await import('./rest.js');
    return timed(() => readRestMessages(bytes));
  }
  const stop = clocks();
  const codec = (await import(packageName)) as typeof import('../../lib/codec.js');
  const loaded = stop();
  return first === 'import' ? loaded : timed(() => codec.decodeReply(codec.Chat.getChatMessages, bytes));
}

function timed(run: () => unknown): StartTimes {
  const stop = clocks();
  const result = run();
  const times = stop();
  if (result === undefined) throw new Error('nothing was read');
  return times;
}

found(await measured());
