/**
 * Puts XML where the schema-driven reader meets it: into a reply, as a member that the contract does not know or as the
 * text of one that it does.
 */
import { decodeReply } from '../../lib/codec.js';
import { ProtocolError } from '../../lib/errors.js';
import { Chat } from '../../lib/generated/chat.js';

/** A reply with one message of this content. The prefixes are such as no other document uses; no default is declared. */
export function replyAround(content: string | Buffer): Buffer {
  const head = `<envelope:Envelope xmlns:envelope="http://schemas.xmlsoap.org/soap/envelope/" xmlns:service="http://www.superoffice.net/ws/crm/NetServer/Services88"><envelope:Body><service:GetChatMessagesResponse><service:Response><service:ChatMessage>`;
  const tail =
    '</service:ChatMessage></service:Response></service:GetChatMessagesResponse></envelope:Body></envelope:Envelope>';
  return Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from(tail)]);
}

/** A reply in which the content is a member that nobody knows, between two that the contract has. */
export const replyWithUnknown = (content: string | Buffer): Buffer =>
  replyAround(
    Buffer.concat([
      Buffer.from('<service:ChatMessageId>1</service:ChatMessageId>'),
      Buffer.from(content),
      Buffer.from('<service:Author>a</service:Author>'),
    ]),
  );

/** What is read of it: the two members and nothing else. */
export const besideUnknown = [{ chatMessageId: 1, author: 'a' }];

/** A reply in which the content is the text of a message. */
export const replyWithText = (content: string): Buffer => replyAround(`<service:Message>${content}</service:Message>`);

export const readReply = (document: Buffer): unknown => decodeReply(Chat.getChatMessages, document).output;

/** What a reader gives, or the code of the error with which it refuses. */
export function verdict<Value>(read: () => Value): { readonly value: Value } | { readonly code: string } {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof ProtocolError) return { code: error.code };
    throw error;
  }
}
