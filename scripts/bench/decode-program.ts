/**
 * Reads replies of GetChatMessages in one process: of one form and kind of text, or of all that are named in turn.
 */
import { codec } from './built.js';
import { type Form, replyDocument, restDocument } from './documents.js';
import { race, type Times } from './measure.js';
import { messagesOf, type Text } from './messages.js';
import { readRestMessages } from './rest.js';
import { requireSame } from './same.js';
import { found, task } from './task.js';

export interface DecodeTask {
  readonly count: number;
  readonly forms: readonly Form[];
  readonly texts: readonly Text[];
}

export interface DecodeTimes {
  readonly documents: number;
  readonly times: Times<'decode' | 'json'>;
}

const { Chat, decodeReply } = codec;
const { count, forms, texts } = task<DecodeTask>();
// The gSOAP form of 20,000 messages is longer than what a reply may have by default.
const options = { limits: { bytes: 1 << 26 } };

/** Several documents, so that it is not one that everything is tuned to. */
const copies = Math.max(1, Math.min(16, Math.floor(200 / count)));
const pairs = Array.from({ length: copies }, (_, copy) => copy).flatMap((copy) =>
  texts.flatMap((text) => {
    const messages = messagesOf(count, text, copy);
    return forms.map((form) => ({
      soap: replyDocument(Chat.getChatMessages, messages, form, copy),
      rest: restDocument(Chat.getChatMessages, messages),
    }));
  }),
);

const decode = (): unknown[] => pairs.map(({ soap }) => decodeReply(Chat.getChatMessages, soap, options).output);
const json = (): unknown[] => pairs.map(({ rest }) => readRestMessages(rest));

requireSame('JSON.parse', json(), decode());
const times = await race({ decode, json }, { rounds: 5, warmUp: 150 });
found({ documents: pairs.length, times } satisfies DecodeTimes);
