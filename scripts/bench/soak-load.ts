/**
 * Reads and writes in turn, so many of them under way at the same time, and an account of what became of each.
 */
import { performance } from 'node:perf_hooks';
import type { ChatClient } from '../../lib/chat.js';
import type { Outcome } from '../../lib/errors.js';
import { client } from './built-whole.js';

export const SESSION = 44;

export interface LoadClient {
  readonly chat: ChatClient;
  /** The milliseconds that each of its calls is given in all. */
  readonly totalMs: number;
  /** Whether its reads are given the time that they need to be tried again. */
  readonly isPatient: boolean;
}

export interface Write {
  readonly text: string;
  /** What the client says: that it was done, what is known of one that failed, or nothing that can be relied upon. */
  readonly outcome: 'done' | Outcome | 'untold';
}

export interface Account {
  readonly writes: Write[];
  /** Of the patient client. */
  reads: number;
  failedReads: string[];
  /** Calls that took all the time that they were given, and the milliseconds that the last of them came late. */
  timedOut: number;
  latestMs: number;
}

/** `after` is called when each call has ended. */
export async function load(
  clients: { readonly patient: LoadClient; readonly hasty: LoadClient },
  { calls, atOnce }: { readonly calls: number; readonly atOnce: number },
  after: (ended: number) => void,
): Promise<Account> {
  const account: Account = { writes: [], reads: 0, failedReads: [], timedOut: 0, latestMs: 0 };
  const read = reader(account);
  let begun = 0;
  let ended = 0;
  const oneAfterTheOther = async (): Promise<void> => {
    for (let number = begun++; number < calls; number = begun++) {
      const through = number % 11 === 10 ? clients.hasty : clients.patient;
      const start = performance.now();
      if (number % 2 === 0) await write(through.chat, `message ${number}`, account);
      else await read(through);
      const late = performance.now() - start - through.totalMs;
      if (late > -1) account.timedOut++;
      account.latestMs = Math.max(account.latestMs, late);
      after(++ended);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther));
  return account;
}

async function write(chat: ChatClient, text: string, { writes }: Account): Promise<void> {
  try {
    await chat.addChatMessage({ chatSessionId: SESSION, message: { type: 'ToCustomer', message: text } });
    writes.push({ text, outcome: 'done' });
  } catch (error) {
    writes.push({ text, outcome: client.isCallError(error) ? error.outcome : 'untold' });
  }
}

/** Reads what is new since the last read, as a program that follows a conversation. */
function reader(account: Account): (through: LoadClient) => Promise<void> {
  let last = 0;
  return async ({ chat, isPatient }) => {
    if (isPatient) account.reads++;
    try {
      const messages = (await chat.getChatMessages({ chatSessionId: SESSION, after: last })) ?? [];
      last = Math.max(last, ...messages.map((message) => message?.chatMessageId ?? 0));
    } catch (error) {
      if (isPatient) account.failedReads.push(`${error}, ${client.isCallError(error) ? error.attempts : 0} attempts`);
    }
  };
}

/** How the account of the writes and what is stored disagree. */
export function disagreements(writes: readonly Write[], stored: readonly string[]) {
  const times = new Map<string, number>();
  for (const text of stored) times.set(text, (times.get(text) ?? 0) + 1);
  const timesOf = ({ text }: Write): number => times.get(text) ?? 0;
  const count = (isWrong: (write: Write) => boolean): number => writes.filter(isWrong).length;
  return {
    executedTwice: count((write) => timesOf(write) > 1),
    lost: count((write) => write.outcome === 'done' && timesOf(write) === 0),
    doneAllTheSame: count(({ outcome, text }) => /refused|not-sent/.test(outcome) && times.has(text)),
    untold: count(({ outcome }) => outcome === 'untold'),
    failed: count(({ outcome }) => outcome !== 'done'),
  };
}
