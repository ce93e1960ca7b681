/**
 * A refused call is seen as such by SOAP stacks of other makers, and with the reason that our client gives.
 */
import { Chat, Fault } from '../../lib/index.js';
import { type Demo, openDemo, peerCall, type Question, seenBy } from './demo.js';
import { callWith, type PeerOutcome } from './peer-calls.js';
import { type ClientPeer, clientPeers, describeWith } from './peers.js';
import type { Form } from './wire-form.js';

const messages: Question = { operation: Chat.getChatMessages, input: { chatSessionId: 42, after: 0 } };
const unknownSession: Question = { operation: Chat.getChatSessionEntity, input: { chatSessionEntityId: 999 } };
const wrongTicket = { Credentials: { Ticket: '7T:wrong' } };

async function outcomeOf(peer: ClientPeer, { baseUrl }: Demo, question: Question, header?: Form): Promise<PeerOutcome> {
  const { calls } = await callWith(peer, baseUrl, [peerCall(peer, question, header)]);
  return calls[0] ?? { sent: '' };
}

const exceptionIn = ({ header }: PeerOutcome): unknown => (header as { ExceptionInfo?: unknown })?.ExceptionInfo;

describeWith(clientPeers, (peer) => {
  let open: Demo | undefined;
  const openWith = async (errors: 'exception-info' | 'soap-fault'): Promise<Demo> => {
    open = await openDemo(peer, errors);
    return open;
  };

  afterEach(() => open?.close());

  it('sees that a wrong password is refused', async () => {
    const { baseUrl } = await openWith('exception-info');
    const { login } = await callWith(peer, baseUrl, [], { UserName: 'anna', Password: 'wrong' });
    expect(login.body).toMatchObject({ AuthenticationSucceeded: false });
    expect(seenBy(peer, login.body)).not.toHaveProperty('Credentials.Ticket');
  });

  it('sees an ExceptionInfo and no messages where the ticket is wrong', async () => {
    const outcome = await outcomeOf(peer, await openWith('exception-info'), messages, wrongTicket);
    expect(outcome.header).toMatchObject({ Succeeded: false });
    expect(exceptionIn(outcome)).toMatchObject({
      Message: 'The ticket is missing, unknown or expired',
      ExceptionType: 'SuperOffice.Exceptions.SoSessionException',
    });
    expect(seenBy(peer, outcome.body)).toStrictEqual({});
  });

  it('sees a Fault where the ticket is wrong and the server says so by Faults', async () => {
    const outcome = await outcomeOf(peer, await openWith('soap-fault'), messages, wrongTicket);
    expect(outcome.fault).toMatchObject({ reason: 'The ticket is missing, unknown or expired' });
    expect(outcome).not.toHaveProperty('body');
  });

  it('sees the reason that our client gives', async () => {
    const demo = await openWith('exception-info');
    const refusal = await demo.ask(unknownSession).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Fault);
    const { reason, exceptionType, friendlyText } = refusal as Fault;
    expect(exceptionIn(await outcomeOf(peer, demo, unknownSession))).toMatchObject({
      Message: reason,
      ExceptionType: exceptionType,
      FriendlyText: friendlyText,
    });
  });
});
