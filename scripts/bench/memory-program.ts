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

/** Kilobytes; null where the build has no such function. */
export type MemoryPeak = number | null;

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
    const { codec } = await import('./built.js');
    const { chunksOfFile, countItems, decodeReplyStream } = await import('./stream.js');
    const stream = decodeReplyStream();
    return stream ? countItems(stream(codec.Chat.getChatMessages, chunksOfFile(file))) : null;
  },
};

/** Linux hands the parent's greatest size down to a child as its own maxRSS, so its account of memory is asked there. */
function peak(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}

const kept = await ways[how]();
found((kept === null ? null : peak()) satisfies MemoryPeak);
