/**
 * Tickets and logins that are refused, lost, or not there.
 */
import {
  Chat,
  createClient,
  encodeFault,
  encodeReply,
  intercept,
  SoPrincipal,
  soapTransport,
  ticket,
} from '../../lib/index.js';
import { errorOf } from '../unit/error-of.js';
import { type Case, testEach } from './cases.js';
import type { Play } from './invariants.js';
import { type Answer, fin, rawServer, rst, stall } from './raw-server.js';
import { fault, good, goodLogin, HTML, page, refusal, response, XML } from './replies.js';
import { forms, secrets, tracesIn } from './secrets.js';

const login = { kind: 'fault', code: 'login', outcome: 'refused' };

const expectLogins =
  (count: number): Case['also'] =>
  ({ logins }) =>
    expect(logins).toBe(count);

const authentication = SoPrincipal.authenticateUsernamePassword;

const deniedLogin = [response(encodeReply(authentication, { authenticationSucceeded: false, credentials: null }))];

describe('when a ticket is refused', () => {
  const ways: readonly (readonly [string, Answer])[] = [
    ['by 401', [response('', { 'WWW-Authenticate': 'Negotiate' }, 401)]],
    ['by 401 with a page', [response(page('Unauthorized'), HTML, 401)]],
    ['by 401, which ends the connection', [response('', { Connection: 'close', 'Content-Length': 0 }, 401), fin]],
    ['by a Fault', fault('FailedAuthentication')],
    ['in the header', refusal({ message: 'gone', exceptionType: 'SuperOffice.Exceptions.SoSessionException' })],
  ];
  testEach(
    ways.flatMap(([way, refused]): Case[] => [
      {
        title: `${way}, the call is made again with a new one, once`,
        calls: [refused, good],
        ends: 'well',
        reads: 2,
        writes: 2,
        also: expectLogins(2),
      },
      {
        title: `${way} twice, that is the error`,
        calls: [refused, refused],
        ends: login,
        reads: 2,
        writes: 2,
        also: expectLogins(2),
      },
      {
        title: `${way}, and the new login too, that is the error`,
        calls: [refused],
        logins: [goodLogin, deniedLogin],
        ends: { ...login, operation: 'SoPrincipal.AuthenticateUsernamePassword' },
        also: expectLogins(2),
      },
    ]),
  );
  testEach([
    {
      title: 'and then the connection breaks, a write is not made a third time',
      calls: [fault('FailedAuthentication'), [rst], good],
      ends: 'well',
      writeEnds: { kind: 'transport', code: 'connection', outcome: 'unknown' },
      reads: 3,
      writes: 2,
    },
    {
      title: 'that was given by the caller, there is no other',
      calls: [fault('FailedAuthentication'), good],
      options: { credentials: { ticket: secrets.ticket } },
      ends: login,
      also: expectLogins(0),
    },
    {
      title: 'by something that is only forbidden, it is kept',
      calls: [[response(page('Forbidden'), HTML, 403)]],
      ends: { kind: 'transport', code: 'http-status', status: 403 },
      also: expectLogins(1),
    },
  ]);
});

/** The login of the calls is answered so; none of them is sent. */
const logins = (answers: readonly Answer[]): Pick<Case, 'reads' | 'writes'> & Pick<Play, 'calls' | 'logins'> => ({
  calls: [good],
  logins: answers,
  reads: 0,
  writes: 0,
});

describe('when a login', () => {
  const ofLogin = { operation: 'SoPrincipal.AuthenticateUsernamePassword' };
  testEach([
    {
      title: 'is refused, it is not tried again',
      ...logins([deniedLogin]),
      ends: { ...login, ...ofLogin },
      also: expectLogins(1),
    },
    {
      title: 'gives no ticket, that is no login',
      ...logins([[response(encodeReply(authentication, { authenticationSucceeded: true, credentials: null }))]]),
      ends: { ...login, ...ofLogin },
      also: expectLogins(1),
    },
    {
      title: 'is refused by 401, it is not tried again',
      ...logins([[response('', {}, 401)]]),
      ends: login,
      also: expectLogins(1),
    },
    {
      title: 'is refused by a Fault, it is not tried again',
      ...logins([fault('FailedAuthentication')]),
      ends: login,
      also: expectLogins(1),
    },
    {
      title: 'finds the server busy, it is tried again',
      ...logins([[response('', {}, 503)]]),
      ends: { kind: 'transport', code: 'http-status', status: 503, ...ofLogin },
      also: expectLogins(2),
    },
    {
      title: 'finds the server busy once, the call is made',
      calls: [good],
      logins: [[response('', {}, 503)], goodLogin],
      ends: 'well',
      also: expectLogins(2),
    },
    {
      title: 'breaks off, it may have counted, and is not tried again',
      ...logins([[rst]]),
      ends: { kind: 'transport', code: 'connection', ...ofLogin },
      also: expectLogins(1),
    },
    {
      title: 'is not answered, the call was not sent',
      ...logins([[stall]]),
      ends: { kind: 'transport', code: 'timeout', ...ofLogin },
      also: expectLogins(1),
    },
    {
      title: 'finds a page, the call was not sent',
      ...logins([[response(page('Sign in'), HTML)]]),
      ends: { kind: 'transport', code: 'content-type', ...ofLogin },
    },
    {
      title: 'is sent elsewhere, it does not go there',
      calls: () => [good],
      logins: [[response('', { Location: 'http://127.0.0.1:1/' }, 307)]],
      ends: { kind: 'transport', code: 'redirect', ...ofLogin },
      reads: 0,
      writes: 0,
    },
  ]);
});

describe('when a call comes too soon after a login that failed', () => {
  const operation = 'SoPrincipal.AuthenticateUsernamePassword';
  const refused = { kind: 'fault', code: 'login', operation };
  const failed = { kind: 'transport', code: 'connection', operation };
  test.each<[string, Answer, number, object, string]>([
    ['was refused', deniedLogin, 0, refused, '5 s'],
    ['was refused, and the wait is nearly over', deniedLogin, 4600, refused, '400 ms'],
    ['broke off', [rst], 0, failed, '1 s'],
    ['broke off, and the wait is nearly over', [rst], 900, failed, '100 ms'],
  ])('that %s, it is told so, and nothing is sent', async (_, answer, elapsed, expected, wait) => {
    const server = await rawServer({ calls: [good], logins: [answer] });
    let now = 0;
    const clock = { monotonic: () => now, calendar: () => now };
    const transport = soapTransport({ baseUrl: server.baseUrl });
    const credentials = { userName: 'anna', password: secrets.password };
    const chat = createClient(Chat, intercept(transport, ticket(credentials, { clock })));
    try {
      const first = await errorOf(chat.chatTopicsForUser());
      expect(first).toMatchObject({ ...expected, attempts: 1 });
      now = elapsed;
      const second = await errorOf(chat.chatTopicsForUser());
      expect(second).toMatchObject({ ...expected, attempts: 0, outcome: 'not-sent' });
      expect(second).not.toBe(first);
      expect(second.cause).toBe(first);
      expect(second.message).toBe(`${first.message}; no further login is tried for ${wait}`);
      expect(tracesIn(second)).toEqual([]);
      expect([server.logins.length, server.calls.length]).toEqual([1, 0]);
    } finally {
      await Promise.all([transport.close(), server.close()]);
    }
  });
});

describe('when the password is said back', () => {
  const exceptionInfo = (text: string) => ({
    message: text,
    friendlyText: `login(anna, ${text}) failed`,
    parameters: { password: text, [text]: 'x' },
    innerException: { message: text },
  });
  const refusalOfLogin = (text: string) =>
    encodeReply(authentication, {}, { header: { exceptionInfo: exceptionInfo(text) } });
  const ofBoth: readonly (readonly [string, (text: string) => Answer])[] = [
    ['on a page', (text) => [response(page(text, `login(anna, ${text}) failed`), HTML, 500)]],
    ['as a Fault', (text) => [response(encodeFault({ faultCode: text, reason: text, exceptionType: text }), XML, 500)]],
  ];
  const toLogins = [...ofBoth, ['in the header', (text: string) => [response(refusalOfLogin(text))]] as const];
  const toCalls = [...ofBoth, ['in the header', (text: string) => refusal(exceptionInfo(text))] as const];
  const inEveryForm = Object.values(forms)
    .map((write) => write(secrets.password))
    .join(' ');

  testEach([
    ...toLogins.map(([place, put]) => ({
      title: `to a login ${place}`,
      ...logins([put(inEveryForm)]),
      ends: { operation: 'SoPrincipal.AuthenticateUsernamePassword' },
    })),
    ...toCalls.map(([place, put]) => ({
      title: `to a call ${place}`,
      calls: [put(inEveryForm)],
      ends: { operation: expect.stringMatching(/^Chat\./) },
    })),
  ]);
});
