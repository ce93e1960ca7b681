/**
 * Programs in TypeScript: they are what the libraries' types want, and make the call that was recorded.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import {
  type Call,
  Chat,
  DateTime,
  encodeRequest,
  inRelease,
  type Operation,
  SoPrincipal,
} from '../../../lib/index.js';
import { asTypeScript, asWebApi, renderTogether, translateRequest } from '../../../lib/migrate.js';
import { decodeRestInput, restRouter } from '../../../lib/rest/match.js';
import { serveRest } from '../../../lib/server.js';
import { membersOf, plain, randomFrom } from '../../contract/values.js';
import { record, runProgram } from './recorder.js';

jest.setTimeout(180_000);

const root = join(__dirname, '../../..');
const operations: readonly Operation[] = Object.values(Chat);
const SEEDS = [1, 2, 3];
const ENV = {
  SUPEROFFICE_TICKET: '7T:ticket-of-the-environment',
  SUPEROFFICE_APPLICATION_TOKEN: 'application-token',
  SUPEROFFICE_SESSION_KEY: 'key-of-a-session',
};

let folder: string;
beforeAll(() => {
  // As a project that has the packages installed.
  folder = mkdtempSync(join(tmpdir(), 'programs-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
  symlinkSync(root, join(folder, 'node_modules/services88-chat'));
  for (const name of ['@superoffice', '@types/node', 'undici-types']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Recorded {
  readonly operation: Operation;
  readonly input: Readonly<Record<string, unknown>>;
  readonly document: string;
}

/** Requests of all operations, with values of all kinds. */
const recorded = (header: Call['header']): readonly Recorded[] =>
  operations.flatMap((operation) =>
    SEEDS.map((seed) => {
      const fields = operation.request.fields.map((field) => ({ ...field, required: seed === 1 || !field.nillable }));
      const input = membersOf(fields, randomFrom(seed * 100));
      return { operation, input, document: encodeRequest(operation, input as never, { header }) };
    }),
  );

/** Checks programs by their types, and gives them as CommonJS. */
function compile(programs: readonly string[]): readonly string[] {
  const files = programs.map((text, index) => {
    const file = join(folder, `program-${index}.ts`);
    writeFileSync(file, text);
    return file;
  });
  const compiled = ts.createProgram(files, {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(folder, 'node_modules/@types')],
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
  });
  const problems = ts.getPreEmitDiagnostics(compiled).map(({ messageText, file, start }) => {
    const line = file && start !== undefined ? file.text.slice(start, start + 80) : '';
    return `${ts.flattenDiagnosticMessageText(messageText, '\n')} at ${line}`;
  });
  expect(problems).toEqual([]);
  compiled.emit();
  return files.map((file) => file.replace(/\.ts$/, '.js'));
}

/** All of them in one process, one after another. */
const runAll = (files: readonly string[]): Promise<string> =>
  runProgram(
    process.execPath,
    ['-e', `(async () => { for (const file of ${JSON.stringify(files)}) { await require(file).done; } })()`],
    ENV,
  );

/** Lets the runner wait for a program. */
const awaitable = (text: string): string =>
  `${text.replace(/\nmain\(\)\.catch/, '\nexport const done = main().catch')}`;

/** What a secret is filled in for. */
const withKey = (input: unknown): unknown =>
  JSON.parse(JSON.stringify(plain(input)), (key, value) =>
    key === 'sessionKey' && typeof value === 'string' && value !== '' ? ENV.SUPEROFFICE_SESSION_KEY : value,
  );

const comparable = (input: unknown): unknown =>
  withKey(Object.fromEntries(Object.entries(input as object).filter(([, value]) => value !== null)));

describe('by this library', () => {
  it.each(['agent', 'entity'] as const)(
    'each call arrives at a server of REST as it was recorded (%s)',
    async (style) => {
      const calls: Call[] = [];
      const server = await serveRest(async (call) => {
        calls.push(call);
        const [field] = call.operation.reply.fields;
        return {
          output: field ? (membersOf([{ ...field, required: true }], randomFrom(1))[field.key] ?? null) : undefined,
          header: {},
        };
      });
      const header = {
        credentials: { ticket: '7T:recorded' },
        applicationToken: 'recorded',
        timeZone: { soTimeZoneLocationCode: 'NO' },
      };
      const requests = recorded(header);
      const programs = requests.map(({ document }) =>
        awaitable(asTypeScript(translateRequest(document, { style, baseUrl: server.baseUrl }))),
      );
      try {
        await runAll(compile(programs));
        expect(calls.map(({ operation }) => operation.name)).toEqual(requests.map(({ operation }) => operation.name));
        for (const [index, call] of calls.entries()) {
          expect(comparable(call.input)).toEqual(comparable(requests[index]?.input));
          expect(call.header).toMatchObject({
            credentials: { ticket: ENV.SUPEROFFICE_TICKET },
            applicationToken: 'application-token',
            timeZone: { soTimeZoneLocationCode: 'NO' },
          });
        }
      } finally {
        await server.close();
      }
    },
  );
});

describe("by the vendor's library", () => {
  const find = restRouter(Chat);
  const aliases: Readonly<Record<string, string>> = { R: 'Select', F: 'Filtering', Nullable: 'Unused4' };

  /** Its flags are sums, in which a name and its alias are one; and axios sends no member of the name __proto__. */
  const bySum = (input: unknown): unknown =>
    JSON.parse(JSON.stringify(comparable(input)), (key, value) => {
      if (key === '__proto__') return undefined;
      if (key !== 'mask') return value;
      return [...new Set((value as readonly string[]).map((name) => aliases[name] ?? name))].sort();
    });

  it('types are checked: a program with a mistake would be noticed', () => {
    const program = asWebApi(translateRequest(encodeRequest(Chat.getChatMessages, { chatSessionId: 177, after: 964 })));
    expect(() => compile([program.replace('964', "'964'")])).toThrow('not assignable');
  });

  it('each call arrives as it was recorded', async () => {
    const server = await record();
    const requests = recorded({
      credentials: { ticket: '7T:recorded' },
      applicationToken: 'recorded',
      timeZone: { soTimeZoneId: 5 },
    });
    const programs = requests.map(({ document }) =>
      awaitable(asWebApi(translateRequest(document, { baseUrl: `${server.origin}/api` }))),
    );
    try {
      await runAll(compile(programs));
      const arrived = server.taken();
      expect(arrived).toHaveLength(requests.length);
      for (const [index, { method = '', url = '', headers, body }] of arrived.entries()) {
        const [path = '', query = ''] = url.replace('/api/', '').split('?');
        const match = find(method, path);
        if ('allow' in match) throw new Error(`${method} ${path} is not there`);
        const input = decodeRestInput(match, { query: new URLSearchParams(query), body: body === 'null' ? '' : body });
        expect(match.operation).toBe(requests[index]?.operation);
        expect(bySum(input)).toEqual(bySum(requests[index]?.input));
        expect(headers).toMatchObject({
          authorization: `SOTicket ${ENV.SUPEROFFICE_TICKET}`,
          'so-apptoken': 'application-token',
          'so-timezone': '5',
        });
      }
    } finally {
      await server.close();
    }
  });

  it('calls as its documentation has them, with values of its own types', () => {
    const messages = translateRequest(encodeRequest(Chat.getChatMessages, { chatSessionId: 177, after: 964 }));
    expect(asWebApi(messages)).toContain('await chat.getChatMessagesAsync(177, 964)');
    const message = { type: 'ToCustomer', message: "it's", whenPosted: DateTime.from('2024-03-01T09:30:00') };
    const program = asWebApi(translateRequest(encodeRequest(Chat.addChatMessage, { chatSessionId: 1, message })));
    expect(program).toContain("import { ChatAgent, ChatMessageType } from '@superoffice/webapi';");
    expect(program).toContain('type: ChatMessageType.ToCustomer');
    expect(program).toContain("whenPosted: asWritten('2024-03-01T09:30:00')");
  });
});

it('several calls are one program, whose clients are those that differ', async () => {
  const server = await record('{"ChatTopicId":1,"ChatSessionId":1}');
  const header = (ticket: string) => ({ credentials: { ticket } });
  const { authenticateImplicit, getSystemInfo } = SoPrincipal;
  const documents = [
    encodeRequest(authenticateImplicit, {}),
    encodeRequest(Chat.getChatTopicEntity, { chatTopicEntityId: 1 }, { header: header('7T:a') }),
    encodeRequest(Chat.addChatMessage, {
      chatSessionId: 2,
      message: { type: 'ToCustomer', message: 'a', whenPosted: DateTime.from('2024-03-01T09:30:00') },
    }),
    encodeRequest(Chat.getChatTopicEntity, { chatTopicEntityId: 3 }, { header: { timeZone: { soTimeZoneId: 5 } } }),
    encodeRequest(getSystemInfo, {}),
  ];
  const requests = documents.map((document) => ({
    translation: translateRequest(document, { baseUrl: `${server.origin}/api` }),
  }));
  const programs = (['ts', 'webapi'] as const).map((form) => [...renderTogether(form, requests)].join(''));
  try {
    await runAll(compile(programs.map(awaitable)));
    const paths = [
      '/api/v1/Agents/Chat/GetChatTopicEntity',
      '/api/v1/Agents/Chat/AddChatMessage',
      '/api/v1/Agents/Chat/GetChatTopicEntity',
      '/api',
    ];
    const arrived = server.taken();
    expect(arrived.map(({ url }) => url?.split('?')[0])).toEqual([...paths, ...paths]);
    expect(arrived[2]?.headers['so-timezone']).toBe('5');
    for (const program of programs) {
      expect(program.match(/^import /gm)).toHaveLength(1);
      expect(program.match(/^ {2}const chat\d* = /gm)).toHaveLength(2);
      expect(program.match(/^ +\/\/ Chat\.GetChatTopicEntity \(/gm)).toHaveLength(2);
    }
  } finally {
    await server.close();
  }
});

it('a login is a comment, and the release of the service is asked of the API', () => {
  const { authenticateImplicit, getSystemInfo } = inRelease(SoPrincipal, 86);
  for (const render of [asTypeScript, asWebApi]) {
    const login = render(translateRequest(encodeRequest(authenticateImplicit, {})));
    expect(login.split('\n').filter((line) => line !== '' && !line.startsWith('//'))).toEqual([]);
    const info = render(translateRequest(encodeRequest(getSystemInfo, {}), { baseUrl: 'https://crm.example.com/api' }));
    expect(info).toContain("await fetch('https://crm.example.com/api')");
  }
});
