/**
 * Who is there.
 */
import type { ChatPresence, MDOListItem } from '../../generated/types.js';
import { found } from './faults.js';
import type { ChatHandlers } from './handlers.js';
import { activeSessionsOf } from './sessions.js';
import { type Store, topicOf } from './store.js';
import type { User } from './users.js';

export function presenceHandlers(
  store: Store,
): ChatHandlers<'getChatPresence' | 'saveChatPresence' | 'getUserAgentList'> {
  return {
    getChatPresence: () => store.users.map((user) => presenceOf(store, user)),
    saveChatPresence: ({ chatPresence }) => {
      const given = (chatPresence ?? []).filter((item) => item !== null);
      for (const { userId, chatTopics } of given) {
        found(`Chat user ${userId}`, userByNumber(store, userId));
        for (const topicId of chatTopics ?? []) topicOf(store, topicId);
      }
      for (const { userId, present, chatTopics } of given)
        store.presence.set(userId, { present, chatTopics: chatTopics ?? [] });
    },
    getUserAgentList: ({ flat, onlyPresent }) => {
      const users = store.users.filter((user) => !onlyPresent || presenceOf(store, user).present);
      return flat ? users.map(itemOfUser) : groupsOf(users);
    },
  };
}

/** Inferred: the name and the number of chats are the server's own, so that a save does not change them. */
function presenceOf(store: Store, user: User): Required<Omit<ChatPresence, 'tableRight' | 'fieldProperties'>> {
  const { ejUserId: userId, fullName: displayName } = user.associate;
  const { present = false, chatTopics = [] } = store.presence.get(userId) ?? {};
  return {
    userId,
    displayName,
    ongoingChats: activeSessionsOf(store, user).length,
    present,
    // A topic may have been deleted since.
    chatTopics: chatTopics.filter((topicId) => store.topics.has(topicId)),
  };
}

function userByNumber({ users }: Store, ejUserId: number): User | undefined {
  return users.find(({ associate }) => associate.ejUserId === ejUserId);
}

/** Inferred: the items have the number of the associate, and the groups that of the group. */
function itemOfUser({ associate, fullName }: User, index: number): MDOListItem {
  const { associateId: id, name } = associate;
  return { id, name: fullName, toolTip: name, rank: index + 1, type: 'associate', childItems: [], fullName };
}

function groupsOf(users: readonly User[]): MDOListItem[] {
  return [...new Set(users.map(({ group }) => group))].map((group, index) => {
    const members = users.filter((user) => user.group === group);
    const id = members[0]?.associate.groupIdx ?? 0;
    const childItems = members.map(itemOfUser);
    return { id, name: group, toolTip: group, rank: index + 1, type: 'group', childItems, fullName: group };
  });
}
