/**
 * All operations with generated values, in both directions: what a peer sends is what our server reads, and what our
 * server says is what the peer sees.
 */
import { type Call, Chat, SoPrincipal, type Transport } from '../../lib/index.js';
import { serveSoap } from '../../lib/server.js';
import { seenBy } from './demo.js';
import { type Exchange, exchangesWith, operations } from './exchanges.js';
import { callWith, type PeerCall, type PeerOutcome } from './peer-calls.js';
import { clientPeers, describeWith } from './peers.js';
import { formsIn } from './wire-form.js';

/** Answers the login of the peer, and each call as its application token says, and remembers it by that token. */
function answering(exchanges: readonly Exchange[], calls: Map<number, Call>): Transport {
  const login = { response: null, credentials: { ticket: '7T:demo' }, authenticationSucceeded: true };
  return async (call) => {
    const index = Number(call.header.applicationToken ?? -1);
    calls.set(index, call);
    return exchanges[index]?.reply ?? { output: login, header: {} };
  };
}

describeWith(clientPeers, (peer) => {
  const exchanges = exchangesWith(peer.gaps);
  const forms = formsIn(peer.spelling);
  const received = new Map<number, Call>();
  let outcomes: readonly PeerOutcome[] = [];

  const peerCall = ({ operation, input }: Exchange, index: number): PeerCall => ({
    service: operation.service.name,
    operation: operation.name,
    input: forms.input(operation, input),
    header: { ApplicationToken: String(index) },
  });

  beforeAll(async () => {
    const service = answering(exchanges, received);
    const server = await serveSoap([Chat, SoPrincipal], service, { versions: [peer.version] });
    try {
      outcomes = (await callWith(peer, server.baseUrl, exchanges.map(peerCall))).calls;
    } finally {
      await server.close();
    }
  });

  it.each(operations)('$name: input and reply arrive as they were sent', (operation) => {
    for (const [index, exchange] of exchanges.entries()) {
      if (exchange.operation !== operation) continue;
      const { input, reply } = exchange;
      const { body, header, fault } = outcomes[index] ?? {};
      expect(fault).toBeUndefined();
      const call = received.get(index);
      expect(call?.operation).toBe(operation);
      const inputs = [call?.input, input].map((each) => seenBy(peer, forms.input(operation, each)));
      expect(inputs[0]).toStrictEqual(inputs[1]);
      expect(seenBy(peer, body ?? {})).toStrictEqual(seenBy(peer, forms.output(operation, reply.output)));
      expect(seenBy(peer, header)).toStrictEqual(seenBy(peer, forms.replyHeader(operation, reply.header)));
    }
  });
});
