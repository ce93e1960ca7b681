/**
 * The vendor's own TypeScript client for REST in front of our server: what it sends is understood, and what it gets is
 * what our client gets over SOAP from the same store, but for what that client is known to lose.
 */
import { ChatAgent } from '@superoffice/webapi/ChatAgent.js';
import type { Field } from '../../lib/codec/schema.js';
import {
  type Call,
  Chat,
  intercept,
  type Operation,
  type Reply,
  SoPrincipal,
  soapTransport,
  type Transport,
  ticket,
} from '../../lib/index.js';
import { createSimulator, type ServeRestOptions, serveRest, serveSoap } from '../../lib/server.js';
import { membersOf, randomFrom } from '../contract/values.js';
import { asTheirs, comparable, type Difference, differencesOf, type Loss, losses } from './vendor-values.js';

const operations: readonly Operation[] = Object.values(Chat);
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

/** That client, to be called by the names of operations. */
type Agent = Readonly<Record<string, (...parameters: readonly unknown[]) => Promise<unknown>>>;

const agentAt = (baseUrl: string, authorization: string): Agent =>
  new ChatAgent({ baseUrl, axiosConfig: { headers: { Authorization: authorization }, proxy: false } }) as never;

const methodOf = ({ name }: Operation): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}Async`;

const askTheirs = (agent: Agent, operation: Operation, input: Readonly<Record<string, unknown>>): Promise<unknown> => {
  const parameters = operation.request.fields.map(({ key, type }) => asTheirs(type, input[key]));
  return agent[methodOf(operation)]?.(...parameters) ?? Promise.reject(new Error(`no ${methodOf(operation)}`));
};

/** Runs the test with that client at a server over this transport. */
async function withTheirs(
  transport: Transport,
  test: (agent: Agent) => Promise<void>,
  options: ServeRestOptions = {},
  authorization = 'SOTicket 7T:demo',
): Promise<void> {
  const server = await serveRest(transport, options);
  try {
    await test(agentAt(server.baseUrl, authorization));
  } finally {
    await server.close();
  }
}

test('that client has a method for each operation', () => {
  const agent = agentAt('http://127.0.0.1:9/api', 'SOTicket 7T:demo');
  expect(operations.map(methodOf).filter((name) => typeof agent[name] !== 'function')).toEqual([]);
});

describe('what it sends', () => {
  test.each(operations)('$name arrives with the same input', async (operation) => {
    const calls: Call[] = [];
    const transport: Transport = async (call) => {
      calls.push(call);
      return { output: operation.reply.fields.length > 0 ? outputFor(operation, 1) : undefined, header: {} };
    };
    await withTheirs(transport, async (agent) => {
      for (const seed of SEEDS) {
        const input = inputFor(operation, seed);
        await askTheirs(agent, operation, input);
        const [call, ...more] = calls.splice(0);
        expect(more).toEqual([]);
        expect(call?.operation).toBe(operation);
        expect(call?.header.credentials?.ticket).toBe('7T:demo');
        const sent = parameters(operation, input);
        expect(parameters(operation, call?.input as Record<string, unknown>)).toEqual(sent);
      }
    });
  });
});

const parameters = ({ request }: Operation, input: Readonly<Record<string, unknown>>): unknown =>
  request.fields.map(({ key, type }) => comparable(type, input[key]));

/** Parameters that cannot be nil are always stated. */
const inputFor = ({ request }: Operation, seed: number): Readonly<Record<string, unknown>> =>
  membersOf(
    request.fields.map((field) => ({ ...field, required: !field.nillable })),
    randomFrom(seed),
  );

/** A result, in which what cannot be nil is there. */
function outputFor({ reply }: Operation, seed: number): unknown {
  const [field] = reply.fields;
  if (!field) return undefined;
  return membersOf([{ ...field, required: !field.nillable }], randomFrom(seed + 1000))[field.key] ?? null;
}

describe('what it gets', () => {
  const seen = new Set<Loss>();
  const compare = (field: Field | undefined, ours: unknown, theirs: unknown): readonly Difference[] => {
    const differences = differencesOf(field, ours, theirs);
    for (const { loss } of differences) if (loss) seen.add(loss);
    return differences.filter(({ loss }) => loss === undefined);
  };

  test.each(operations)('$name: generated results are the same', async (operation) => {
    let output: unknown;
    const { ours, close } = await overSoap(async () => ({ output, header: {} }));
    try {
      await withTheirs(
        async () => ({ output, header: {} }),
        async (agent) => {
          for (const seed of SEEDS) {
            output = outputFor(operation, seed);
            const input = inputFor(operation, 1);
            const mine = await ours({ operation, input, header: {} });
            expect(compare(operation.reply.fields[0], mine.output, await askTheirs(agent, operation, input))).toEqual(
              [],
            );
          }
        },
      );
    } finally {
      await close();
    }
  });

  test('a name that is not known is undefined', async () => {
    const output = [{ chatMessageId: 1, type: 'Newer', specialType: 'None' }];
    await withTheirs(
      async () => ({ output, header: {} }),
      async (agent) => {
        const theirs = await askTheirs(agent, Chat.getChatMessages, { chatSessionId: 1, after: 0 });
        expect(compare(Chat.getChatMessages.reply.fields[0], output, theirs)).toEqual([]);
      },
    );
  });

  test('a conversation by all operations is the same', async () => {
    const replies: Reply[] = [];
    const simulator = createSimulator({ clock: () => new Date('2026-03-02T09:00:00Z') });
    const remembering: Transport = async (call) => {
      const reply = await simulator(call);
      if (call.operation.service.name === 'Chat') replies.push(reply);
      return reply;
    };
    // What our client asks is answered by the same reply, so that nothing is done twice.
    const { ours, close } = await overSoap(async (call) => {
      const reply = call.operation.service.name === 'Chat' ? replies.pop() : await simulator(call);
      return reply as Reply;
    });
    const asked = new Set<Operation>();
    try {
      await withTheirs(
        remembering,
        async (agent) => {
          for (const [operation, input] of conversation) {
            asked.add(operation);
            const theirs = await askTheirs(agent, operation, input);
            const mine = await ours({ operation, input, header: {} });
            expect({ of: operation.name, unknown: compare(operation.reply.fields[0], mine.output, theirs) }).toEqual({
              of: operation.name,
              unknown: [],
            });
          }
        },
        {},
        `Basic ${btoa('anna:demo')}`,
      );
    } finally {
      await close();
    }
    expect(operations.filter((operation) => !asked.has(operation)).map(({ name }) => name)).toEqual([]);
  });

  // One that is listed and does not occur any more is to be taken from the list.
  test('all that it is known to lose was seen above', () => {
    expect([...seen].sort()).toEqual(Object.keys(losses).sort());
  });
});

/** Our client at a SOAP server. */
async function overSoap(service: Transport) {
  const server = await serveSoap([Chat, SoPrincipal], service);
  const transport = soapTransport({ baseUrl: server.baseUrl });
  return {
    ours: intercept(transport, ticket({ ticket: '7T:demo' })),
    close: async () => {
      await transport.close();
      await server.close();
    },
  };
}

/** Calls of all operations that the simulator does. */
const conversation: readonly (readonly [Operation, Readonly<Record<string, unknown>>])[] = [
  [Chat.getChatPresence, {}],
  [Chat.saveChatPresence, { chatPresence: [{ userId: 101, present: false }] }],
  [Chat.chatSessionsForUser, {}],
  [Chat.chatTopicsForUser, {}],
  [Chat.getUserAgentList, { flat: false, onlyPresent: false }],
  [Chat.getUserAgentList, { flat: true, onlyPresent: true }],
  [Chat.isWithinOpeningHours, { chatTopicId: 1 }],
  [Chat.getChatTopicEntity, { chatTopicEntityId: 1 }],
  [Chat.getChatTopicEntity, { chatTopicEntityId: 3 }],
  [Chat.getChatSessionEntity, { chatSessionEntityId: 41 }],
  [Chat.getChatSessionEntity, { chatSessionEntityId: 44 }],
  [Chat.getChatMessages, { chatSessionId: 44, after: 0 }],
  [Chat.getChatTranscript, { chatSessionId: 44, html: true }],
  [Chat.addChatMessage, { chatSessionId: 44, message: { type: 'ToCustomer', message: 'Grüße — 日本 🚲' } }],
  [Chat.acceptChatSessionTransfer, { chatSessionId: 48 }],
  [Chat.pickUpChatSession, { chatSessionId: 46 }],
  [Chat.transferChatSession, { chatSessionId: 46, toAssociate: 'joerg' }],
  [Chat.rejectChatSessionTransfer, { chatSessionId: 46 }],
  [Chat.resetChatSession, { chatSessionId: 46 }],
  [Chat.pickUpFirstChatSession, {}],
  [Chat.pickUpFirstChatSession, {}],
  [Chat.pickUpFirstChatSession, {}],
  [Chat.pickUpChatSession, { chatSessionId: 41 }],
  [Chat.createDefaultChatSessionEntity, {}],
  [Chat.saveChatSessionEntity, { chatSessionEntity: { topicId: 1, customerName: 'Kari', flags: ['UserIsTyping'] } }],
  [Chat.createChatSessionForTopic, { chatTopicId: 1 }],
  [Chat.deleteChatSessionEntity, { chatSessionEntityId: 42 }],
  [Chat.createDefaultChatTopicEntity, {}],
  [Chat.saveChatTopicEntity, { chatTopicEntity: { name: 'Wheels', openingHoursEnabled: true } }],
  [Chat.deleteChatTopicEntity, { chatTopicEntityId: 3 }],
  [Chat.createDefaultChatTopicAgent, {}],
  [Chat.getChatTopicUserAgentList, { chatTopicId: 1 }],
  [Chat.getChatTopicUserAgent, { chatTopicId: 1, username: 'anna' }],
  [
    Chat.addChatTopicUserAgent,
    { chatTopicId: 1, useragent: { topicId: 1, user: { name: 'joerg' }, canRespond: true } },
  ],
  [Chat.updateChatTopicUserAgent, { chatTopicId: 1, username: 'joerg', useragent: { topicId: 1, canListen: true } }],
  [
    Chat.updateChatTopicUserAgents,
    { chatTopicId: 2, useragents: [{ topicId: 2, user: { name: 'anna' }, canListen: true }] },
  ],
  [Chat.deleteChatTopicUserAgent, { chatTopicId: 1, username: 'joerg' }],
];

describe('a refusal', () => {
  const missing = [Chat.getChatSessionEntity, { chatSessionEntityId: 999 }] as const;
  const asAnna = ['Bearer 8A:demo-anna'] as const;

  test('is an error with its status and reason', async () => {
    await withTheirs(
      createSimulator(),
      async (agent) => {
        await expect(askTheirs(agent, ...missing)).rejects.toMatchObject({
          response: { status: 404, data: { Error: true, ErrorMessage: 'Chat session 999 was not found' } },
        });
      },
      {},
      ...asAnna,
    );
  });

  test('is null where agents are served as documented', async () => {
    await withTheirs(
      createSimulator(),
      async (agent) => {
        expect(await askTheirs(agent, ...missing)).toBeNull();
      },
      { errors: 'null' },
      ...asAnna,
    );
  });

  test('of the credentials has the status by which that client signs in again', async () => {
    await withTheirs(createSimulator(), async (agent) => {
      await expect(askTheirs(agent, ...missing)).rejects.toMatchObject({ response: { status: 401 } });
    });
  });
});
