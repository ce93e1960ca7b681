/**
 * What a server reads and writes, each in a process of its own.
 */
import { codec } from './built.js';
import { restDocument, restValue } from './documents.js';
import { type Run, race, type Times } from './measure.js';
import { messagesOf } from './messages.js';
import { readRestMessages } from './rest.js';
import { found, task } from './task.js';

export type ServerTask = 'getRequest' | 'addRequest' | 'reply';
export type ServerTimes = Times<'ours' | 'json'>;

type Pair = Readonly<Record<'ours' | 'json', Run>>;
const { Chat, decodeRequest, encodeReply, encodeRequest, SoPrincipal } = codec;
const services = [Chat, SoPrincipal];
const header = { applicationToken: 'Sample & Co', credentials: { ticket: '7T:QUJDREVGR0hJSktM' } };

const pairs: Readonly<Record<ServerTask, () => Pair>> = {
  getRequest: () => {
    const soap = Buffer.from(encodeRequest(Chat.getChatMessages, { chatSessionId: 2347, after: 7 }, { header }));
    const rest = Buffer.from('{"ChatSessionId":2347,"After":7}');
    return { ours: () => decodeRequest(services, soap), json: () => JSON.parse(rest.toString('utf8')) };
  },
  addRequest: () => {
    // The fourth message of a conversation in mixed text is one with characters beyond ASCII.
    const message = messagesOf(4, 'mixed', 0).at(-1) ?? null;
    const soap = Buffer.from(encodeRequest(Chat.addChatMessage, { chatSessionId: 2347, message }, { header }));
    const rest = restDocument(Chat.getChatMessages, [message]);
    return { ours: () => decodeRequest(services, soap), json: () => readRestMessages(rest) };
  },
  reply: () => {
    const messages = messagesOf(20, 'mixed', 0);
    const [result] = Chat.getChatMessages.reply.fields;
    const plainDates = messages.map((message) => ({ ...message, whenPosted: new Date(Number(message.whenPosted)) }));
    const rest = result && restValue(result.type, plainDates);
    return { ours: () => encodeReply(Chat.getChatMessages, messages), json: () => JSON.stringify(rest) };
  },
};

found((await race(pairs[task<ServerTask>()](), { rounds: 5 })) satisfies ServerTimes);
