/**
 * What a ticket store in files does not touch, and what it says if the system does not let it.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileTicketStore } from '../../../lib/tickets/file.js';
import { errorOf } from '../error-of.js';
import { key, withFile, withFolder, writing } from './folders.js';
import { share } from './sharers.js';

const isRoot = process.geteuid?.() === 0;
const SECRET = 'S3CRET-S3CRET-S3CRET-';
const stored = { ticket: '7T:abc', usedAt: 1 };
const whole = (): string => JSON.stringify({ version: 1, ...stored });

describe('a file is refused, by an error that says what to do', () => {
  const target = (folder: string): string => `${folder}-target`;

  test.each<[string, (file: string, folder: string) => void, string]>([
    ['readable by others', writing(whole(), 0o640), 'can be read by others (mode 640); remove it'],
    ['writable by others', writing(whole(), 0o602), 'can be read by others (mode 602); remove it'],
    [
      'a link',
      (file, folder) => {
        writing(whole())(target(folder));
        symlinkSync(target(folder), file);
      },
      'is a link; remove it',
    ],
    ['a link to nothing', (file) => symlinkSync('nothing', file), 'is a link; remove it'],
    ['a directory', (file) => mkdirSync(file), 'is not a file; remove it'],
    ['a pipe', (file) => spawnSync('mkfifo', ['-m', '600', file]), 'is not a file; remove it'],
  ])('if it is %s', (_, make, found) =>
    withFile(make, async (folder, file) => {
      const error = await errorOf(fileTicketStore(folder).get(key));
      expect(error).toMatchObject({ kind: 'input', path: 'ticketStore', outcome: 'not-sent' });
      expect(error.message).toContain(`${file} ${found}`);
      expect(await errorOf(fileTicketStore(folder).delete(key, stored.ticket))).toMatchObject({ kind: 'input' });
    }),
  );

  (isRoot ? test : test.skip)('if it belongs to another user', () =>
    withFile(
      (file) => {
        writing(whole())(file);
        chownSync(file, 65534, 65534);
      },
      async (folder, file) => {
        const { message } = await errorOf(fileTicketStore(folder).get(key));
        expect(message).toContain(`${file} belongs to user 65534, and this is user 0; remove it`);
      },
    ),
  );

  test('and nothing is written through a link: setting replaces the link itself', () =>
    withFile(
      (file, folder) => {
        writing('precious')(target(folder));
        symlinkSync(target(folder), file);
      },
      async (folder) => {
        await fileTicketStore(folder).set(key, stored);
        expect(readFileSync(target(folder), 'utf8')).toBe('precious');
        expect(await fileTicketStore(folder).get(key)).toEqual(stored);
      },
    ));
});

describe('a directory is refused', () => {
  const expectRefused = async (folder: string, found: string): Promise<void> => {
    const store = fileTicketStore(folder);
    const task = jest.fn(async () => 1);
    const tries = [store.get(key), store.set(key, stored), store.delete(key, 'x'), store.exclusively(key, task)];
    for (const each of tries.map(errorOf)) {
      const error = await each;
      expect(error).toMatchObject({ kind: 'input', path: 'ticketStore' });
      expect(error.message).toContain(found);
    }
    expect(task).not.toHaveBeenCalled();
  };

  test.each([0o777, 0o1777, 0o770, 0o702])('if others can write to it: mode %o', (mode) =>
    withFolder(async (folder) => {
      mkdirSync(folder);
      chmodSync(folder, mode);
      await expectRefused(folder, `${folder} can be changed by others (mode ${(mode & 0o777).toString(8)})`);
      expect(readdirSync(folder)).toEqual([]);
    }),
  );

  test('if it is a link to one, with a slash behind it or not', () =>
    withFolder(async (folder) => {
      mkdirSync(`${folder}-target`, { mode: 0o700 });
      symlinkSync(`${folder}-target`, folder);
      await expectRefused(folder, `${folder} is not a directory, or a link to one`);
      await expectRefused(`${folder}/`, `${folder} is not a directory, or a link to one`);
      expect(readdirSync(`${folder}-target`)).toEqual([]);
    }));

  test('if it is a file, or is below one', () =>
    withFolder(async (folder) => {
      writeFileSync(folder, '');
      await expectRefused(folder, `${folder} is not a directory`);
      await expectRefused(join(folder, 'below'), 'ENOTDIR');
    }));

  test('if it belongs to another user', () =>
    withFolder(async (folder) => {
      mkdirSync(folder, { mode: 0o700 });
      if (isRoot) chownSync(folder, 65534, 65534);
      await expectRefused(isRoot ? folder : '/', 'belongs to user');
    }));

  test('but one that others can only read is not', () =>
    withFolder(async (folder) => {
      mkdirSync(folder, { mode: 0o755 });
      await fileTicketStore(folder).set(key, stored);
      expect(await fileTicketStore(folder).get(key)).toEqual(stored);
    }));
});

describe('what the system refuses is an error that names the file and holds no ticket', () => {
  const user = isRoot ? 65534 : undefined;
  const ticket = SECRET.repeat(500);

  /** What a process of a user with no privileges finds, in a folder of its own. */
  const failing = async (folder: string, mode: number, before?: string) => {
    mkdirSync(folder, { mode: 0o700 });
    chmodSync(dirname(folder), 0o755);
    if (user !== undefined) chownSync(folder, user, user);
    const { stdout, stderr } = await share('fail', { folder, key, user, mode, ticket }, before).ended;
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  };

  test('a directory that cannot be written to: tickets are read from it, and nothing else', () =>
    withFolder(async (folder) => {
      const { set, get, exclusively, leaks } = await failing(folder, 0o500);
      expect(set).toMatchObject({ kind: 'input', path: 'ticketStore', code: 'EACCES' });
      expect(set.message).toContain(join(folder, `${key}.json`));
      expect(get).toEqual({ value: { ticket: 'short', usedAt: 1 } });
      expect(exclusively).toMatchObject({ kind: 'input', path: 'ticketStore', code: 'EACCES' });
      expect(leaks).toBe(false);
    }));

  test('a ticket that cannot be written whole: the old one stays, and nothing half-written', () =>
    withFolder(async (folder) => {
      const { set, get, exclusively, leaks } = await failing(folder, 0o700, 'ulimit -f 1');
      expect(set).toMatchObject({ kind: 'input', path: 'ticketStore', code: 'EFBIG' });
      expect(set.message).toMatch(`${join(folder, `${key}.json`)}: EFBIG: file too large, write`);
      expect(get).toEqual({ value: { ticket: 'short', usedAt: 1 } });
      expect(exclusively).toEqual({ value: 'done' });
      expect(leaks).toBe(false);
      expect(readdirSync(folder)).toEqual([`${key}.json`]);
    }));
});
