/**
 * Reads 20,000 messages in pieces and in one go.
 */
import { codec } from './built.js';
import { replyDocument } from './documents.js';
import { race, type Times } from './measure.js';
import { messagesOf } from './messages.js';
import { chunksOf, countItems } from './stream.js';
import { found } from './task.js';

export type StreamTimes = Times<'streamed' | 'whole'>;

const { Chat, decodeReply, decodeReplyStream } = codec;
const bytes = replyDocument(Chat.getChatMessages, messagesOf(20_000, 'mixed', 0), 'wcf');
const streamed = (): Promise<number> => countItems(decodeReplyStream(Chat.getChatMessages, chunksOf(bytes)));
const count = await streamed();
if (count !== 20_000) throw new Error(`of 20,000 messages ${count} came out of the stream`);
const whole = () => decodeReply(Chat.getChatMessages, bytes).output;
found((await race({ streamed, whole }, { rounds: 9 })) satisfies StreamTimes);
