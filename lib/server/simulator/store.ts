/**
 * What the simulator remembers.
 */
import { DateTime, lexicalOf } from '../../codec/date-time.js';
import type { ChatMessage, ChatSession, ChatTopic, ChatTopicAgent } from './defaults.js';
import { found } from './faults.js';
import type { User } from './users.js';

export interface Store {
  readonly users: readonly User[];
  readonly topics: Map<number, ChatTopic>;
  /** The memberships of each topic, in the order in which they were made. */
  readonly agents: Map<number, ChatTopicAgent[]>;
  readonly sessions: Map<number, ChatSession>;
  /** The messages of each session, oldest first. */
  readonly messages: Map<number, ChatMessage[]>;
  /** By the number of the service user. */
  readonly presence: Map<number, { readonly present: boolean; readonly chatTopics: readonly number[] }>;
  readonly now: () => DateTime;
  readonly nextId: (of: 'topic' | 'session' | 'message') => number;
}

export function createStore(users: readonly User[], clock: () => Date): Store {
  // Three ranges, so that a number which was passed for one of another kind is not found instead of mistaken.
  const last = { topic: 0, session: 40, message: 1000 };
  return {
    users,
    topics: new Map(),
    agents: new Map(),
    sessions: new Map(),
    messages: new Map(),
    presence: new Map(),
    now: () => dateTimeOf(clock().getTime()),
    nextId: (of) => ++last[of],
  };
}

/** A time as the simulator hands it out: UTC, with `Z`. */
export function dateTimeOf(time: number): DateTime {
  return DateTime.from(lexicalOf(new Date(time)));
}

export function sessionOf({ sessions }: Store, id: number): ChatSession {
  return found(`Chat session ${id}`, sessions.get(id));
}

export function topicOf({ topics }: Store, id: number): ChatTopic {
  return found(`Chat topic ${id}`, topics.get(id));
}

/** The topics in which a user has one of these roles. */
export function topicsOf({ agents }: Store, user: User, roles: readonly Role[] = allRoles): ReadonlySet<number> {
  const member = (agent: ChatTopicAgent) =>
    agent.user?.associateId === user.associate.associateId && roles.some((role) => agent[role]);
  return new Set([...agents].filter(([, list]) => list.some(member)).map(([topicId]) => topicId));
}

export type Role = 'canListen' | 'canRespond' | 'canManage' | 'canNotify';

export const allRoles: readonly Role[] = ['canListen', 'canRespond', 'canManage', 'canNotify'];
