import fc from 'fast-check';
import {
  Chat,
  DateTime,
  Fault,
  InputError,
  type Operation,
  type Reply,
  type ReplyHeader,
  TransportError,
} from '../../../lib/index.js';
import { type CompareOptions, type Comparison, compareReplies, type Settled } from '../../../lib/migrate.js';
import { ANSWERED_NULL } from '../../../lib/rest/reply.js';

const at = (text: string): DateTime => DateTime.from(text);

const answered = (output: unknown, header: ReplyHeader = {}): Settled => ({
  status: 'fulfilled',
  value: { output, header } satisfies Reply,
});

const failed = (reason: unknown): Settled => ({ status: 'rejected', reason });

const compare = (operation: Operation, soap: unknown, rest: unknown, options?: CompareOptions): Comparison =>
  compareReplies(operation, answered(soap), answered(rest), options);

/** One message with one member; so for the others. */
const message = (member: object): readonly [Operation, unknown] => [Chat.getChatMessages, [member]];
const session = (member: object): readonly [Operation, unknown] => [Chat.getChatSessionEntity, member];
const topic = (member: object): readonly [Operation, unknown] => [Chat.getChatTopicEntity, member];
const posted = (text: string) => message({ whenPosted: at(text) });
const start = (monStart: string) => topic({ openingHours: { monStart } });
const flags = (...names: (string | number)[]) => session({ flags: names });
const mask = (...names: string[]) => session({ tableRight: { mask: names } });
const rules = (...keys: string[]) =>
  topic({ openingHours: { tzLocation: { timeZoneSTDRules: Object.fromEntries(keys.map((key) => [key, null])) } } });

const codesOf = ({ folded }: Comparison) => folded.map(({ code, count }) => [code, count]);
const kindsOf = ({ differences }: Comparison) => differences.map(({ kind, path }) => [kind, path]);

type Case = readonly [Operation, unknown];
const multi = 'NO:"Salg";US:"Sales"';

/** What is written differently and means the same, and beside it what is nearly so and is a difference. */
const folds: readonly [code: string, soap: Case, rest: Case, miss: Case, kind: string, path: string][] = [
  ['null-for-absent', session({}), session({ customerName: null }), session({ customerName: '' }), 'empty', 'customerName'],
  ['null-for-absent', session({}), session({ rating: null }), session({ rating: 0 }), 'missing-in-soap', 'rating'],
  ['null-for-absent', session({ user: null }), session({}), session({ user: {} }), 'missing-in-soap', 'user'],
  ['no-date', session({ whenEnded: null }), session({}), session({ whenEnded: at('1970-01-01T00:00:00Z') }), 'missing-in-soap', 'whenEnded'],
  ['no-date', posted('0001-01-01T00:00:00'), posted('0001-01-01T00:00:00+01:00'), posted('1901-01-01T00:00:00'), 'time', '[0].whenPosted'],
  ['zone-spelling', posted('2026-03-02T08:15:30Z'), posted('2026-03-02T10:15:30+02:00'), posted('2026-03-02T10:15:31+02:00'), 'time', '[0].whenPosted'],
  ['zone-spelling', rules('2026-03-02T08:15:30Z'), rules('2026-03-02T09:15:30+01:00'), rules('2026-03-02T09:15:30+02:00'), 'missing-in-rest', 'openingHours.tzLocation.timeZoneSTDRules["2026-03-02T08:15:30Z"]'],
  ['fraction-digits', posted('2026-03-02T08:15:30.1234567Z'), posted('2026-03-02T08:15:30.123Z'), posted('2026-03-02T08:15:30.124Z'), 'time', '[0].whenPosted'],
  ['fraction-digits', posted('2026-03-02T08:15:30Z'), posted('2026-03-02T08:15:30.0000000Z'), posted('2026-03-02T08:15:30.9999999Z'), 'time', '[0].whenPosted'],
  ['fraction-digits', posted('2026-03-02T08:15:30.12Z'), posted('2026-03-02T08:15:30.120Z'), posted('2026-03-02T08:15:30.123Z'), 'time', '[0].whenPosted'],
  ['flags-order', mask('Select', 'Update'), mask('Update', 'Select'), mask('Update', 'Insert'), 'flags', 'tableRight.mask'],
  ['flags-zero', flags(), flags('CustomerIsTyping'), flags('UserIsTyping'), 'flags', 'flags'],
  ['flags-alias', mask('Select', 'Update'), mask('R', 'Update'), mask('F', 'Update'), 'flags', 'tableRight.mask'],
  ['flags-number', mask('Select', 'Update'), mask('3'), mask('7'), 'flags', 'tableRight.mask'],
  ['enum-number', session({ status: 'CustomerLast' }), session({ status: '5' }), session({ status: '6' }), 'value', 'status'],
  ['duration-spelling', start('PT8H30M'), start('PT510M'), start('PT511M'), 'value', 'openingHours.monStart'],
  ['duration-spelling', start('P1DT8H30M0.5S'), start('1.08:30:00.5000000'), start('1.08:30:00.5000001'), 'value', 'openingHours.monStart'],
  ['duration-spelling', start('-PT0S'), start('00:00:00'), start('-00:00:00.1'), 'value', 'openingHours.monStart'],
  ['double-digits', session({ sale: { amount: 0.1 + 0.2 } }), session({ sale: { amount: 0.3 } }), session({ sale: { amount: 0.30000000000001 } }), 'value', 'sale.amount'],
  ['dictionary-order', session({ user: { extraFields: { a: '1', b: '2' } } }), session({ user: { extraFields: { b: '2', a: '1' } } }), session({ user: { extraFields: { b: '1', a: '2' } } }), 'text', 'user.extraFields.a'],
  ['line-ends', message({ message: 'a\nb\nc' }), message({ message: 'a\r\nb\rc' }), message({ message: 'a\r\n\nb\rc' }), 'text', '[0].message'],
]; // biome-ignore format: a table

describe('what is only written differently', () => {
  test.each(folds)(
    '%s is folded, and its near miss is not',
    (code, [operation, soap], [, rest], [, miss], kind, path) => {
      const comparison = compare(operation, soap, rest);
      expect(comparison).toMatchObject({ equal: true, differences: [] });
      expect(codesOf(comparison)).toEqual([[code, 1]]);
      expect(comparison.folded[0]?.reason).toMatch(/^[A-Z].*\.$/);
      const missed = compare(operation, soap, miss);
      expect(missed.equal).toBe(false);
      expect(kindsOf(missed)).toContainEqual([kind, path]);
      // The order of the two sides makes no difference.
      expect(codesOf(compare(operation, rest, soap))).toEqual([[code, 1]]);
    },
  );

  test('a time without a zone is the same as one with a zone where the reply states the zone, summer and winter', () => {
    const [operation, soap] = [Chat.getChatMessages, [{ whenPosted: at('2026-07-02T10:15:30') }]];
    const rest = answered([{ whenPosted: at('2026-07-02T10:15:30+02:00') }]);
    const stated = { timeZone: { soTimeZoneLocationCode: 'NO' } };
    expect(codesOf(compareReplies(operation, answered(soap, stated), rest))).toEqual([['zone-left-out', 1]]);
    expect(codesOf(compareReplies(operation, answered(soap), rest, { timeZone: { soTimeZoneId: 261 } }))).toEqual([
      ['zone-left-out', 1],
    ]);
    const winter = answered([{ whenPosted: at('2026-07-02T09:15:30+01:00') }]);
    expect(kindsOf(compareReplies(operation, answered(soap, stated), winter))).toEqual([]);
    for (const zone of [undefined, { soTimeZoneId: 1 }, { soTimeZoneLocationCode: 'XX' }]) {
      expect(kindsOf(compareReplies(operation, answered(soap), rest, { timeZone: zone }))).toEqual([
        ['time', '[0].whenPosted'],
      ]);
    }
  });

  test('records in another order are folded where the service promises none, and differ elsewhere', () => {
    const [one, other] = [
      { chatMessageId: 1, message: 'a' },
      { chatMessageId: 2, message: 'b' },
    ];
    expect(codesOf(compare(Chat.getChatMessages, [one, other], [other, one]))).toEqual([['list-order', 1]]);
    expect(kindsOf(compare(Chat.getUserAgentList, [{ id: 1 }, { id: 2 }], [{ id: 2 }, { id: 1 }]))).toEqual([
      ['order', ''],
    ]);
    const nested = (...ids: number[]) => [{ id: 1, childItems: ids.map((id) => ({ id })) }];
    expect(kindsOf(compare(Chat.getUserAgentList, nested(1, 2), nested(2, 1)))).toEqual([['order', '[0].childItems']]);
    const topics = (...chatTopics: number[]) => [{ userId: 1, chatTopics }];
    expect(kindsOf(compare(Chat.getChatPresence, topics(1, 2), topics(2, 1)))).toEqual([['order', '[0].chatTopics']]);
    expect(kindsOf(compare(Chat.getChatPresence, topics(1, 2), topics(2)))).toEqual([['length', '[0].chatTopics']]);
  });

  test('nothing and an empty text, list or dictionary are two things', () => {
    const of = (operation: Operation, soap: unknown, rest: unknown) => kindsOf(compare(operation, soap, rest));
    expect(of(Chat.getChatTranscript, '', null)).toEqual([['empty', '']]);
    expect(of(Chat.chatSessionsForUser, [], null)).toEqual([['empty', '']]);
    expect(of(Chat.getChatSessionEntity, { user: { extraFields: {} } }, { user: { extraFields: null } })).toEqual([
      ['empty', 'user.extraFields'],
    ]);
    expect(of(Chat.getChatSessionEntity, { flags: [] }, {})).toEqual([['empty', 'flags']]);
  });

  test('flags and words that the contract does not have are compared by name', () => {
    const of = (soap: object, rest: object) => kindsOf(compare(Chat.getChatSessionEntity, soap, rest));
    expect(of({ flags: ['Newer', 'UserIsTyping'] }, { flags: ['UserIsTyping', 'Newer'] })).toEqual([]);
    expect(of({ flags: ['Newer'] }, { flags: ['Newest'] })).toEqual([['flags', 'flags']]);
    expect(of({ status: 'Newer' }, { status: 'Newest' })).toEqual([['value', 'status']]);
  });

  test('one language out of several is a difference of its own, until the caller expects it', () => {
    const [soap, rest] = [{ name: multi }, { name: 'Sales' }];
    expect(kindsOf(compare(Chat.getChatTopicEntity, soap, rest))).toEqual([['language', 'name']]);
    expect(codesOf(compare(Chat.getChatTopicEntity, soap, rest, { allowLanguage: true }))).toEqual([['language', 1]]);
    expect(kindsOf(compare(Chat.getChatTopicEntity, soap, { name: 'Sale' }, { allowLanguage: true }))).toEqual([
      ['text', 'name'],
    ]);
  });

  test('a member that was not selected is folded, and one that was is not', () => {
    const soap = { chatSessionId: 4, customerName: 'Kari', user: { name: 'anna', fullName: 'Anna' } };
    const rest = { chatSessionId: 4, customerName: null, user: { name: null, fullName: 'Anna' } };
    const select = ['ChatSessionId', 'user/fullName'];
    expect(codesOf(compare(Chat.getChatSessionEntity, soap, rest, { select }))).toEqual([['not-selected', 2]]);
    const none = { ...rest, user: null };
    expect(kindsOf(compare(Chat.getChatSessionEntity, soap, none, { select }))).toEqual([['missing-in-rest', 'user']]);
    expect(kindsOf(compare(Chat.getChatSessionEntity, soap, rest))).toEqual([
      ['missing-in-rest', 'user.name'],
      ['missing-in-rest', 'customerName'],
    ]);
  });

  test('is counted, and shown where it was found first', () => {
    const texts = ['a\nb', 'c\nd', 'e'];
    const soap = texts.map((text, index) => ({ chatMessageId: index, message: text }));
    const rest = soap.map((each) => ({ ...each, message: each.message.replace('\n', '\r\n'), author: null }));
    expect(compare(Chat.getChatMessages, soap, rest).folded).toEqual([
      {
        code: 'line-ends',
        reason: expect.any(String),
        count: 2,
        path: '[0].message',
        soap: '"a\\nb"',
        rest: '"a\\r\\nb"',
      },
      {
        code: 'null-for-absent',
        reason: expect.any(String),
        count: 3,
        path: '[0].author',
        soap: 'absent',
        rest: 'null',
      },
    ]);
  });
});

describe('lists of records', () => {
  const list = (...ids: number[]) => ids.map((id) => ({ chatMessageId: id, message: `text ${id}` }));
  const kinds = (soap: unknown, rest: unknown) => kindsOf(compare(Chat.getChatMessages, soap, rest));

  test('one that is missing is one difference, wherever it was', () => {
    expect(kinds(list(1, 2, 3), list(2, 3))).toEqual([['missing-in-rest', '[0]']]);
    expect(kinds(list(1, 3), list(1, 2, 3))).toEqual([['missing-in-soap', '[1]']]);
    expect(kinds(list(), list(1))).toEqual([['missing-in-soap', '[0]']]);
  });

  test('one that is there twice is told as such', () => {
    expect(kinds(list(1, 2), list(1, 1, 2))).toEqual([['doubled-in-rest', '[1]']]);
    expect(kinds(list(1, 2, 2), list(1, 2))).toEqual([['doubled-in-soap', '[2]']]);
    expect(kinds(list(1, 1, 2), list(1, 1, 2))).toEqual([]);
  });

  test('nothing at all, an empty list and a nil item are three things', () => {
    expect(kinds(null, [])).toEqual([['empty', '']]);
    expect(kinds(null, list(1))).toEqual([['missing-in-soap', '']]);
    expect(kinds([null, ...list(1)], list(1))).toEqual([['missing-in-rest', '[0]']]);
    expect(kinds([null], [{}])).toEqual([['missing-in-soap', '[0]']]);
  });

  test('agents of a topic are told apart by who they are, since all have the id of the topic', () => {
    const agents = (...ids: number[]) =>
      ids.map((associateId) => ({ topicId: 1, user: { associateId }, canListen: true }));
    expect(kindsOf(compare(Chat.getChatTopicUserAgentList, agents(11, 12, 13), agents(12, 13)))).toEqual([
      ['missing-in-rest', '[0]'],
    ]);
  });
});

describe('calls that did not succeed on both sides', () => {
  const notFound = (text: string, exceptionType?: string) => new Fault('service', text, { exceptionType });
  const refused = failed(notFound('There is no session 7.', 'SuperOffice.Exceptions.SoNotFoundException'));
  const unsure = (text: string, exceptionType?: string) =>
    new Fault('service', text, { exceptionType, outcome: 'unknown' });
  const under = (status: number, fault: Fault) =>
    Object.assign(fault, { http: { status, requestBytes: 0, replyBytes: 0, headMs: 0, totalMs: 0 } });
  const sessionOver = new Fault('login', 'over', { exceptionType: 'SoSessionException' });
  const login = failed(new Fault('login', 'The ticket is not valid.'));
  const timeout = failed(new TransportError('timeout', 'no reply'));
  const nothing = answered(null);
  const operation = Chat.getChatSessionEntity;

  test.each<[string, Settled, Settled, string]>([
    ['the same refusal in other words', refused, failed(notFound('Not found', 'SoNotFoundException')), 'error-text'],
    ['a Fault element and a refusal', failed(new Fault('soap-fault', 'x')), failed(notFound('y')), 'error-text'],
    ['the null of an agent that failed', refused, failed(new Fault('service', ANSWERED_NULL)), 'null-for-reason'],
    ['the null of an agent, as it is read', refused, failed(unsure(ANSWERED_NULL)), 'null-for-reason'],
    [
      'the same exception, which a framework tells of',
      refused,
      failed(unsure('x', 'SoNotFoundException')),
      'error-text',
    ],
    ['a message of an agent, which names no exception', refused, failed(under(200, unsure('x'))), 'error-text'],
    ['a refusal that SOAP names no exception of', failed(under(200, notFound('x'))), refused, 'error-text'],
    [
      'a login that is refused by the web server',
      failed(sessionOver),
      failed(under(401, new Fault('login', 'no'))),
      'error-text',
    ],
  ])('%s is the same', (_, soap, rest, code) => {
    expect(codesOf(compareReplies(operation, soap, rest))).toEqual([[code, 1]]);
    expect(compareReplies(operation, soap, rest).equal).toBe(true);
  });

  test.each<[string, Settled, Settled]>([
    ['outcome', answered({}), refused],
    ['outcome', login, answered({})],
    ['outcome', login, nothing],
    ['outcome', timeout, answered({})],
    ['outcome', nothing, refused],
    ['null-for-refusal', refused, nothing],
    ['refusal-for-null', nothing, failed(new Fault('service', ANSWERED_NULL))],
    ['error', refused, login],
    ['error', refused, timeout],
    ['error', refused, failed(notFound('x', 'SoAccessDeniedException'))],
    ['error', refused, failed(under(404, notFound('No HTTP resource was found that matches the request URI')))],
    ['error', refused, failed(under(403, notFound('Authorization has been denied for this request.')))],
    ['error', refused, failed(unsure('Object reference not set'))],
    ['error', failed(new Fault('service', 'x')), failed(unsure('An error occurred'))],
    ['error', failed(under(500, new Fault('soap-fault', 'no such action'))), refused],
    ['no-answer', timeout, failed(new TransportError('connect', 'refused'))],
    ['no-answer', failed(new TypeError('oops')), timeout],
  ])('%s is a difference', (kind, soap, rest) => {
    expect(kindsOf(compareReplies(operation, soap, rest))).toEqual([[kind, '']]);
  });

  test('an input that the contract refuses is refused by both', () => {
    const error = failed(new InputError('after', 'x'));
    expect(compareReplies(operation, error, error)).toMatchObject({ equal: true, folded: [] });
  });
});

describe('what is shown', () => {
  test('a secret is compared, and never shown', () => {
    const soap = { chatSessionId: 1, sessionKey: 'canary-one', customerName: 'see 7T:canarycanary==' };
    const rest = { chatSessionId: 1, sessionKey: 'canary-two', customerName: '8A:Cust1.canarycanary' };
    const comparison = compare(Chat.getChatSessionEntity, soap, rest);
    expect(comparison.differences).toEqual([
      { kind: 'text', path: 'customerName', soap: '"see [redacted]"', rest: '"[redacted]"' },
      { kind: 'text', path: 'sessionKey', soap: '[redacted]', rest: '[redacted]' },
    ]);
    const whole = [
      compare(Chat.chatSessionsForUser, [soap], []),
      compare(Chat.getChatSessionEntity, soap, null),
      compareReplies(Chat.getChatSessionEntity, answered(soap), failed(new Fault('service', 'no 7T:canarycanary=='))),
    ];
    expect(JSON.stringify(whole)).not.toContain('canary');
  });

  test('long texts are shown from where they begin to differ', () => {
    const text = 'x'.repeat(100_000);
    const [difference] = compare(Chat.getChatTranscript, `${text}a${text}`, `${text}b${text}`).differences;
    expect(difference?.soap).toMatch(/^…"x{40}ax{119}"…$/);
    expect(difference?.rest).toMatch(/^…"x{40}bx{119}"…$/);
  });
});

describe('values from outside', () => {
  /** A list whose items hold lists, so many levels deep. */
  function deep(levels: number, name: string): unknown {
    let items: object[] = [{ id: 0, name }];
    for (let level = 1; level < levels; level++) items = [{ id: level, childItems: items }];
    return items;
  }

  test('may be deeper than the stack', () => {
    expect(compare(Chat.getUserAgentList, deep(50_000, 'a'), deep(50_000, 'a')).equal).toBe(true);
    const { differences } = compare(Chat.getUserAgentList, deep(50_000, 'a'), deep(50_000, 'b'));
    expect(differences).toMatchObject([{ kind: 'text', soap: '"a"', rest: '"b"' }]);
    expect(compare(Chat.getUserAgentList, deep(50_000, 'a'), []).differences).toHaveLength(1);
  });

  test('are of any type at all, and only their own members count', () => {
    const inherited = Object.create({ customerName: 'Kari' });
    expect(compare(Chat.getChatSessionEntity, { customerName: 'Kari' }, inherited).equal).toBe(false);
    const hostile = JSON.parse('{"extraFields":{"__proto__":"a","constructor":"b"}}');
    const copy = JSON.parse('{"extraFields":{"__proto__":"a","constructor":"c"}}');
    expect(kindsOf(compare(Chat.getChatSessionEntity, { user: hostile }, { user: copy }))).toEqual([
      ['text', 'user.extraFields.constructor'],
    ]);
    for (const odd of ['text', 7, true, [], new Date(Number.NaN), () => {}, 7n]) {
      expect(kindsOf(compare(Chat.getChatSessionEntity, {}, odd))).toEqual([['type', '']]);
      expect(kindsOf(compare(Chat.getChatMessages, [{ message: 1 }], [{ message: odd }]))).toHaveLength(1);
      expect(
        kindsOf(compare(Chat.getChatMessages, [{ whenPosted: at('2026-01-01T00:00:00') }], [{ whenPosted: odd }])),
      ).toEqual([['type', '[0].whenPosted']]);
    }
  });

  test('are compared without an error whatever they are, and by the same measure from both sides', () => {
    const operations = Object.values(Chat);
    const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withTypedArray: true });
    fc.assert(
      fc.property(fc.constantFrom(...operations), anything, anything, (operation, one, other) => {
        const here = compare(operation, one, other);
        expect(compare(operation, other, one).equal).toBe(here.equal);
        expect(compare(operation, one, one).equal).toBe(true);
        expect(() => JSON.stringify(here)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  test('may be many: 20,000 messages are compared in well under a second, whatever is found of them', () => {
    const messages = (zone: string, text: string) =>
      Array.from({ length: 20_000 }, (_, index) => ({
        chatMessageId: index,
        message: `${text} ${index}`,
        author: 'Kari',
        whenPosted: at(`2026-03-02T08:15:30${zone}`),
      }));
    const began = performance.now();
    expect(compare(Chat.getChatMessages, messages('Z', 'a'), messages('+00:00', 'a').reverse())).toMatchObject({
      equal: true,
      folded: [{ code: 'list-order' }, { code: 'zone-spelling', count: 20_000 }],
    });
    expect(compare(Chat.getChatMessages, messages('Z', 'a'), messages('Z', 'b')).differences).toHaveLength(20_000);
    // Generous, since machines that run tests are busy.
    expect(performance.now() - began).toBeLessThan(4000);
  });
});

test('options that there are not are refused', () => {
  expect(() => compare(Chat.getChatMessages, [], [], { allowlanguage: true } as CompareOptions)).toThrow(InputError);
});
