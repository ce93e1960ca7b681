/**
 * What every ticket store promises.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { fileTicketStore } from '../../../lib/tickets/file.js';
import { memoryTicketStore } from '../../../lib/tickets/memory.js';
import type { TicketStore } from '../../../lib/tickets/store.js';
import { errorOf } from '../error-of.js';
import { gate, key, withFolder } from './folders.js';

const another = 'f'.repeat(16);

type With = (use: (store: TicketStore) => Promise<void>) => Promise<void>;

const stores: readonly (readonly [string, With])[] = [
  ['memory', (use) => use(memoryTicketStore())],
  ['files', (use) => withFolder((folder) => use(fileTicketStore(folder)))],
];

describe.each(stores)('a ticket store in %s', (_, withStore) => {
  test('gives what was set last, for each key its own', () =>
    withStore(async (store) => {
      expect(await store.get(key)).toBeUndefined();
      await store.set(key, { ticket: 'old', usedAt: 1 });
      await store.set(key, { ticket: ' ü\u0000"\\', usedAt: 2 });
      await store.set(another, { ticket: 'other', usedAt: 3 });
      expect(await store.get(key)).toEqual({ ticket: ' ü\u0000"\\', usedAt: 2 });
      expect(await store.get(another)).toEqual({ ticket: 'other', usedAt: 3 });
    }));

  test('keeps a copy, of the ticket and its time and nothing else', () =>
    withStore(async (store) => {
      const stored = { ticket: 'mine', usedAt: 1, password: 'secret' };
      await store.set(key, stored);
      stored.ticket = 'changed';
      expect(await store.get(key)).toEqual({ ticket: 'mine', usedAt: 1 });
    }));

  test('forgets a ticket only if it still is the one that is kept', () =>
    withStore(async (store) => {
      await store.delete(key, 'none');
      await store.set(key, { ticket: 'new', usedAt: 1 });
      await store.delete(key, 'old');
      expect(await store.get(key)).toEqual({ ticket: 'new', usedAt: 1 });
      await store.delete(key, 'new');
      expect(await store.get(key)).toBeUndefined();
    }));

  test('shows no ticket to who looks at it', () =>
    withStore(async (store) => {
      await store.set(key, { ticket: '7T:secret', usedAt: 1 });
      const shown = [inspect(store, { depth: 9, showHidden: true }), JSON.stringify(store), String(store)].join();
      expect(shown).not.toContain('7T:secret');
    }));

  test.each(['', 'a'.repeat(15), 'a'.repeat(129), '../../etc/passwd', 'A'.repeat(16), `${another}\n`])(
    'refuses %j as a key',
    (bad) =>
      withStore(async (store) => {
        const refused = { kind: 'input', path: 'key' };
        expect(await errorOf(store.get(bad))).toMatchObject(refused);
        expect(await errorOf(store.set(bad, { ticket: 'x', usedAt: 1 }))).toMatchObject(refused);
        expect(await errorOf(store.delete(bad, 'x'))).toMatchObject(refused);
        expect(await errorOf(store.exclusively(bad, async () => 1))).toMatchObject(refused);
      }),
  );

  test('runs one task at a time for a key, each to its end, and gives what it gives', () =>
    withStore(async (store) => {
      let running = 0;
      const task = (result: number) => async () => {
        expect(++running).toBe(1);
        await delay(2);
        running--;
        if (result % 3 === 0) throw new Error(`task ${result}`);
        return result;
      };
      const results = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => store.exclusively(key, task(n))));
      expect(results.map((each) => (each.status === 'fulfilled' ? each.value : each.reason.message))).toEqual([
        1,
        2,
        'task 3',
        4,
        5,
      ]);
    }));

  test('lets tasks for different keys run at the same time', () =>
    withStore(async (store) => {
      const inner = () => store.exclusively(another, async () => 'both');
      expect(await store.exclusively(key, inner)).toBe('both');
    }));

  test('lets a task get, set and delete the ticket that it has the store for', () =>
    withStore(async (store) => {
      await store.exclusively(key, async () => {
        await store.set(key, { ticket: 'a', usedAt: 1 });
        await store.delete(key, 'a');
        await store.set(key, { ticket: 'b', usedAt: 2 });
      });
      expect(await store.get(key)).toEqual({ ticket: 'b', usedAt: 2 });
    }));

  test('ends a wait by its signal, with the reason of the signal, and lets nobody pass those in front', () =>
    withStore(async (store) => {
      const { opened, open } = gate();
      const order: string[] = [];
      const first = store.exclusively(key, () => opened.then(() => order.push('first')));
      const controller = new AbortController();
      const given = store.exclusively(key, async () => order.push('given up'), controller.signal);
      const last = store.exclusively(key, async () => order.push('last'));
      const reason = { why: 'enough' };
      controller.abort(reason);
      await expect(given).rejects.toBe(reason);
      await delay(50);
      expect(order).toEqual([]);
      open();
      await Promise.all([first, last]);
      expect(order).toEqual(['first', 'last']);
    }));

  test('runs no task whose signal was aborted before, and does not end one that runs', () =>
    withStore(async (store) => {
      const reason = new Error('too late');
      const never = jest.fn(async () => 1);
      await expect(store.exclusively(key, never, AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(never).not.toHaveBeenCalled();
      const controller = new AbortController();
      const task = async () => {
        controller.abort(reason);
        await delay(2);
        return 'done';
      };
      expect(await store.exclusively(key, task, controller.signal)).toBe('done');
    }));
});
