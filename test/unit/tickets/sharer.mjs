/**
 * A process that shares a ticket store with others: `node sharer.mjs NAME ARGUMENTS-AS-JSON`. It does one of these:
 */
import { appendFileSync, chmodSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { fileTicketStore } from '../../../dist/cjs/tickets/file.js';

const roles = { count, write, hold, fail };

/** Adds one to the number in each of the tickets, alone; at `last` it is killed while it does. */
async function count({ folder, keys, log, last }) {
  const store = fileTicketStore(folder);
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  process.stdin.destroy();
  for (const key of keys) {
    await store.exclusively(key, async () => {
      appendFileSync(log, `enter ${key} ${process.pid}\n`);
      const number = numberIn(await store.get(key));
      await delay(1);
      if (key === last) process.kill(process.pid, 'SIGKILL');
      await store.set(key, { ticket: ticketOf(number + 1), usedAt: 1 });
      appendFileSync(log, `leave ${key} ${process.pid}\n`);
    });
    for (const other of keys) numberIn(await store.get(other));
  }
}

/** Writes tickets until it is killed. */
async function write({ folder, key }) {
  const store = fileTicketStore(folder);
  for (let number = 1; ; number++) {
    await store.exclusively(key, () => store.set(key, { ticket: ticketOf(number), usedAt: 1 }));
    if (number === 1) process.stdout.write('ready\n');
  }
}

/** Holds a lock until it is killed. */
async function hold({ folder, key }) {
  await fileTicketStore(folder).exclusively(key, async () => {
    process.stdout.write('ready\n');
    await delay(600_000);
  });
}

/** Says how what is not possible fails, as a user who may not do all; `mode` is what the directory gets at last. */
async function fail({ folder, key, user, mode, ticket }) {
  // A file that grows beyond the limit of the shell's ulimit ends a process that does not mind.
  process.on('SIGXFSZ', () => {});
  if (user !== undefined) {
    process.setgid(user);
    process.setuid(user);
  }
  const store = fileTicketStore(folder);
  await store.set(key, { ticket: 'short', usedAt: 1 });
  chmodSync(folder, mode);
  const told = async (promise) =>
    promise.then(
      (value) => ({ value }),
      ({ kind, path, message, cause }) => ({ kind, path, message, code: cause?.code }),
    );
  const set = store.set(key, { ticket, usedAt: 2 });
  const seen = await set.then(String, (error) => inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true }));
  const results = {
    set: await told(set),
    get: await told(store.get(key)),
    exclusively: await told(store.exclusively(key, async () => 'done')),
    leaks: seen.includes(ticket.slice(0, 16)),
  };
  chmodSync(folder, 0o700);
  process.stdout.write(JSON.stringify(results));
}

/** Long, so that it cannot be written at once. */
const ticketOf = (number) => `${number}:${String(number % 10).repeat(30_000)}`;

function numberIn(stored) {
  if (stored === undefined) return 0;
  const number = Number.parseInt(stored.ticket, 10);
  if (stored.ticket !== ticketOf(number)) throw new Error(`the ticket ${number} is torn`);
  return number;
}

const once = (emitter, event) => new Promise((resolve) => emitter.once(event, resolve));

// A damaged file is told by a warning only.
process.on('warning', (warning) => {
  throw warning;
});
const [, , name, options] = process.argv;
await roles[name](JSON.parse(options));
