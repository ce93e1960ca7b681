/**
 * Connections that do not come about, are closed, or are no longer good.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { createChatClient } from '../../lib/index.js';
import { deadEnd } from '../unit/transports/servers.js';
import { testEach } from './cases.js';
import { goodValue, type Mode, play, send } from './invariants.js';
import { type Answer, fin, pause, type RawRequest, rawServer, rst, type Step } from './raw-server.js';
import { chunked, good, goodEnvelope, goodLogin, response, XML } from './replies.js';

const connection = { kind: 'transport', code: 'connection' };

const withTicket = { ticket: 'given-by-the-caller' };

describe('when there is no connection', () => {
  test.each(['read', 'write'] as const)('a %s is tried again, and nothing was sent', async (mode) => {
    const { error, calls } = await play(
      { calls: [], options: { baseUrl: await deadEnd(), credentials: withTicket } },
      mode,
    );
    expect(error).toMatchObject({ code: 'connect', outcome: 'not-sent', attempts: 2 });
    expect(calls).toBe(0);
  });

  test.each(['read', 'write'] as const)('since a host has no address, a %s says so', async (mode) => {
    const options = {
      baseUrl: 'https://nowhere.invalid/Remote/Services88',
      credentials: withTicket,
      proxy: false as const,
    };
    const { error } = await play({ calls: [], options }, mode);
    expect(error).toMatchObject({ kind: 'transport', outcome: 'not-sent', attempts: 2 });
    expect(['connect', 'timeout']).toContain(error?.code);
  });
});

describe('when a connection is closed', () => {
  const cut = (at: (whole: Buffer) => number, end: Step) => (request: RawRequest) => {
    const whole = response(goodEnvelope(request));
    return [whole.subarray(0, at(whole)), end];
  };
  const bodyOf = (whole: Buffer): number => whole.indexOf('\r\n\r\n') + 4;
  const places = [
    ['before the reply', () => 0],
    ['within the status line', () => 9],
    ['within the head', (whole: Buffer) => bodyOf(whole) - 10],
    ['after the head', bodyOf],
    ['within the body', (whole: Buffer) => bodyOf(whole) + 100],
    ['one byte before the end', (whole: Buffer) => whole.length - 1],
  ] as const;
  const ways = [
    ['closed', fin],
    ['reset', rst],
  ] as const;
  testEach(
    places.flatMap(([place, at]) =>
      ways.map(([way, end]) => ({
        title: `${place}, being ${way}`,
        calls: [cut(at, end)],
        ends: connection,
        reads: 2,
      })),
    ),
  );
});

describe('when a document is cut short', () => {
  const half = (request: RawRequest): string => goodEnvelope(request).slice(0, -30);
  testEach([
    {
      title: 'whose end nothing but the end of the connection tells',
      calls: [(request) => [response(half(request), { ...XML, Connection: 'close' }), fin]],
      ends: { kind: 'protocol', code: 'xml-syntax' },
    },
    {
      title: 'within a character',
      calls: [[response(Buffer.from('<a>æ').subarray(0, 4), { ...XML, Connection: 'close' }), fin]],
      ends: { kind: 'protocol' },
    },
    {
      title: 'by too small a length, with more behind it',
      calls: [(request) => [response(goodEnvelope(request), { ...XML, 'Content-Length': 200 })]],
      ends: { kind: 'protocol', code: 'xml-syntax' },
    },
    {
      title: 'before its last chunk',
      calls: [(request) => [chunked(half(request), ''), fin]],
      ends: connection,
      reads: 2,
    },
  ]);
});

describe('when a connection that was kept open is no longer good', () => {
  const twice = async (mode: Mode, then: Answer, after: readonly Step[] = []) => {
    const server = await rawServer({
      calls: [(request) => [...good(request), ...after], then, good],
      logins: [goodLogin],
    });
    const client = createChatClient({ baseUrl: server.baseUrl, credentials: withTicket, attempts: 2 });
    try {
      await send(client, mode);
      await wait(100);
      const second = await send(client, mode).then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      return { ...second, calls: server.calls.length, third: await send(client, mode) };
    } finally {
      await Promise.all([client.close(), server.close()]);
    }
  };
  const ways = [
    ['closed', fin],
    ['reset', rst],
  ] as const;

  test.each(ways)('and is %s on the next request, a read is tried again', async (_, end) => {
    expect(await twice('read', [end])).toMatchObject({ value: goodValue('read'), calls: 3 });
  });

  test.each(ways)('and is %s on the next request, a write is not, and its outcome is unknown', async (_, end) => {
    const { calls, third, ...second } = await twice('write', [end]);
    expect(second).toMatchObject({ error: { code: 'connection', outcome: 'unknown' } });
    expect(calls).toBe(2);
    expect(third).toMatchObject(goodValue('write'));
  });

  test.each(ways)('and was %s before the next request, even a write finds another', async (_, end) => {
    expect(await twice('write', good, [pause(10), end])).toMatchObject({ value: goodValue('write'), calls: 2 });
  });

  test.each([
    ['bytes', 'garbage'],
    ['another reply', response('<a/>')],
  ])('since %s came that nobody asked for, the reply before is good and the next call too', async (_, extra) => {
    const { third } = await twice('read', [fin], [extra]);
    expect(third).toMatchObject(goodValue('read'));
  });
});
