/**
 * What goes over the wire: 20 messages, some 11 KB of SOAP.
 */
import { codec } from './built.js';
import { replyDocument, restDocument } from './documents.js';
import { messagesOf } from './messages.js';

export const messages = messagesOf(20, 'mixed', 0);
export const soapBody = replyDocument(codec.Chat.getChatMessages, messages, 'wcf');
export const restBody = restDocument(codec.Chat.getChatMessages, messages);
