/**
 * Reads one file: what it is, is seen by what it begins with.
 */
import { splitLines, TOO_LONG } from './lines.js';
import { type LogFormat, type LogFormatName, lacksFields, recognise } from './log-formats.js';
import { type ServiceRequest, serviceRequestOf } from './log-request.js';
import { type SourceFindings, scanSource } from './source.js';
import { textOf } from './text.js';

/** A log that was read. */
export interface LogRead {
  readonly file: string;
  readonly format: LogFormatName;
  /** Lines that are requests, of whatever. */
  readonly requests: number;
  /** Those that call one of the services. */
  readonly calls: number;
  /** Lines that could not be read, and the number of the first of them. */
  readonly unreadable: number;
  readonly firstUnreadable: number | null;
}

export interface FileReceiver {
  readonly onBytes: (count: number) => void;
  readonly onRequest: (request: ServiceRequest) => void;
  readonly onSource: (findings: SourceFindings) => void;
  readonly onLog: (log: LogRead) => void;
  readonly onBinary: () => void;
}

/**
 * Reads a file to its end, or until the signal is aborted, and tells what was found, also where reading fails midway.
 * @throws what reading throws, and for a log that can only be read as a source
 */
export async function readFile(file: string, receiver: FileReceiver, signal: AbortSignal | undefined): Promise<void> {
  const pieces = textOf(file, receiver.onBytes);
  let head = '';
  let reader: Reader | undefined;
  let isWhole = true;
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const piece of pieces) {
      isWhole = !signal?.aborted;
      if (!isWhole) break;
      if (reader) reader.take(piece);
      else head += piece;
      if (!reader && head.length >= HEAD) {
        reader = readerFor(file, head, false, receiver);
        reader.take(head);
      }
    }
  } catch (error) {
    failure = { error };
    isWhole = false;
  }
  if (!reader) {
    reader = readerFor(file, head, isWhole, receiver);
    reader.take(head);
  }
  reader.end(isWhole);
  if (failure) throw failure.error;
}

/** How much of a text is enough to see what it is. */
const HEAD = 65_536;

interface Reader {
  readonly take: (text: string) => void;
  readonly end: (isWhole: boolean) => void;
}

function readerFor(file: string, head: string, isWhole: boolean, receiver: FileReceiver): Reader {
  const format = recognise(head, isWhole);
  if (format) return logReader(file, format, receiver);
  if (head.slice(0, BINARY).includes('\0')) return { take: () => {}, end: receiver.onBinary };
  const scan = scanSource(file);
  return {
    take: scan.take,
    end: (isAll) => {
      const found = scan.end();
      receiver.onSource(found);
      if (isAll && found.findings.length > 0 && lacksFields(head, isWhole)) throw new Error(LACKS_FIELDS);
    },
  };
}

const BINARY = 8192;

const LACKS_FIELDS = 'it looks like a log of IIS without its #Fields line, so that calls cannot be counted';

function logReader(file: string, { name, newReader }: LogFormat, { onRequest, onLog }: FileReceiver): Reader {
  const read = newReader();
  const counts = { requests: 0, calls: 0, unreadable: 0 };
  let firstUnreadable: number | null = null;
  const { take, end } = splitLines((text, line) => {
    const found = text === TOO_LONG ? 'unreadable' : read(text);
    if (found === 'nothing') return;
    if (found === 'unreadable') {
      counts.unreadable++;
      firstUnreadable ??= line;
      return;
    }
    counts.requests++;
    const request = found === 'other' ? undefined : serviceRequestOf(found);
    if (!request) return;
    if (request.isCall) counts.calls++;
    onRequest(request);
  });
  return {
    take,
    end: (isWhole) => {
      // A line that this reader cut off is not one that cannot be read.
      if (isWhole) end();
      onLog({ file, format: name, ...counts, firstUnreadable });
    },
  };
}
