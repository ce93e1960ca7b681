/**
 * Who does what in a topic.
 */
import { type ChatTopicAgent, topicAgentWith } from './defaults.js';
import { argument, found } from './faults.js';
import type { ChatHandlers } from './handlers.js';
import { type Store, topicOf } from './store.js';
import { associateMeant, userNamed } from './users.js';

export function topicAgentHandlers(
  store: Store,
): ChatHandlers<
  | 'createDefaultChatTopicAgent'
  | 'getChatTopicUserAgentList'
  | 'getChatTopicUserAgent'
  | 'addChatTopicUserAgent'
  | 'updateChatTopicUserAgent'
  | 'updateChatTopicUserAgents'
  | 'deleteChatTopicUserAgent'
> {
  return {
    createDefaultChatTopicAgent: () => topicAgentWith({}),
    getChatTopicUserAgentList: ({ chatTopicId }) => agentsOf(store, chatTopicId),
    getChatTopicUserAgent: ({ chatTopicId, username }) => agentNamed(store, chatTopicId, username),
    // Inferred: a user who is in the topic already gets the new roles.
    addChatTopicUserAgent: ({ chatTopicId, useragent }) => {
      const agent = agentFrom(store, chatTopicId, useragent);
      return put(store, chatTopicId, agent);
    },
    updateChatTopicUserAgent: ({ chatTopicId, username, useragent }) => {
      const { user } = agentNamed(store, chatTopicId, username);
      return put(store, chatTopicId, { ...argument('Useragent', useragent), topicId: chatTopicId, user });
    },
    updateChatTopicUserAgents: ({ chatTopicId, useragents }) => {
      const given = argument('Useragents', useragents).map((agent) => agentFrom(store, chatTopicId, agent));
      // Of two that name the same user the last one counts.
      const agents = [...new Map(given.map((agent) => [agent.user?.associateId, agent])).values()];
      store.agents.set(chatTopicId, agents);
      return agents;
    },
    deleteChatTopicUserAgent: ({ chatTopicId, username }) => {
      const agent = agentNamed(store, chatTopicId, username);
      store.agents.set(
        chatTopicId,
        agentsOf(store, chatTopicId).filter((other) => other !== agent),
      );
    },
  };
}

function agentsOf(store: Store, topicId: number): ChatTopicAgent[] {
  topicOf(store, topicId);
  return store.agents.get(topicId) ?? [];
}

function agentNamed(store: Store, topicId: number, username: string | null): ChatTopicAgent {
  const agents = agentsOf(store, topicId);
  const { associate, userName } = userNamed(store.users, username);
  const agent = agents.find(({ user }) => user?.associateId === associate.associateId);
  return found(`Agent ${userName} of chat topic ${topicId}`, agent);
}

/** A membership from an input; the topic is the operation's, whatever the input says of it. */
function agentFrom(store: Store, topicId: number, given: ChatTopicAgent | null): ChatTopicAgent {
  topicOf(store, topicId);
  const agent = argument('Useragent', given);
  return { ...agent, topicId, user: argument('Useragent.User', associateMeant(store.users, agent.user)) };
}

/** Puts the membership in the place of the user's former one, or last. */
function put(store: Store, topicId: number, agent: ChatTopicAgent): ChatTopicAgent {
  const agents = agentsOf(store, topicId);
  const at = agents.findIndex(({ user }) => user?.associateId === agent.user?.associateId);
  store.agents.set(topicId, at === -1 ? [...agents, agent] : agents.with(at, agent));
  return agent;
}
