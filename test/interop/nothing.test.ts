/**
 * Nil, empty and absent are three things, in both directions, to a peer that can tell them apart.
 */
import { type Call, Chat, type Operation, SoPrincipal, type Transport } from '../../lib/index.js';
import { serveSoap } from '../../lib/server.js';
import { callWith } from './peer-calls.js';
import { clientPeers, describeWith } from './peers.js';

const login = { response: null, credentials: { ticket: '7T:demo' }, authenticationSucceeded: true };

/** What is answered to which call. */
const outputs = new Map<Operation, unknown>([
  [SoPrincipal.authenticateUsernamePassword, login],
  [Chat.getChatMessages, [{ chatMessageId: 1, message: null }, { message: '' }, {}, null]],
]);

const answering =
  (calls: Call[]): Transport =>
  async (call) => {
    calls.push(call);
    return { output: outputs.get(call.operation), header: {} };
  };

describeWith(
  clientPeers.filter(({ exact }) => exact),
  (peer) => {
    it('says and sees nil, empty and absent', async () => {
      const calls: Call[] = [];
      const server = await serveSoap([Chat, SoPrincipal], answering(calls), { versions: [peer.version] });
      try {
        const chatPresence = [{ DisplayName: null, ChatTopics: {} }, { DisplayName: '', ChatTopics: null }, {}, null];
        const outcomes = await callWith(peer, server.baseUrl, [
          { service: 'Chat', operation: 'GetChatMessages', input: { ChatSessionId: 1, After: 0 } },
          { service: 'Chat', operation: 'SaveChatPresence', input: { ChatPresence: { ChatPresence: chatPresence } } },
        ]);
        expect(outcomes.calls[0]?.body).toStrictEqual({
          Response: { ChatMessage: [{ ChatMessageId: 1, Message: null }, { Message: '' }, {}, null] },
        });
        expect(outcomes.calls[1]?.body).toStrictEqual({});
        expect(calls[2]?.input).toStrictEqual({
          chatPresence: [{ displayName: null, chatTopics: [] }, { displayName: '', chatTopics: null }, {}, null],
        });
      } finally {
        await server.close();
      }
    });
  },
);
