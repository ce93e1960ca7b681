/**
 * A client under load, with connections that break, and a server that is out of service or does not answer.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ChatClient, ChatClientOptions } from '../../lib/chat.js';
import { beside } from './beside.js';
import { client } from './built-whole.js';
import { disagreements, type LoadClient, load, SESSION } from './soak-load.js';
import type { Asked, SoakPorts } from './soak-server-program.js';
import { found, task } from './task.js';

export interface SoakTask {
  readonly calls: number;
}

export interface SoakResult {
  readonly logins: { readonly cold: number; readonly again: number; readonly mostTimes: number };
  readonly writes: ReturnType<typeof disagreements> & { readonly all: number };
  readonly reads: { readonly all: number; readonly failed: readonly string[] };
  /** `heldUpMs`: the longest time that this process, or the machine, let all calls wait. */
  readonly late: { readonly timedOut: number; readonly latestMs: number; readonly heldUpMs: number };
  readonly memory: { readonly slope: number; readonly last: number };
  /** What kept the process alive after all was closed, and did not before. */
  readonly left: readonly string[];
  /** Unhandled rejections, and warnings of Node. */
  readonly complaints: readonly string[];
}

const { calls } = task<SoakTask>();
const complaints: string[] = [];
process.on('unhandledRejection', (reason) => complaints.push(String(reason)));
process.on('warning', (warning) => complaints.push(String(warning)));
let openSockets = 0;
subscribe('net.client.socket', (message) => {
  openSockets++;
  (message as { socket: Socket }).socket.once('close', () => openSockets--);
});
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

// Opened here, since it would else be one more thing that is open in the end.
const { stderr } = process;

const server = await beside<SoakPorts>('soak-server-program');
const before = process.getActiveResourcesInfo();
const logins = await countLogins();
const { account, memory, heldUpMs } = await soak();
const stored = await storedTexts();
await delay(100);
found({
  logins,
  writes: { ...disagreements(account.writes, stored), all: account.writes.length },
  reads: { all: account.reads, failed: account.failedReads },
  late: { timedOut: account.timedOut, latestMs: account.latestMs, heldUpMs },
  memory,
  // An idle connection does not keep the process alive, so that it is not among the resources.
  left: [...Array<string>(openSockets).fill('a connection'), ...without(process.getActiveResourcesInfo(), before)],
  complaints,
} satisfies SoakResult);
server.end();

/** 200 calls at the same time before there is a ticket, and 200 with one that is valid no longer. */
async function countLogins(): Promise<SoakResult['logins']> {
  const chat = chatOn('clean');
  const many = async (first: number): Promise<Asked> => {
    const each = Array.from({ length: 200 }, (_, number) => first + number);
    await Promise.all(each.map((after) => chat.getChatMessages({ chatSessionId: SESSION, after })));
    return (await server.ask('asked')) as Asked;
  };
  const loginsIn = (asked: Asked): number => asked.AuthenticateUsernamePassword ?? 0;
  const cold = loginsIn(await many(1_000_000));
  await server.ask('expire');
  const asked = await many(2_000_000);
  await chat.close();
  return { cold, again: loginsIn(asked), mostTimes: Math.max(...Object.values(asked)) };
}

/** Memory is looked at forty times, and what the first quarter of the calls takes to get warm does not count. */
async function soak() {
  const patient: LoadClient = { ...timed({ headers: 300, total: 3000 }), isPatient: true };
  const hasty: LoadClient = { ...timed({ total: 500 }), isPatient: false };
  const sizes: number[] = [];
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  const every = Math.ceil(calls / 40);
  const account = await load({ patient, hasty }, { calls, atOnce: 32 }, (ended) => {
    if (ended % every !== 0) return;
    collectGarbage();
    sizes.push(process.memoryUsage.rss() / 2 ** 20);
    stderr.write(`\r\x1b[2K${ended.toLocaleString('en')} calls of ${calls.toLocaleString('en')}`);
  });
  delays.disable();
  await Promise.all([patient.chat.close(), hasty.chat.close()]);
  const slope = (slopeOf(sizes.slice(sizes.length / 4)) / every) * 1000;
  return { account, heldUpMs: delays.max / 1e6, memory: { slope, last: sizes.at(-1) ?? Number.NaN } };
}

function timed(timeouts: { headers?: number; total: number }): Pick<LoadClient, 'chat' | 'totalMs'> {
  return { chat: chatOn('troubled', { timeouts }), totalMs: timeouts.total };
}

function chatOn(port: keyof SoakPorts, options: Partial<ChatClientOptions> = {}): ChatClient {
  const baseUrl = `http://127.0.0.1:${server.ports[port]}/Remote/Services88`;
  return client.createChatClient({ baseUrl, credentials: { userName: 'anna', password: 'demo' }, ...options });
}

async function storedTexts(): Promise<string[]> {
  const chat = chatOn('clean');
  const messages = (await chat.getChatMessages({ chatSessionId: SESSION, after: 0 })) ?? [];
  await chat.close();
  return messages.map((message) => message?.message ?? '');
}

/** By how much one value is greater than the one before, by least squares. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const rise = values.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  return rise / values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
}

/** The first list less each thing that is in the second, as often as it is there. */
function without(things: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return things.filter((thing) => {
    const at = rest.indexOf(thing);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}
