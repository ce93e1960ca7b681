/**
 * Tickets that outlive the process, and that processes share.
 */
import { join, resolve } from 'node:path';
import { locked } from './lock.js';
import { readPrivate, removeLeftOvers, removePrivate, requirePrivateDirectory, writePrivate } from './private-files.js';
import { requireKey, SKEW_MS, type StoredTicket, type TicketStore } from './store.js';
import { turns } from './turns.js';

/**
 * Keeps each ticket in a file of its own that only the user of this process can read, in a directory that nobody else can
 * change; it is made if there is none. Nothing else is stored: no password, and no name of a user.
 *
 * Its methods reject with an InputError if the directory or a file is not private, or if the system refuses what is
 * needed. A file that is damaged counts as no ticket; that is told once, by a warning of the process with the code
 * `S88_TICKET_FILE`. On Windows the directory's own access list is what keeps others out.
 */
export function fileTicketStore(directory: string): TicketStore {
  const folder = resolve(directory);
  const inTurn = turns();
  const warn = warnOnce();
  const exclusively: TicketStore['exclusively'] = (name, task, signal) =>
    inTurn(
      name,
      async () => {
        await requirePrivateDirectory(folder);
        return locked(join(folder, `${name}.lock`), task, signal);
      },
      signal,
    );
  const read = async (path: string): Promise<StoredTicket | undefined> => {
    const file = await readPrivate(path);
    const stored = file && decode(file.text);
    if (file && !stored) warn(path);
    return stored;
  };
  const nameOf = (key: string): string => `${requireKey(key)}.json`;
  return {
    get: async (key) => {
      const path = join(folder, nameOf(key));
      await requirePrivateDirectory(folder);
      return read(path);
    },
    // Not under the lock of the key itself, which the caller may hold.
    set: async (key, stored) => {
      const name = nameOf(key);
      await exclusively(name, () => writePrivate(join(folder, name), encode(stored)));
      await removeLeftOvers(folder);
    },
    delete: async (key, ticket) => {
      const name = nameOf(key);
      const path = join(folder, name);
      await exclusively(name, async () => {
        if ((await read(path))?.ticket === ticket) await removePrivate(path);
      });
    },
    exclusively: async (key, task, signal) => exclusively(requireKey(key), task, signal),
  };
}

const VERSION = 1;

const encode = ({ ticket, usedAt }: StoredTicket): string =>
  `${JSON.stringify({ version: VERSION, ticket, usedAt })}\n`;

/** The ticket that a file holds, or undefined if anything is wrong with it; what, could tell of the content. */
function decode(text: string): StoredTicket | undefined {
  try {
    const { version, ticket, usedAt } = JSON.parse(text) as Partial<Record<string, unknown>>;
    if (version !== VERSION || typeof ticket !== 'string' || ticket === '') return undefined;
    return typeof usedAt === 'number' && usedAt >= 0 && usedAt <= Date.now() + SKEW_MS ? { ticket, usedAt } : undefined;
  } catch {
    return undefined;
  }
}

function warnOnce(): (path: string) => void {
  let warned = false;
  return (path) => {
    if (warned) return;
    warned = true;
    process.emitWarning(`${path} holds no ticket that can be read, and counts as none`, { code: 'S88_TICKET_FILE' });
  };
}
