/**
 * `parity`: whether REST answers what SOAP answers.
 */
import { openSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Transport } from '../call.js';
import type { TimeZonePart } from '../codec/operation.js';
import { isCallError } from '../errors.js';
import type { ParityLog, ParityReport } from '../migrate.js';
import { type BothOptions, type BothSides, openBothSides } from './both-sides.js';
import { printableJson } from './conversation.js';
import { UsageError } from './environment.js';
import { report as reportError } from './failure.js';
import { type Write, type WriteAsked, writeOf } from './parity-write.js';
import { showProgress } from './progress.js';
import { sessionIds } from './session-ids.js';

interface Options extends BothOptions, WriteAsked {
  readonly concurrency: number;
  readonly timeZone?: string;
  readonly allowLanguage?: boolean;
  readonly log?: string;
  readonly json?: boolean;
  readonly all?: boolean;
  readonly html?: string;
}

type Progress = Pick<ParityReport, 'calls' | 'different'>;

export const parityCommand = (): Command =>
  new Command('parity')
    .description('Makes the same reads over SOAP and over REST, and says where the answers differ.')
    .argument('[sessions...]', 'ids of sessions, ranges as 100-300, - for ids on stdin; all of the user by default')
    .option('--soap <url>', 'the folder of the .svc files, as https://host/Remote/Services88; or SUPEROFFICE_URL')
    .option('--rest <url>', 'the folder of the REST API, as https://host/SuperOffice/api; or SUPEROFFICE_REST_URL')
    .addOption(new Option('--style <style>', 'how REST is called').choices(['agent', 'entity']).default('agent'))
    .option('--concurrency <number>', 'how many calls are made at the same time, each over both', concurrency, 4)
    .option('--time-zone <code>', 'the zone to ask for times in, as NO, US-NY or UTC')
    .option('--allow-language', 'REST may have one language of texts that SOAP has in all')
    .option('--log <file>', 'note each call in this file, from which a run that was cut short is gone on from')
    .option('--json', 'print everything as JSON')
    .option('--all', `show all differences`)
    .option('--html <file>', 'write the report as a page for a browser as well')
    .option('--write <method>', 'make one write instead, as saveChatPresence, twice: over SOAP, then over REST')
    .option('--input <file>', 'its input as JSON, with the names of the methods of this package')
    .option('--confirm <method>', 'the method once more, or nothing is written')
    .addHelpText('after', `\n${ABOUT}`)
    .action(run);

const ABOUT = `Nothing but reads is sent, unless --write and --confirm name a write. What differs is asked for once more, since it may
have changed in between. A log is for one user and one way to ask; with a ticket, for that ticket. Exit code 0 if all
answers are the same, 8 if they differ, 7 if a session that was asked for is not known to either side, 5 if both sides
refused every call, so that nothing was shown; 3, 5 or 6 if a side cannot be used; 130 after Ctrl-C, when what was found
until then is printed; a second Ctrl-C ends it at once.
`;

async function run(words: readonly string[], options: Options): Promise<void> {
  const write = writeOf(options);
  if (write && words.length > 0) throw new UsageError('a write has no sessions; its input says what it is about');
  const sides = openBothSides(options);
  try {
    const page = options.html === undefined ? undefined : writable(options.html);
    const report = write ? await writeTwice(sides, write, options) : await readAll(sides, words, options);
    const [{ renderParityHtml }, { renderParity }, { unknownOf }] = await Promise.all([
      import('../migrate.js'),
      import('./parity-table.js'),
      import('../migrate/parity/words.js'),
    ]);
    if (page !== undefined) writeFileSync(page, renderParityHtml(report));
    process.stdout.write(options.json ? printableJson(report) : renderParity(report, options.all === true));
    process.exitCode = exitCodeOf(report, unknownOf(report), sides);
  } finally {
    await sides.close();
  }
}

function exitCodeOf(report: ParityReport, unknown: string, { lastError }: BothSides): number {
  const { ended, complete, same, different } = report;
  if (ended) {
    const error = lastError(ended.side);
    console.error(`services88-chat: the ${ended.side === 'soap' ? 'SOAP' : 'REST'} side cannot be used:`);
    return isCallError(error) ? reportError(error, ended.side) : 1;
  }
  if (!complete) {
    console.error('services88-chat: interrupted: this is not all');
    return 130;
  }
  if (!same && different === 0) console.error('services88-chat: nothing was shown: both sides refused everything');
  if (unknown !== '') console.error(`services88-chat: ${unknown}`);
  if (!same) return different > 0 ? 8 : 5;
  return unknown === '' ? 0 : 7;
}

async function readAll(sides: BothSides, words: readonly string[], options: Options): Promise<ParityReport> {
  const { openParityLog, runParity } = await import('../migrate.js');
  const sessions = await sessionIds(words);
  const { style, log: file } = options;
  const terms = { ...sides.names, style, user: sides.user, everySession: !sessions, ...compareOptions(options) };
  const log = file === undefined ? undefined : opened(() => openParityLog(file, terms));
  const stop = new AbortController();
  const progress = showProgress(
    ({ calls, different }: Progress) => `${calls} ${calls === 1 ? 'call' : 'calls'} compared, ${different} different`,
  );
  // Once, so that the second ends the process as if nobody listened.
  const onInterrupt = (): void => {
    progress.clear();
    console.error('services88-chat: waiting for the calls under way to be given up; Ctrl-C again ends it at once');
    stop.abort();
  };
  process.once('SIGINT', onInterrupt);
  try {
    const { soap, rest, names } = sides;
    const { concurrency: most } = options;
    const asked = { sessions, concurrency: most, log, signal: stop.signal, onProgress: progress.show };
    return await runParity({ soap, rest, names, ...asked, ...compareOptions(options) });
  } finally {
    progress.clear();
    process.off('SIGINT', onInterrupt);
    log?.close();
  }
}

async function writeTwice({ soap, rest, names }: BothSides, write: Write, options: Options): Promise<ParityReport> {
  const { compareWrite } = await import('../migrate.js');
  // Told with the first of the two: what is not right is refused before.
  const telling: Transport = (call) => {
    console.error(`services88-chat: ${write.method} is made twice now, over SOAP and then over REST`);
    return soap(call);
  };
  return compareWrite({ soap: telling, rest, names, ...write, ...compareOptions(options) });
}

const compareOptions = ({ timeZone, allowLanguage = false }: Options) => ({
  ...(timeZone !== undefined && { timeZone: { soTimeZoneLocationCode: timeZone } satisfies TimeZonePart }),
  allowLanguage,
});

/** The file, opened before a long run whose result it could not take. */
function writable(path: string): number {
  return opened(() => openSync(path, 'w', 0o600));
}

function opened<Value extends number | ParityLog>(open: () => Value): Value {
  try {
    return open();
  } catch (error) {
    if (isCallError(error)) throw error;
    const { path, code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path ?? 'the file'} cannot be written (${code ?? message})`);
  }
}

function concurrency(text: string): number {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (value < 1) throw new InvalidArgumentError('It is not a whole number from 1 to 999.');
  return value;
}
