/**
 * What is written to disk, what of it is believed, and what is refused.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { fileTicketStore } from '../../../lib/tickets/file.js';
import { errorOf } from '../error-of.js';
import { key, withFolder } from './folders.js';
import { share } from './sharers.js';

const isRoot = process.geteuid?.() === 0;
const SECRET = 'S3CRET-S3CRET-S3CRET-';
const stored = { ticket: '7T:abc', usedAt: Date.now() };

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

/** A folder with a file for the key in it, or with what `make` puts in its place. */
const withFile = (make: (file: string, folder: string) => void, use: (folder: string, file: string) => Promise<void>) =>
  withFolder(async (folder) => {
    mkdirSync(folder, { mode: 0o700 });
    const file = join(folder, `${key}.json`);
    make(file, folder);
    await use(folder, file);
  });

const writing =
  (text: string | Buffer, mode = 0o600) =>
  (file: string): void => {
    writeFileSync(file, text);
    chmodSync(file, mode);
  };

const whole = (more: object = {}): string => JSON.stringify({ version: 1, ...stored, ...more });

describe('what is written', () => {
  test.each([0o000, 0o077])('is for the user alone, whatever the umask: %o', (umask) =>
    withFolder(async (parent) => {
      const folder = join(parent, 'deep');
      const before = process.umask(umask);
      try {
        const store = fileTicketStore(folder);
        await store.exclusively(key, async () => {
          await store.set(key, stored);
          expect(modeOf(join(folder, `${key}.lock`))).toBe('600');
        });
      } finally {
        process.umask(before);
      }
      expect([parent, folder, join(folder, `${key}.json`)].map(modeOf)).toEqual(['700', '700', '600']);
    }),
  );

  test('is the version, the ticket and its time, in one file that takes the place of the old one', () =>
    withFile(writing(whole()), async (folder, file) => {
      const old = `${folder}-old`;
      linkSync(file, old);
      const { ino } = statSync(file);
      await fileTicketStore(folder).set(key, { ticket: 'new', usedAt: 7 });
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ version: 1, ticket: 'new', usedAt: 7 });
      expect(readFileSync(old, 'utf8')).toBe(whole());
      expect(statSync(file).ino).not.toBe(ino);
      expect(readdirSync(folder)).toEqual([`${key}.json`]);
    }));

  test('goes where the path led when the store was made', () =>
    withFolder(async (folder) => {
      const from = process.cwd();
      try {
        process.chdir(dirname(folder));
        const store = fileTicketStore('tickets/');
        process.chdir(from);
        await store.set(key, stored);
      } finally {
        process.chdir(from);
      }
      expect(await fileTicketStore(folder).get(key)).toEqual(stored);
    }));

  test('takes with it what killed processes left long ago, and nothing else', () =>
    withFolder(async (folder) => {
      mkdirSync(folder, { mode: 0o700 });
      const names = ['0b8a3a3e-6a3e-4f7e-9c1e-2d8f0a1b2c3d.tmp', '1b8a3a3e-6a3e-4f7e-9c1e-2d8f0a1b2c3d.tmp', 'my.tmp'];
      for (const name of names) writeFileSync(join(folder, name), SECRET);
      const longAgo = Date.now() / 1000 - 7200;
      for (const name of [names[0], names[2]]) utimesSync(join(folder, name ?? ''), longAgo, longAgo);
      await fileTicketStore(folder).set(key, stored);
      expect(readdirSync(folder).sort()).toEqual([`${key}.json`, ...names.slice(1)].sort());
    }));
});

describe('a file counts as no ticket, is told of once without its content, and is written anew', () => {
  test.each<[string, (file: string) => void]>([
    ['empty', writing('')],
    ['cut off', writing(whole({ ticket: SECRET }).slice(0, -2))],
    ['not JSON', writing(`${SECRET} is not JSON`)],
    ['null', writing('null')],
    ['a number', writing('7')],
    ['of zeros', writing(Buffer.alloc(512))],
    ['of another version', writing(whole({ ticket: SECRET, version: 2 }))],
    ['of no version', writing(whole({ ticket: SECRET, version: undefined }))],
    ['without a ticket', writing(whole({ ticket: undefined, other: SECRET }))],
    ['with a ticket that is no text', writing(whole({ ticket: [SECRET] }))],
    ['with an empty ticket', writing(whole({ ticket: '' }))],
    ['without a time', writing(whole({ ticket: SECRET, usedAt: undefined }))],
    ['with a time that is no number', writing(whole({ ticket: SECRET, usedAt: '1' }))],
    ['with a time below 0', writing(whole({ ticket: SECRET, usedAt: -1 }))],
    ['with a time that is infinite', writing(`{"version":1,"ticket":"${SECRET}","usedAt":1e999}`)],
    ['with a time far in the future', writing(whole({ ticket: SECRET, usedAt: Date.now() + 3_600_000 }))],
    ['whole, but larger than any ticket', writing(`${whole({ ticket: SECRET })}${' '.repeat(70_000)}`)],
    [
      'of 100 MB',
      (file) => {
        writing(SECRET)(file);
        truncateSync(file, 100_000_000);
      },
    ],
  ])('if it is %s', (_, make) =>
    withFile(make, async (folder, file) => {
      const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
      try {
        const store = fileTicketStore(folder);
        expect(await store.get(key)).toBeUndefined();
        expect(await store.get(key)).toBeUndefined();
        await store.delete(key, SECRET);
        expect(existsSync(file)).toBe(true);
        expect(warn.mock.calls).toEqual([[expect.stringContaining(file), { code: 'S88_TICKET_FILE' }]]);
        expect(inspect(warn.mock.calls)).not.toContain(SECRET);
        await store.set(key, stored);
        expect(await store.get(key)).toEqual(stored);
      } finally {
        warn.mockRestore();
      }
    }),
  );
});

test('a clock that is a little behind does not make a ticket unknown', () =>
  withFolder(async (folder) => {
    const ahead = { ticket: '7T:abc', usedAt: Date.now() + 60_000 };
    await fileTicketStore(folder).set(key, ahead);
    expect(await fileTicketStore(folder).get(key)).toEqual(ahead);
  }));

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
