/**
 * Cases as a table: what the server does, how the call ends, and how many requests it takes.
 */
import { goodValue, type Mode, modes, type Play, type Played, play, until } from './invariants.js';

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

/**
 * A test for each of the cases as a read and as a write. Those of a table are played at the same time, since most of
 * what they do is to wait; what they leave open is looked for when all have ended.
 */
export function testEach(cases: readonly Case[]): void {
  describe.each(modes)('and the call is a %s', (mode) => {
    const played = new Map<Case, Promise<Played>>();
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    let sockets = 0;
    beforeAll(() => {
      sockets = openSockets();
      process.on('unhandledRejection', note);
      for (const each of cases) {
        const playing = play(each, mode);
        // Its failure is told by its own test, which may come to it later.
        playing.catch(() => {});
        played.set(each, playing);
      }
    });
    afterAll(async () => {
      await until(() => openSockets() <= sockets);
      process.off('unhandledRejection', note);
      expect(unhandled).toEqual([]);
    });

    test.each(cases.map((each) => [each.title, each] as const))(
      '%s',
      async (_, each) => expectAsTold(await played.get(each), each, mode),
      PATIENCE,
    );
  });
}

/** Milliseconds for a test on a busy machine; what time a call may take is checked by itself. */
const PATIENCE = 30_000;

function expectAsTold(played: Played | undefined, { ends, writeEnds = ends, reads, writes, also }: Case, mode: Mode) {
  const told = mode === 'read' ? ends : writeEnds;
  if (told === 'well') expect(played).toMatchObject({ value: goodValue(mode) });
  else expect(played?.error).toMatchObject(told);
  expectWithin(played?.calls, (mode === 'read' ? reads : writes) ?? 1);
  if (played) also?.(played);
}

function expectWithin(count: number | undefined, allowed: Count): void {
  const [least, most] = typeof allowed === 'number' ? [allowed, allowed] : allowed;
  expect(count).toBeGreaterThanOrEqual(least);
  expect(count).toBeLessThanOrEqual(most);
}

/** The sockets of this process, of clients and of servers. */
const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap' || kind === 'TLSWrap').length;
