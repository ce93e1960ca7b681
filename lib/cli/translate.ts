/**
 * `translate FILE...`: recorded SOAP requests as requests of REST.
 */
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { qualifiedName } from '../codec/operation.js';
import type { OutputForm, ToRender, TranslateOptions, Translation } from '../migrate.js';
import { printable } from './conversation.js';
import { UsageError } from './environment.js';
import { counted } from './numbers.js';

interface Options {
  readonly as: OutputForm;
  readonly style?: 'agent' | 'entity';
  readonly baseUrl?: string;
  readonly out?: string;
  readonly keepSecrets?: boolean;
}

export const translateCommand = (): Command =>
  new Command('translate')
    .description(
      'Prints the REST requests for recorded SOAP requests, with notes on what differs. A recording is an envelope, HTTP messages, a HAR file, a log or trace with envelopes in it, or a folder of these; - reads one from stdin.',
    )
    .argument('<recordings...>', 'files and folders')
    .addOption(new Option('--as <form>', 'form of the requests').choices(Object.keys(endings)).default('http'))
    .addOption(
      new Option('--style <style>', 'endpoints to use; entity goes to the agent where it has none').choices([
        'agent',
        'entity',
      ]),
    )
    .option(
      '--base-url <url>',
      'folder of the REST API, as https://host/SuperOffice/api; without it, the variable SUPEROFFICE_REST_URL stands for it, and where that is not set, a note says what it may be',
    )
    .option('--out <folder>', 'write a file for each request instead')
    .option('--keep-secrets', 'keep tickets, passwords and tokens, which variables stand for otherwise')
    .action(async (recordings: string[], options: Options) => {
      const sources = sourcesOf(recordings);
      const migrate = await import('../migrate.js');
      const put = (options.out === undefined ? toStdout : toFolder)(options, migrate);
      const { done, undone, withoutSoap } = await translateAll(sources, options, migrate, put.next);
      await put.end();
      if (withoutSoap > 0) console.error(`services88-chat: ${counted(withoutSoap, 'file')} without SOAP passed over`);
      if (done + undone === 0) console.error('There are no requests in it.');
      if (undone === 0) return;
      console.error(`services88-chat: ${done} translated, ${undone} not`);
      process.exitCode = 7;
    });

/** What the names of files end in. */
const endings: Readonly<Record<OutputForm, string>> = {
  http: '.http',
  curl: '.sh',
  ts: '.ts',
  webapi: '.webapi.ts',
  json: '.json',
};

interface Source {
  readonly name: string;
  /** Whether it is one of a folder, in which other things may be as well. */
  readonly isListed: boolean;
  readonly read: () => Uint8Array | Promise<Uint8Array>;
}

/** All files that are meant, those of folders in the order of their names. */
function sourcesOf(recordings: readonly string[]): readonly Source[] {
  return recordings.flatMap((path): Source[] => {
    if (path === '-') return [{ name: 'stdin', isListed: false, read: () => buffer(process.stdin) }];
    const about = statSync(path, { throwIfNoEntry: false });
    if (!about) throw new UsageError(`there is no ${path}`);
    if (!about.isDirectory()) return [{ name: path, isListed: false, read: () => readFileSync(path) }];
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => ({ name: file, isListed: true, read: () => readFileSync(file) }));
  });
}

type Migrate = typeof import('../migrate.js');

/** Translates what there is, and says what there is that cannot be translated. */
async function translateAll(
  sources: readonly Source[],
  options: Options,
  { translateRecording }: Migrate,
  put: (request: ToRender) => void,
) {
  const { keepSecrets } = options;
  // The vendor's library calls agents only.
  const style = options.as === 'webapi' ? 'agent' : options.style;
  const wanted: TranslateOptions = { style, baseUrl: options.baseUrl, keepSecrets };
  let done = 0;
  let withoutSoap = 0;
  let undone = 0;
  const tell = (from: string, problem: string): void => {
    undone++;
    console.error(oneLine(`services88-chat: ${from}: ${problem}`));
  };
  for (const { name, isListed, read } of sources) {
    const recording = await Promise.resolve()
      .then(read)
      .catch((error: NodeJS.ErrnoException) => tell(name, `it cannot be read (${error.code ?? error.name})`));
    if (!recording) continue;
    for (const found of translateRecording(recording, wanted)) {
      const from = `${name}, ${found.place}`;
      if (!('problem' in found)) {
        done++;
        put({ translation: withKnownAddress(found.translation), from });
      } else if (isListed && found.withoutSoap) withoutSoap++;
      else tell(from, found.problem);
    }
  }
  return { done, undone, withoutSoap };
}

/** Where the variable for the address is set, nobody has to guess what it may be. */
const withKnownAddress = (translation: Translation): Translation =>
  process.env.SUPEROFFICE_REST_URL
    ? { ...translation, notes: translation.notes.filter(({ code }) => code !== 'base-url') }
    : translation;

const oneLine = (text: string): string => printable(text).replaceAll('\n', ' ');

interface Output {
  readonly next: (request: ToRender) => void;
  readonly end: () => Promise<void> | void;
}

/** All in one. */
function toStdout({ as }: Options, { renderTogether }: Migrate): Output {
  const requests: ToRender[] = [];
  return {
    next: (request) => requests.push(request),
    end: async () => {
      for (const text of renderTogether(as, requests)) {
        if (!process.stdout.write(text)) await once(process.stdout, 'drain');
      }
    },
  };
}

/** `0001-Chat.GetChatMessages.http` and so on, in the order of the recordings; for the user alone where they have secrets. */
function toFolder({ as, keepSecrets, out: folder = '' }: Options, { renderOne }: Migrate): Output {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`${folder} cannot be made (${(error as NodeJS.ErrnoException).code})`);
  }
  let count = 0;
  return {
    next: (request) => {
      count++;
      const name = `${String(count).padStart(4, '0')}-${qualifiedName(request.translation.operation)}${endings[as]}`;
      writeFileSync(join(folder, name), renderOne(as, request), keepSecrets ? { mode: 0o600 } : {});
    },
    end: () => console.error(`${counted(count, 'file')} in ${printable(folder)}`),
  };
}
