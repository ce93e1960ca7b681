import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ChatMessage,
  type ChatSessionEntity,
  Fault,
  InputError,
  type Interceptor,
  intercept,
  type Transport,
  TransportError,
} from '../../../lib/index.js';
import {
  openParityLog,
  type ParityOptions,
  type ParityPair,
  type ParityReport,
  runParity,
} from '../../../lib/migrate.js';
import { ANSWERED_NULL } from '../../../lib/rest/reply.js';
import { changing, later, type TwoSides, twoSides } from './two-sides.js';

jest.setTimeout(60_000);

const COUNT = 200;
/** Once, for each session, and for each of the two topics of the caller, of which one agent is looked at. */
const CALLS = 8 + 5 * COUNT + 4 * 2;

let sides: TwoSides;
let chosen: number;

beforeAll(async () => {
  sides = await twoSides(COUNT);
  chosen = sides.sessions[100] as number;
});

const parity = (options: Partial<ParityOptions> = {}, ...onRest: Interceptor[]): Promise<ParityReport> =>
  runParity({ soap: sides.soap, rest: intercept(sides.rest, ...onRest), sessions: sides.sessions, ...options });

const few = (count: number) => ({ sessions: sides.sessions.slice(0, count) });

const refusing = (name: string, only: object, error: () => Error): Interceptor =>
  changing(
    name,
    () => {
      throw error();
    },
    only as Record<string, unknown>,
  );

const inMessages = (change: (messages: ChatMessage[]) => unknown) =>
  changing('GetChatMessages', (output) => change(output as ChatMessage[]), { chatSessionId: chosen });

const inSession = (change: (session: ChatSessionEntity) => unknown) =>
  changing('GetChatSessionEntity', (output) => change(output as ChatSessionEntity), { chatSessionEntityId: chosen });

const first = (change: (message: ChatMessage) => ChatMessage) =>
  inMessages((messages) =>
    messages.map((each) => (each.message === ' Hello, \n is anybody there? ' ? change(each) : each)),
  );

test('two sides with the same store are the same, in 200 sessions, their topics and what the user sees', async () => {
  const report = await parity();
  expect(report).toMatchObject({ same: true, complete: true, calls: CALLS, equal: CALLS, refused: 0, different: 0 });
  expect(report).toMatchObject({ differences: [], leftOut: 0, kinds: {}, resumed: 0, soap: 'SOAP', rest: 'REST' });
  expect(Object.fromEntries(report.operations.map(({ operation, calls }) => [operation, calls]))).toEqual({
    'Chat.ChatSessionsForUser': 1,
    'Chat.ChatTopicsForUser': 1,
    'Chat.CreateDefaultChatSessionEntity': 1,
    'Chat.CreateDefaultChatTopicAgent': 1,
    'Chat.CreateDefaultChatTopicEntity': 1,
    'Chat.GetChatMessages': 2 * COUNT,
    'Chat.GetChatPresence': 1,
    'Chat.GetChatSessionEntity': COUNT,
    'Chat.GetChatTopicEntity': 2,
    'Chat.GetChatTopicUserAgent': 2,
    'Chat.GetChatTopicUserAgentList': 2,
    'Chat.GetChatTranscript': 2 * COUNT,
    'Chat.GetUserAgentList': 2,
    'Chat.IsWithinOpeningHours': 2,
  });
});

type Found = readonly [operation: string, kind: string, path: string];
const messages = (kind: string, path: string): Found => ['Chat.GetChatMessages', kind, path];
const session = (kind: string, path: string): Found => ['Chat.GetChatSessionEntity', kind, path];

/** What is wrong on the side of REST, and what is to be found of it. Later messages are in two of the answers. */
const wrong: readonly [name: string, make: () => Interceptor, found: readonly Found[], folded?: object][] = [
  ['a shifted time', () => first((each) => ({ ...each, whenPosted: later(each.whenPosted) })), [messages('time', '[0].whenPosted')]],
  ['a trimmed text', () => first((each) => ({ ...each, message: each.message?.trim() ?? null })), [messages('text', '[0].message')]],
  ['a lost message', () => inMessages((all) => all.filter(({ message }) => message !== '<b>&amp;</b>')), [messages('missing-in-rest', '[3]'), messages('missing-in-rest', '[0]')]],
  ['a doubled message', () => inMessages((all) => [...all.slice(0, 2), ...all.slice(1)]), [messages('doubled-in-rest', '[2]'), messages('doubled-in-rest', '[2]')]],
  ['a message with a control character dropped', () => inMessages((all) => all.filter(({ message }) => !message?.includes('\u0000'))), [messages('missing-in-rest', '[4]'), messages('missing-in-rest', '[1]')]],
  ['a control character dropped', () => inMessages((all) => all.map((each) => ({ ...each, message: each.message?.replace('\u0000', '') ?? null }))), [messages('text', '[4].message'), messages('text', '[1].message')]],
  ['an enum that is off by one', () => inSession((each) => ({ ...each, status: 'CustomerLast' })), [session('value', 'status')]],
  ['a flag that was dropped', () => inSession((each) => ({ ...each, flags: [] })), [session('flags', 'flags')]],
  ['null for an empty text', () => inSession((each) => ({ ...each, customerName: null })), [session('empty', 'customerName')]],
  ['an empty text for null', () => inSession((each) => ({ ...each, customerHost: '' })), [session('empty', 'customerHost')]],
  ['an entry that is missing', () => inSession((each) => ({ ...each, fieldProperties: { Name: each.fieldProperties?.Name ?? null } })), [session('missing-in-rest', 'fieldProperties.Email')]],
  ['ids of neighbours swapped', () => inMessages(([one, other, ...more]) => more.length > 2 ? [{ ...one, chatMessageId: other?.chatMessageId }, { ...other, chatMessageId: one?.chatMessageId }, ...more] : [one, other, ...more]), [messages('text', '[0].message'), messages('text', '[1].message')], { code: 'list-order', count: 1 }],
  ['a call that was refused', () => refusing('GetChatTranscript', { chatSessionId: 0 }, () => new Fault('service', 'no')), []],
  ['a refusal', () => refusing('GetChatTranscript', { chatSessionId: chosen, html: true }, () => new Fault('service', 'no')), [['Chat.GetChatTranscript', 'outcome', '']]],
  ['null for a failed call', () => refusing('GetChatTranscript', { chatSessionId: chosen, html: true }, () => new Fault('service', ANSWERED_NULL)), [['Chat.GetChatTranscript', 'outcome', '']]],
  ['no answer to one call', () => refusing('GetChatTranscript', { chatSessionId: chosen, html: true }, () => new TransportError('timeout', 'x')), [['Chat.GetChatTranscript', 'outcome', '']]],
]; // biome-ignore format: a table

test.each(wrong.map(([name, make, found, folded]) => [name, { make, found, folded }] as const))(
  '%s is found, named and counted',
  async (_, { make, found, folded }) => {
    const report = await parity({}, make());
    expect(report.differences.map(({ operation, kind, path }) => [operation, kind, path]).sort()).toEqual(
      [...found].sort(),
    );
    expect(report).toMatchObject({ same: found.length === 0, complete: true, calls: CALLS });
    expect(report.different).toBe(new Set(report.differences.map(({ input }) => JSON.stringify(input))).size);
    for (const { input } of report.differences) expect(Object.values(input)).toContain(chosen);
    expect(report.folded).toEqual(folded ? [expect.objectContaining(folded)] : []);
    const kinds = found.map(([, kind]) => kind);
    expect(report.kinds).toEqual(
      Object.fromEntries(kinds.map((kind) => [kind, kinds.filter((each) => each === kind).length])),
    );
  },
);

test('nothing but reads has gone out over either side', () => {
  expect(sides.calls.length).toBeGreaterThan(10_000);
  expect(new Set(sides.calls.map(({ operation }) => operation.retry))).toEqual(new Set(['read']));
});

test('without sessions, those of the caller are looked at', async () => {
  const report = await parity({ sessions: undefined });
  // Beside those that were made there are those of the demo company, which have fewer messages.
  const count = report.operations.find(({ operation }) => operation === 'Chat.GetChatSessionEntity')?.calls;
  expect(count).toBeGreaterThan(COUNT);
  expect(report).toMatchObject({ same: true, complete: true });
});

test('sessions are taken as they are needed, each once, and a few calls are made at a time', async () => {
  let [taken, under, most] = [0, 0, 0];
  function* ids() {
    for (const id of [...sides.sessions, ...sides.sessions]) {
      taken++;
      yield id;
    }
  }
  const counting: Interceptor = (next) => async (call) => {
    most = Math.max(most, ++under);
    await new Promise(setImmediate);
    return next(call).finally(() => under--);
  };
  const controller = new AbortController();
  const onProgress = ({ calls }: { calls: number }) => {
    if (calls === 60) controller.abort();
  };
  const partly = await parity({ sessions: ids(), signal: controller.signal, onProgress, concurrency: 3 }, counting);
  expect(partly).toMatchObject({ complete: false, same: true });
  expect(partly.calls).toBeGreaterThanOrEqual(60);
  expect(taken).toBeLessThan(20);
  expect(most).toBe(3);
  expect(await parity({ sessions: [chosen, chosen, chosen] })).toMatchObject({ calls: 8 + 5 + 8 });
});

test('what changed between two calls is no difference', async () => {
  let once = true;
  const growing = inMessages((all) => {
    const now = once ? all.slice(1) : all;
    once = false;
    return now;
  });
  expect(await parity({ sessions: [chosen] }, growing)).toMatchObject({ same: true, calls: 21 });
});

test('calls that both sides refuse are the same, and counted as refused', async () => {
  const report = await parity({ sessions: [7] });
  expect(report).toMatchObject({ same: true, calls: 8 + 4 + 8, equal: 8 + 8, refused: 4 });
  expect(report.refusals).toHaveLength(4);
  expect(report.refusals).toContainEqual({
    operation: 'Chat.GetChatMessages',
    input: { chatSessionId: 7, after: 0 },
    soap: expect.stringContaining('service: '),
    rest: expect.stringContaining('service: '),
  });
  const other: Interceptor = (next) => async (call) => {
    if (call.operation.name !== 'GetChatSessionEntity') return next(call);
    throw new Fault('service', 'no', { exceptionType: 'SoAccessDeniedException' });
  };
  const differing = await parity({ sessions: [7] }, other);
  expect(differing).toMatchObject({ refused: 3, different: 1, kinds: { error: 1 } });
});

test('a session that was asked for and that neither side knows is named', async () => {
  expect((await parity({ sessions: [7, chosen, 8] })).unknownSessions).toEqual([7, 8]);
  const nothing: Transport = async () => ({ output: null, header: {} });
  expect(await runParity({ soap: nothing, rest: nothing, sessions: [7] })).toMatchObject({ unknownSessions: [7] });
  const half: Interceptor = refusing(
    'GetChatSessionEntity',
    { chatSessionEntityId: chosen },
    () => new Fault('service', 'no'),
  );
  expect(await parity({ sessions: [chosen] }, half)).toMatchObject({ unknownSessions: [], different: 1 });
});

test('sessions without end to their number are looked at', async () => {
  const list = Array.from({ length: 30_000 }, (_, index) => ({ chatSessionId: index + 1, topicId: index + 1 }));
  const many: Transport = async ({ operation }) => ({
    output: operation.name === 'ChatSessionsForUser' ? list : null,
    header: {},
  });
  const controller = new AbortController();
  const onProgress = ({ calls }: { calls: number }) => {
    if (calls === 30) controller.abort();
  };
  const report = await runParity({ soap: many, rest: many, onProgress, signal: controller.signal });
  expect(report).toMatchObject({ complete: false, same: true });
  expect(report.calls).toBeGreaterThanOrEqual(30);
});

test('what goes wrong inside of it is told, whenever the calls under way end', async () => {
  for (const at of [1, 5, 9]) {
    let calls = 0;
    const onProgress = () => {
      if (++calls === at) throw new Error('no space');
    };
    await expect(parity({ ...few(2), onProgress })).rejects.toThrow('no space');
  }
});

test('nothing shown is not the same', async () => {
  const refusing: Transport = async () => {
    throw new Fault('service', 'no');
  };
  const report = await runParity({ soap: refusing, rest: refusing, sessions: [7] });
  expect(report).toMatchObject({ same: false, complete: true, different: 0, calls: 12, refused: 12 });
});

describe('a side that cannot be used', () => {
  const out = (error: () => Error, after = 0): Interceptor => {
    let calls = 0;
    return (next) => async (call) => {
      if (calls++ >= after) throw error();
      return next(call);
    };
  };
  const unreachable = () => new TransportError('connect', 'refused');
  const noTicket = () => new Fault('login', 'The ticket is not valid');

  test('ends the comparison before anything else', async () => {
    const report = await parity({}, out(unreachable));
    expect(report).toMatchObject({
      complete: false,
      calls: 0,
      ended: { side: 'rest', kind: 'transport', code: 'connect' },
    });
    const soap: Transport = intercept(sides.soap, out(noTicket));
    expect(await parity({ soap })).toMatchObject({ calls: 0, ended: { side: 'soap', kind: 'fault', code: 'login' } });
  });

  test('ends it later as well, and what was done is told', async () => {
    for (const error of [unreachable, noTicket]) {
      const report = await parity({}, out(error, 50));
      expect(report).toMatchObject({ complete: false, same: true, ended: { side: 'rest', code: error().code } });
      expect(report.calls).toBeGreaterThan(40);
      expect(report.calls).toBeLessThanOrEqual(50);
    }
  });
});

describe('the log', () => {
  const against = { soap: 'https://crm.example.com', rest: 'https://crm.example.com', style: 'agent' } as const;
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parity-'));
    file = join(folder, 'log.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function logged(options: Partial<ParityOptions> = {}, ...onRest: Interceptor[]): Promise<ParityReport> {
    const log = openParityLog(file, against, () => new Date('2026-03-02T08:15:30Z'));
    try {
      return await parity({ ...few(10), log, ...options }, ...onRest);
    } finally {
      log.close();
    }
  }

  const withoutTimes = ({ startedAt, endedAt, resumed, resumedFrom, ...report }: ParityReport) => report;

  /** Makes the last run one that was cut short before its end. */
  const cutShort = () => {
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines.at(-2)).toBe('{"complete":"2026-03-02T08:15:30.000Z"}');
    writeFileSync(file, [...lines.slice(0, -2), ''].join('\n'));
  };

  test('lets a later run go on, whose report is that of one run', async () => {
    const broken = changing('GetChatTranscript', (output) => `${output}!`);
    const whole = await parity(few(10), broken);
    const controller = new AbortController();
    const onProgress = ({ calls }: { calls: number }) => {
      if (calls === 30) controller.abort();
    };
    const part = await logged({ signal: controller.signal, onProgress }, broken);
    expect(part).toMatchObject({ complete: false });
    expect(part.calls).toBeLessThan(whole.calls);
    sides.calls.length = 0;
    const second = await logged({}, broken);
    expect(second).toMatchObject({ resumed: part.calls, resumedFrom: '2026-03-02T08:15:30.000Z' });
    // Two to try the sides; differences are looked at twice.
    const asked = new Set(sides.calls.map(({ operation, input }) => `${operation.name} ${JSON.stringify(input)}`));
    expect(asked.size).toBeLessThanOrEqual(whole.calls - part.calls + 1);
    const sorted = (report: ParityReport) => ({
      ...withoutTimes(report),
      differences: report.differences.map((each) => JSON.stringify(each)).sort(),
      folded: report.folded.length,
    });
    expect(sorted(second)).toEqual(sorted(whole));
    cutShort();
    expect(await logged({}, broken)).toMatchObject({ resumed: whole.calls, complete: true });
  });

  test('is begun anew after a run that was finished, so that what is wrong since then is found', async () => {
    const before = await logged(few(1));
    expect(before).toMatchObject({ same: true, complete: true });
    const text = readFileSync(file, 'utf8');
    const after = await logged(
      few(1),
      changing('GetChatTranscript', (output) => `${output}!`),
    );
    expect(after).toMatchObject({ same: false, complete: true, resumed: 0, different: 2, calls: before.calls });
    expect(after.resumedFrom).toBeUndefined();
    expect(readFileSync(file, 'utf8').startsWith(text)).toBe(true);
  });

  test('keeps which sessions neither side knows, and why', async () => {
    const whole = await logged({ sessions: [7] });
    cutShort();
    const { refusals, refused, unknownSessions, resumed } = await logged({ sessions: [7] });
    expect(resumed).toBe(whole.calls);
    expect({ refusals, refused, unknownSessions }).toEqual({
      refusals: whole.refusals,
      refused: 4,
      unknownSessions: [7],
    });
  });

  test('may end in the middle of a line, which is dropped', async () => {
    await logged(few(2));
    cutShort();
    const lines = readFileSync(file, 'utf8');
    writeFileSync(file, lines.slice(0, -20));
    const { calls, resumed, complete } = await logged(few(2));
    expect({ complete, left: calls - resumed }).toEqual({ complete: true, left: 1 });
    cutShort();
    expect(readFileSync(file, 'utf8').split('\n').length).toBe(lines.split('\n').length);
    expect(await logged(few(2))).toMatchObject({ resumed: calls, calls });
    writeFileSync(file, '{"parity":1,"so');
    expect(await logged(few(1))).toMatchObject({ resumed: 0, complete: true });
  });

  test('is for its owner alone, and holds no ticket', async () => {
    await logged(few(1));
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toMatch(/7T:/);
  });

  test.each<[string, string]>([
    ['something else', 'all my notes\n'],
    ['something else without an end of line', 'all my notes'],
    ['JSON of something else without an end of line', '{"important":"settings","minified":true}'],
    ['the beginning of another comparison', '{"parity":1,"soap":"https://other'],
    ['another comparison', '{"parity":1,"soap":"https://other.example.com","rest":"x"}\n'],
    ['a comparison without a style', `${JSON.stringify({ parity: 1, soap: against.soap, rest: against.rest })}\n`],
  ])('is not %s', (_, text) => {
    writeFileSync(file, text);
    expect(() => openParityLog(file, against)).toThrow(InputError);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('is that of one way to ask', () => {
    const whole = {
      ...against,
      timeZone: { soTimeZoneId: 261 },
      allowLanguage: true,
      everySession: true,
      user: 'a1',
    } as const;
    openParityLog(file, whole).close();
    openParityLog(file, whole).close();
    const others = {
      style: 'entity',
      timeZone: undefined,
      allowLanguage: false,
      everySession: false,
      user: 'b2',
    } as const;
    for (const [name, value] of Object.entries(others)) {
      expect(() => openParityLog(file, { ...whole, [name]: value })).toThrow('of another comparison');
    }
  });

  const pair = {
    method: 'getChatPresence',
    input: {},
    refused: false,
    differences: [{ kind: 'text', path: 'a', soap: '1', rest: '2' }],
    folded: [{ code: 'line-ends', reason: 'x', count: 3, path: 'a', soap: '1', rest: '2' }],
    leads: [],
  };

  function finishedBy(...lines: unknown[]) {
    const heads = [{ parity: 1, ...against }, { begun: '2026-03-02T08:15:30.000Z' }];
    writeFileSync(file, [...heads, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
    const log = openParityLog(file, against);
    log.close();
    return [...log.finished.values()];
  }

  test.each<[string, unknown]>([
    ['no object', null],
    ['no method', { ...pair, method: '__proto__' }],
    ['a method that is no text', { ...pair, method: ['getChatPresence'] }],
    ['a write', { ...pair, method: 'deleteChatSessionEntity' }],
    ['a list as the input', { ...pair, input: [] }],
    ['no word on refusal', { ...pair, refused: undefined }],
    ['a kind that is none', { ...pair, differences: [{ ...pair.differences[0], kind: 'toString' }] }],
    ['a value that is no text', { ...pair, differences: [{ ...pair.differences[0], soap: 7 }] }],
    ['a count that is a text', { ...pair, folded: [{ ...pair.folded[0], count: '<b>3</b>' }] }],
    ['a count below one', { ...pair, folded: [{ ...pair.folded[0], count: -1 }] }],
    ['a refusal without words', { ...pair, refused: true }],
    ['a session that is no number', { ...pair, unknownSession: '<b>7</b>' }],
    ['no list of leads', { ...pair, leads: {} }],
    ['a lead to a write', { ...pair, leads: [{ method: 'deleteChatSessionEntity', input: {} }] }],
  ])('drops a line with %s', (_, line) => {
    expect(finishedBy(line)).toEqual([]);
    expect(finishedBy(pair, line)).toEqual([pair]);
  });

  test('gives what belongs to a line, and nothing that stands there beside it', () => {
    const more = { operation: 7, input: 8 };
    const lines = {
      ...pair,
      differences: [{ ...pair.differences[0], ...more }],
      folded: [{ ...pair.folded[0], ...more }],
    };
    expect(finishedBy({ ...lines, more })).toEqual([pair]);
  });

  test('with a line that makes no sense has its call made again', async () => {
    const { calls } = await logged(few(1));
    cutShort();
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, lines.with(3, '{"method":"get').join('\n'));
    expect(await logged(few(1))).toMatchObject({ calls, resumed: calls - 1, complete: true });
    cutShort();
    expect(await logged(few(1))).toMatchObject({ calls, resumed: calls });
  });

  test('never has a write sent, whatever is in it', async () => {
    const lead = { method: 'deleteChatSessionEntity', input: { chatSessionEntityId: 42 } };
    writeFileSync(file, '');
    const log = openParityLog(file, against);
    const known = { ...pair, leads: [lead] } as unknown as ParityPair;
    const finished = new Map([['getChatPresence {}', known]]);
    sides.calls.length = 0;
    const report = await parity({ ...few(1), log: { ...log, finished } });
    log.close();
    expect(report).toMatchObject({ complete: true, resumed: 1 });
    expect(new Set(sides.calls.map(({ operation }) => operation.retry))).toEqual(new Set(['read']));
  });
});

test.each<[string, object]>([
  ['rest', { rest: undefined }],
  ['concurrency', { concurrency: 0 }],
  ['select', { select: [] }],
])('an option %s that is not right is refused', async (path, options) => {
  await expect(parity(options)).rejects.toMatchObject({ kind: 'input', path });
});
