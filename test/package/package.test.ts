/**
 * The built package as its users get it.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** A folder of a program that depends on this package. */
function userFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'services88-chat-'));
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
  symlinkSync(root, join(folder, 'node_modules/services88-chat'));
  symlinkSync(join(root, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'));
  symlinkSync(join(root, 'node_modules/undici-types'), join(folder, 'node_modules/undici-types'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function inFolder<Result>(files: Readonly<Record<string, string>>, use: (folder: string) => Result): Result {
  const folder = userFolder(files);
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const node = (folder: string, ...args: string[]): string =>
  execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });

const USE = `
const out = encodeRequest(Chat.getChatMessages, { chatSessionId: 1, after: 0 });
console.log(typeof createChatClient, typeof serveSoap, typeof compareReplies, out.includes('GetChatMessages'), decodeRequest([Chat], out).operation === Chat.getChatMessages);
`;

it('is there: npm test and npm run check build it first', () => {
  expect(existsSync(join(root, 'dist/esm/index.js')) && existsSync(join(root, 'dist/cjs/index.js'))).toBe(true);
});

it('works with import', () => {
  const text = `import { createChatClient } from 'services88-chat';
import { Chat, decodeRequest, encodeRequest } from 'services88-chat/codec';
import { serveSoap } from 'services88-chat/server';
import { compareReplies } from 'services88-chat/migrate';${USE}`;
  expect(inFolder({ 'a.mjs': text }, (folder) => node(folder, 'a.mjs'))).toBe('function function function true true\n');
});

it('works with require', () => {
  const text = `const { createChatClient } = require('services88-chat');
const { Chat, decodeRequest, encodeRequest } = require('services88-chat/codec');
const { serveSoap } = require('services88-chat/server');
const { compareReplies } = require('services88-chat/migrate');${USE}`;
  expect(inFolder({ 'a.cjs': text }, (folder) => node(folder, 'a.cjs'))).toBe('function function function true true\n');
});

it.each(['import', 'require'])('its classes have their names with %s', (way) => {
  const names = '{ DateTime, Fault, InputError }';
  const text = `${way === 'import' ? `import ${names} from 'services88-chat'` : `const ${names} = require('services88-chat')`};
console.log(DateTime.name, Fault.name, new InputError('a', 'b').name);`;
  const file = way === 'import' ? 'a.mjs' : 'a.cjs';
  expect(inFolder({ [file]: text }, (folder) => node(folder, file))).toBe('DateTime Fault InputError\n');
});

it('recognises the errors of its other build', () => {
  const text = `import { createRequire } from 'node:module';
import { InputError } from 'services88-chat';
const { isCallError } = createRequire(import.meta.url)('services88-chat');
console.log(isCallError(new InputError('a', 'b')), isCallError(new Error('a')));`;
  expect(inFolder({ 'a.mjs': text }, (folder) => node(folder, 'a.mjs'))).toBe('true false\n');
});

it.each(['node16', 'nodenext', 'bundler'])(
  'has types for import and require under module resolution %s',
  (resolution) => {
    const call = `const chat = createChatClient({ baseUrl: 'https://crm.example.com/Remote/Services88', credentials: { ticket: '7T:' } });
export const author: Promise<string | null | undefined> = chat
  .getChatMessages({ chatSessionId: 1, after: 0 })
  .then((messages) => messages?.[0]?.author);
// @ts-expect-error: a parameter is missing
chat.getChatMessages({ chatSessionId: 1 });
// @ts-expect-error: there is no such parameter
chat.getChatMessages({ chatSessionId: 1, after: 0, before: 2 });
chat.chatSessionsForUser();
chat.saveChatSessionEntity({ chatSessionEntity: { whenEnded: new Date(), flags: ['UserIsTyping'] } });
`;
    const files = {
      'a.mts': `import { createChatClient } from 'services88-chat';\n${call}`,
      ...(resolution !== 'bundler' && { 'b.cts': `import { createChatClient } from 'services88-chat';\n${call}` }),
    };
    const module = resolution === 'bundler' ? 'preserve' : resolution;
    inFolder(files, (folder) => {
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      const options = ['--strict', '--noEmit', '--exactOptionalPropertyTypes', '--target', 'es2022', '--types', 'node'];
      expect(
        node(folder, tsc, ...options, '--module', module, '--moduleResolution', resolution, ...Object.keys(files)),
      ).toBe('');
    });
  },
);

it('loads no dependency for the codec, and none for the client before it is used', () => {
  const loaded = `
const loaded = Object.keys(require.cache).filter((file) => /node_modules/.test(file.replace(/.*services88-chat/, '')));
console.log(JSON.stringify(loaded));`;
  inFolder(
    { 'a.cjs': `require('services88-chat/codec');${loaded}`, 'b.cjs': `require('services88-chat');${loaded}` },
    (folder) => {
      expect(JSON.parse(node(folder, 'a.cjs'))).toEqual([]);
      expect(JSON.parse(node(folder, 'b.cjs'))).toEqual([]);
    },
  );
});

it('does not load the simulator with the client', () => {
  const text = `require('services88-chat');
console.log(Object.keys(require.cache).some((file) => /simulator|serve-soap/.test(file)));`;
  expect(inFolder({ 'a.cjs': text }, (folder) => node(folder, 'a.cjs'))).toBe('false\n');
});

it('holds what users need and nothing else', () => {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const folders = new Set(
    (packed.files as { path: string }[]).map(({ path }) =>
      path
        .split('/')
        .slice(0, path.startsWith('dist') ? 2 : 1)
        .join('/'),
    ),
  );
  expect([...folders].sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/cjs',
    'dist/esm',
    'docs',
    'package.json',
    'wsdl',
  ]);
});

it('names the version once', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')).toContain(`\n## ${version}\n`);
});
