/**
 * What a ticket store in files writes, and what it believes of what it reads.
 */
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { fileTicketStore } from '../../../lib/tickets/file.js';
import { key, withFile, withFolder, writing } from './folders.js';

const SECRET = 'S3CRET-S3CRET-S3CRET-';
const stored = { ticket: '7T:abc', usedAt: Date.now() };

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

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
