/**
 * Requests that are sent before those ahead of them are answered.
 */
import type { Call, Transport } from '../../../lib/index.js';
import { trouble } from '../../../lib/server.js';
import { answering, aRequest, headWith, post, type RawClient, withClient, withServer } from './raw-client.js';

/** A transport whose calls wait until they are let go one by one, in any order; they count from 0. */
function held() {
  const calls: Call[] = [];
  const releases: (() => void)[] = [];
  const heard: (() => void)[] = [];
  const transport: Transport = (call) => {
    const nth = calls.push(call);
    for (const each of heard) each();
    return new Promise((resolve) => {
      releases.push(() => resolve({ output: [{ chatMessageId: nth }], header: { succeeded: true } }));
    });
  };
  const begun = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (calls.length >= count) resolve();
      };
      heard.push(look);
      look();
    });
  return { transport, calls, begun, release: (nth: number) => releases[nth]?.() };
}

/** The messages of the replies that came so far. */
const idsIn = (client: RawClient): number[] =>
  [...client.received().matchAll(/<ChatMessageId>(\d+)</g)].map(([, id]) => Number(id));

const last = post(aRequest, 'Connection: close');

test('are answered too, in their order', () =>
  withServer(answering, {}, ({ port }) =>
    withClient(port, async (client) => {
      client.write(post(aRequest) + headWith('Content-Length: 0') + last);
      await client.ended;
      expect(client.received().match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 415', 'HTTP/1.1 200']);
    }),
  ));

test.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 2, 0]]])(
  'are answered in their order when they are done in the order %j',
  (order) => {
    const { transport, begun, release } = held();
    return withServer(transport, {}, ({ port }) =>
      withClient(port, async (client) => {
        client.write(post(aRequest).repeat(2) + last);
        await begun(3);
        for (const nth of order) {
          release(nth);
          await new Promise(setImmediate);
        }
        await client.ended;
        expect(idsIn(client)).toEqual([1, 2, 3]);
      }),
    );
  },
);

test('have large answers as well', () => {
  const message = 'x'.repeat(3_000_000);
  const transport: Transport = async () => ({ output: [{ message }], header: { succeeded: true } });
  return withServer(transport, {}, ({ port }) =>
    withClient(port, async (client) => {
      client.write(post(aRequest).repeat(2) + last);
      await client.ended;
      expect(client.received().match(/x{3000000}<\/\w*:?Message>/g)).toHaveLength(3);
    }),
  );
});

test('are given up when their client goes, each of them, and do not keep the server from closing', async () => {
  const warned: Error[] = [];
  const warn = (warning: Error): void => void warned.push(warning);
  process.on('warning', warn);
  try {
    const { transport, calls, begun } = held();
    const told: unknown[] = [];
    await withServer(transport, { closeMs: 60_000, onError: (error) => told.push(error) }, (server) =>
      withClient(server.port, async (client) => {
        client.write(post(aRequest).repeat(20));
        await begun(20);
        const signals = calls.map(({ signal }) => signal as AbortSignal);
        const gone = signals.map(
          (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason))),
        );
        client.destroy();
        expect((await Promise.all(gone)).map(String)).toEqual(Array(20).fill('Error: the client has gone'));
        // One on which nothing is asked would be waited for if a call still counted as being answered.
        await withClient(server.port, async (idle) => {
          await server.close();
          await idle.ended;
        });
      }),
    );
    expect(told).toEqual([]);
  } finally {
    process.off('warning', warn);
  }
  expect(warned).toEqual([]);
});

test('do not count twice as answered, so that a server that closes waits for others', async () => {
  const { transport, begun, release } = held();
  await withServer(transport, {}, (server) =>
    withClient(server.port, async (piped) => {
      await withClient(server.port, async (other) => {
        piped.write(post(aRequest).repeat(3));
        await begun(3);
        other.write(post(aRequest));
        await begun(4);
        for (const nth of [0, 1, 2]) release(nth);
        await piped.until('<ChatMessageId>3<');
        piped.destroy();
        await piped.ended;
        const closed = server.close();
        release(3);
        await Promise.all([closed, other.ended]);
        expect(idsIn(other)).toEqual([4]);
      });
    }),
  );
});

test('get their answers from a server that closes, and the last of them ends the connection', async () => {
  const { transport, begun, release } = held();
  await withServer(transport, {}, (server) =>
    withClient(server.port, async (client) => {
      client.write(post(aRequest).repeat(3));
      await begun(3);
      const closed = server.close();
      for (const nth of [1, 0, 2]) {
        release(nth);
        await new Promise(setImmediate);
      }
      await Promise.all([closed, client.ended]);
      expect(idsIn(client)).toEqual([1, 2, 3]);
      expect(client.received().match(/connection: close/gi)).toHaveLength(1);
    }),
  );
});

test.each([
  ['resetBefore', 1],
  ['truncate', 2],
] as const)('that are to be broken (%s) leave the answers before them whole', async (kind, begins) => {
  const { transport, begun, release } = held();
  let count = 0;
  const broken = trouble({ [kind]: 1 })(answering);
  const second: Transport = (call) => (count++ === 0 ? transport(call) : broken(call));
  await withServer(second, {}, ({ port }) =>
    withClient(port, async (client) => {
      client.write(post(aRequest).repeat(2));
      await begun(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      release(0);
      await client.ended;
      expect(idsIn(client)).toEqual([1]);
      expect(client.received().match(/HTTP\/1\.1 200/g)).toHaveLength(begins);
      expect(client.received().match(/<\/s:Envelope>/g)).toHaveLength(1);
    }),
  );
});

/** More than a connection takes at once. */
const large: Transport = async () => ({ output: [{ message: 'x'.repeat(8_000_000) }], header: { succeeded: true } });

test('have the time to read their own answers, and no other', async () => {
  let count = 0;
  const slow: Transport = async (call) => {
    if (count++ === 0) return large(call);
    await new Promise((resolve) => setTimeout(resolve, 900));
    return answering(call);
  };
  await withServer(slow, { timeouts: { idle: 300 } }, ({ port }) =>
    withClient(port, async (client) => {
      client.write(post(aRequest) + last);
      await client.ended;
      expect(client.received().match(/<\/s:Envelope>/g)).toHaveLength(2);
    }),
  );
});

test('have no more than the time to read their own answers', async () => {
  let count = 0;
  const second: Transport = (call) => (count++ === 0 ? answering(call) : large(call));
  await withServer(second, { timeouts: { idle: 200 } }, (server) =>
    withClient(server.port, async (client) => {
      client.write(post(aRequest).repeat(2));
      await client.until('</s:Envelope>');
      client.pause();
      // Closing waits for the answer, which nobody reads.
      const began = performance.now();
      await server.close();
      expect(performance.now() - began).toBeLessThan(5000);
    }),
  );
});
