/**
 * Commands for curl, run by a shell: what arrives is what was recorded, and nothing else is done.
 */
import { spawnSync } from 'node:child_process';
import { Chat, encodeRequest, type Operation } from '../../../lib/index.js';
import { asCurl, translateRequest } from '../../../lib/migrate.js';
import { membersOf, randomFrom } from '../../contract/values.js';
import { type Recorder, record, runProgram } from './recorder.js';

jest.setTimeout(60_000);

const hasCurl = spawnSync('curl', ['--version']).status === 0;
const shells = ['bash', 'sh', 'dash', 'zsh'].filter((shell) => spawnSync(shell, ['-c', ':']).status === 0);

let server: Recorder;
beforeAll(async () => {
  server = await record();
});
afterAll(() => server.close());

const secrets = {
  SUPEROFFICE_TICKET: '7T:ticket/+=',
  SUPEROFFICE_APPLICATION_TOKEN: 'application-token',
  SUPEROFFICE_SESSION_KEY: 'key-of-a-session',
};

const nasty = [
  "it's",
  '"quoted"',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a shell's
  '$HOME ${HOME} $(echo owned) `echo owned`',
  '\\ \\\\ \\n \\u0041',
  'a\nb\r\nc\td',
  '!! !history',
  '%s %d &amp; <b>',
  '@/etc/passwd',
  'Grüße — 日本 🚲 \u2028 \u202e \u0085',
  "''\\''\"$SUPEROFFICE_TICKET\"'",
  '\nEND_OF_BODY\n',
  '',
];

const curlFor = (operation: Operation, input: unknown, style?: 'entity'): string =>
  asCurl(
    translateRequest(
      encodeRequest(operation, input as never, {
        header: { credentials: { ticket: '7T:recorded' }, applicationToken: 'recorded' },
      }),
      { baseUrl: `${server.origin}/api`, style },
    ),
    { from: "a file's name; echo owned" },
  );

(hasCurl ? describe.each(shells) : describe.skip.each(shells))('%s', (shell) => {
  it('texts arrive as they were, whatever they mean to a shell', async () => {
    const commands = nasty.map((message) =>
      curlFor(Chat.addChatMessage, { chatSessionId: 1, message: { type: 'ToCustomer', message } }),
    );
    const said = await runProgram(shell, ['-c', commands.join('\n').replaceAll('curl ', 'curl --silent ')], secrets);
    expect(said).toBe('null\n'.repeat(nasty.length));
    const arrived = server.taken();
    expect(arrived.map(({ body }) => JSON.parse(body).Message.Message)).toEqual(nasty);
    for (const { method, url, headers } of arrived) {
      expect({ method, url }).toEqual({ method: 'POST', url: '/api/v1/Agents/Chat/AddChatMessage' });
      expect(headers).toMatchObject({
        authorization: 'SOTicket 7T:ticket/+=',
        'so-apptoken': 'application-token',
        'content-type': 'application/json; charset=utf-8',
      });
    }
  });

  it('a session keeps its key, and a body of any length arrives', async () => {
    for (const customerName of ['Kari', nasty.join(' ').repeat(2_000)]) {
      const command = curlFor(Chat.saveChatSessionEntity, {
        chatSessionEntity: { chatSessionId: 1, sessionKey: 'recorded', customerName },
      });
      expect(command).not.toContain('recorded');
      await runProgram(shell, [], secrets, command.replaceAll('curl ', 'curl --silent '));
      expect(server.taken().map(({ body }) => JSON.parse(body))).toEqual([
        { ChatSessionId: 1, SessionKey: 'key-of-a-session', CustomerName: customerName },
      ]);
    }
  });

  it('every operation of either style arrives as it was meant', async () => {
    for (const style of [undefined, 'entity'] as const) {
      const translations = Object.values(Chat).map((operation: Operation) => {
        const input = membersOf(
          operation.request.fields.map((field) => ({ ...field, required: true })),
          randomFrom(3),
        );
        return translateRequest(encodeRequest(operation, input as never), { baseUrl: `${server.origin}/api`, style });
      });
      const commands = translations.map((translation) => asCurl(translation).replaceAll('curl ', 'curl --silent '));
      await runProgram(shell, [], secrets, commands.join('\n'));
      const arrived = server.taken();
      for (const [index, { request }] of translations.entries()) {
        expect(arrived[index]).toMatchObject({ method: request?.method, url: `/api/${request?.path}` });
        const { body = '' } = arrived[index] ?? {};
        // What stands for a secret is filled in.
        const wanted = (request?.body ?? '').replace(/\ufffe\w+\uffff/g, secrets.SUPEROFFICE_SESSION_KEY);
        expect(body === '' ? '' : JSON.parse(body)).toEqual(wanted === '' ? '' : JSON.parse(wanted));
        if (request?.method === 'POST') expect(arrived[index]?.headers).toHaveProperty('content-length');
      }
    }
  });
});

it('the address is a variable where nobody named it', () => {
  const translation = translateRequest(encodeRequest(Chat.getChatPresence, {}));
  expect(asCurl(translation)).toContain(`"$SUPEROFFICE_REST_URL"'/v1/Agents/Chat/GetChatPresence'`);
});

it('an address with brackets is no pattern', () => {
  const translation = translateRequest(encodeRequest(Chat.getChatPresence, {}), { baseUrl: 'http://[::1]:8080/api' });
  expect(asCurl(translation)).toContain(
    "curl --fail-with-body --write-out '\\n' --globoff --request POST 'http://[::1]:8080/api/",
  );
});
