/**
 * Ticket stores that processes share, some of which are killed.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileTicketStore } from '../../../lib/tickets/file.js';
import { key, withFolder } from './folders.js';
import { share, withSharers } from './sharers.js';

const PROCESSES = 20;
const KILLS = 60;
const keys = ['1', '2', '3', '4', '5', '6'].map((digit) => digit.repeat(16));

/** The locks of a process that was killed, and those of one that was killed while it took them over. */
function leaveLocks(folder: string, name: string): void {
  const text = JSON.stringify({ id: 'left', pid: process.pid, host: hostname(), start: 'before' });
  for (const lock of ['lock', 'lock.lock', 'json.lock', 'json.lock.lock'])
    writeFileSync(join(folder, `${name}.${lock}`), text, { mode: 0o600 });
}

/** The lines of the log that cannot be if there is one task at a time; who was killed never leaves. */
function overlaps(log: readonly string[], killed: ReadonlySet<string>): string[] {
  let inside: string | undefined;
  return log.filter((line) => {
    const [what, pid = ''] = line.split(' ');
    const alone = what === 'enter' ? inside === undefined || killed.has(inside) : inside === pid;
    inside = what === 'enter' ? pid : undefined;
    return !alone;
  });
}

test(
  'of many processes that find stale locks and of which some are killed, one at a time runs its task, and none is lost',
  () =>
    withFolder(async (folder) => {
      mkdirSync(folder, { mode: 0o700 });
      for (const each of keys) leaveLocks(folder, each);
      const log = join(folder, 'log');
      // Every third one is killed, at one key or another.
      const lasts = Array.from({ length: PROCESSES }, (_, n) =>
        n % 3 === 0 ? keys[(n / 3) % keys.length] : undefined,
      );
      const sharers = lasts.map((last) => share('count', { folder, keys, log, last }));
      await withSharers(sharers, async () => {
        await Promise.all(sharers.map(({ ready }) => ready));
        for (const { child } of sharers) child.stdin.write('go\n');
        const ended = await Promise.all(sharers.map((sharer) => sharer.ended));
        expect(ended.map(({ stderr }) => stderr).join('')).toBe('');
        const killed = new Set(sharers.filter((_, n) => lasts[n]).map(({ child }) => String(child.pid)));
        expect(ended.filter(({ signal }) => signal === 'SIGKILL')).toHaveLength(killed.size);

        const lines = readFileSync(log, 'utf8').trim().split('\n');
        const store = fileTicketStore(folder);
        for (const [index, each] of keys.entries()) {
          const own = lines.filter((line) => line.includes(each)).map((line) => line.replace(` ${each}`, ''));
          expect(overlaps(own, killed)).toEqual([]);
          const alive = lasts.filter((last) => last === undefined || keys.indexOf(last) > index).length;
          expect(own.filter((line) => line.startsWith('leave'))).toHaveLength(alive);
          expect(Number.parseInt((await store.get(each))?.ticket ?? '', 10)).toBe(alive);
        }
      });
    }),
  120_000,
);

test(
  'a process that is killed while it writes leaves the old ticket or the new one, and locks that are taken over',
  () =>
    withFolder(async (folder) => {
      const store = fileTicketStore(folder);
      const round = async (name: string): Promise<void> => {
        const writer = share('write', { folder, key: name });
        await withSharers([writer], async () => {
          await writer.ready;
          await delay(Math.random() * 20);
        });
        const { ticket = '' } = (await store.get(name)) ?? {};
        expect(ticket).toMatch(/^\d+:(\d)\1{29999}$/);
        expect(await store.exclusively(name, async () => 'taken over')).toBe('taken over');
        await store.set(name, { ticket: 'next', usedAt: 1 });
        expect(await store.get(name)).toEqual({ ticket: 'next', usedAt: 1 });
      };
      const several = keys.map(async (name) => {
        for (let rounds = 0; rounds < KILLS / keys.length; rounds++) await round(name);
      });
      await Promise.all(several);
      expect(readdirSync(folder).filter((name) => name.endsWith('.lock'))).toEqual([]);
    }),
  120_000,
);

test(
  'a lock is waited for as long as its process runs, and is there for the next one as soon as it does not',
  () =>
    withFolder(async (folder) => {
      const store = fileTicketStore(folder);
      const holder = share('hold', { folder, key });
      await withSharers([holder], async () => {
        await holder.ready;
        const order: string[] = [];
        const taken = store.exclusively(key, async () => order.push('taken'));
        await delay(200);
        order.push('killed');
        holder.child.kill('SIGKILL');
        await taken;
        expect(order).toEqual(['killed', 'taken']);
      });
    }),
  60_000,
);
