/**
 * Reads a full chat session, which is a large object with others inside.
 */
import { codec } from './built.js';
import { replyDocument, restDocument } from './documents.js';
import { race, type Times } from './measure.js';
import { readRestSession } from './rest.js';
import { requireSame } from './same.js';
import { sessionOf } from './session.js';
import { found } from './task.js';

export type SessionTimes = Times<'decode' | 'json'>;

const { Chat, decodeReply } = codec;
const session = sessionOf(1);
const soap = replyDocument(Chat.getChatSessionEntity, session, 'wcf');
const rest = restDocument(Chat.getChatSessionEntity, session);

const decode = () => decodeReply(Chat.getChatSessionEntity, soap).output;
const json = () => readRestSession(rest);

// REST writes flags as one text, and we give a list.
requireSame('JSON.parse', json(), { ...decode(), flags: decode()?.flags?.join(', ') });
found((await race({ decode, json }, { rounds: 5 })) satisfies SessionTimes);
