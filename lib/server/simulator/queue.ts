/**
 * The way of a session between the queue and the agents: picked up, passed on, put back.
 */
import type { ChatSession } from './defaults.js';
import type { ChatHandlers } from './handlers.js';
import { post } from './messages.js';
import { assign, isActive } from './sessions.js';
import { type Store, sessionOf, topicsOf } from './store.js';
import { type User, userNamed } from './users.js';

export function queueHandlers(
  store: Store,
): ChatHandlers<
  | 'pickUpChatSession'
  | 'pickUpFirstChatSession'
  | 'resetChatSession'
  | 'transferChatSession'
  | 'acceptChatSessionTransfer'
  | 'rejectChatSessionTransfer'
> {
  return {
    pickUpChatSession: ({ chatSessionId }, caller) => {
      const session = sessionOf(store, chatSessionId);
      // Another agent was faster: this is no error.
      return session.status === 'InQueue' ? pickUp(store, session, caller) : null;
    },
    pickUpFirstChatSession: (_input, caller) => {
      const [first] = queueFor(store, caller);
      return first ? pickUp(store, first, caller) : null;
    },
    resetChatSession: ({ chatSessionId }) => putBack(sessionOf(store, chatSessionId)),
    transferChatSession: ({ chatSessionId, toAssociate }, caller) => {
      const session = sessionOf(store, chatSessionId);
      if (isActive(session) && isSame(session.user, caller))
        session.transferTo = userNamed(store.users, toAssociate).associate;
      return session;
    },
    acceptChatSessionTransfer: ({ chatSessionId }, caller) => {
      const session = sessionOf(store, chatSessionId);
      if (isOffered(session, caller)) {
        assign(store, session, caller);
        post(store, session, { ...special, author: caller.fullName, specialType: 'TransferedSession' });
      }
      return session;
    },
    rejectChatSessionTransfer: ({ chatSessionId }, caller) => {
      const session = sessionOf(store, chatSessionId);
      if (isOffered(session, caller)) {
        session.transferTo = null;
        post(store, session, { ...special, author: caller.fullName, specialType: 'TransferRejected' });
      }
      return session;
    },
  };
}

const special = { type: 'Special' } as const;

/** The waiting sessions of the topics in which the user may respond, the one that has waited longest first. */
function queueFor(store: Store, user: User): readonly ChatSession[] {
  const topics = topicsOf(store, user, ['canRespond']);
  const requested = ({ whenRequested }: ChatSession) => whenRequested?.getTime() ?? 0;
  return [...store.sessions.values()]
    .filter(({ topicId, status }) => status === 'InQueue' && topics.has(topicId))
    .sort((one, other) => requested(one) - requested(other) || one.chatSessionId - other.chatSessionId);
}

/** Inferred: the welcome message counts as written by the agent, so that the session is then at UserLast. */
function pickUp(store: Store, session: ChatSession, user: User): ChatSession {
  const now = store.now();
  const topic = store.topics.get(session.topicId);
  assign(store, session, user);
  const started: Partial<ChatSession> = { status: 'UserLast', whenStarted: now, whenEnded: null };
  Object.assign(session, started);
  if (topic) topic.lastAccept = now;
  const message = topic?.welcomeMessage ?? null;
  post(store, session, { ...special, author: user.fullName, specialType: 'Welcome', message });
  return session;
}

function putBack(session: ChatSession): ChatSession {
  const waiting: Partial<ChatSession> = {
    status: 'InQueue',
    user: null,
    transferTo: null,
    rank: 0,
    whenStarted: null,
    whenEnded: null,
    chatbotIsActive: false,
  };
  return Object.assign(session, waiting);
}

/** An offer ends with the conversation. */
function isOffered(session: ChatSession, user: User): boolean {
  return isActive(session) && isSame(session.transferTo, user);
}

function isSame(associate: ChatSession['user'], { associate: user }: User): boolean {
  return associate?.associateId === user.associateId;
}
