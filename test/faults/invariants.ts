/**
 * What holds whatever a server does: plays a case and checks all of it.
 */
import { setTimeout as wait } from 'node:timers/promises';
import {
  type ChatClient,
  type ChatClientOptions,
  createChatClient,
  type Fault,
  type InputError,
  isCallError,
  type ProtocolError,
  type TransportError,
} from '../../lib/index.js';
import { type Answer, type RawServer, rawServer, untouchedServer } from './raw-server.js';
import { goodLogin, health } from './replies.js';
import { principal, restHealth } from './rest-replies.js';
import { secrets, tracesIn } from './secrets.js';

/** A read may be tried again after most troubles, a write only if nothing was sent. */
export type Mode = 'read' | 'write';

export const modes: readonly Mode[] = ['read', 'write'];

export interface Play {
  /** What is answered to the calls; may name a server to which nothing must be sent. */
  readonly calls: readonly Answer[] | ((otherHost: string) => readonly Answer[]);
  /** Which API the client calls; SOAP unless it is said otherwise. */
  readonly wire?: 'soap' | 'rest';
  /** What is answered to the logins; a ticket unless it is said otherwise. */
  readonly logins?: readonly Answer[];
  readonly options?: Partial<ChatClientOptions>;
  /** Ends the call after so many milliseconds. */
  readonly abortAfter?: number;
}

export type Failure = InputError | TransportError | ProtocolError | Fault;

export interface Played {
  /** What the call gave, where it succeeded. */
  readonly value?: unknown;
  readonly error?: Failure;
  /** How many requests the server saw during the call. */
  readonly calls: number;
  readonly logins: number;
  readonly elapsed: number;
}

/** How much longer than its time a call may take: what is promised, and what a busy machine may add to it. */
const LATE = 250 + 1500;

/** Plays the case with a client of its own and checks what always holds; the rest is for the test to say. */
export async function play(
  { wire = 'soap', calls, logins = [wire === 'soap' ? goodLogin : principal], options, abortAfter }: Play,
  mode: Mode,
): Promise<Played> {
  const other = await untouchedServer();
  const server = await rawServer({ calls: typeof calls === 'function' ? calls(other.host) : calls, logins });
  let client: ChatClient | undefined;
  try {
    const address = wire === 'soap' ? { baseUrl: server.baseUrl } : { rest: { baseUrl: server.restUrl } };
    client = createChatClient({ ...defaults, ...address, ...options });
    const played = await settle(client, server, mode, abortAfter);
    expectPromises(played, mode, { ...defaults, ...address, ...options });
    if (options?.baseUrl === undefined) {
      server.follow(wire === 'soap' ? health : restHealth);
      await expectRecovery(client, server, mode, played.error);
    }
    await client.close();
    await until(() => server.open() === 0);
    expect(other.connections()).toBe(0);
    return played;
  } finally {
    await Promise.all([client?.close(), server.close(), other.close()]);
  }
}

/** The times that a call has; those of undici are about a second longer. */
export const timeouts = { connect: 2000, headers: 300, idle: 300, total: 4000 };

const defaults = {
  credentials: { userName: 'anna', password: secrets.password },
  applicationToken: secrets.applicationToken,
  attempts: 2,
  timeouts,
};

/** The call that a mode makes. */
export const send = (client: ChatClient, mode: Mode, signal?: AbortSignal): Promise<unknown> =>
  mode === 'read'
    ? client.getChatMessages({ chatSessionId: 7, after: 0 }, { signal })
    : client.addChatMessage({ chatSessionId: 7, message: { chatSessionId: 7, message: 'hi' } }, { signal });

/** What a good server answers to it. */
export const goodValue = (mode: Mode): object => {
  const message = { chatMessageId: 1, message: 'hello' };
  return mode === 'read' ? [message] : message;
};

async function settle(client: ChatClient, server: RawServer, mode: Mode, abortAfter?: number): Promise<Played> {
  const controller = new AbortController();
  const timer = abortAfter === undefined ? undefined : setTimeout(() => controller.abort(), abortAfter);
  const start = performance.now();
  const settled = await send(client, mode, controller.signal).then(
    (value) => ({ value }),
    (thrown: unknown) => {
      if (isCallError(thrown)) return { error: thrown };
      throw thrown;
    },
  );
  clearTimeout(timer);
  const elapsed = performance.now() - start;
  return { ...settled, elapsed, calls: server.calls.length, logins: server.logins.length };
}

function expectPromises(
  { error, elapsed, calls, logins }: Played,
  mode: Mode,
  { attempts = 3, timeouts: { total = 60_000 } = {}, rest }: Partial<ChatClientOptions>,
): void {
  expect(elapsed).toBeLessThan(total + LATE);
  // A login after the first is the answer to a refused ticket, which allows one more request.
  expect(calls).toBeLessThanOrEqual((mode === 'read' ? attempts : 1) + Math.max(0, logins - 1));
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  if (error === undefined) return;
  expect(tracesIn(error)).toEqual([]);
  const ofFramework = rest !== undefined && error.kind === 'fault' && isOfFramework(error);
  expect(ofFramework ? ['unknown'] : outcomesAllowed(error, calls)).toContain(error.outcome);
}

/** What may be said of a call of which the server saw so many requests. */
function outcomesAllowed(error: Failure, calls: number): readonly string[] {
  if (error.kind === 'fault' && isRefusal(error)) return ['refused'];
  if (calls === 0) return ['not-sent'];
  // A call that a web server answers with such a status has not reached the service.
  const status = error.kind === 'transport' ? (error.status ?? 0) : 0;
  return status >= 300 && status < 500 ? ['refused', 'unknown'] : ['unknown'];
}

/** In REST, what is not said by the service does not say how far the call had come, but for a status that blames the request. */
const isOfFramework = ({ code, http, exceptionType }: Fault): boolean =>
  code === 'service' && exceptionType === undefined && http !== undefined && (http.status < 400 || http.status >= 500);

/** A Fault element refuses only by a code that finds fault with the request; with any other, the service failed. */
const isRefusal = ({ code, faultCode }: Fault): boolean =>
  code !== 'soap-fault' || ['Client', 'VersionMismatch', 'MustUnderstand', 'ActionNotSupported'].includes(faultCode);

/**
 * A call that failed leaves nothing behind that the next could stumble on, but for the memory of a login that failed: a
 * refused one is not repeated, so that no account is locked, and after any other there is a short wait.
 */
async function expectRecovery(client: ChatClient, server: RawServer, mode: Mode, error?: Failure): Promise<void> {
  await wait(20);
  const ofLogin = error?.operation?.startsWith('SoPrincipal.');
  if (ofLogin && error?.code === 'login') {
    const logins = server.logins.length;
    const remembered: unknown = await send(client, mode).catch((thrown: unknown) => thrown);
    expect(remembered).not.toBe(error);
    expect(remembered).toMatchObject({ code: 'login', attempts: 0, outcome: 'not-sent', cause: { code: 'login' } });
    expect((remembered as Failure).message).toMatch(/; no further login is tried for \d+ m?s$/);
    expect(tracesIn(remembered)).toEqual([]);
    expect(server.logins).toHaveLength(logins);
  } else {
    if (ofLogin) await wait(1100);
    expect(await send(client, mode)).toMatchObject(goodValue(mode));
  }
}

/** Resolves once the condition holds. */
export async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !condition(); i++) await wait(5);
  expect(condition()).toBe(true);
}
