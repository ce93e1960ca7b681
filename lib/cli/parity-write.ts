/**
 * The input of a write on the command line, and the consent to make it twice.
 */
import { readFileSync } from 'node:fs';
import { DateTime } from '../codec/date-time.js';
import type { Schema } from '../codec/schema.js';
import { Chat } from '../generated/chat.js';
import { UsageError } from './environment.js';

export interface WriteAsked {
  readonly write?: string;
  readonly input?: string;
  readonly confirm?: string;
}

export interface Write {
  readonly method: keyof typeof Chat;
  readonly input: Readonly<Record<string, unknown>>;
  readonly confirm: string;
}

/** The write that was asked for, if one was. */
export function writeOf({ write, input, confirm }: WriteAsked): Write | undefined {
  if (write === undefined) {
    if (input !== undefined || confirm !== undefined) throw new UsageError('--input and --confirm go with --write');
    return undefined;
  }
  if (!isWriting(write)) throw new UsageError(`${JSON.stringify(write)} is no method that writes, as saveChatPresence`);
  if (input === undefined) throw new UsageError(`--write ${write} wants --input, a file with its input as JSON`);
  if (confirm !== write) {
    throw new UsageError(
      `${write} changes data, and is made twice, over SOAP and over REST; --confirm ${write} says that you mean it`,
    );
  }
  return { method: write, input: readInput(write, input), confirm };
}

const isWriting = (method: string): method is keyof typeof Chat =>
  Object.hasOwn(Chat, method) && Chat[method as keyof typeof Chat].retry !== 'read';

function readInput(method: keyof typeof Chat, file: string): Readonly<Record<string, unknown>> {
  const json = parse(file);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new UsageError(`${file}: not an object`);
  const { fields } = Chat[method].request;
  return members(fields, json);
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${file} ${code === undefined ? 'is not JSON' : `cannot be read (${code})`}`);
  }
}

interface Keyed {
  readonly key: string;
  readonly type: Schema;
}

/** Members that the contract does not have stay, so that they are refused. */
const members = (fields: readonly Keyed[], json: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(json).map(([key, value]) => {
      const field = fields.find((each) => each.key === key);
      return [key, field ? withDates(field.type, value) : value];
    }),
  );

/** JSON has texts where the contract has times. */
function withDates(type: Schema, json: unknown): unknown {
  if (type.kind === 'dateTime' && typeof json === 'string') return dateOf(json);
  if (typeof json !== 'object' || json === null) return json;
  if (type.kind === 'array') return Array.isArray(json) ? json.map((item) => withDates(type.item.type, item)) : json;
  return type.kind === 'complex' && !Array.isArray(json) ? members(type.fields, json) : json;
}

function dateOf(text: string): DateTime {
  try {
    return DateTime.from(text);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
