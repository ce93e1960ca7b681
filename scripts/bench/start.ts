/**
 * What a short-lived process has to wait for: the import, and the first message while nothing is compiled yet.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { codec } from './built.js';
import { replyDocument, restDocument } from './documents.js';
import { type Figure, overRounds, type Part, share } from './figure.js';
import { inFreshProcess } from './fresh.js';
import { clockFor, type Laps } from './measure.js';
import { messagesOf } from './messages.js';
import type { StartTask, StartTimes } from './start-program.js';

const ROUNDS = 9;
const root = resolve(import.meta.dirname, '../..');

export const start: Part = {
  name: 'start',
  title: 'Start of a process',
  async *figures() {
    const folder = mkdtempSync(join(tmpdir(), 'services88-bench-'));
    try {
      yield* times(folder);
      yield packages(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function* times(folder: string): AsyncGenerator<Figure> {
  const messages = messagesOf(20, 'mixed', 0);
  const files = { soap: join(folder, 'reply.xml'), rest: join(folder, 'reply.json') };
  writeFileSync(files.soap, replyDocument(codec.Chat.getChatMessages, messages, 'wcf'));
  writeFileSync(files.rest, restDocument(codec.Chat.getChatMessages, messages));
  const rounds: Record<StartTask['first'], StartTimes[]> = { import: [], decode: [], json: [] };
  for (let round = 0; round < ROUNDS; round++) {
    rounds.import.push(await first('import', files.soap));
    rounds.decode.push(await first('decode', files.soap));
    rounds.json.push(await first('json', files.rest));
  }
  const loaded = lapsOf(rounds.import);
  const clock = clockFor(loaded);
  const what = 'import of services88-chat/codec';
  yield { what, ...overRounds(loaded[clock]), unit: 'ms', clock, goal: { atMost: 10 } };
  const [decoded, json] = [lapsOf(rounds.decode), lapsOf(rounds.json)];
  yield { what: 'first decode of a reply of 20 messages ÷ first JSON.parse', ...share(decoded, json) };
}

const lapsOf = (times: readonly StartTimes[]): Laps => ({
  elapsed: times.map(({ elapsed }) => elapsed),
  processor: times.map(({ processor }) => processor),
});

const first = (what: StartTask['first'], file: string): Promise<StartTimes> =>
  inFreshProcess<StartTimes>('start-program', { first: what, file } satisfies StartTask);

/** Reads and writes in a copy of what was built, which has no node_modules in or above it. */
const alone = `import { Chat, decodeRequest, encodeRequest } from 'services88-chat/codec';
decodeRequest([Chat], encodeRequest(Chat.getChatMessages, { chatSessionId: 1, after: 0 }));`;

function packages(folder: string): Figure {
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  cpSync(join(root, 'dist/esm'), join(folder, 'dist/esm'), { recursive: true });
  writeFileSync(join(folder, 'alone.js'), alone);
  const figure = {
    what: 'packages that have to be there for the codec',
    unit: 'count',
    goal: { atMost: 0 },
  } as const;
  try {
    execFileSync(process.execPath, ['alone.js'], { cwd: folder, encoding: 'utf8', stdio: 'pipe', timeout: 60_000 });
    return { ...figure, value: 0 };
  } catch (error) {
    return { ...figure, value: 1, warning: (error as Error).message };
  }
}
