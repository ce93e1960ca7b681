/**
 * Counts of who still calls what, and the two forms in which they are served.
 */
import { createMetrics, serveMetrics } from '../../../lib/migrate.js';
import type { ServedCall } from '../../../lib/server/http/served-call.js';

const call = (more: Partial<ServedCall> = {}): ServedCall => ({
  operation: 'Chat.GetChatMessages',
  style: 'soap 1.1',
  release: '88',
  userAgent: 'Legacy/1.0',
  address: '10.0.0.7',
  servedBy: 'rest',
  outcome: 'succeeded',
  durationMs: 4,
  ...more,
});

/** A clock that goes on by a second each time that it is looked at. */
function ticking(): () => Date {
  let seconds = 0;
  return () => new Date(Date.UTC(2026, 2, 2, 9, 0, seconds++));
}

describe('calls', () => {
  test('are counted together where they have all in common, the most frequent first', () => {
    const { onCall, report } = createMetrics(ticking());
    for (const durationMs of [4, 6]) onCall(call({ durationMs }));
    onCall(call({ outcome: 'refused' }));
    onCall(call({ release: '86' }));
    expect(report()).toMatchObject({
      since: '2026-03-02T09:00:00.000Z',
      calls: [
        {
          operation: 'Chat.GetChatMessages',
          release: '88',
          outcome: 'succeeded',
          servedBy: 'rest',
          calls: 2,
          totalMs: 10,
          longestMs: 6,
          lastCall: '2026-03-02T09:00:02.000Z',
        },
        { outcome: 'refused', calls: 1 },
        { release: '86', calls: 1 },
      ],
    });
  });

  test('are counted by caller, with what each of them uses', () => {
    const { onCall, report } = createMetrics(ticking());
    onCall(call());
    onCall(call({ operation: 'Chat.AddChatMessage', release: '86' }));
    onCall(call({ userAgent: undefined }));
    expect(report().callers).toMatchObject([
      {
        userAgent: 'Legacy/1.0',
        address: '10.0.0.7',
        operations: ['Chat.AddChatMessage', 'Chat.GetChatMessages'],
        releases: ['86', '88'],
        calls: 2,
      },
      { userAgent: '', calls: 1 },
    ]);
  });

  test('of callers that show a ticket, or differ in what nobody sees, are counted without it', () => {
    const { onCall, report } = createMetrics();
    for (const userAgent of ['a\tb', 'a\u007fb', 'a\u0085b']) onCall(call({ userAgent }));
    onCall(call({ userAgent: 'script 7T:CANARY-TICKET-9f3a==' }));
    expect(report().callers).toMatchObject([{ userAgent: 'a b', calls: 3 }, { userAgent: 'script ***' }]);
  });

  test('of callers without number take no memory without end', () => {
    const { onCall, report } = createMetrics();
    for (let index = 0; index < 5000; index++) onCall(call({ userAgent: `${index} ${'x'.repeat(1000)}` }));
    const { callers } = report();
    expect(callers).toHaveLength(1001);
    expect(callers[0]).toMatchObject({ userAgent: '(others)', calls: 4000 });
    expect(Math.max(...callers.map(({ userAgent }) => userAgent.length))).toBe(120);
  });
});

test('comparisons are counted by operation and result', () => {
  const { onComparison, report } = createMetrics();
  for (const equal of [true, true, false]) onComparison({ operation: 'Chat.GetChatMessages', equal });
  expect(report().comparisons).toEqual([{ operation: 'Chat.GetChatMessages', equal: 2, different: 1 }]);
});

describe('over HTTP', () => {
  test('they are text for monitoring systems, and JSON', async () => {
    const metrics = createMetrics(ticking());
    metrics.onCall(call({ userAgent: 'a "b" \\ c\nd\u0007' }));
    metrics.onComparison({ operation: 'Chat.GetChatMessages', equal: false });
    const server = await serveMetrics(metrics);
    try {
      const text = await fetch(server.url);
      expect(text.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
      const lines = (await text.text()).split('\n');
      const labels =
        'operation="Chat.GetChatMessages",release="88",style="soap 1.1",served_by="rest",outcome="succeeded"';
      expect(lines).toContain('# TYPE services88_calls_total counter');
      expect(lines).toContain(`services88_calls_total{${labels}} 1`);
      expect(lines).toContain(`services88_call_seconds_total{${labels}} 0.004`);
      expect(lines).toContain('services88_caller_calls_total{user_agent="a \\"b\\" \\\\ c d ",address="10.0.0.7"} 1');
      expect(lines).toContain('services88_comparisons_total{operation="Chat.GetChatMessages",result="different"} 1');
      // Each line is a comment or a sample.
      const wrong = lines.filter(
        (line) => !/^$|^# (?:HELP|TYPE) \w+ .+$|^\w+(?:\{(?:\w+="(?:[^"\\]|\\.)*",?)+\})? [\d.e+-]+$/.test(line),
      );
      expect(wrong).toEqual([]);
      const json = await fetch(server.url.replace('/metrics', '/metrics.json'));
      expect(await json.json()).toEqual(metrics.report());
      expect((await fetch(server.url.replace('/metrics', '/'))).status).toBe(404);
      expect((await fetch(server.url, { method: 'POST' })).status).toBe(404);
    } finally {
      await server.close();
    }
  });

  test.each([{ port: 70_000 }, { prot: 1 }])('an option that is not right is refused: %j', async (options) => {
    await expect(serveMetrics(createMetrics(), options as never)).rejects.toMatchObject({ kind: 'input' });
  });
});
