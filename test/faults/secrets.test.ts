/**
 * A server says back what it was sent, wherever errors have words of the other side: nothing of a secret is in them.
 */
import { createChatClient, isCallError } from '../../lib/index.js';
import { envelope, inRefusals, inTheDocument, onTheWay, type Place } from './echoes.js';
import { play, timeouts } from './invariants.js';
import { type Answer, rawServer, type Step, stall } from './raw-server.js';
import { fault, goodLogin, head, response, XML } from './replies.js';
import { forms, secrets, tracesIn } from './secrets.js';

/** A server that puts texts into a place, and the error of a call that holds all secrets. */
async function echoing<Result>(put: Place[2], use: (errorWith: (text: string) => Promise<unknown>) => Promise<Result>) {
  let text = '';
  const answer: Answer = (request) => {
    const steps = put(text);
    return withCookie(typeof steps === 'function' ? steps(request) : steps);
  };
  const server = await rawServer({ calls: [answer], logins: [goodLogin] });
  const client = createChatClient({
    baseUrl: server.baseUrl,
    credentials: { userName: 'anna', password: secrets.password },
    applicationToken: secrets.applicationToken,
    timeouts,
    limits: { replyBytes: 20_000 },
    attempts: 1,
  });
  const errorWith = (next: string): Promise<unknown> => {
    text = next;
    return client.saveChatSessionEntity({ chatSessionEntity: { sessionKey: secrets.sessionKey } }).then(
      () => undefined,
      (error: unknown) => error,
    );
  };
  try {
    return await use(errorWith);
  } finally {
    await Promise.all([client.close(), server.close()]);
  }
}

/** The same answer, of which the head sets a cookie. */
const withCookie = ([first = '', ...more]: readonly Step[]): readonly Step[] => {
  if (typeof first === 'function') return [first, ...more];
  const cookie = `\r\nSet-Cookie: s=${secrets.cookie}\r\n`;
  return [Buffer.from(Buffer.from(first).toString('latin1').replace('\r\n', cookie), 'latin1'), ...more];
};

const sent = [secrets.ticket, secrets.applicationToken, secrets.sessionKey, secrets.password];

describe.each([
  ['on the way', onTheWay],
  ['in a document', inTheDocument],
  ['in a refusal', inRefusals],
])('what the server says back %s', (_, places) => {
  test.each(places)('ends the call with %s, by %s, and is not shown in whatever form', async (code, _where, put) => {
    const found = await echoing(put, async (errorWith) => {
      // A text that is a name too, so that the document is as it is meant.
      expect(await errorWith(secrets.applicationToken)).toMatchObject({ code });
      const traces: string[] = [];
      for (const secret of sent) {
        for (const [form, write] of Object.entries(forms)) {
          const error = await errorWith(write(secret));
          if (error !== undefined && !isCallError(error)) throw error;
          traces.push(...tracesIn(error).map((trace) => `${form}: ${trace}`));
        }
      }
      return traces;
    });
    expect(found).toEqual([]);
  });
});

test('what the server says back before it stands still is not shown', async () => {
  const everything = sent.flatMap((secret) => Object.values(forms).map((write) => write(secret))).join('\n');
  const body: Answer = [head(200, { ...XML, 'Content-Length': 50_000 }).replace('50000', '19000'), everything, stall];
  const error = await echoing(
    () => body,
    (errorWith) => errorWith(''),
  );
  expect(error).toMatchObject({ code: 'timeout', phase: 'body' });
  expect(tracesIn(error)).toEqual([]);
});

test('a cookie that the server sets is not sent to it', async () => {
  const heads: string[] = [];
  await echoing(
    () => (request) => {
      heads.push(request.head);
      return [response(envelope())];
    },
    async (errorWith) => {
      await errorWith('');
      await errorWith('');
    },
  );
  expect(heads).toHaveLength(2);
  expect(heads.join('')).not.toMatch(/^cookie:/im);
});

test('what the server says at great length is read through in no more than its time', async () => {
  const { error } = await play({ calls: [fault('Client', 'x'.repeat(40_000))] }, 'read');
  expect(error).toMatchObject({ code: 'soap-fault' });
}, 60_000);
