/**
 * Fjellrad Sykkelverk AS, a bicycle maker that does not exist.
 */

import { topicAgentWith } from './defaults.js';
import { addDemoSessions } from './demo-sessions.js';
import { demoTopics } from './demo-topics.js';
import { allRoles, type Role, type Store, topicsOf } from './store.js';
import { addTopic } from './topics.js';
import type { SimulatorUser, User } from './users.js';

export const demoUsers: readonly SimulatorUser[] = [
  { userName: 'anna', password: 'demo', fullName: 'Anna Fjellström', group: 'Sales', accessToken: '8A:demo-anna' },
  { userName: 'joerg', password: 'demo', fullName: 'Jörg Speichert', group: 'Service' },
  { userName: 'mette', password: 'demo', fullName: 'Mette Kjedeland', group: 'Sales' },
  { userName: 'paal', password: 'demo', fullName: 'Pål Tandemsen', group: 'Service' },
  { userName: 'zoe', password: 'demo', fullName: 'Zoë Ritzel', group: 'Service' },
];

/** Puts topics, agents, presence and conversations into an empty store. */
export function fillWithDemo(store: Store): void {
  for (const topic of demoTopics) {
    const { chatTopicId } = addTopic(store, topic);
    const agents = store.users.map((user) => agentOf(chatTopicId, user, rolesOf(chatTopicId, user)));
    store.agents.set(
      chatTopicId,
      agents.filter((agent) => allRoles.some((role) => agent[role])),
    );
  }
  for (const user of store.users) {
    const chatTopics = [...topicsOf(store, user, ['canRespond'])];
    store.presence.set(user.associate.ejUserId, { present: keyOf(user) !== 'zoe', chatTopics });
  }
  addDemoSessions(store);
}

/** What the demo users do in the topics, by topic number. */
const roles: Readonly<Record<string, Readonly<Record<number, readonly Role[]>>>> = {
  anna: { 1: allRoles, 2: ['canRespond', 'canNotify'] },
  joerg: { 2: allRoles, 3: ['canRespond'] },
  mette: { 1: ['canListen', 'canRespond', 'canNotify'] },
  paal: { 2: ['canRespond'], 3: allRoles },
  zoe: { 2: ['canListen'] },
};

/** A user of the program's own may do everything everywhere. */
function rolesOf(topicId: number, user: User): readonly Role[] {
  const known = demoUsers.some(({ userName }) => userName === keyOf(user));
  return known ? (roles[keyOf(user)]?.[topicId] ?? []) : allRoles;
}

const keyOf = ({ userName }: User): string => userName.toLowerCase();

function agentOf(topicId: number, { associate }: User, held: readonly Role[]) {
  return topicAgentWith({
    topicId,
    user: associate,
    canListen: held.includes('canListen'),
    canRespond: held.includes('canRespond'),
    canManage: held.includes('canManage'),
    canNotify: held.includes('canNotify'),
  });
}
