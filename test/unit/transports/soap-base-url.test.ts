import { inspect } from 'node:util';
import { Chat, encodeReply, InputError, soapTransport } from '../../../lib/index.js';
import { answering, closedAfterEach } from './servers.js';

const keep = closedAfterEach();

const canary = 'canary-5e7a';

/** The error of a transport that could not be made. */
function refusalOf(baseUrl: string): InputError {
  try {
    soapTransport({ baseUrl });
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('the base URL', () => {
  test.each(['/Remote/Services88', '/Remote/Services88/', '/Remote/Services88//'])(
    'may end with any number of slashes, as %s',
    async (path) => {
      const server = keep(await answering(200, encodeReply(Chat.chatSessionsForUser, [])));
      const transport = keep(soapTransport({ baseUrl: `${server.origin}${path}` }));
      await transport({ operation: Chat.chatSessionsForUser, input: {}, header: {} });
      expect(server.seen[0]?.url).toBe('/Remote/Services88/Chat.svc');
    },
  );

  test.each(['', '/'])('may be the root of the server, as with the path "%s"', async (path) => {
    const server = keep(await answering(200, encodeReply(Chat.chatSessionsForUser, [])));
    const transport = keep(soapTransport({ baseUrl: `${server.origin}${path}` }));
    await transport({ operation: Chat.chatSessionsForUser, input: {}, header: {} });
    expect(server.seen[0]?.url).toBe('/Chat.svc');
  });

  test('may hold blanks', async () => {
    const server = keep(await answering(200, encodeReply(Chat.chatSessionsForUser, [])));
    const transport = keep(soapTransport({ baseUrl: `${server.origin}/Super Office` }));
    await transport({ operation: Chat.chatSessionsForUser, input: {}, header: {} });
    expect(server.seen[0]?.url).toBe('/Super%20Office/Chat.svc');
  });

  test.each([
    ['nothing', ''],
    ['no URL', 'not a URL'],
    ['a path', '/Remote/Services88'],
    ['a host without a scheme', 'host.example.com/Remote/Services88'],
    ['an ftp: URL', 'ftp://host/Remote/Services88'],
    ['a file: URL', 'file:///Remote/Services88'],
    ['the file of a service', 'https://host/Remote/Services88/Chat.svc'],
    ['the file of a service in lower case', 'https://host/Remote/Services88/chat.svc'],
    ['the file of a service and a slash', 'https://host/Remote/Services88/Chat.svc/'],
    ['a query', 'https://host/Remote/Services88?wsdl'],
    ['a fragment', 'https://host/Remote/Services88#top'],
  ])('that is %s is refused, and named', (_, baseUrl) => {
    const error = refusalOf(baseUrl);
    expect(error).toMatchObject({ kind: 'input', code: 'input', path: 'baseUrl', outcome: 'not-sent', attempts: 0 });
    // A query may hold a secret.
    expect(error.message).toContain(JSON.stringify(baseUrl.replace(/(?<=[?#]).*/, '…')));
  });

  test('that ends with a file is refused with the advice to give the folder', () => {
    expect(refusalOf('https://host/Remote/Services88/Chat.svc').message).toContain('folder');
  });

  test.each([
    ['and a host', `https://anna:${canary}@host/Remote/Services88`],
    ['and no user name', `https://:${canary}@host/Remote/Services88`],
    ['as the user name', `https://${canary}@host/Remote/Services88`],
    ['and another scheme', `ftp://anna:${canary}@host/Remote/Services88`],
    ['and a port that there is not', `https://anna:${canary}@host:99999/Remote/Services88`],
    ['and a host that cannot be one', `https://anna:${canary}@ho st/Remote/Services88`],
    ['and no scheme', `anna:${canary}@host/Remote/Services88`],
  ])('with a password %s is refused, and the password is not repeated', (_, baseUrl) => {
    const error = refusalOf(baseUrl);
    expect(error.path).toBe('baseUrl');
    expect(inspect(error, { showHidden: true, depth: null })).not.toContain(canary);
  });
});

test.each([
  ['a size that is none', { limits: { replyBytes: Number.NaN } }, 'limits.replyBytes'],
  ['a depth of nothing', { limits: { depth: 0 } }, 'limits.depth'],
  ['a time of nothing', { timeouts: { headers: 0 } }, 'timeouts.headers'],
  ['a version that there is not', { version: '1.3' as never }, 'version'],
])('%s is refused when the transport is made', (_, options, path) => {
  expect(() => soapTransport({ baseUrl: 'http://127.0.0.1', ...options })).toThrow(
    expect.objectContaining({ kind: 'input', path }),
  );
});
