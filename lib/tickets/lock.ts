/**
 * A lock that processes share: a file that one of them makes, and the others wait for to go.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { hasEnded, readOwner, thisProcess } from './owner.js';
import { createPrivate, type PrivateFile, readPrivate, removePrivate } from './private-files.js';

/**
 * Runs the task while this caller holds the lock. One whose process has ended, or that is older than two minutes, is
 * taken over. The signal ends the wait, which rejects with the signal's reason.
 */
export async function locked<Result>(path: string, task: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  const id = await take(path, signal);
  const since = Date.now();
  try {
    signal?.throwIfAborted();
    return await task();
  } finally {
    const release = () => removeIf(path, ({ text }) => readOwner(text)?.id === id);
    // Others do not touch a young lock of a process that runs; an old one they may be removing at this moment.
    await (isOld(since, STALE_MS / 2) ? alone(path, release) : release());
  }
}

/** Waits for the lock; its id, once it is held. */
async function take(path: string, signal: AbortSignal | undefined): Promise<string> {
  const me = await thisProcess();
  for (;;) {
    signal?.throwIfAborted();
    const found = await readPrivate(path);
    if (!found) {
      if (await createPrivate(path, JSON.stringify(me))) return me.id;
    } else if (await isStale(found)) {
      await alone(path, () => removeIf(path, isStale), signal);
    } else {
      // An abort is seen at the next turn. The timer keeps the process alive, which may have nothing else to wait for.
      await delay(10 + 30 * Math.random(), undefined, { signal }).catch(() => {});
    }
  }
}

/**
 * Runs the removal of a lock that others may remove as well. Were two at it, the slower one would look at the stale lock
 * and remove the one that the faster one made since; so there is a lock for this, too, and it may have to be taken over
 * by the same way.
 */
const alone = (path: string, removal: () => Promise<void>, signal?: AbortSignal): Promise<void> =>
  locked(`${path}.lock`, removal, signal);

async function removeIf(path: string, test: (lock: PrivateFile) => boolean | Promise<boolean>): Promise<void> {
  const found = await readPrivate(path);
  if (found && (await test(found))) await removePrivate(path);
}

async function isStale({ text, changedAt }: PrivateFile): Promise<boolean> {
  const owner = readOwner(text);
  return isOld(changedAt, STALE_MS) || (owner !== undefined && (await hasEnded(owner)));
}

/** Also of what is from the future: the clock was set, and may not come there again for long. */
const isOld = (since: number, age: number): boolean => Math.abs(Date.now() - since) > age;

const STALE_MS = 120_000;
