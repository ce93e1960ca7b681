/**
 * Reads one file of messages in one way, and says how much memory the process has had at most. What is not needed for
 * that way is not loaded.
 */
import { readFileSync } from 'node:fs';
import { found, task } from './task.js';

export interface MemoryTask {
  /** `idle` and `bytes` are what the others are compared with: nothing read, and the bytes of the file alone. */
  readonly how: 'idle' | 'bytes' | 'json' | 'decode' | 'stream';
  readonly file: string;
}

/** Kilobytes. */
export type MemoryPeak = number;

const { how, file } = task<MemoryTask>();
const ways = {
  idle: () => 0,
  bytes: () => readFileSync(file),
  json: async () => {
    const { readRestMessages } = await import('./rest.js');
    return readRestMessages(readFileSync(file));
  },
  decode: async () => {
    const { Chat, decodeReply } = (await import('./built.js')).codec;
    return decodeReply(Chat.getChatMessages, readFileSync(file));
  },
  stream: async () => {
    const { Chat, decodeReplyStream } = (await import('./built.js')).codec;
    const { chunksOfFile, countItems } = await import('./stream.js');
    return countItems(decodeReplyStream(Chat.getChatMessages, chunksOfFile(file)));
  },
};

/** Linux hands the parent's greatest size down to a child as its own maxRSS, so its account of memory is asked there. */
function peak(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}

await ways[how]();
found(peak() satisfies MemoryPeak);
