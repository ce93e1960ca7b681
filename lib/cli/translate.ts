/**
 * `translate FILE...`: recorded SOAP requests as requests of REST.
 */
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { qualifiedName } from '../codec/operation.js';
import type { RenderOptions, TranslateOptions, Translation } from '../migrate.js';
import { printable } from './conversation.js';
import { UsageError } from './environment.js';

type Form = 'http' | 'curl' | 'ts' | 'webapi' | 'json';

interface Options {
  readonly as: Form;
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
    .option('--base-url <url>', 'folder of the REST API, as https://host/api; else inferred, or $SUPEROFFICE_REST_URL')
    .option('--out <folder>', 'write a file for each request instead')
    .option('--keep-secrets', 'keep tickets, passwords and tokens, which variables stand for otherwise')
    .action(async (recordings: string[], options: Options) => {
      const sources = sourcesOf(recordings);
      const put = options.out === undefined ? toStdout(options.as) : toFolder(options.out, options);
      const { done, undone } = await translateAll(sources, options, put.next);
      await put.end();
      if (done + undone === 0) console.error('There are no requests in it.');
      if (undone === 0) return;
      console.error(`services88-chat: ${done} translated, ${undone} not`);
      process.exitCode = 7;
    });

/** What the names of files end in. */
const endings: Readonly<Record<Form, string>> = {
  http: '.http',
  curl: '.sh',
  ts: '.ts',
  webapi: '.webapi.ts',
  json: '.json',
};

interface Source {
  readonly name: string;
  readonly read: () => Uint8Array | Promise<Uint8Array>;
}

/** All files that are meant, those of folders in the order of their names. */
function sourcesOf(recordings: readonly string[]): readonly Source[] {
  return recordings.flatMap((path): Source[] => {
    if (path === '-') return [{ name: 'stdin', read: () => buffer(process.stdin) }];
    const about = statSync(path, { throwIfNoEntry: false });
    if (!about) throw new UsageError(`there is no ${path}`);
    if (!about.isDirectory()) return [{ name: path, read: () => readFileSync(path) }];
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => ({ name: file, read: () => readFileSync(file) }));
  });
}

type Put = (translation: Translation, render: (options: RenderOptions) => string, from: string) => Promise<void> | void;

/** Translates what there is, and says what there is that cannot be translated. */
async function translateAll(sources: readonly Source[], options: Options, put: Put) {
  const { asCurl, asHttp, asJson, asTypeScript, asWebApi, translateRecording } = await import('../migrate.js');
  const render = { http: asHttp, curl: asCurl, ts: asTypeScript, webapi: asWebApi, json: asJson }[options.as];
  const { baseUrl, keepSecrets } = options;
  // The vendor's library calls agents only.
  const style = options.as === 'webapi' ? 'agent' : options.style;
  const wanted: TranslateOptions = { style, baseUrl, keepSecrets };
  let done = 0;
  let undone = 0;
  const tell = (from: string, problem: string): void => {
    undone++;
    console.error(oneLine(`services88-chat: ${from}: ${problem}`));
  };
  for (const { name, read } of sources) {
    const recording = await Promise.resolve()
      .then(read)
      .catch((error: NodeJS.ErrnoException) => tell(name, `it cannot be read (${error.code ?? error.name})`));
    if (!recording) continue;
    for (const found of translateRecording(recording, wanted)) {
      const from = `${name}, ${found.place}`;
      if ('problem' in found) tell(from, found.problem);
      else {
        done++;
        await put(found.translation, (more) => render(found.translation, more), from);
      }
    }
  }
  return { done, undone };
}

const oneLine = (text: string): string => printable(text).replaceAll('\n', ' ');

interface Output {
  readonly next: Put;
  readonly end: () => Promise<void> | void;
}

/** One after another; JSON as one array. */
function toStdout(form: Form): Output {
  let first = true;
  const write = async (text: string): Promise<void> => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  };
  const [begin, between, end] = form === 'json' ? ['[\n', ',\n', '\n]\n'] : ['', '\n', ''];
  return {
    next: async (_, render, from) => {
      const text = render({ from });
      await write(`${first ? begin : between}${form === 'json' ? text.trimEnd() : text}`);
      first = false;
    },
    end: () => (form === 'json' ? write(first ? '[]\n' : end) : undefined),
  };
}

/** `0001-Chat.GetChatMessages.http` and so on, in the order of the recordings; for the user alone where they have secrets. */
function toFolder(folder: string, { as, keepSecrets }: Options): Output {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`${folder} cannot be made (${(error as NodeJS.ErrnoException).code})`);
  }
  let count = 0;
  return {
    next: ({ operation }, render, from) => {
      count++;
      const name = `${String(count).padStart(4, '0')}-${qualifiedName(operation)}${endings[as]}`;
      writeFileSync(join(folder, name), render({ from }), keepSecrets ? { mode: 0o600 } : {});
    },
    end: () => console.error(`${count} files in ${printable(folder)}`),
  };
}
