/**
 * Sessions as records: made, read, saved and deleted.
 */
import { randomBytes } from 'node:crypto';
import { type ChatSession, sessionWith } from './defaults.js';
import { argument } from './faults.js';
import type { ChatHandlers } from './handlers.js';
import { type Store, sessionOf, topicOf, topicsOf } from './store.js';
import { associateMeant, type User } from './users.js';

export function sessionHandlers(
  store: Store,
): ChatHandlers<
  | 'createDefaultChatSessionEntity'
  | 'saveChatSessionEntity'
  | 'deleteChatSessionEntity'
  | 'getChatSessionEntity'
  | 'chatSessionsForUser'
  | 'createChatSessionForTopic'
> {
  return {
    createDefaultChatSessionEntity: () => sessionWith({}),
    saveChatSessionEntity: ({ chatSessionEntity }) => save(store, argument('ChatSessionEntity', chatSessionEntity)),
    deleteChatSessionEntity: ({ chatSessionEntityId: id }) => {
      sessionOf(store, id);
      store.sessions.delete(id);
      store.messages.delete(id);
    },
    getChatSessionEntity: ({ chatSessionEntityId }) => sessionOf(store, chatSessionEntityId),
    chatSessionsForUser: (_input, caller) => {
      const topics = topicsOf(store, caller);
      return sessionsById(store).filter(({ topicId, status }) => topics.has(topicId) && status !== 'Deleted');
    },
    createChatSessionForTopic: ({ chatTopicId }) => {
      topicOf(store, chatTopicId);
      return addSession(store, { topicId: chatTopicId, status: 'InQueue' });
    },
  };
}

/** Keeps a new session with the given members; the id, and the key and time of the request if not given, are set here. */
export function addSession(store: Store, given: Partial<ChatSession>): ChatSession {
  const session = sessionWith({
    ...given,
    chatSessionId: store.nextId('session'),
    whenRequested: given.whenRequested ?? store.now(),
    sessionKey: given.sessionKey ?? randomBytes(16).toString('hex'),
  });
  if (session.status === 'InQueue' && session.initialQueuePos === 0)
    session.initialQueuePos = queueLength(store, session.topicId) + 1;
  store.sessions.set(session.chatSessionId, session);
  store.messages.set(session.chatSessionId, []);
  return session;
}

/** Whether an agent and a customer are talking. */
export function isActive({ status }: ChatSession): boolean {
  return status === 'CustomerLast' || status === 'UserLast';
}

export function activeSessionsOf({ sessions }: Store, { associate }: User): readonly ChatSession[] {
  return [...sessions.values()].filter(
    (session) => isActive(session) && session.user?.associateId === associate.associateId,
  );
}

/** Gives the session to the user, with the lowest rank that no other active session of the user has. */
export function assign(store: Store, session: ChatSession, user: User): void {
  const others = activeSessionsOf(store, user).filter((other) => other !== session);
  const taken = new Set(others.map(({ rank }) => rank));
  let rank = 1;
  while (taken.has(rank)) rank++;
  const assigned: Partial<ChatSession> = { user: user.associate, transferTo: null, rank };
  Object.assign(session, assigned);
}

/**
 * Inferred: the session as it comes replaces the one that is stored, and what the caller left out is at its default.
 * Only the key stays, since no caller has a reason to take a customer's key away.
 */
function save(store: Store, given: ChatSession): ChatSession {
  const stored = given.chatSessionId === 0 ? undefined : sessionOf(store, given.chatSessionId);
  if (given.topicId !== 0 && given.topicId !== stored?.topicId) topicOf(store, given.topicId);
  const session: ChatSession = {
    ...given,
    user: associateMeant(store.users, given.user),
    transferTo: associateMeant(store.users, given.transferTo),
    sessionKey: given.sessionKey ?? stored?.sessionKey ?? null,
  };
  if (!stored) return addSession(store, session);
  store.sessions.set(session.chatSessionId, session);
  return session;
}

function sessionsById({ sessions }: Store): ChatSession[] {
  return [...sessions.values()].sort((one, other) => one.chatSessionId - other.chatSessionId);
}

function queueLength({ sessions }: Store, topicId: number): number {
  return [...sessions.values()].filter((other) => other.topicId === topicId && other.status === 'InQueue').length;
}
