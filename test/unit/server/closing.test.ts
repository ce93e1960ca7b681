/**
 * How a server ends.
 */
import type { Transport } from '../../../lib/index.js';
import { answering, aRequest, post, rawClient, withClient, withServer } from './raw-client.js';

/** A transport that answers when it is let. */
function held() {
  let begin = (): void => {};
  let release = (): void => {};
  const began = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const transport: Transport = async (call) => {
    begin();
    await released;
    return answering(call);
  };
  return { transport, began, release };
}

test('closing twice is closing once', () =>
  withServer(answering, {}, async (server) => {
    expect(await Promise.all([server.close(), server.close()])).toEqual([undefined, undefined]);
    expect(await server.close()).toBeUndefined();
  }));

test('who is being answered gets the answer, and with it the end of the connection', async () => {
  const { transport, began, release } = held();
  await withServer(transport, {}, (server) =>
    withClient(server.port, async (client) => {
      client.write(post(aRequest));
      await began;
      const closed = server.close();
      release();
      await Promise.all([closed, client.ended]);
      expect(client.received()).toMatch(/^HTTP\/1\.1 200 .*connection: close.*<\/s:Envelope>$/is);
    }),
  );
});

test('a connection that is only kept alive ends at once, while another is being answered', async () => {
  const { transport, began, release } = held();
  let calls = 0;
  const first: Transport = (call) => (calls++ === 0 ? answering(call) : transport(call));
  await withServer(first, {}, async (server) => {
    const idle = rawClient(server.port);
    const busy = rawClient(server.port);
    idle.write(post(aRequest));
    await idle.until('</s:Envelope>');
    busy.write(post(aRequest));
    await began;
    const closed = server.close();
    await idle.ended;
    expect(busy.received()).toBe('');
    release();
    await Promise.all([closed, busy.ended]);
    expect(busy.received()).toMatch(/^HTTP\/1\.1 200 /);
  });
});

test('who has no answer after the time of grace is cut off', async () => {
  const { transport, began, release } = held();
  await withServer(transport, { closeMs: 200 }, (server) =>
    withClient(server.port, async (client) => {
      client.write(post(aRequest));
      await began;
      await server.close();
      await client.ended;
      expect(client.received()).toBe('');
      release();
    }),
  );
});
