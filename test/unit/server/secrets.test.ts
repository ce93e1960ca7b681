/**
 * How the simulator compares secrets: by digests, in a time that says nothing of them.
 */
import crypto from 'node:crypto';
import { Chat, createClient, SoPrincipal } from '../../../lib/index.js';
import { createSimulator } from '../../../lib/server.js';

afterEach(() => jest.restoreAllMocks());

/** How often secrets were compared and digested while this was done. */
async function workOf(doing: () => Promise<unknown>) {
  const compared = jest.spyOn(crypto, 'timingSafeEqual');
  const digested = jest.spyOn(crypto, 'createHash');
  await doing().catch(() => {});
  const work = { compared: compared.mock.calls.length, digested: digested.mock.calls.length };
  const lengths = compared.mock.calls.flatMap(([one, other]) => [one.byteLength, other.byteLength]);
  jest.restoreAllMocks();
  return { ...work, lengths };
}

test('a password is compared by digests, and a user whom there is not takes the same work', async () => {
  const principal = createClient(SoPrincipal, createSimulator());
  const login = (userName: string, password: string) => () =>
    principal.authenticateUsernamePassword({ userName, password });
  const wrong = await workOf(login('anna', 'wrong'));
  expect(wrong).toEqual({ compared: 1, digested: 2, lengths: [32, 32] });
  expect(await workOf(login('nobody', 'wrong'))).toEqual(wrong);
  expect(await workOf(login('anna', 'a much longer password than any of the demo company'))).toEqual(wrong);
});

test('no password is that of a user whom there is not', async () => {
  const principal = createClient(SoPrincipal, createSimulator());
  const reply = await principal.authenticateGeneric({ authenticationData: { UserName: 'nobody', Password: '' } });
  expect(reply).toMatchObject({ authenticationSucceeded: false, credentials: null });
});

test('a ticket is looked up by its digest, and an unknown one takes the same work as one that has expired', async () => {
  const simulator = createSimulator();
  const { credentials } = (await createClient(SoPrincipal, simulator).authenticateUsernamePassword({
    userName: 'anna',
    password: 'demo',
  })) as { credentials: { ticket: string } };
  const ask = (ticket: string) => () =>
    createClient(Chat, simulator).chatTopicsForUser({}, { header: { credentials: { ticket } } });
  simulator.expireTickets();
  const expired = await workOf(ask(credentials.ticket));
  expect(expired.digested).toBeGreaterThan(0);
  expect(await workOf(ask('7T:unknown'))).toEqual(expired);
  expect(await workOf(ask(`${credentials.ticket.slice(0, -1)}!`))).toEqual(expired);
});
