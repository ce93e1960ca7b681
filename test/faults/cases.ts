/**
 * Cases as a table: what the server does, how the call ends, and how many requests it takes.
 */
import { goodValue, modes, type Play, type Played, play } from './invariants.js';

/** From one number to another; or one number. */
export type Count = number | readonly [least: number, most: number];

export interface Case extends Play {
  readonly title: string;
  /** What of the error there is to see, or that there is none. */
  readonly ends: 'well' | Readonly<Record<string, unknown>>;
  /** Where the write ends in another way, since it is not tried again. */
  readonly writeEnds?: Case['ends'];
  /** Requests that the server sees; 1 unless it is said otherwise. */
  readonly reads?: Count;
  readonly writes?: Count;
  /** What else there is to see. */
  readonly also?: ((played: Played) => void) | undefined;
}

/** A test for each of the cases as a read and as a write. */
export function testEach(cases: readonly Case[]): void {
  describe.each(modes)('and the call is a %s', (mode) => {
    test.each(cases.map((each) => [each.title, each] as const))('%s', async (_, each) => {
      const played = await play(each, mode);
      const ends = mode === 'read' ? each.ends : (each.writeEnds ?? each.ends);
      if (ends === 'well') expect(played).toMatchObject({ value: goodValue(mode) });
      else expect(played.error).toMatchObject(ends);
      expectWithin(played.calls, (mode === 'read' ? each.reads : each.writes) ?? 1);
      each.also?.(played);
    });
  });
}

function expectWithin(count: number, allowed: Count): void {
  const [least, most] = typeof allowed === 'number' ? [allowed, allowed] : allowed;
  expect(count).toBeGreaterThanOrEqual(least);
  expect(count).toBeLessThanOrEqual(most);
}
