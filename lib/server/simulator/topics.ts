/**
 * Topics as records, and whether they are open.
 */
import { type ChatTopic, topicWith } from './defaults.js';
import { argument } from './faults.js';
import type { ChatHandlers } from './handlers.js';
import { isOpen } from './opening-hours.js';
import { type Store, topicOf, topicsOf } from './store.js';

export function topicHandlers(
  store: Store,
): ChatHandlers<
  | 'createDefaultChatTopicEntity'
  | 'saveChatTopicEntity'
  | 'deleteChatTopicEntity'
  | 'getChatTopicEntity'
  | 'chatTopicsForUser'
  | 'isWithinOpeningHours'
> {
  return {
    // Inferred: opening hours and widget are there to be filled in, and not nil.
    createDefaultChatTopicEntity: () => topicWith({ openingHours: {}, widget: {} }),
    saveChatTopicEntity: ({ chatTopicEntity }) => save(store, argument('ChatTopicEntity', chatTopicEntity)),
    deleteChatTopicEntity: ({ chatTopicEntityId: id }) => {
      topicOf(store, id);
      // Inferred: the sessions of the topic stay, since they say what was agreed with customers.
      store.topics.delete(id);
      store.agents.delete(id);
    },
    getChatTopicEntity: ({ chatTopicEntityId }) => topicOf(store, chatTopicEntityId),
    chatTopicsForUser: (_input, caller) => {
      const topics = topicsOf(store, caller);
      return [...store.topics.values()].filter(({ chatTopicId }) => topics.has(chatTopicId));
    },
    isWithinOpeningHours: ({ chatTopicId }) => isOpen(topicOf(store, chatTopicId), store.now()),
  };
}

/** Keeps a new topic, which has no agents yet. */
export function addTopic(store: Store, given: Partial<ChatTopic>): ChatTopic {
  const topic = topicWith({ ...given, chatTopicId: store.nextId('topic') });
  store.topics.set(topic.chatTopicId, topic);
  store.agents.set(topic.chatTopicId, []);
  return topic;
}

/** Inferred: the topic as it comes replaces the one that is stored, and what the caller left out is at its default. */
function save(store: Store, given: ChatTopic): ChatTopic {
  if (given.chatTopicId === 0) return addTopic(store, given);
  topicOf(store, given.chatTopicId);
  store.topics.set(given.chatTopicId, given);
  return given;
}
