/**
 * What was said.
 */
import { type ChatMessage, type ChatSession, messageWith } from './defaults.js';
import { argument } from './faults.js';
import type { ChatHandlers } from './handlers.js';
import { isActive } from './sessions.js';
import { type Store, sessionOf } from './store.js';
import { transcriptOf } from './transcript.js';
import type { User } from './users.js';

export function messageHandlers(
  store: Store,
): ChatHandlers<'getChatMessages' | 'addChatMessage' | 'getChatTranscript'> {
  const messagesOf = (chatSessionId: number): readonly ChatMessage[] => {
    sessionOf(store, chatSessionId);
    return store.messages.get(chatSessionId) ?? [];
  };
  return {
    getChatMessages: ({ chatSessionId, after }) =>
      messagesOf(chatSessionId).filter(({ chatMessageId }) => chatMessageId > after),
    addChatMessage: ({ chatSessionId, message }, caller) => {
      const session = sessionOf(store, chatSessionId);
      const given = argument('Message', message);
      const stored = post(store, session, {
        ...given,
        author: given.author || authorOf(given, session, caller),
        whenPosted: null,
      });
      // Inferred: a session that waits or is over stays so, whoever writes.
      if (isActive(session)) session.status = statusAfter[given.type] ?? session.status;
      return stored;
    },
    getChatTranscript: ({ chatSessionId, html }) => transcriptOf(messagesOf(chatSessionId), html),
  };
}

/** Keeps a message under the next id, posted now unless it says otherwise, and brings the session up to date. */
export function post(store: Store, session: ChatSession, given: Partial<ChatMessage>): ChatMessage {
  const message = messageWith({
    ...given,
    chatMessageId: store.nextId('message'),
    chatSessionId: session.chatSessionId,
    whenPosted: given.whenPosted ?? store.now(),
  });
  store.messages.get(session.chatSessionId)?.push(message);
  if (message.message) {
    session.firstMessage ??= beginningOf(message.message);
    session.lastMessage = beginningOf(message.message);
  }
  session.whenIdle = message.whenPosted;
  return message;
}

const statusAfter: Readonly<Record<string, ChatSession['status']>> = { ToCustomer: 'UserLast', ToUser: 'CustomerLast' };

/** Inferred: an author who is not stated is the customer for what the customer says, else the calling user. */
function authorOf({ type }: ChatMessage, { customerAlias, customerName }: ChatSession, { fullName }: User): string {
  return type === 'ToUser' ? customerAlias || customerName || 'Customer' : fullName;
}

/** The first 1024 characters, without the half of a surrogate pair that a cut may leave. */
function beginningOf(text: string): string {
  return text.slice(0, 1024).replace(/[\ud800-\udbff]$/, '');
}
