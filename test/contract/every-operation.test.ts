/**
 * One suite for every way a call can travel: what goes in comes out, for each operation and generated values.
 */
import { type Call, Chat, Fault, intercept, type Operation, type Reply, SoPrincipal, ticket } from '../../lib/index.js';
import { createSimulator } from '../../lib/server.js';
import { membersOf, plain, randomFrom } from './values.js';
import { ways } from './ways.js';

const operations: readonly Operation[] = [...Object.values(Chat), ...Object.values(SoPrincipal)];
const SEEDS = [1, 2, 3, 4, 5];

/** Parameters that cannot be nil are always stated; those that can are there, nil or left out. */
const inputFor = ({ request }: Operation, seed: number): unknown =>
  membersOf(
    request.fields.map((field) => ({ ...field, required: !field.nillable })),
    randomFrom(seed),
  );

function outputFor({ reply }: Operation, seed: number): unknown {
  const [only, more] = reply.fields;
  if (!only) return undefined;
  // A result that cannot be nil is always there; one that is left out is read as null.
  const fields = more ? reply.fields : [{ ...only, required: !only.nillable }];
  const members = membersOf(fields, randomFrom(seed + 1000));
  return more ? members : (members[only.key] ?? null);
}

const headerFor = ({ requestHeader }: Operation, seed: number): Call['header'] =>
  membersOf(requestHeader, randomFrom(seed + 2000));

/** A refusal is told through these parts, which therefore are no part of a reply that succeeds. */
function replyHeaderFor({ replyHeader }: Operation, seed: number): Reply['header'] {
  const { exceptionInfo, ...header } = membersOf(replyHeader, randomFrom(seed + 3000)) as Record<string, unknown>;
  return { ...header, succeeded: true };
}

describe.each(ways)('$name', ({ to, tellsRefusals }) => {
  it.each(operations)('$name: input, header parts and output arrive as they were sent', async (operation) => {
    const calls: Call[] = [];
    let seed = 0;
    const { transport, close } = await to(async (call) => {
      calls.push(call);
      return { output: outputFor(call.operation, seed), header: replyHeaderFor(call.operation, seed) };
    });
    try {
      for (seed of SEEDS) {
        const call: Call = { operation, input: inputFor(operation, seed), header: headerFor(operation, seed) };
        const reply = await transport(call);
        const received = calls.pop();
        expect(received?.operation).toBe(operation);
        expect(plain(received?.input)).toStrictEqual(plain(call.input));
        expect(plain(received?.header)).toStrictEqual(plain(call.header));
        expect(plain(reply.output)).toStrictEqual(plain(outputFor(operation, seed)));
        expect(plain(reply.header)).toStrictEqual(plain(replyHeaderFor(operation, seed)));
      }
    } finally {
      await close();
    }
  });

  it('a refusal arrives as a Fault with the same reason and type, and with its code where the way tells refusals', async () => {
    for (const code of ['service', 'login'] as const) {
      const exceptionType = code === 'login' ? 'SuperOffice.Exceptions.SoSessionException' : 'Demo.Refused';
      const { transport, close } = await to(async () => {
        throw new Fault(code, 'not <today> & not here', { exceptionType });
      });
      try {
        const refusal = await transport({
          operation: Chat.resetChatSession,
          input: { chatSessionId: 1 },
          header: {},
        }).catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(Fault);
        expect(refusal).toMatchObject({ reason: 'not <today> & not here', exceptionType });
        // A soap:Fault does not say whether the service refused or failed; that of a ticket is known by its type.
        const told = tellsRefusals || code === 'login';
        expect(refusal).toMatchObject(told ? { code, outcome: 'refused' } : { code: 'soap-fault', outcome: 'unknown' });
      } finally {
        await close();
      }
    }
  });
});

describe('the simulator', () => {
  const clock = (): Date => new Date('2026-03-02T09:00:00Z');
  const withTicket = ticket({ userName: 'anna', password: 'demo' });

  /** Generated values, but for ids and names, which are those of the demo company where there are any. */
  function aimedInput(operation: Operation, seed: number): unknown {
    const random = randomFrom(seed);
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
    const known: Readonly<Record<string, () => unknown>> = {
      chatSessionId: () => pick([41, 44, 45, 46, 47]),
      chatSessionEntityId: () => pick([41, 44, 45, 46, 47]),
      chatTopicId: () => pick([1, 2, 3]),
      chatTopicEntityId: () => pick([1, 2, 3]),
      username: () => 'anna',
      userName: () => 'anna',
      toAssociate: () => 'anna',
      password: () => 'demo',
    };
    const input = inputFor(operation, seed) as Record<string, object | null | undefined>;
    const within: Readonly<Record<string, object>> = {
      chatSessionEntity: { chatSessionId: pick([0, 44]), topicId: 1 },
      chatTopicEntity: { chatTopicId: pick([0, 1]) },
      useragent: { user: { name: 'anna' } },
    };
    for (const [key, ids] of Object.entries(within)) if (input[key]) input[key] = { ...input[key], ...ids };
    return Object.fromEntries(
      operation.request.fields.flatMap(({ key }) =>
        key in known ? [[key, known[key]?.()]] : key in input ? [[key, input[key]]] : [],
      ),
    );
  }

  /** What a call makes of a new simulator, tickets and session keys aside, which are random. */
  async function outcome(way: (typeof ways)[number], operation: Operation, seed: number): Promise<unknown> {
    const { transport, close } = await way.to(createSimulator({ clock }));
    try {
      const call = { operation, input: aimedInput(operation, seed), header: {} };
      const { output } = await intercept(transport, withTicket)(call);
      return JSON.parse(
        JSON.stringify({ output }, (key, value) => (/^(?:ticket|sessionKey)$/.test(key) ? undefined : value)),
      );
    } catch (error) {
      const { reason, exceptionType } = error as Fault;
      return { reason, exceptionType };
    } finally {
      await close();
    }
  }

  it.each(operations)('answers $name the same on every way', async (operation) => {
    const results = [];
    for (const seed of SEEDS) {
      const [direct, ...others] = await Promise.all(ways.map((way) => outcome(way, operation, seed)));
      for (const other of others) expect(other).toStrictEqual(direct);
      results.push(direct);
    }
    // Refusals alone would prove little. Void operations leave no output behind in JSON.
    expect(results.filter((result) => !Object.hasOwn(result as object, 'reason')).length).toBeGreaterThan(0);
  });
});
