/**
 * Locks that somebody left behind, or still holds.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileTicketStore } from '../../../lib/tickets/file.js';
import { locked } from '../../../lib/tickets/lock.js';
import { errorOf } from '../error-of.js';
import { gate, key, withFolder } from './folders.js';

const hasProc = existsSync('/proc/self/stat');
const testWithProc = hasProc ? test : test.skip;

const alive = { id: 'another', pid: process.pid, host: hostname() };
const ended = () => spawnSync(process.execPath, ['--version']).pid;

/** A folder with a lock for the key in it, `age` seconds old. */
const withLock = (text: string, age: number, use: (folder: string, lock: string) => Promise<void>): Promise<void> =>
  withFolder(async (folder) => {
    mkdirSync(folder, { mode: 0o700 });
    const lock = join(folder, `${key}.lock`);
    writeFileSync(lock, text, { mode: 0o600 });
    const time = Date.now() / 1000 - age;
    utimesSync(lock, time, time);
    await use(folder, lock);
  });

const fieldsOf = (pid: number): string[] => readFileSync(`/proc/${pid}/stat`, 'latin1').split(' ');

async function until(test: () => boolean): Promise<void> {
  while (!test()) await delay(5);
}

const ofAnEndedProcess = (): string => JSON.stringify({ ...alive, pid: ended() });
const ofAnEndedProcessWithStart = (): string => JSON.stringify({ ...alive, pid: ended(), start: '1' });
const ofAnotherMachine = (): string => JSON.stringify({ ...alive, host: 'elsewhere.example', pid: ended() });

test.each([
  ['of a process that has ended', ofAnEndedProcess, 0],
  ['of a process that has ended, with the time of its start', ofAnEndedProcessWithStart, 0],
  ['of a process whose number another one has by now', () => JSON.stringify({ ...alive, start: '1' }), 0],
  ['of a process that runs, from more than two minutes ago', () => JSON.stringify(alive), 125],
  ['of a process that runs, from the future', () => JSON.stringify(alive), -125],
  ['of another machine, from more than two minutes ago', ofAnotherMachine, 125],
  ['that is damaged, from more than two minutes ago', () => '', 125],
])('a lock %s is taken over, and nothing of it is left', (_, text, age) =>
  withLock(text(), age, async (folder) => {
    expect(await fileTicketStore(folder).exclusively(key, async () => 'done')).toBe('done');
    expect(readdirSync(folder)).toEqual([]);
  }),
);

testWithProc('a lock of a process that has ended, and whose parent takes no notice, is taken over', async () => {
  // The shell is replaced by a program that knows of no children.
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60']);
  try {
    const pid = Number(await new Promise<Buffer>((done) => parent.stdout.once('data', done)));
    await until(() => fieldsOf(Number(parent.pid))[1] === '(sleep)');
    process.kill(pid, 'SIGKILL');
    await until(() => fieldsOf(pid)[2] === 'Z');
    const start = fieldsOf(pid)[21];
    await withLock(JSON.stringify({ ...alive, pid, start }), 0, async (folder) => {
      expect(await fileTicketStore(folder).exclusively(key, async () => 'done')).toBe('done');
    });
  } finally {
    parent.kill('SIGKILL');
  }
});

test.each([
  ['of a process that runs', () => JSON.stringify(alive), 60],
  ['of another machine', ofAnotherMachine, 60],
  ['that is damaged', () => '{"id":', 60],
  ['whose owner is no process', () => JSON.stringify({ ...alive, pid: -(2 ** 30) }), 60],
])('a young lock %s is waited for until the signal ends that, with its reason, and stays', (_, make, age) => {
  const text = make();
  return withLock(text, age, async (folder, lock) => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const task = jest.fn(async () => 'done');
    const waiting = fileTicketStore(folder).exclusively(key, task, controller.signal);
    const given = expect(waiting).rejects.toBe(reason);
    await delay(100);
    controller.abort(reason);
    await given;
    expect(task).not.toHaveBeenCalled();
    expect(readFileSync(lock, 'utf8')).toBe(text);
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

test('a task does not begin once its signal is aborted, at whatever point of the locking that is', () =>
  withFolder(async (folder) => {
    const store = fileTicketStore(folder);
    for (let turns = 0; turns < 60; turns++) {
      const controller = new AbortController();
      const { signal } = controller;
      const begun = store.exclusively(key, async () => signal.aborted, signal).catch(() => false);
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
      controller.abort();
      expect(await begun).toBe(false);
    }
    expect(readdirSync(folder)).toEqual([]);
  }));

test('a lock names its owner and nothing else, and is private', () =>
  withFolder(async (folder) => {
    await fileTicketStore(folder).exclusively(key, async () => {
      const text = readFileSync(join(folder, `${key}.lock`), 'utf8');
      const { id, ...owner } = JSON.parse(text);
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
      expect(owner).toEqual({ pid: process.pid, host: hostname(), ...(hasProc && { start: expect.any(String) }) });
    });
    expect(readdirSync(folder)).toEqual([]);
  }));

test('two stores of one process wait for each other', () =>
  withFolder(async (folder) => {
    const { opened, open } = gate();
    const order: string[] = [];
    const first = fileTicketStore(folder).exclusively(key, async () => {
      open();
      await delay(100);
      order.push('first');
    });
    await opened;
    await fileTicketStore(folder).exclusively(key, async () => order.push('second'));
    await first;
    expect(order).toEqual(['first', 'second']);
  }));

test('a ticket is set, or forgotten, while nobody else does either', () =>
  withFolder(async (folder) => {
    const store = fileTicketStore(folder);
    await store.set(key, { ticket: 'old', usedAt: 1 });
    const { opened, open } = gate();
    const order: string[] = [];
    const changing = locked(join(folder, `${key}.json.lock`), async () => {
      open();
      await delay(100);
      order.push('changed');
    });
    await opened;
    await Promise.all([
      changing,
      store.delete(key, 'old').then(() => order.push('forgotten')),
      store.set(key, { ticket: 'new', usedAt: 2 }).then(() => order.push('set')),
    ]);
    expect(order).toEqual(['changed', 'forgotten', 'set']);
    expect(await store.get(key)).toEqual({ ticket: 'new', usedAt: 2 });
  }));

test('the lock is gone after a task that failed, and after one that removed the directory', () =>
  withFolder(async (folder) => {
    const store = fileTicketStore(folder);
    const failure = new Error('no login');
    await expect(store.exclusively(key, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(readdirSync(folder)).toEqual([]);
    expect(await store.exclusively(key, async () => rmSync(folder, { recursive: true }))).toBeUndefined();
    expect(await store.exclusively(key, async () => 'again')).toBe('again');
  }));

test('the lock of somebody else is not removed at the end of a task whose own was taken over', () =>
  withFolder(async (folder) => {
    const lock = join(folder, `${key}.lock`);
    await fileTicketStore(folder).exclusively(key, async () => writeFileSync(lock, JSON.stringify(alive)));
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toEqual(alive);
  }));

test('the lock of a task that took long is removed if it still is its own', () =>
  withFolder(async (folder) => {
    const lock = join(folder, `${key}.lock`);
    const longTask = async (): Promise<string> => {
      jest.setSystemTime(Date.now() + 90_000);
      return readFileSync(lock, 'utf8');
    };
    jest.useFakeTimers({ doNotFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      const store = fileTicketStore(folder);
      expect(await store.exclusively(key, longTask)).toContain('"pid"');
      expect(readdirSync(folder)).toEqual([]);
      await store.exclusively(key, () => longTask().then(() => writeFileSync(lock, ofAnotherMachine())));
      expect(readdirSync(folder)).toEqual([`${key}.lock`]);
    } finally {
      jest.useRealTimers();
    }
  }));

test('a lock that is no file is an error, and not waited for', () =>
  withFolder(async (folder) => {
    mkdirSync(join(folder, `${key}.lock`), { recursive: true, mode: 0o700 });
    const error = await errorOf(fileTicketStore(folder).exclusively(key, async () => 'done'));
    expect(error).toMatchObject({ kind: 'input', path: 'ticketStore' });
    expect(error.message).toBe(`input: ticketStore: ${join(folder, `${key}.lock`)} is not a file; remove it`);
  }));
