/**
 * Which calls a comparison of both sides makes: reads only. The answers lead to further calls, as a session to its topic.
 */
import type { Operation, OutputOf } from '../../codec/operation.js';
import { Chat } from '../../generated/chat.js';

/** A call of Chat, as a log keeps it. */
export interface PlannedCall {
  /** The name of the method, as `getChatMessages`. */
  readonly method: keyof typeof Chat;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface Plan {
  /** The next call; undefined where there is none at present. */
  readonly next: () => PlannedCall | undefined;
  /** Those of the calls that only read and were not known before, which are made next. */
  readonly add: (calls: readonly PlannedCall[]) => readonly PlannedCall[];
}

/** By this a call is known again, also in a log. */
export const keyOfCall = ({ method, input }: PlannedCall): string => `${method} ${JSON.stringify(input)}`;

/** Whether it is the name of a method that changes nothing, whoever says so. */
export const isRead = (method: unknown): method is keyof typeof Chat =>
  typeof method === 'string' && Object.hasOwn(Chat, method) && Chat[method as keyof typeof Chat].retry === 'read';

/** Ids of sessions are taken from `sessions` as they are needed, so that there may be very many. */
export function planOf(sessions: Iterable<number>): Plan {
  const known = new Set<string>();
  const open: PlannedCall[] = [];
  const given = sessions[Symbol.iterator]();
  const done = new Set<number>();
  const add = (calls: readonly PlannedCall[]): readonly PlannedCall[] => {
    const added = calls.filter((call) => isRead(call.method) && !known.has(keyOfCall(call)));
    for (const call of added) known.add(keyOfCall(call));
    // From the end, where they are taken, in their order; not as arguments of one call, which may be too many.
    for (const call of [...added].reverse()) open.push(call);
    return added;
  };
  add(onceCalls);
  const next = (): PlannedCall | undefined => {
    for (;;) {
      const call = open.pop();
      if (call) return call;
      const { done: over, value: id } = given.next();
      if (over) return undefined;
      if (!done.has(id)) open.push(...[...sessionCalls(id)].reverse());
      done.add(id);
    }
  };
  return { next, add };
}

const call = (method: keyof typeof Chat, input: PlannedCall['input'] = {}): PlannedCall => ({ method, input });

const onceCalls: readonly PlannedCall[] = [
  call('chatTopicsForUser'),
  call('chatSessionsForUser'),
  call('getChatPresence'),
  call('getUserAgentList', { flat: true, onlyPresent: false }),
  call('getUserAgentList', { flat: false, onlyPresent: false }),
  call('createDefaultChatSessionEntity'),
  call('createDefaultChatTopicAgent'),
  call('createDefaultChatTopicEntity'),
];

const sessionCalls = (chatSessionId: number): readonly PlannedCall[] => [
  call('getChatSessionEntity', { chatSessionEntityId: chatSessionId }),
  call('getChatMessages', { chatSessionId, after: 0 }),
  call('getChatTranscript', { chatSessionId, html: false }),
  call('getChatTranscript', { chatSessionId, html: true }),
];

function topicCalls(chatTopicId: number | undefined): readonly PlannedCall[] {
  if (!chatTopicId) return [];
  return [
    call('getChatTopicEntity', { chatTopicEntityId: chatTopicId }),
    call('isWithinOpeningHours', { chatTopicId }),
    call('getChatTopicUserAgentList', { chatTopicId }),
  ];
}

/**
 * The calls that an answer leads to.
 * @param everySession whether the sessions of the caller are to be looked at, because none are given
 */
export function leadsOf(
  { method, input }: PlannedCall,
  output: unknown,
  everySession: boolean,
): readonly PlannedCall[] {
  const lead = leads[method];
  return lead ? lead(output, input, everySession) : [];
}

type Lead = (output: unknown, input: PlannedCall['input'], everySession: boolean) => readonly PlannedCall[];

const leads: { readonly [Method in keyof typeof Chat]?: Lead } = {
  getChatSessionEntity: (output) => topicCalls(as(Chat.getChatSessionEntity, output)?.topicId),
  chatTopicsForUser: (output) =>
    as(Chat.chatTopicsForUser, output)?.flatMap((topic) => topicCalls(topic?.chatTopicId)) ?? [],
  chatSessionsForUser: (output, _input, everySession) =>
    as(Chat.chatSessionsForUser, output)?.flatMap((session) => [
      ...(everySession && session?.chatSessionId ? sessionCalls(session.chatSessionId) : []),
      ...topicCalls(session?.topicId),
    ]) ?? [],
  getChatMessages: (output, { chatSessionId, after }) => {
    const ids = as(Chat.getChatMessages, output)?.map((message) => message?.chatMessageId ?? 0) ?? [];
    const middle = ids.sort((one, other) => one - other)[Math.floor((ids.length - 1) / 2)];
    return after === 0 && ids.length > 1 && middle ? [call('getChatMessages', { chatSessionId, after: middle })] : [];
  },
  getChatTopicUserAgentList: (output, { chatTopicId }) => {
    const user = as(Chat.getChatTopicUserAgentList, output)?.find((agent) => agent?.user)?.user;
    const username = user?.userName || user?.name || (user?.associateId ? String(user.associateId) : '');
    return username === '' ? [] : [call('getChatTopicUserAgent', { chatTopicId, username })];
  },
};

/** What the operation gives; a transport vouches for the type. */
const as = <O extends Operation>(_operation: O, output: unknown): OutputOf<O> | undefined => output as OutputOf<O>;
