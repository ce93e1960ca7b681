/**
 * Servers that ask for a wait.
 */
import { testEach } from './cases.js';
import { timeouts } from './invariants.js';
import type { Step } from './raw-server.js';
import { good, response } from './replies.js';

const httpStatus = (status: number) => ({ kind: 'transport', code: 'http-status', status });

describe('when the server asks for a wait', () => {
  const busy = (retryAfter: string | number): readonly Step[] => [
    response('busy', { 'Retry-After': retryAfter }, '503 Busy'),
  ];
  const waited = (least: number) => (played: { readonly value?: unknown; readonly elapsed: number }) => {
    if (played.value !== undefined) expect(played.elapsed).toBeGreaterThan(least);
  };
  testEach([
    {
      title: 'of a second',
      calls: [busy(1), good],
      ends: 'well',
      writeEnds: { ...httpStatus(503), retryAfterMs: 1000 },
      reads: 2,
      also: waited(990),
    },
    {
      title: 'until a date',
      calls: [() => busy(new Date(Date.now() + 2000).toUTCString()), good],
      ends: 'well',
      writeEnds: httpStatus(503),
      reads: 2,
      // The date has no fraction of a second.
      also: waited(900),
    },
    {
      title: 'until a date that has passed',
      calls: [busy('Sun, 06 Nov 1994 08:49:37 GMT'), good],
      ends: 'well',
      writeEnds: { retryAfterMs: 0 },
      reads: 2,
    },
    ...['soon', '2.5', '-5', '9'.repeat(20)].map((unclear) => ({
      title: `of which it is not clear how long: ${unclear}`,
      calls: [busy(unclear), good],
      ends: 'well' as const,
      writeEnds: { retryAfterMs: undefined },
      reads: 2,
    })),
    {
      title: 'longer than the call may take',
      calls: [busy(10)],
      options: { timeouts: { ...timeouts, total: 2000 } },
      ends: { kind: 'transport', code: expect.stringMatching(/^(?:http-status|timeout)$/) },
    },
    {
      title: 'of a day, which it is told at once',
      calls: [busy(86_400)],
      ends: { ...httpStatus(503), retryAfterMs: 86_400_000 },
      also: ({ elapsed }) => expect(elapsed).toBeLessThan(timeouts.total),
    },
    {
      title: 'of a number of seconds that is none',
      calls: [busy('9'.repeat(400))],
      ends: httpStatus(503),
      reads: [1, 2],
    },
  ]);
});
