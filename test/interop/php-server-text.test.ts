/**
 * Text that our client sends reaches PHP's SoapServer as it is, or not at all.
 */
import { type ChatClient, createChatClient, InputError } from '../../lib/index.js';
import { errorOf } from '../unit/error-of.js';
import { describeWith, php } from './peers.js';
import { type PhpServer, startPhpServer } from './php-server.js';

const deletion = (id: number) => ({ operation: 'DeleteChatSessionEntity', input: { ChatSessionEntityId: id } });

describeWith([php], () => {
  let server: PhpServer;
  let chat: ChatClient;
  beforeAll(async () => {
    server = await startPhpServer('php-server.php');
    chat = createChatClient({ baseUrl: server.baseUrl, credentials: { userName: 'jürgen', password: '<&demo>' } });
  });
  afterAll(async () => {
    await chat?.close();
    await server?.close();
  });

  // Text of blanks alone is left out: PHP's parser takes it for indentation.
  it.each([
    ['is empty', ''],
    ['begins and ends with blanks', ' \t\n\r \r\n x \r\n\t '],
    ['looks like markup', `<b a="1">&"' ]]> <![CDATA[x]]> <!-- --> &#13; &amp;amp; <?x?>`],
    ['is in many scripts', 'Grüße — Ærlig 日本 ελληνικά עברית 🚲 👩‍👩‍👧'],
    ['has the outermost characters', '\u007f\u0085\u00a0\u2028\u2029\ufeff\ufffd\ud7ff\ue000\u{10000}\u{10ffff}'],
    ['is long', 'ü&\r\n'.repeat(50_000)],
  ])('receives text that %s, and gives it back', async (_, message) => {
    const added = await chat.addChatMessage({ chatSessionId: 5, message: { message, author: null } });
    expect(server.received().at(-1)).toStrictEqual({
      operation: 'AddChatMessage',
      input: { ChatSessionId: 5, Message: { Message: message, Author: null } },
    });
    expect(added).toStrictEqual({ message, author: null });
  });

  it.each([
    ['U+0000', '\u0000'],
    ['U+0001', '\u0001'],
    ['U+001F', '\u001f'],
    ['U+FFFE', '\ufffe'],
    ['U+D83D', '\ud83d'],
  ])('receives nothing of a message with %s, which XML cannot carry', async (name, bad) => {
    await chat.deleteChatSessionEntity({ chatSessionEntityId: 1 });
    const before = server.received().length;
    const error = await errorOf(chat.addChatMessage({ chatSessionId: 5, message: { message: `a${bad}b` } }));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ path: 'message.message', outcome: 'not-sent' });
    expect(error.message).toContain(name);
    await chat.deleteChatSessionEntity({ chatSessionEntityId: 2 });
    expect(server.received().slice(before)).toStrictEqual([deletion(2)]);
  });
});
