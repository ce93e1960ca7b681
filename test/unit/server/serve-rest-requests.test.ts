/**
 * What the REST server refuses before it calls anything, and whom it cuts off.
 */
import { connect } from 'node:net';
import { type Call, Chat, intercept, type Transport } from '../../../lib/index.js';
import { createSimulator, type ServeRestOptions, trouble } from '../../../lib/server.js';
import { rawClient, sendRaw, withClient } from './raw-client.js';
import { ask, askWith, JSON_TYPE, requestOf, TICKET, withRest } from './rest-client.js';

const MESSAGES = 'POST /api/v1/Agents/Chat/GetChatMessages';
const BODY = '{"ChatSessionId":1,"After":0}';

/** The answer to one request, and how many calls it led to. */
async function answered(title: string, lines: readonly string[], body = '', options: ServeRestOptions = {}) {
  const calls: Call[] = [];
  const transport: Transport = async (call) => {
    calls.push(call);
    return { output: [], header: {} };
  };
  const answer = await withRest(transport, options, ({ port }) => ask(port, title, lines, body));
  return { ...answer, calls: calls.length };
}

test.each<[number, string, string, readonly string[], string]>([
  [404, 'another folder', 'GET /other/v1/ChatSession/1', [TICKET], ''],
  [404, 'a folder that begins alike', 'GET /apis/v1/ChatSession/1', [TICKET], ''],
  [404, 'no operation', 'POST /api/v1/Agents/Chat/GetNothing', [TICKET], ''],
  [404, 'another agent', 'POST /api/v1/Agents/Contact/GetChatMessages', [TICKET], ''],
  [404, 'another version', 'POST /api/v2/Agents/Chat/GetChatMessages', [TICKET], ''],
  [404, 'an operation of every object', 'POST /api/v1/Agents/Chat/constructor', [TICKET], ''],
  [404, 'a word for an id', 'GET /api/v1/ChatSession/toString', [TICKET], ''],
  [404, 'two slashes', 'GET //api/v1/ChatSession/1', [TICKET], ''],
  [404, 'a path that climbs out', 'GET /api/../secret', [TICKET], ''],
  [404, 'a path that climbs within', 'GET /api/v1/ChatSession/../ChatSession/1', [TICKET], ''],
  [404, 'an escaped slash', 'GET /api/v1/ChatSession%2f1', [TICKET], ''],
  [404, 'an escaped nothing', 'GET /api/v1/ChatSession/1%00', [TICKET], ''],
  [404, 'the version', 'GET /api/v1', [TICKET], ''],
  [405, 'HEAD', 'HEAD /api/v1/ChatSession/1', [TICKET], ''],
  [405, 'OPTIONS', 'OPTIONS /api/v1/ChatSession/1', [TICKET], ''],
  [405, 'PATCH', 'PATCH /api/v1/ChatSession/1', [TICKET], ''],
  [405, 'a POST of the version', 'POST /api', [TICKET], ''],
  [405, 'a method of every object', 'PATCH /api/v1/User/currentPrincipal', [TICKET], ''],
  [406, 'XML wanted', MESSAGES, [TICKET, JSON_TYPE, 'Accept: application/xml'], BODY],
  [406, 'JSON excluded', MESSAGES, [TICKET, JSON_TYPE, 'Accept: application/json;q=0, */*'], BODY],
  [415, 'XML', MESSAGES, [TICKET, 'Content-Type: application/xml'], '<x/>'],
  [415, 'a form', MESSAGES, [TICKET, 'Content-Type: application/x-www-form-urlencoded'], 'ChatSessionId=1'],
  [415, 'no type', MESSAGES, [TICKET], BODY],
  [415, 'a type that begins alike', MESSAGES, [TICKET, 'Content-Type: application/json-patch+json'], '[]'],
  [415, 'UTF-16', MESSAGES, [TICKET, 'Content-Type: application/json; charset=utf-16'], BODY],
  [415, 'a coding', MESSAGES, [TICKET, JSON_TYPE, 'Content-Encoding: gzip'], BODY],
  [413, 'too much', MESSAGES, [TICKET, JSON_TYPE, 'Content-Length: 99999999'], ''],
  [400, 'no JSON', MESSAGES, [TICKET, JSON_TYPE], '{"ChatSessionId":'],
  [400, 'a list for the parameters', MESSAGES, [TICKET, JSON_TYPE], '[1]'],
  [400, 'a value of another type', MESSAGES, [TICKET, JSON_TYPE], '{"ChatSessionId":"one"}'],
  [400, 'a number that is too large', MESSAGES, [TICKET, JSON_TYPE], '{"ChatSessionId":2147483648}'],
  [400, 'a query of another type', 'GET /api/v1/ChatSession/1/Messages?after=x', [TICKET], ''],
  [400, 'an id that is too large', 'GET /api/v1/ChatSession/9999999999', [TICKET], ''],
  [400, 'an escape that is none', 'GET /api/v1/ChatTopic/1/UserAgent/%zz', [TICKET], ''],
])('%i for %s, and nothing is called', async (status, _, title, lines, body) => {
  const answer = await answered(title, lines, body);
  expect(answer).toMatchObject({ status, calls: 0 });
  if (!title.startsWith('HEAD')) expect(JSON.parse(answer.body)).toMatchObject({ Error: true });
  if (status === 405) expect(answer.headers.allow).toMatch(/^[A-Z, ]+$/);
});

test.each([
  ['GET, PUT, DELETE', 'PATCH /api/v1/ChatSession/1'],
  ['GET, POST', 'DELETE /api/v1/Agents/Chat/GetChatMessages'],
  ['GET', 'DELETE /api'],
])('the methods that there are, are named: %s', async (allow, title) => {
  const { headers } = await answered(title, [TICKET]);
  expect(headers.allow?.split(', ').sort()).toEqual(allow.split(', ').sort());
});

test('the place of what is wrong is named', async () => {
  const body = '{"ChatPresence":[{"UserId":1},{"UserId":"two"}]}';
  const answer = await answered('POST /api/v1/Agents/Chat/SaveChatPresence', [TICKET, JSON_TYPE], body);
  expect(JSON.parse(answer.body).ErrorMessage).toContain('$.ChatPresence[1].UserId');
});

test('bytes that are no UTF-8 are refused', async () => {
  const body = '{"ChatSessionId":1,"\xe5":2}';
  const head = requestOf(MESSAGES, [TICKET, JSON_TYPE, `Content-Length: ${body.length}`]);
  const received = await withRest(createSimulator(), {}, ({ port }) => sendRaw(port, `${head}${body}`));
  expect(received).toMatch(/^HTTP\/1\.1 400 .*not UTF-8/s);
});

test('objects that are too deep are refused', async () => {
  const deep = `${'{"TransferTo":{"ExtraFields":'.repeat(5000)}1${'}}'.repeat(5000)}`;
  const answer = await answered('POST /api/v1/ChatSession', [TICKET, JSON_TYPE], deep);
  expect(answer).toMatchObject({ status: 400, calls: 0 });
  const arrays = await answered(MESSAGES, [TICKET, JSON_TYPE], '['.repeat(100_000) + ']'.repeat(100_000));
  expect(arrays).toMatchObject({ status: 400, calls: 0 });
});

test.each<[string, string, readonly string[], string]>([
  ['text/json', MESSAGES, [TICKET, 'Content-Type: text/json'], BODY],
  ['a byte order mark', MESSAGES, [TICKET, JSON_TYPE], `\uFEFF${BODY}`],
  ['names and paths in another case', MESSAGES.replace('api/v1', 'API/V1').toUpperCase(), [TICKET, JSON_TYPE], BODY],
  ['names as TypeScript has them', MESSAGES, [TICKET, JSON_TYPE], '{"chatSessionId":1,"after":0}'],
  ['a slash at the end', `${MESSAGES}/`, [TICKET, JSON_TYPE], BODY],
  ['a host in the target', MESSAGES.replace(' /', ' http://crm.example.com/'), [TICKET, JSON_TYPE], BODY],
  ['any answer', MESSAGES, [TICKET, JSON_TYPE, 'Accept: */*'], BODY],
  ['JSON among others', MESSAGES, [TICKET, JSON_TYPE, 'Accept: text/xml, application/json;q=0.5'], BODY],
  ['members that are not known', MESSAGES, [TICKET, JSON_TYPE], '{"ChatSessionId":1,"After":0,"Newer":[{}]}'],
  ['a query that is not known', `${MESSAGES}?x=1`, [TICKET, JSON_TYPE], BODY],
])('%s is taken', async (_, title, lines, body) => {
  expect(await answered(title, lines, body)).toMatchObject({ status: 200, calls: 1 });
});

test('a length and chunks at once are refused, so that nothing is smuggled', async () => {
  const head = requestOf(MESSAGES, [TICKET, JSON_TYPE, 'Content-Length: 5', 'Transfer-Encoding: chunked']);
  const received = await withRest(createSimulator(), {}, ({ port }) => sendRaw(port, `${head}0\r\n\r\n`));
  expect(received).toMatch(/^HTTP\/1\.1 400 /);
});

test('members of every object are no members of an input', async () => {
  const calls: Call[] = [];
  const transport: Transport = async (call) => {
    calls.push(call);
    return { output: [], header: {} };
  };
  const body = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"ChatSessionId":1,"After":0}';
  await withRest(transport, {}, ({ port }) => ask(port, MESSAGES, [TICKET, JSON_TYPE], body));
  expect(calls[0]?.input).toStrictEqual({ chatSessionId: 1, after: 0 });
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

describe('who asks whether it may send', () => {
  const asking = (...lines: readonly string[]): string =>
    requestOf(MESSAGES, [...lines, JSON_TYPE, 'Expect: 100-continue', `Content-Length: ${BODY.length}`]);

  test('is told to, and answered', async () => {
    await withRest(createSimulator(), {}, ({ port }) =>
      withClient(port, async (client) => {
        client.write(asking(TICKET));
        await client.until('HTTP/1.1 100 Continue\r\n\r\n');
        client.write(BODY);
        await client.ended;
        expect(client.received()).toContain('HTTP/1.1 401 ');
      }),
    );
  });

  test('gets the refusal instead', async () => {
    const received = await withRest(createSimulator(), {}, ({ port }) => sendRaw(port, asking()));
    expect(received).toMatch(/^HTTP\/1\.1 401 /);
  });
});

test('a body that grows beyond the limit is not read on', async () => {
  const received = await withRest(createSimulator(), { requestBytes: 100 }, ({ port }) =>
    withClient(port, async (client) => {
      const head = requestOf(MESSAGES, [TICKET, JSON_TYPE, 'Transfer-Encoding: chunked']);
      client.write(`${head}c8\r\n${' '.repeat(200)}\r\n`);
      await client.ended;
      return client.received();
    }),
  );
  expect(received).toMatch(/^HTTP\/1\.1 413 /);
});

test('who is slow with a request is cut off, and others are answered meanwhile', async () => {
  const options = { timeouts: { headers: 300, request: 300 } };
  await withRest(createSimulator(), options, async ({ port }) => {
    const slow = rawClient(port);
    slow.write(requestOf(MESSAGES, [TICKET, JSON_TYPE, 'Content-Length: 10']));
    expect(await ask(port, 'GET /api', [])).toMatchObject({ status: 200 });
    await slow.ended;
    expect(slow.received()).toMatch(/^(?:HTTP\/1\.1 408 .*)?$/s);
  });
});

test('requests that come together are answered in their order', async () => {
  const delays = [60, 0, 20];
  const transport: Transport = async ({ input }) => {
    const { chatSessionId } = input as { chatSessionId: number };
    await new Promise((resolve) => setTimeout(resolve, delays[chatSessionId] ?? 0));
    return { output: [{ chatSessionId }], header: {} };
  };
  const received = await withRest(transport, {}, ({ port }) =>
    sendRaw(
      port,
      [0, 1, 2]
        .map((id) => requestOf(`GET /api/v1/ChatSession/${id}/Messages`))
        .map((request, index) => (index < 2 ? request.replace('Connection: close\r\n', '') : request))
        .join(''),
    ),
  );
  expect([...received.matchAll(/"ChatSessionId":(\d)/g)].map((match) => match[1])).toEqual(['0', '1', '2']);
});

test('a call is given up when its client has gone', async () => {
  let gone = (_: unknown): void => {};
  const reason = new Promise((resolve) => {
    gone = resolve;
  });
  const transport: Transport = ({ signal }) =>
    new Promise(() => signal?.addEventListener('abort', () => gone(signal.reason)));
  await withRest(transport, {}, async ({ port }) => {
    const socket = connect(port, '127.0.0.1');
    socket.write(requestOf('GET /api/v1/ChatSession/1'));
    setTimeout(() => socket.destroy(), 50);
    expect(await reason).toMatchObject({ message: 'the client has gone' });
  });
});

test('who is being answered when the server closes gets the answer', async () => {
  let begin = (): void => {};
  const began = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const transport: Transport = async () => {
    begin();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { output: [], header: {} };
  };
  await withRest(transport, {}, async (server) => {
    const answer = ask(server.port, 'GET /api/v1/ChatSession/1/Messages');
    await began;
    await server.close();
    expect(await answer).toMatchObject({ status: 200, body: '[]' });
  });
});

describe('trouble is acted out', () => {
  const with1 = (options: object) => intercept(async () => ({ output: [], header: {} }), trouble(options));
  const title = 'GET /api/v1/ChatSession/1/Messages';

  test('as a reset', async () => {
    await withRest(with1({ resetBefore: 1 }), {}, async ({ port }) => {
      const client = rawClient(port);
      client.write(requestOf(title));
      expect(await client.ended).toBe('reset');
    });
  });

  test('as an answer that ends in the middle', async () => {
    await withRest(with1({ truncate: 1 }), {}, async ({ port }) => {
      expect(await ask(port, title)).toMatchObject({ status: 200, headers: { 'content-length': '2' }, body: '[' });
    });
  });

  test('as a service that is not there for a while', async () => {
    await withRest(with1({ unavailable: 1, retryAfterMs: 1500 }), {}, async ({ port }) => {
      expect(await ask(port, title)).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    });
  });
});

test.each<[string, object]>([
  ['prot', { prot: 1 }],
  ['errors', { errors: 'fault' }],
  ['versions', { versions: ['1.1'] }],
  ['path', { path: 'api' }],
  ['port', { port: -1 }],
  ['onCall', { onCall: 1 }],
])('the option %s is refused in %j', async (path, options) => {
  await expect(withRest(createSimulator(), options as ServeRestOptions, async () => {})).rejects.toMatchObject({
    kind: 'input',
    path,
  });
});

test('a transport that is none is refused', async () => {
  await expect(withRest(Chat as never, {}, async () => {})).rejects.toMatchObject({ kind: 'input', path: 'transport' });
});

test.each([
  ['/', 'http://127.0.0.1'],
  ['/SuperOffice/api/', 'http://127.0.0.1'],
])('the folder may be %s', async (path, origin) => {
  await withRest(createSimulator(), { path }, async ({ port, baseUrl }) => {
    const folder = path.replace(/\/$/, '');
    expect(baseUrl).toBe(`${origin}:${port}${folder}`);
    expect(await ask(port, `GET ${folder}/v1/ChatSession/1`, [])).toMatchObject({ status: 401 });
    expect(await askWith(port, `POST ${folder}/v1/Agents/Chat/GetChatMessages`, {})).toMatchObject({ status: 401 });
  });
});

test('what is posted to be made has no id, and names are found in any case', async () => {
  const calls: Call[] = [];
  const transport: Transport = async (call) => {
    calls.push(call);
    return { output: { chatTopicId: 3 }, header: {} };
  };
  await withRest(transport, {}, async ({ port }) => {
    const post = (body: string) => ask(port, 'POST /api/v1/ChatTopic', [TICKET, JSON_TYPE], body);
    expect(await post('{"ChatTopicId":3,"Name":"a"}')).toMatchObject({ status: 400 });
    expect(calls).toEqual([]);
    expect(await post('{"NAME":"a","chattopicid":0,"tableRIGHT":{"MASK":"Select"}}')).toMatchObject({ status: 200 });
    expect(calls[0]?.input).toEqual({
      chatTopicEntity: { name: 'a', chatTopicId: 0, tableRight: { mask: ['Select'] } },
    });
  });
});
