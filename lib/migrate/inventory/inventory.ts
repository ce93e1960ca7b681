/**
 * Takes an inventory before a move from SOAP to REST: what source files and web servers' logs say of the services.
 */
import { InputError } from '../../errors.js';
import { requireBoolean, requireFunction, requireKnown, requireTexts } from '../../options.js';
import { tallyCalls } from './calls.js';
import type { Finding } from './findings.js';
import { type FileReceiver, type LogRead, readFile } from './read-file.js';
import { type CallerUse, callerUses, type OperationUse, operationUses, tallySources } from './summary.js';
import { type Found, reasonOf, walk } from './walk.js';

export interface InventoryOptions {
  /** Ends it; what was found until then is the result, and `complete` is false. */
  readonly signal?: AbortSignal | undefined;
  /** Is told how far it has come, for each piece that was read; the same object each time. */
  readonly onProgress?: ((progress: InventoryProgress) => void) | undefined;
  /** Whether the folders of version control, package managers and builds are looked into as well. */
  readonly all?: boolean | undefined;
  /** Whether the addresses and user names of callers are told, and not only how many there are. */
  readonly callers?: boolean | undefined;
}

export interface InventoryProgress {
  readonly files: number;
  readonly bytes: number;
  /** The file that is being read. */
  readonly file: string;
}

export interface Inventory {
  /** False where it was ended before all was read. */
  readonly complete: boolean;
  /** How many files were read, and how many bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Every operation of every service that was found, those of Chat and SoPrincipal first. */
  readonly operations: readonly OperationUse[];
  /** How many files have the namespace or the folder of the services, and name no service. */
  readonly filesWithoutService: number;
  /** By user agent, the busiest first. */
  readonly callers: readonly CallerUse[];
  /** By service, how many requests in logs were no calls: for the WSDL, or the page that a service shows. */
  readonly otherRequests: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  /** How many findings are not listed, because a file has more than a thousand of the same. */
  readonly findingsLeftOut: number;
  readonly logs: readonly LogRead[];
  /** What could not be read, or not to its end, or not as the log that it is. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** What was not looked at: binary files, folders, and links that lead elsewhere. */
  readonly skipped: Readonly<Record<'binary' | 'folders' | 'links', readonly string[]>>;
}

/**
 * Looks through files and folders.
 * @param paths of source files and logs, and of folders with such
 * @throws InputError for options that there are not; what cannot be read is told in the result
 */
export async function takeInventory(paths: readonly string[], options: InventoryOptions = {}): Promise<Inventory> {
  requirePaths(paths, options);
  const { signal, all = false } = options;
  const collection = collect(options);
  for await (const found of walk(paths, all)) {
    if (signal?.aborted) break;
    if (found.is !== 'file') collection.notRead(found);
    else {
      const receiver = collection.begin(found.path);
      const failure = await readFile(found.path, receiver, signal).catch((error: unknown) => reasonOf(error));
      if (failure === undefined) collection.done();
      else collection.notRead({ is: 'unreadable', path: found.path, reason: failure });
    }
  }
  return collection.inventory();
}

/** Collects what is told of each file. */
function collect({ signal, onProgress, callers: withNames = false }: InventoryOptions) {
  const progress = { files: 0, bytes: 0, file: '' };
  const calls = tallyCalls();
  const sources = tallySources();
  const findings: Finding[] = [];
  const logs: LogRead[] = [];
  const aside = {
    unreadable: [] as { path: string; reason: string }[],
    binary: [] as string[],
    folders: [] as string[],
    links: [] as string[],
  };
  let findingsLeftOut = 0;
  const receiver: FileReceiver = {
    onBytes: (count) => {
      progress.bytes += count;
      onProgress?.(progress);
    },
    onRequest: calls.add,
    onSource: (found) => {
      sources.add(found.findings);
      for (const finding of found.findings) findings.push(finding);
      findingsLeftOut += found.leftOut;
    },
    onLog: (log) => logs.push(log),
    onBinary: () => aside.binary.push(progress.file),
  };
  return {
    begin: (path: string): FileReceiver => {
      progress.file = path;
      return receiver;
    },
    done: () => progress.files++,
    notRead: (found: Exclude<Found, { readonly is: 'file' }>): void => {
      if (found.is === 'unreadable') aside.unreadable.push({ path: found.path, reason: found.reason });
      else aside[found.is === 'skipped-folder' ? 'folders' : 'links'].push(found.path);
    },
    inventory: (): Inventory => ({
      complete: !signal?.aborted,
      files: progress.files,
      bytes: progress.bytes,
      operations: operationUses(sources.uses, calls.callers()),
      filesWithoutService: sources.unnamed(),
      callers: callerUses(calls.callers(), withNames),
      otherRequests: Object.fromEntries(calls.otherRequests),
      findings,
      findingsLeftOut,
      logs,
      unreadable: aside.unreadable,
      skipped: { binary: aside.binary, folders: aside.folders, links: aside.links },
    }),
  };
}

function requirePaths(paths: readonly string[], options: InventoryOptions): void {
  requireTexts('paths', paths);
  if (paths === undefined || paths.length === 0) throw new InputError('paths', 'none given');
  requireKnown('', options, ['signal', 'onProgress', 'all', 'callers']);
  requireFunction('onProgress', options.onProgress);
  requireBoolean('all', options.all);
  requireBoolean('callers', options.callers);
}
