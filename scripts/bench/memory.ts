/**
 * The memory that 20,000 messages take at most, against JSON.parse.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codec } from './built.js';
import { replyDocument, restDocument } from './documents.js';
import { type Figure, overRounds, type Part, share } from './figure.js';
import { inFreshProcess } from './fresh.js';
import { median, ratios } from './measure.js';
import type { MemoryPeak, MemoryTask } from './memory-program.js';
import { messagesOf } from './messages.js';
import type { StreamTimes } from './stream-program.js';

const ROUNDS = 7;
const titles = {
  decode: 'peak RSS ÷ that of JSON.parse, all messages kept',
  stream: 'peak RSS ÷ that of JSON.parse, streamed and dropped',
  time: 'time streamed in 64 KiB chunks ÷ time in one go',
};

export const memory: Part = {
  name: 'memory',
  title: 'Memory of 20,000 messages, WCF form, mixed text',
  async *figures() {
    const folder = mkdtempSync(join(tmpdir(), 'services88-bench-'));
    try {
      yield* peaks(writeFiles(folder));
    } finally {
      rmSync(folder, { recursive: true });
    }
    yield await streamTime();
  },
};

interface Files {
  readonly soap: string;
  readonly rest: string;
}

function writeFiles(folder: string): Files {
  const messages = messagesOf(20_000, 'mixed', 0);
  const files = { soap: join(folder, 'reply.xml'), rest: join(folder, 'reply.json') };
  writeFileSync(files.soap, replyDocument(codec.Chat.getChatMessages, messages, 'wcf'));
  writeFileSync(files.rest, restDocument(codec.Chat.getChatMessages, messages));
  return files;
}

/**
 * What counts is the memory beyond that of a process which has only loaded the bytes; beyond that of an idle process
 * for the stream, whose bytes nobody has to have in memory at once.
 */
async function* peaks({ soap, rest }: Files): AsyncGenerator<Figure> {
  const used: Record<'json' | 'decode' | 'stream', number[]> = { json: [], decode: [], stream: [] };
  for (let round = 0; round < ROUNDS; round++) {
    used.json.push((await peak('json', rest)) - (await peak('bytes', rest)));
    used.decode.push((await peak('decode', soap)) - (await peak('bytes', soap)));
    used.stream.push((await peak('stream', soap)) - (await peak('idle', soap)));
  }
  yield {
    what: titles.decode,
    ...overRounds(ratios(used.decode, used.json)),
    goal: { atMost: 1 },
    ours: megabytes(used.decode),
  };
  yield {
    what: titles.stream,
    ...overRounds(ratios(used.stream, used.json)),
    goal: { atMost: 0.5 },
    ours: megabytes(used.stream),
  };
}

const peak = (how: MemoryTask['how'], file: string): Promise<MemoryPeak> =>
  inFreshProcess<MemoryPeak>('memory-program', { how, file } satisfies MemoryTask);

const megabytes = (kilobytes: readonly number[]): string => `${(median(kilobytes) / 1024).toFixed(0)} MB`;

async function streamTime(): Promise<Figure> {
  const times = await inFreshProcess<StreamTimes>('stream-program', null);
  return { what: titles.time, ...share(times.streamed, times.whole) };
}
