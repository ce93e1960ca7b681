/**
 * Turns the demo conversations into sessions and messages, dated back from now.
 */

import { type ChatMessage, type ChatSession, sessionWith } from './defaults.js';
import { type Conversation, conversations, type Line } from './demo-conversations.js';
import { post } from './messages.js';
import { addSession, assign, isActive } from './sessions.js';
import { dateTimeOf, type Store } from './store.js';
import { findUser, userNamed } from './users.js';

/** Sessions 41 onwards, in the order of the conversations. */
export function addDemoSessions(store: Store): void {
  const now = store.now().getTime();
  for (const conversation of conversations) {
    const requested = now - conversation.minutesAgo * 60_000;
    const at = (seconds: number) => dateTimeOf(requested + seconds * 1000);
    const session = addSession(store, { ...sessionFrom(conversation), whenRequested: at(0) });
    const agent = findUser(store.users, conversation.agent);
    if (agent && isActive(session)) assign(store, session, agent);
    session.user = agent?.associate ?? null;
    if (conversation.transferTo) session.transferTo = userNamed(store.users, conversation.transferTo).associate;
    const agentName = agent?.fullName ?? null;
    for (const line of conversation.lines)
      post(store, session, { ...messageFrom(line, session, agentName), whenPosted: at(line[0]) });
    setTimes(session, conversation.lines, at);
  }
}

function sessionFrom({ topicId, status, customer, more }: Conversation): Partial<ChatSession> {
  return sessionWith({
    topicId,
    status,
    customerAlias: customer.name.split(' ')[0] ?? null,
    customerHost: 'visitor.example.net',
    customerName: customer.name,
    customerEmail: customer.email,
    customerConsented: true,
    // The same key each time, so that the demo depends on nothing but the clock.
    sessionKey: `demo-${customer.email}`,
    initialQueuePos: 1,
    ...more,
  });
}

function messageFrom(
  [, from, message, specialParam = null]: Line,
  { customerAlias }: ChatSession,
  agentName: string | null,
): Partial<ChatMessage> {
  const authors: Readonly<Record<string, string | null>> = {
    customer: customerAlias,
    ClosedByCustomer: customerAlias,
    ClickedOption: customerAlias,
    Options: 'Rulle',
    BotMessage: 'Rulle',
  };
  const common = { message, specialParam, author: authors[from] ?? agentName, readByCustomer: 1 };
  if (from === 'customer') return { ...common, type: 'ToUser' };
  if (from === 'agent') return { ...common, type: 'ToCustomer' };
  return { ...common, type: 'Special', specialType: from };
}

/** An agent took the session with the welcome message, and one that is over ended with its last message. */
function setTimes(session: ChatSession, lines: readonly Line[], at: (seconds: number) => ChatSession['whenEnded']) {
  const welcome = lines.find(([, from]) => from === 'Welcome');
  const last = lines.at(-1)?.[0] ?? 0;
  const isOver = !isActive(session) && session.status !== 'InQueue';
  session.whenStarted = welcome ? at(welcome[0]) : null;
  session.whenEnded = isOver ? at(last) : null;
  session.whenFetched = at(last + 5);
}
