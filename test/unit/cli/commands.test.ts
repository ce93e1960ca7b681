import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Call,
  Chat,
  type ChatMessage,
  type ChatSessionEntity,
  DateTime,
  encodeReply,
  Fault,
  SoPrincipal,
  type Transport,
} from '../../../lib/index.js';
import { type SoapServer, serveSoap } from '../../../lib/server.js';
import { type Environment, ended, program, run, start } from './run.js';

jest.setTimeout(30_000);

const password = 'canary-password';

/** Sets the title of a terminal, clears it, and turns the rest of its line around. */
const steeringText = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u007f\u202e';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

const at = (lexical: string): DateTime => DateTime.from(lexical);

const messages = (): ChatMessage[] => [
  {
    chatMessageId: 1,
    chatSessionId: 42,
    type: 'ToUser',
    author: 'Kari',
    message: 'Hello,\nis anybody there?',
    whenPosted: at('2024-03-01T09:30:00'),
  },
  {
    chatMessageId: 2,
    chatSessionId: 42,
    type: 'ToCustomer',
    author: 'Anna',
    message: 'Yes — how can I help?',
    whenPosted: at('2024-03-02T10:05:00'),
  },
];

const sessions = (): ChatSessionEntity[] => [
  {
    chatSessionId: 42,
    status: 'InQueue',
    customerName: 'Kari',
    sessionKey: 'canary-session-key',
    lastMessage: 'Hello',
    whenRequested: at('2024-03-01T09:30:00'),
  },
];

/** What the service answers to each operation; a Fault is thrown. */
interface Script {
  messages?: readonly ChatMessage[] | Fault;
  sessions?: readonly ChatSessionEntity[];
}

/** A service that lets anna in, answers by the script, and keeps the calls that it got. */
function serviceOf(script: Script, calls: Call[]): Transport {
  const outputOf = ({ operation, input }: Call): unknown => {
    if (operation === Chat.getChatMessages) {
      if (script.messages instanceof Fault) throw script.messages;
      return script.messages ?? messages();
    }
    if (operation === Chat.chatSessionsForUser) return script.sessions ?? sessions();
    if (operation === Chat.addChatMessage) return { ...(input as { message: object }).message, chatMessageId: 77 };
    const isAnna = (input as { password?: string }).password === password;
    return { authenticationSucceeded: isAnna, credentials: isAnna ? { ticket: '7T:a-ticket' } : null };
  };
  return async (call) => {
    calls.push(call);
    if (call.operation.service.name === 'Chat' && call.header.credentials?.ticket !== '7T:a-ticket') {
      throw new Fault('login', 'expired', { exceptionType: 'SuperOffice.Exceptions.SoSessionException' });
    }
    return { output: outputOf(call), header: { succeeded: true } };
  };
}

const script: Script = {};
const calls: Call[] = [];
let server: SoapServer;

beforeAll(async () => {
  server = await serveSoap([Chat, SoPrincipal], serviceOf(script, calls));
});

afterAll(() => server.close());

beforeEach(() => {
  calls.length = 0;
  delete script.messages;
  delete script.sessions;
});

const anna = (more: Environment = {}): Environment => ({
  SUPEROFFICE_URL: server.baseUrl,
  SUPEROFFICE_USER: 'anna',
  SUPEROFFICE_PASSWORD: password,
  ...more,
});

/** A reply with the escape sequences where it says `ESC`, written as .NET writes what XML cannot carry. */
const withEscapes = (reply: string): string =>
  reply.replaceAll('ESC', [...steeringText].map((char) => `&#x${char.codePointAt(0)?.toString(16)};`).join(''));

/** What a command prints where the service gives one reply, whatever it is asked. */
async function runAgainst(reply: string, args: readonly string[]) {
  const web = await webServer(200, { 'content-type': 'text/xml; charset=utf-8' }, withEscapes(reply));
  const result = await run(args, { SUPEROFFICE_URL: web.baseUrl, SUPEROFFICE_TICKET: 'x' });
  web.close();
  return result;
}

/** A web server that is no installation. */
async function webServer(status: number, headers: Record<string, string>, body: string) {
  const web = createServer((_, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => {
    web.listen(0, '127.0.0.1', resolve);
  });
  return { baseUrl: `http://127.0.0.1:${(web.address() as AddressInfo).port}`, close: () => web.close() };
}

describe('messages', () => {
  test('prints the conversation, day by day', async () => {
    expect(await run(['messages', '42'], anna())).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        '2024-03-01',
        '09:30  Kari  Hello,',
        '             is anybody there?',
        '',
        '2024-03-02',
        '10:05  Anna  Yes — how can I help?',
        '',
      ].join('\n'),
    });
    expect(calls.at(-1)?.input).toEqual({ chatSessionId: 42, after: 0 });
  });

  test('asks for those after a given id', async () => {
    await run(['messages', '42', '--after', '7'], anna());
    expect(calls.at(-1)?.input).toEqual({ chatSessionId: 42, after: 7 });
  });

  test('prints JSON with --json', async () => {
    const { code, stdout, stderr } = await run(['messages', '42', '--json'], anna());
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject([
      { chatMessageId: 1, author: 'Kari', message: 'Hello,\nis anybody there?', whenPosted: '2024-03-01T09:30:00' },
      { chatMessageId: 2 },
    ]);
  });

  test('says on stderr that there are none', async () => {
    script.messages = [];
    expect(await run(['messages', '42'], anna())).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/no messages/),
    });
    expect(JSON.parse((await run(['messages', '42', '--json'], anna())).stdout)).toEqual([]);
  });

  test.each([[['messages', '42']], [['messages', '42', '--json']]])(
    'lets no escape sequence through to the terminal: %j',
    async (args) => {
      const reply = encodeReply(Chat.getChatMessages, [{ chatMessageId: 1, author: 'KaESCri', message: 'xESCy' }]);
      const { code, stdout, stderr } = await runAgainst(reply, args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('owned');
      expect(stdout).not.toMatch(steering);
    },
  );

  test('is silent where its reader has seen enough', async () => {
    script.messages = Array.from({ length: 5000 }, (_, index) => ({ chatMessageId: index, message: 'x'.repeat(200) }));
    const child = spawn('sh', ['-c', `"$0" "$1" messages 42 | head -n 1`, process.execPath, program], {
      env: { ...anna(), PATH: process.env.PATH ?? '' },
    });
    const { code, stdout, stderr } = await ended(child);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toHaveLength(2);
  });

  test('is silent where its stdout is closed at once', async () => {
    script.messages = Array.from({ length: 5000 }, (_, index) => ({ chatMessageId: index, message: 'x'.repeat(200) }));
    const child = start(['messages', '42', '--json'], anna());
    child.stdout.destroy();
    expect(await ended(child)).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('sessions', () => {
  test('prints one line for each', async () => {
    const { code, stdout, stderr } = await run(['sessions'], anna());
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^SESSION +STATUS +REQUESTED +CUSTOMER +LAST MESSAGE$/),
      expect.stringMatching(/^42 +InQueue +2024-03-01 09:30 +Kari +Hello$/),
      '',
    ]);
  });

  test.each([['sessions'], ['sessions', '--json']])('does not show the session keys: %s %s', async (...args) => {
    const { code, stdout } = await run(args.filter(Boolean), anna());
    expect(code).toBe(0);
    expect(stdout).toContain('Kari');
    expect(stdout).not.toContain('canary');
    expect(stdout).not.toContain('sessionKey');
  });

  test('prints JSON with --json', async () => {
    const { stdout } = await run(['sessions', '--json'], anna());
    expect(JSON.parse(stdout)).toMatchObject([{ chatSessionId: 42, customerName: 'Kari', status: 'InQueue' }]);
  });

  test.each([[['sessions']], [['sessions', '--json']]])(
    'lets no escape sequence through to the terminal: %j',
    async (args) => {
      const session = { ...sessions()[0], customerName: 'KaESCri', lastMessage: 'xESCy', status: 'ESC' as never };
      const { code, stdout, stderr } = await runAgainst(encodeReply(Chat.chatSessionsForUser, [session]), args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('owned');
      expect(stdout).not.toMatch(steering);
    },
  );

  test('prints one line for a session whose last message has several', async () => {
    script.sessions = [{ ...sessions()[0], lastMessage: 'one\r\ntwo\nthree' }];
    const { stdout } = await run(['sessions'], anna());
    expect(stdout.split('\n')).toHaveLength(3);
  });
});

describe('send', () => {
  test('sends the text and prints the id of the message', async () => {
    expect(await run(['send', '42', 'Hello — you'], anna())).toEqual({ code: 0, stdout: '77\n', stderr: '' });
    expect(calls.at(-1)?.operation).toBe(Chat.addChatMessage);
    expect(calls.at(-1)?.input).toMatchObject({
      chatSessionId: 42,
      message: { chatSessionId: 42, type: 'ToCustomer', message: 'Hello — you' },
    });
  });

  test('takes the text from stdin where it is -', async () => {
    await run(['send', '42', '-'], anna(), 'first line\n  second\n\n');
    expect(calls.at(-1)?.input).toMatchObject({ message: { message: 'first line\n  second\n' } });
  });

  test('takes a text that begins with - after --', async () => {
    await run(['send', '42', '--', '-5 °C'], anna());
    expect(calls.at(-1)?.input).toMatchObject({ message: { message: '-5 °C' } });
  });

  test('sends nothing where XML cannot carry the text', async () => {
    const { code, stdout, stderr } = await run(['send', '42', '-'], anna(), 'a\u0000b');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('message.message');
    expect(calls.some(({ operation }) => operation === Chat.addChatMessage)).toBe(false);
  });
});

describe('ticket', () => {
  test('prints the ticket, with which other commands need no password', async () => {
    expect(await run(['ticket'], anna())).toEqual({ code: 0, stdout: '7T:a-ticket\n', stderr: '' });
    calls.length = 0;
    const env = { SUPEROFFICE_URL: server.baseUrl, SUPEROFFICE_TICKET: '7T:a-ticket' };
    expect(await run(['messages', '42'], env)).toMatchObject({ code: 0 });
    expect(calls).toHaveLength(1);
  });

  test('sends the application token', async () => {
    await run(['ticket'], anna({ SUPEROFFICE_APPLICATION_TOKEN: 'app' }));
    expect(calls[0]?.header).toMatchObject({ applicationToken: 'app' });
  });
});

describe('simulate', () => {
  test('prints its URLs, answers there from one store, and ends with 0 on SIGTERM', async () => {
    const child = start(['simulate'], {});
    const end = ended(child);
    const urls = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
      child.once('close', () => reject(new Error('it ended early')));
    }).catch(async (error: Error) => {
      throw new Error(`${error.message}: ${(await end).stderr}`);
    });
    const [url = '', restUrl = ''] = urls.split('\n');
    const env = { SUPEROFFICE_URL: url, SUPEROFFICE_USER: 'anna', SUPEROFFICE_PASSWORD: 'demo' };
    await run(['send', '44', 'seen over REST'], env);
    const authorization = `Basic ${btoa('anna:demo')}`;
    const messages = await fetch(`${restUrl}/v1/ChatSession/44/Messages`, { headers: { authorization } });
    expect(await messages.text()).toContain('"Message":"seen over REST"');
    expect(restUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api$/);
    const listed = await run(['sessions', '--json'], env);
    const unknown = await run(['messages', '999999'], env);
    child.kill('SIGTERM');
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/Remote\/Services88$/);
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(listed.stdout).length).toBeGreaterThan(0);
    expect(unknown).toMatchObject({ code: 5, stdout: '' });
    const { code, stdout } = await end;
    expect(code).toBe(0);
    expect(stdout).toBe(`${urls}\n`);
  });

  test.each(['--port', '--rest-port'])('ends with 2 and one line where the port of %s is taken', async (option) => {
    const { code, stdout, stderr } = await run(['simulate', option, String(server.port)]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('ends with 2 where the port is none', async () => {
    expect(await run(['simulate', '--port', '70000'])).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('what is wrong with the command or the environment', () => {
  test.each<[string, Environment]>([
    ['SUPEROFFICE_URL', { SUPEROFFICE_USER: 'anna', SUPEROFFICE_PASSWORD: password }],
    ['SUPEROFFICE_USER', { SUPEROFFICE_URL: 'http://127.0.0.1:9', SUPEROFFICE_PASSWORD: password }],
    ['SUPEROFFICE_PASSWORD', { SUPEROFFICE_URL: 'http://127.0.0.1:9', SUPEROFFICE_USER: 'anna' }],
  ])('is named and ends with 2: %s is missing', async (name, env) => {
    for (const args of [['messages', '42'], ['sessions'], ['send', '42', 'x'], ['ticket']]) {
      const { code, stdout, stderr } = await run(args, env);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(name);
      expect(stderr).not.toContain('canary');
    }
  });

  test.each([
    ['an unknown command', ['frobnicate']],
    ['an unknown option', ['messages', '42', '--frobnicate']],
    ['a session that is no number', ['messages', 'forty-two']],
    ['a session that is left out', ['messages']],
    ['a text that is left out', ['send', '42']],
    ['an argument too many', ['messages', '42', '43']],
    ['an id that is no number', ['messages', '42', '--after', 'x']],
    ['a session that no int can hold', ['messages', '9999999999']],
  ])('ends with 2: %s', async (_, args) => {
    const { code, stdout, stderr } = await run(args, anna());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toBe('');
    expect(calls.filter(({ operation }) => operation.service.name === 'Chat')).toHaveLength(0);
  });

  test.each([
    ['no URL', 'nowhere'],
    ['an ftp: URL', 'ftp://host/x'],
    ['the file of a service', 'http://127.0.0.1:9/Chat.svc'],
  ])('ends with 2: SUPEROFFICE_URL is %s', async (_, url) => {
    const { code, stdout, stderr } = await run(['sessions'], anna({ SUPEROFFICE_URL: url }));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('baseUrl');
  });

  test('is nothing where help is asked for, which names the variables and the exit codes', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const name of ['SUPEROFFICE_URL', 'SUPEROFFICE_USER', 'SUPEROFFICE_PASSWORD', 'SUPEROFFICE_TICKET'])
      expect(stdout).toContain(name);
    expect(stdout).toContain('Exit codes');
    expect((await run(['messages', '--help'])).code).toBe(0);
  });
});

describe('a call that fails', () => {
  test('because the password is wrong ends with 3', async () => {
    const { code, stdout, stderr } = await run(['sessions'], anna({ SUPEROFFICE_PASSWORD: 'canary-wrong' }));
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('SUPEROFFICE_PASSWORD');
    expect(stderr).not.toContain('canary');
    expect(calls).toHaveLength(1);
  });

  test('because the ticket is wrong ends with 3', async () => {
    const env = { SUPEROFFICE_URL: server.baseUrl, SUPEROFFICE_TICKET: 'canary-ticket' };
    const { code, stdout, stderr } = await run(['sessions'], env);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).not.toContain('canary');
  });

  test('because the service refuses it ends with 5, and says so in one line', async () => {
    script.messages = new Fault('service', 'there is no session 42', { exceptionType: 'SoNotFoundException' });
    const { code, stdout, stderr } = await run(['messages', '42'], anna());
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    expect(stderr).toContain('there is no session 42');
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('lets no escape sequence of the reason through to the terminal, and is told in one line', async () => {
    const header = { exceptionInfo: { message: 'noESC\nsession', exceptionType: 'SoESCException' } };
    const reply = encodeReply(Chat.getChatMessages, null, { header });
    const { code, stderr } = await runAgainst(reply, ['messages', '42']);
    expect(code).toBe(5);
    expect(stderr).toContain('owned');
    expect(stderr).not.toMatch(steering);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('because the answer cannot be read ends with 5', async () => {
    const web = await webServer(200, { 'content-type': 'text/xml' }, '<html/>');
    const { code, stdout } = await run(['sessions'], anna({ SUPEROFFICE_URL: web.baseUrl }));
    web.close();
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
  });

  test('because nobody listens ends with 6', async () => {
    const web = await webServer(200, {}, '');
    await new Promise((resolve) => setImmediate(resolve, web.close()));
    const { code, stdout, stderr } = await run(['sessions'], anna({ SUPEROFFICE_URL: web.baseUrl }));
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toContain('SUPEROFFICE_URL');
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test.each([
    ['a page of HTML', 200, { 'content-type': 'text/html' }],
    ['404', 404, { 'content-type': 'text/html' }],
    ['a redirect', 302, { location: 'http://127.0.0.1:9/' }],
  ])('because the web server answers with %s ends with 6', async (_, status, headers) => {
    const web = await webServer(status, headers, '<html/>');
    const { code, stdout, stderr } = await run(['sessions'], anna({ SUPEROFFICE_URL: web.baseUrl }));
    web.close();
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toContain('SUPEROFFICE_URL');
    expect(stderr).not.toContain('canary');
  });

  test('of which nothing was sent does not say that it may have been done', async () => {
    const web = await webServer(404, {}, '');
    const { stderr } = await run(['send', '42', 'x'], anna({ SUPEROFFICE_URL: web.baseUrl }));
    web.close();
    expect(stderr).not.toContain('may have done it');
  });
});

describe('the password', () => {
  test('is in the arguments of no process', async () => {
    const child = start(['simulate'], anna());
    const end = ended(child);
    const argv = readFileSync(`/proc/${child.pid}/cmdline`, 'utf8');
    child.kill('SIGTERM');
    await end;
    expect(argv).not.toContain(password);
  });

  test('is no option of any command', async () => {
    for (const command of ['messages', 'sessions', 'send', 'ticket', 'simulate'])
      expect((await run([command, '--help'])).stdout).not.toMatch(/--password/);
  });

  test.each([[['messages', '42']], [['sessions', '--json']], [['send', '42', 'x']], [['ticket']]])(
    'is not in the output of %j',
    async (args) => {
      const { stdout, stderr } = await run(args, anna({ NODE_DEBUG: '' }));
      expect(stdout + stderr).not.toContain(password);
    },
  );
});
