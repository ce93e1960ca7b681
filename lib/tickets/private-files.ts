/**
 * Files that nobody but the user of this process can read or change, so that they can hold secrets. Windows has no modes
 * or numbers of users, and no such links as are refused here: there, the directory's own access list is what protects them.
 */
import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { link, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError, isCallError } from '../errors.js';

/** Makes the directory, or makes sure that nobody else can put files into the one that there is. */
export function requirePrivateDirectory(path: string): Promise<void> {
  return attempt(path, async () => {
    const found = await lstat(path).catch(except('ENOENT', undefined));
    if (!found) await mkdir(path, { recursive: true, mode: 0o700 });
    const directory = found ?? (await lstat(path));
    if (!directory.isDirectory())
      throw refusal(path, 'is not a directory, or a link to one; name the directory itself');
    requireOwn(path, directory, 0o022, 'changed', 'name a directory with the mode 700');
  });
}

export interface PrivateFile {
  /** Empty where it is larger than what is written here. */
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/** What the file holds, or undefined where there is none. */
export function readPrivate(path: string): Promise<PrivateFile | undefined> {
  return attempt(path, async () => {
    const handle = await open(path, READ).catch(except('ENOENT', undefined));
    if (!handle) return undefined;
    try {
      const file = await handle.stat();
      if (!file.isFile()) throw refusal(path, 'is not a file; remove it');
      requireOwn(path, file, 0o077, 'read', 'remove it, since others may know what it holds');
      return { text: file.size > LARGEST ? '' : await handle.readFile('utf8'), changedAt: file.mtimeMs };
    } finally {
      await handle.close();
    }
  });
}

/** Puts a whole file in the place of what is there; whenever the machine stops, the old one or the new one is there. */
export function writePrivate(path: string, text: string): Promise<void> {
  return attempt(path, () =>
    withTemporary(path, text, 'on disk', async (temporary) => {
      await rename(temporary, path);
      await syncDirectory(dirname(path));
    }),
  );
}

/** Makes a file that is whole as soon as it is there; false where there is one already. */
export function createPrivate(path: string, text: string): Promise<boolean> {
  return attempt(path, () =>
    // By a link, since a file that is opened as a new one is empty until it is written, which may never happen.
    withTemporary(path, text, 'in memory', (temporary) =>
      link(temporary, path).then(() => true, except('EEXIST', false)),
    ),
  );
}

/** Removes the file, if there is one. */
export function removePrivate(path: string): Promise<void> {
  return attempt(path, () => rm(path, { force: true }));
}

/** Removes what processes left that were killed while they wrote. */
export async function removeLeftOvers(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names.filter((each) => TEMPORARY.test(each))) {
    const path = join(directory, name);
    const file = await lstat(path).catch(() => undefined);
    // What cannot be removed does no harm, and others may be doing the same.
    if (file && Date.now() - file.mtimeMs > LEFT_MS) await rm(path, { force: true }).catch(() => {});
  }
}

const LARGEST = 64 * 1024;
const LEFT_MS = 3_600_000;
const TEMPORARY = /^[0-9a-f-]{36}\.tmp$/;

// Windows has none of these but the first. A pipe would keep who opens it waiting for the other end.
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

async function withTemporary<Result>(
  path: string,
  text: string,
  safe: 'on disk' | 'in memory',
  use: (temporary: string) => Promise<Result>,
): Promise<Result> {
  const temporary = join(dirname(path), `${randomUUID()}.tmp`);
  const handle = await open(temporary, CREATE, 0o600);
  try {
    try {
      await handle.writeFile(text);
      if (safe === 'on disk') await handle.sync();
    } finally {
      await handle.close();
    }
    return await use(temporary);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A new name lasts when the directory is on the disk, too; Windows opens no directories. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function requireOwn(path: string, { uid, mode }: Stats, forbidden: number, done: string, mend: string): void {
  const user = process.geteuid?.();
  if (user === undefined) return;
  if (uid !== user) throw refusal(path, `belongs to user ${uid}, and this is user ${user}; ${mend}`);
  if ((mode & forbidden) === 0) return;
  throw refusal(path, `can be ${done} by others (mode ${(mode & 0o777).toString(8)}); ${mend}`);
}

const refusal = (path: string, found: string): InputError => new InputError('ticketStore', `${path} ${found}`);

/** Node's own errors do not always name the file. */
async function attempt<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isCallError(error)) throw error;
    if (codeOf(error) === 'ELOOP') throw refusal(path, 'is a link; remove it');
    const found = error instanceof Error ? error.message : String(error);
    throw new InputError('ticketStore', `${path}: ${found}`, { cause: error });
  }
}

/** For a promise's rejection: the value, if the system refused with this code. */
const except =
  <Value>(code: string, value: Value) =>
  (error: unknown): Value => {
    if (codeOf(error) === code) return value;
    throw error;
  };

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException | undefined)?.code;
