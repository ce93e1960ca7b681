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

function outputFor(operation: Operation, seed: number, tellsNull = true): unknown {
  const [only, more] = operation.reply.fields;
  if (!only) return undefined;
  // A result that cannot be nil is always there; one that is left out is read as null.
  const fields = more ? operation.reply.fields : [{ ...only, required: !only.nillable }];
  const members = membersOf(fields, randomFrom(seed + 1000));
  if (more) return members;
  const output = members[only.key] ?? null;
  if (output === null) return tellsNull ? null : outputFor(operation, seed + 1, tellsNull);
  // An entity of the service is never without all members: by the first it is known for one.
  const [first] = only.type.kind === 'complex' ? only.type.fields : [];
  return first ? { ...membersOf([{ ...first, required: true }], randomFrom(seed)), ...(output as object) } : output;
}

const headerFor = ({ requestHeader }: Operation, seed: number): Call['header'] =>
  membersOf(requestHeader, randomFrom(seed + 2000));

/** A refusal is told through these parts, which therefore are no part of a reply that succeeds. */
function replyHeaderFor({ replyHeader }: Operation, seed: number): Reply['header'] {
  const { exceptionInfo, ...header } = membersOf(replyHeader, randomFrom(seed + 3000)) as Record<string, unknown>;
  return { ...header, succeeded: true };
}

describe.each(ways)('$name', ({ to, tellsRefusals, lossy }) => {
  const carried = operations.filter((operation) => lossy?.carries(operation) ?? true);

  it.each(carried)('$name: input, header parts and output arrive as they were sent', async (operation) => {
    const calls: Call[] = [];
    let seed = 0;
    const tellsNull = lossy?.tellsNull(operation) ?? true;
    const header = () => lossy?.header(seed) ?? headerFor(operation, seed);
    const replyHeader = () => lossy?.replyHeader(seed) ?? replyHeaderFor(operation, seed);
    const { transport, close } = await to(async (call) => {
      calls.push(call);
      return { output: outputFor(call.operation, seed, tellsNull), header: replyHeader() };
    });
    try {
      for (seed of SEEDS) {
        const call: Call = { operation, input: inputFor(operation, seed), header: header() };
        const reply = await transport(call);
        const received = calls.pop();
        expect(received?.operation).toBe(operation);
        expect(plain(received?.input)).toStrictEqual(plain(call.input));
        expect(plain(received?.header)).toStrictEqual(plain(call.header));
        expect(plain(reply.output)).toStrictEqual(plain(outputFor(operation, seed, tellsNull)));
        expect(plain(reply.header)).toStrictEqual(plain(replyHeader()));
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
          header: { credentials: { ticket: '7T:a' } },
        }).catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(Fault);
        // A 401 is believed before anything that comes with it is read.
        if (!(lossy && code === 'login'))
          expect(refusal).toMatchObject({ reason: 'not <today> & not here', exceptionType });
        // A soap:Fault does not say whether the service refused or failed; that of a ticket is known by its type.
        const told = tellsRefusals || code === 'login';
        expect(refusal).toMatchObject(told ? { code, outcome: 'refused' } : { code: 'soap-fault', outcome: 'unknown' });
      } finally {
        await close();
      }
    }
  });

  it('a failure of the service is none that it refused, and no success', async () => {
    for (const error of [new Error('broken'), new Fault('soap-fault', 'broken', { outcome: 'unknown' })]) {
      const { transport, close } = await to(async () => {
        throw error;
      });
      try {
        for (const operation of [Chat.addChatMessage, Chat.deleteChatTopicEntity, Chat.pickUpFirstChatSession]) {
          const call = { operation, input: inputFor(operation, 1), header: { credentials: { ticket: '7T:a' } } };
          const failure = await transport(call).catch((error: unknown) => error);
          expect(failure).toBeInstanceOf(Error);
          expect((failure as Fault).outcome).not.toBe('refused');
        }
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

  /** What REST answers by other means, and with the same. */
  const logins: readonly Operation[] = [
    SoPrincipal.authenticateUsernamePassword,
    SoPrincipal.authenticateWithAccessToken,
  ];

  it.each(operations)('answers $name the same on every way', async (operation) => {
    const results = [];
    const travelled = ways.filter(({ lossy }) => lossy?.carries(operation) !== false || logins.includes(operation));
    for (const seed of SEEDS) {
      const [direct, ...others] = await Promise.all(travelled.map((way) => outcome(way, operation, seed)));
      for (const other of others) expect(other).toStrictEqual(direct);
      results.push(direct);
    }
    // Refusals alone would prove little. Void operations leave no output behind in JSON.
    expect(results.filter((result) => !Object.hasOwn(result as object, 'reason')).length).toBeGreaterThan(0);
  });
});
