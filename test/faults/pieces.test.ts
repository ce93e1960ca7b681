/**
 * Replies that come in pieces, as the network cuts them.
 */
import { createChatClient } from '../../lib/index.js';
import { goodValue, play } from './invariants.js';
import { pause, rawServer, type Step } from './raw-server.js';
import { chunked, goodEnvelope, goodLogin, response } from './replies.js';

const withTicket = { ticket: 'given-by-the-caller' };

describe('when a reply comes in pieces', () => {
  test('it is the same wherever it is cut', async () => {
    const request = { head: 'soapaction: GetChatMessages', body: '' };
    const whole = response(goodEnvelope(request));
    let at = 0;
    const server = await rawServer({
      calls: [() => [whole.subarray(0, at), pause(1), whole.subarray(at)]],
      logins: [goodLogin],
    });
    const client = createChatClient({ baseUrl: server.baseUrl, credentials: withTicket, attempts: 1 });
    try {
      for (at = 1; at < whole.length; at++) {
        expect(await client.getChatMessages({ chatSessionId: 7, after: 0 })).toMatchObject(goodValue('read'));
      }
      expect(server.calls).toHaveLength(whole.length - 1);
    } finally {
      await Promise.all([client.close(), server.close()]);
    }
  }, 60_000);

  test('of one byte each it is the same, as whole and in chunks', async () => {
    const bytewise = (bytes: Buffer): Step[] => [...bytes].flatMap((byte) => [Buffer.of(byte), pause(0)]);
    for (const framed of [(body: string) => response(body), (body: string) => chunked(body)]) {
      const { value } = await play(
        {
          calls: [(request) => bytewise(framed(goodEnvelope(request)))],
          options: { timeouts: { total: 4000 }, attempts: 1 },
        },
        'read',
      );
      expect(value).toMatchObject(goodValue('read'));
    }
  });
});
