import { inspect } from 'node:util';
import { Chat, createClient, SoPrincipal, soapTransport } from '../../../lib/index.js';
import { veil } from '../../../lib/secrets/veil.js';
import { createSimulator, serveSoap } from '../../../lib/server.js';

const KEY = 'canary-key';

/** All that is seen of a value with the usual means. */
const shown = (value: unknown): string =>
  [
    inspect(value),
    inspect(value, { showHidden: true, depth: Number.POSITIVE_INFINITY, getters: true }),
    JSON.stringify(value),
    String(value),
  ].join('\n');

describe('a veiled member', () => {
  const session = () => veil({ chatSessionId: 42, sessionKey: KEY }, 'sessionKey');

  test('is seen by nobody who prints the object, alone or inside of another', () => {
    expect(shown(session())).not.toContain(KEY);
    expect(shown([{ sessions: [session()] }])).not.toContain(KEY);
    expect(inspect(session())).toBe("{ chatSessionId: 42, sessionKey: '[redacted]' }");
    expect(JSON.stringify(session())).toBe('{"chatSessionId":42}');
  });

  test('can be read, and goes with a copy', () => {
    expect(session().sessionKey).toBe(KEY);
    expect({ ...session(), chatSessionId: 43 }).toEqual({ chatSessionId: 43, sessionKey: KEY });
    expect(Object.keys(session())).toEqual(['chatSessionId', 'sessionKey']);
  });

  test('can be changed, and is veiled after that too', () => {
    const changed = session();
    changed.sessionKey = 'canary-other';
    expect(changed.sessionKey).toBe('canary-other');
    expect(shown(changed)).not.toContain('canary');
  });

  test('that is no text is left as it is', () => {
    const entity = veil({ ticket: { title: 'a request' } }, 'ticket');
    expect(shown(entity)).toContain('a request');
  });
});

describe('what the SOAP transport gives', () => {
  test('veils tickets and session keys, and saving a session sends its key back', async () => {
    const server = await serveSoap([Chat, SoPrincipal], createSimulator());
    const transport = soapTransport({ baseUrl: server.baseUrl });
    try {
      const signedIn = await createClient(SoPrincipal, transport).authenticateUsernamePassword({
        userName: 'anna',
        password: 'demo',
      });
      const ticket = signedIn?.credentials?.ticket ?? '';
      expect(ticket).toMatch(/^7T:/);
      expect(shown(signedIn)).not.toContain(ticket.slice(0, 8));

      const chat = createClient(Chat, transport);
      const header = { credentials: { ticket } };
      const session = await chat.getChatSessionEntity({ chatSessionEntityId: 44 }, { header });
      const key = session?.sessionKey ?? '';
      expect(key.length).toBeGreaterThan(4);
      expect(shown(session)).not.toContain(key);
      const saved = await chat.saveChatSessionEntity({ chatSessionEntity: { ...session, rating: 3 } }, { header });
      expect(saved?.sessionKey).toBe(key);
      const sessions = await chat.chatSessionsForUser({}, { header });
      expect(shown(sessions)).not.toContain(key);
    } finally {
      await transport.close();
      await server.close();
    }
  });
});
