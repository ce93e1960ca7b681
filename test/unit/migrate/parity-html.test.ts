import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type ParityReport, renderParityHtml, verdictOf } from '../../../lib/migrate.js';

const hostile = '<script>alert(1)</script>&"\'\u202e\u0007';

const report = (changes: Partial<ParityReport> = {}): ParityReport => ({
  same: true,
  complete: true,
  soap: 'https://soap.example.com',
  rest: 'https://rest.example.com',
  startedAt: '2026-03-02T08:15:30.123Z',
  endedAt: '2026-03-02T09:15:30.123Z',
  calls: 1234,
  equal: 1234,
  refused: 0,
  different: 0,
  resumed: 0,
  unknownSessions: [],
  refusals: [],
  operations: [
    {
      operation: 'Chat.GetChatMessages',
      calls: 1234,
      equal: 1234,
      refused: 0,
      different: 0,
      folded: { 'line-ends': 3 },
    },
  ],
  kinds: {},
  differences: [],
  leftOut: 0,
  folded: [
    {
      operation: 'Chat.GetChatMessages',
      input: {},
      code: 'line-ends',
      reason: 'Line ends.',
      count: 3,
      path: '[0].message',
      soap: hostile,
      rest: 'b',
    },
  ],
  ...changes,
});

const difference = (input: Record<string, unknown>, soap: string) =>
  ({ operation: 'Chat.GetChatMessages', input, kind: 'text', path: '[3].message', soap, rest: hostile }) as const;

const differing = report({
  same: false,
  different: 7,
  equal: 1227,
  kinds: { text: 7 },
  differences: Array.from({ length: 7 }, (_, index) => difference({ chatSessionId: index }, `text ${index}`)),
});

test.each<[string, Partial<ParityReport>, string]>([
  ['the same', {}, 'SOAP and REST gave the same answer to all 1,234 calls.'],
  ['different', differing, 'SOAP and REST differ in 7 of 1,234 calls.'],
  [
    'refused in part',
    { refused: 4, equal: 1230 },
    'SOAP and REST gave the same answer to 1,230 calls, and both refused 4.',
  ],
  [
    'different and refused',
    { ...differing, refused: 4 },
    'SOAP and REST differ in 7 of 1,234 calls, and both refused 4.',
  ],
  ['different in the only call', { calls: 1, equal: 0, different: 1 }, 'SOAP and REST differ in the one call.'],
  [
    'those of no session',
    { unknownSessions: [9999] },
    'SOAP and REST gave the same answer to all 1,234 calls. Session 9999 is not known to either side.',
  ],
  [
    'those of few sessions',
    { unknownSessions: Array.from({ length: 12 }, (_, index) => index + 1) },
    'SOAP and REST gave the same answer to all 1,234 calls. Sessions 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more are not known to either side.',
  ],
  ['refused', { calls: 1, refused: 1 }, 'Nothing was shown: both sides refused the one call.'],
  ['not there', { calls: 0, equal: 0 }, 'Nothing was compared.'],
  [
    'cut short',
    { complete: false, calls: 1 },
    'The comparison is not complete. So far, SOAP and REST gave the same answer to the one call.',
  ],
  [
    'ended',
    { complete: false, calls: 0, ended: { side: 'rest', kind: 'transport', code: 'connect', reason: 'no one' } },
    'Nothing was compared, because REST could not be used (no one).',
  ],
])('the verdict on answers that are %s is one sentence', (_, changes, sentence) => {
  expect(verdictOf(report(changes))).toBe(sentence);
});

describe('the page', () => {
  const page = renderParityHtml(differing);

  test('is well-formed, and asks for nothing from elsewhere', () => {
    const body = page.slice(page.indexOf('<main>'), page.indexOf('</body>'));
    expect(XMLValidator.validate(body)).toBe(true);
    expect(new XMLParser().parse(body).main.h1).toBe('SOAP and REST compared');
    expect(page).toContain('<title>SOAP and REST compared: https://soap.example.com</title>');
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<(?:script|link|img|iframe|form)|url\(|@import|\son\w+=|(?:src|href)=/i);
  });

  test('shows what anybody wrote as text', () => {
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;\ufffd\ufffd');
    expect(page).not.toContain(hostile);
  });

  test('says what differs with a few examples, what was folded and why, when, and against what', () => {
    expect(page).toContain('SOAP and REST differ in 7 of 1,234 calls.');
    expect(page).toContain('Another text: 7 times');
    expect(page).toContain('{&quot;chatSessionId&quot;:4}');
    expect(page).not.toContain('{&quot;chatSessionId&quot;:5}');
    expect(page).toContain('Line ends.');
    expect(page).toContain('from 2026-03-02 08:15:30 UTC to 2026-03-02 09:15:30 UTC');
    for (const name of ['https://soap.example.com', 'https://rest.example.com']) expect(page).toContain(name);
  });

  test('names the minute once where it began and ended in it', () => {
    const short = renderParityHtml(report({ endedAt: '2026-03-02T08:15:59.000Z' }));
    expect(short).toContain('at the same time, on 2026-03-02 08:15 UTC.');
  });

  test('says how much an earlier run found, which sessions are not there, and what both refused', () => {
    const refusal = {
      operation: 'Chat.GetChatTranscript',
      input: { chatSessionId: 9999 },
      soap: hostile,
      rest: 'none',
    };
    const given = { resumed: 12, resumedFrom: '2026-03-01T22:00:01.000Z', unknownSessions: [9999] };
    const text = renderParityHtml(report({ ...given, refused: 1, equal: 1233, refusals: [refusal] }));
    expect(text).toContain('12 of 1,234 calls were made by the earlier run that began at 2026-03-01 22:00:01 UTC.');
    expect(text).toContain('Session 9999 is not known to either side.');
    expect(text).toContain('class="verdict differs"');
    expect(text).toMatch(/<th scope="row">Chat.GetChatTranscript<.*9999.*<code>none<\/code>/);
    expect(text).not.toContain(hostile);
  });

  test('has a caption and headers in each table', () => {
    const tables = page.match(/<table>[\s\S]*?<\/table>/g) ?? [];
    expect(tables).toHaveLength(3);
    for (const table of tables) {
      expect(table).toContain('<caption>');
      expect(table).toContain('<th scope="col">');
      expect(table.match(/<tr>/g)?.length).toBe((table.match(/<th scope="row">/g)?.length ?? 0) + 1);
    }
  });

  test('says where there is nothing to say', () => {
    const empty = renderParityHtml(report({ operations: [], folded: [], calls: 0 }));
    expect(empty.match(/<p>Nothing\.<\/p>/g)).toHaveLength(2);
    expect(empty).not.toContain('<table>');
  });
});
