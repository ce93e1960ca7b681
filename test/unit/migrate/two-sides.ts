/**
 * One store with many sessions behind two transports: one as it is, and one whose answers have been JSON on their way.
 */
import {
  type Call,
  Chat,
  type ChatMessage,
  createClient,
  DateTime,
  decodeJson,
  encodeJson,
  type Interceptor,
  intercept,
  obtainTicket,
  type Transport,
  ticket,
} from '../../../lib/index.js';
import { createSimulator } from '../../../lib/server.js';

export const credentials = { userName: 'anna', password: 'demo' };

/** What a session of the store says; the third is nothing that SOAP could carry as it is. */
export const texts = [' Hello, \n is anybody there? ', 'Yes.', 'Grüße — 日本 🚲', '<b>&amp;</b>'];

export interface TwoSides {
  /** The store itself, as a transport. */
  readonly store: Transport;
  readonly soap: Transport;
  readonly rest: Transport;
  /** The sessions that were made. */
  readonly sessions: readonly number[];
  /** All that was sent over either side since. */
  readonly calls: Call[];
}

/** So many sessions with messages in them; all that is asked later is noted. */
export async function twoSides(count: number): Promise<TwoSides> {
  const simulator = createSimulator({ clock: () => new Date('2026-03-02T08:15:30Z') });
  const chat = createClient(Chat, intercept(simulator, ticket(credentials)));
  const sessions: number[] = [];
  for (let index = 0; index < count; index++) {
    const session = await chat.createChatSessionForTopic({ chatTopicId: 1 + (index % 2) });
    const chatSessionId = session?.chatSessionId ?? 0;
    sessions.push(chatSessionId);
    await chat.saveChatSessionEntity({
      chatSessionEntity: {
        ...session,
        customerName: '',
        flags: ['UserIsTyping'],
        fieldProperties: { Name: { fieldLength: 10 }, Email: { fieldType: 'System.String' } },
      },
    });
    for (const message of texts) {
      await chat.addChatMessage({ chatSessionId, message: { type: 'ToCustomer', author: 'Anna', message } });
    }
  }
  const calls: Call[] = [];
  const noted: Interceptor = (next) => (call) => {
    calls.push(call);
    return next(call);
  };
  const given = await obtainTicket(credentials, simulator);
  const side = (...interceptors: Interceptor[]): Transport =>
    intercept(simulator, noted, ticket({ ticket: given }), ...interceptors);
  return {
    store: simulator,
    soap: side(withControl),
    rest: side(asJson, withControl),
    sessions,
    calls,
  };
}

/** XML cannot carry what .NET writes as a reference in spite of that, so that no request brings it into the store. */
const withControl: Interceptor = changing('GetChatMessages', (output) => {
  const [first] = output as ChatMessage[];
  return first ? [...(output as ChatMessage[]), { ...first, chatMessageId: 99_999, message: 'a\u0000b' }] : output;
});

const asJson: Interceptor = (next) => async (call) => {
  const reply = await next(call);
  return { ...reply, output: decodeJson(call.operation, encodeJson(call.operation, reply.output as never)) };
};

/** Changes what an operation answers; where `only` is given, to calls with this input. */
export function changing(
  name: string,
  change: (output: unknown) => unknown,
  only: Readonly<Record<string, unknown>> = {},
): Interceptor {
  return (next) => async (call) => {
    const reply = await next(call);
    const input = call.input as Record<string, unknown>;
    const meant = call.operation.name === name && Object.entries(only).every(([key, value]) => input[key] === value);
    return meant ? { ...reply, output: change(reply.output) } : reply;
  };
}

export const later = (when: DateTime | null | undefined): DateTime =>
  DateTime.from(new Date((when?.getTime() ?? 0) + 3_600_000));
