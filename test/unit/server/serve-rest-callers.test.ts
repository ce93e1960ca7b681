/**
 * Who calls a REST server: each scheme of Authorization, and what REST has of SoPrincipal.
 */
import { type Call, Chat, type Transport, TransportError } from '../../../lib/index.js';
import { restCallers } from '../../../lib/server/rest/callers.js';
import { createSimulator } from '../../../lib/server.js';
import { ask, askWith, withRest } from './rest-client.js';

const basic = (userName: string, password: string): string =>
  `Authorization: Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`;

const TOPICS = 'GET /api/v1/ChatTopic/ForCurrentUser';
const PRINCIPAL = 'GET /api/v1/User/currentPrincipal';
const TOKEN = 'POST /api/v1/Agents/User/GetAccessToken';

/** A simulator, and the names of the operations that it is asked for. */
function watched() {
  const simulator = createSimulator();
  const calls: Call[] = [];
  const transport: Transport = (call) => {
    calls.push(call);
    return simulator(call);
  };
  const names = (): readonly string[] => calls.splice(0).map(({ operation }) => operation.name);
  return { transport, names, calls, expire: simulator.expireTickets };
}

describe('a user name and password', () => {
  test('are signed in once for all calls, and again when the ticket is refused', async () => {
    const { transport, names, expire } = watched();
    await withRest(transport, {}, async ({ port }) => {
      const statuses = await Promise.all(
        [1, 2, 3].map(async () => (await ask(port, TOPICS, [basic('anna', 'demo')])).status),
      );
      expect(statuses).toEqual([200, 200, 200]);
      expect(names().filter((name) => name === 'AuthenticateUsernamePassword')).toHaveLength(1);
      expire();
      expect(await ask(port, TOPICS, [basic('anna', 'demo')])).toMatchObject({ status: 200 });
      expect(names()).toEqual(['ChatTopicsForUser', 'AuthenticateUsernamePassword', 'ChatTopicsForUser']);
    });
  });

  test('are not those of another user', async () => {
    const { transport } = watched();
    await withRest(transport, {}, async ({ port }) => {
      const answers = await Promise.all(['anna', 'joerg'].map((name) => ask(port, PRINCIPAL, [basic(name, 'demo')])));
      expect(answers.map(({ body }) => JSON.parse(body).Associate)).toEqual(['ANNA', 'JOERG']);
      const topics = await Promise.all(['anna', 'joerg'].map((name) => ask(port, TOPICS, [basic(name, 'demo')])));
      const ids = topics.map(({ body }) => JSON.parse(body).map((topic: { ChatTopicId: number }) => topic.ChatTopicId));
      expect(ids).toEqual([
        [1, 2],
        [2, 3],
      ]);
      // The right password of the one before is of no use with a wrong one.
      expect(await ask(port, TOPICS, [basic('anna', 'other')])).toMatchObject({ status: 401 });
    });
  });

  test('are kept for the thousand that were seen last, whatever others try', async () => {
    const signedIn: string[] = [];
    const everybody: Transport = async ({ operation, input }) => {
      if (operation.service.name === 'Chat') return { output: [], header: {} };
      const { userName } = input as { userName: string };
      signedIn.push(userName);
      const authenticationSucceeded = !userName.startsWith('guess');
      return { output: { authenticationSucceeded, credentials: { ticket: '7T:a' }, response: null }, header: {} };
    };
    const callerOf = restCallers(everybody);
    const call = { operation: Chat.chatTopicsForUser, input: {}, header: {} };
    const askAs = (userName: string) => callerOf(`Basic ${btoa(`${userName}:x`)}`)?.through?.(call);
    await askAs('anna');
    for (let index = 0; index < 2000; index++) await askAs(`guess${index}`)?.catch(() => {});
    await askAs('anna');
    expect(signedIn.filter((name) => name === 'anna')).toHaveLength(1);
    for (let index = 0; index < 1000; index++) await askAs(`other${index}`);
    await askAs('anna');
    expect(signedIn.filter((name) => name === 'anna')).toHaveLength(2);
  });

  test('are refused with a status, and not tried again at once', async () => {
    const { transport, names } = watched();
    await withRest(transport, {}, async ({ port }) => {
      for (const _ of [1, 2]) {
        const answer = await ask(port, TOPICS, [basic('anna', 'canary')]);
        expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': expect.any(String) } });
        expect(JSON.parse(answer.body)).toMatchObject({ Error: true });
        expect(answer.body).not.toContain('canary');
      }
      expect(names()).toEqual(['AuthenticateUsernamePassword']);
    });
  });

  test('may have umlauts and colons', async () => {
    const simulator = createSimulator({ users: [{ userName: 'jürgen', password: 'a:ß:c' }] });
    await withRest(simulator, {}, async ({ port }) => {
      expect(await ask(port, PRINCIPAL, [basic('jürgen', 'a:ß:c')])).toMatchObject({ status: 200 });
    });
  });

  test('that cannot be signed in because the service is away are no refusal', async () => {
    const away: Transport = async () => {
      throw new TransportError('http-status', 'HTTP 500', { status: 500 });
    };
    await withRest(away, {}, async ({ port }) => {
      expect(await ask(port, TOPICS, [basic('anna', 'demo')])).toMatchObject({
        status: 502,
        body: 'the call failed: http-status\n',
      });
    });
  });
});

describe('a ticket or access token', () => {
  test.each([
    'Authorization: Bearer 8A:demo-anna',
    'Authorization: bearer 8A:demo-anna',
    'authorization: SOTICKET 8A:demo-anna',
  ])('%s goes with the call', async (line) => {
    const { transport, calls } = watched();
    await withRest(transport, {}, async ({ port }) => {
      expect(await ask(port, TOPICS, [line])).toMatchObject({ status: 200 });
    });
    expect(calls.map(({ header }) => header.credentials?.ticket)).toEqual(['8A:demo-anna']);
  });

  test('is not seen where the call is printed', async () => {
    const { transport, calls } = watched();
    await withRest(transport, {}, ({ port }) => ask(port, TOPICS, ['Authorization: Bearer 8A:demo-anna']));
    expect(JSON.stringify(calls[0]?.header)).not.toContain('8A:');
  });

  test('that is refused is so by a status', async () => {
    const { transport } = watched();
    await withRest(transport, {}, async ({ port }) => {
      const answer = await ask(port, TOPICS, ['Authorization: SOTicket 7T:unknown']);
      expect(answer).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': expect.stringContaining('SOTicket') },
      });
      expect(JSON.parse(answer.body).ErrorType).toBe('SuperOffice.Exceptions.SoSessionException');
    });
  });
});

test.each([
  ['no Authorization', []],
  ['a scheme that is not known', ['Authorization: Negotiate abc']],
  ['nothing behind the scheme', ['Authorization: Basic']],
  ['no colon', [`Authorization: Basic ${btoa('anna')}`]],
  ['no user name', [`Authorization: Basic ${btoa(':demo')}`]],
  ['an empty one', ['Authorization: ']],
])('with %s, credentials are asked for and nothing is called', async (_, lines) => {
  const { transport, calls } = watched();
  await withRest(transport, {}, async ({ port }) => {
    for (const title of [TOPICS, PRINCIPAL, TOKEN]) {
      const answer = await ask(port, title, lines);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Basic realm="SuperOffice", charset="UTF-8", SOTicket, Bearer');
    }
  });
  expect(calls).toEqual([]);
});

describe('who calls', () => {
  test('is told by name, whatever the credentials', async () => {
    const { transport } = watched();
    await withRest(transport, {}, async ({ port }) => {
      const ticket = JSON.parse((await askWith(port, TOKEN, {}, [basic('anna', 'demo')])).body);
      for (const line of [
        basic('anna', 'demo'),
        `Authorization: SOTicket ${ticket}`,
        'Authorization: Bearer 8A:demo-anna',
      ]) {
        const { status, body } = await ask(port, PRINCIPAL, [line]);
        expect(status).toBe(200);
        expect(JSON.parse(body)).toMatchObject({
          UserType: 'InternalAssociate',
          AssociateId: 11,
          EMailAddress: expect.any(String),
        });
        expect(body).not.toContain('Ticket');
      }
    });
  });

  test.each([basic('anna', 'wrong'), 'Authorization: SOTicket 7T:unknown', 'Authorization: Bearer 8A:unknown'])(
    'is nobody for %s',
    async (line) => {
      const { transport } = watched();
      await withRest(transport, {}, async ({ port }) => {
        const answer = await ask(port, PRINCIPAL, [line]);
        expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': expect.any(String) } });
      });
    },
  );
});

describe('a token for further calls', () => {
  test('is good for them', async () => {
    const { transport, calls } = watched();
    await withRest(transport, {}, async ({ port }) => {
      const { status, body } = await askWith(port, TOKEN, { appToken: 'app', includeCsSession: false }, [
        basic('anna', 'demo'),
      ]);
      expect(status).toBe(200);
      const ticket: string = JSON.parse(body);
      expect(calls[0]?.header).toEqual({ applicationToken: 'app' });
      expect(await ask(port, TOPICS, [`Authorization: SOTicket ${ticket}`])).toMatchObject({ status: 200 });
    });
  });

  test.each(['SOTicket', 'Bearer'])('is the one of the request, where that is valid (%s)', async (scheme) => {
    const { transport } = watched();
    await withRest(transport, {}, async ({ port }) => {
      const line = `Authorization: ${scheme} 8A:demo-anna`;
      expect(await askWith(port, TOKEN, {}, [line])).toMatchObject({ status: 200, body: '"8A:demo-anna"' });
      expect(await askWith(port, TOKEN, {}, [`${line}x`])).toMatchObject({ status: 401 });
    });
  });

  test.each([[[]], ['app'], [{ AppToken: 7 }]])('is not given for %j', async (body) => {
    const { transport, calls } = watched();
    await withRest(transport, {}, async ({ port }) => {
      expect(await askWith(port, TOKEN, body, [basic('anna', 'demo')])).toMatchObject({ status: 400 });
    });
    expect(calls).toEqual([]);
  });

  test('is described by a GET', async () => {
    await withRest(createSimulator(), {}, async ({ port }) => {
      expect(await ask(port, TOKEN.replace('POST', 'GET'), [])).toMatchObject({ status: 200 });
    });
  });
});

test.each(['/api', '/api/', '/API'])('%s tells everybody which version it is', async (path) => {
  await withRest(createSimulator(), {}, async ({ port }) => {
    const { status, body } = await ask(port, `GET ${path}`, []);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      v1: 'http://crm.example.com/api/v1/',
      NetServerVersion: 'Services88 simulator',
      ServicesCurrent: 'Services88',
    });
  });
});

test('calls of many users at once are each in their own name', async () => {
  const users = Array.from({ length: 40 }, (_, index) => `user${index}`);
  const seen = new Map<string, string>();
  const transport: Transport = async ({ operation, input, header }) => {
    if (operation !== Chat.chatTopicsForUser) {
      const { userName } = input as { userName: string };
      return {
        output: { response: null, credentials: { ticket: `7T:${userName}` }, authenticationSucceeded: true },
        header: {},
      };
    }
    return { output: [{ name: header.credentials?.ticket }], header: {} };
  };
  await withRest(transport, {}, ({ port }) =>
    Promise.all(
      users.map(async (name) => {
        const { body } = await ask(port, TOPICS, [basic(name, 'x')]);
        seen.set(name, JSON.parse(body)[0].Name);
      }),
    ),
  );
  expect([...seen].sort()).toEqual(users.map((name) => [name, `7T:${name}`]).sort());
});
