/**
 * Reads 20,000 messages in pieces and in one go.
 */
import { codec } from './built.js';
import { replyDocument } from './documents.js';
import { race, type Times } from './measure.js';
import { messagesOf } from './messages.js';
import { chunksOf, countItems, decodeReplyStream } from './stream.js';
import { found } from './task.js';

/** Null where the build cannot read in pieces. */
export type StreamTimes = Times<'streamed' | 'whole'> | null;

const { Chat, decodeReply } = codec;

async function measured(): Promise<StreamTimes> {
  const stream = decodeReplyStream();
  if (stream === undefined) return null;
  const bytes = replyDocument(Chat.getChatMessages, messagesOf(20_000, 'mixed', 0), 'wcf');
  const streamed = (): Promise<number> => countItems(stream(Chat.getChatMessages, chunksOf(bytes)));
  const count = await streamed();
  if (count !== 20_000) throw new Error(`of 20,000 messages ${count} came out of the stream`);
  return race({ streamed, whole: () => decodeReply(Chat.getChatMessages, bytes).output }, { rounds: 9 });
}

found((await measured()) satisfies StreamTimes);
