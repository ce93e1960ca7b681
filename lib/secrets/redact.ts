/**
 * Keeps secrets out of errors: services and web servers repeat tickets and passwords in what they say.
 */
import { isCallError } from '../errors.js';
import { formsOf, piecesOf, replaceAround, TICKET_SHAPE } from './forms.js';

/** Knows the secrets that are in use. */
export interface Redactor {
  /** From now on this text is a secret. */
  readonly learn: (secret: unknown) => void;
  /** The same, for a secret of which a part is as little to be seen as the whole: those that machines make. */
  readonly learnToken: (secret: unknown) => void;
  /** The same error, with `[redacted]` for each secret in its texts and in those of its causes, however it is escaped. */
  readonly clean: <E>(error: E) => E;
}

export function createRedactor(): Redactor {
  const whole = new Set<string>();
  const tokens = new Set<string>();
  let patterns: Patterns | undefined;
  const learn = (known: Set<string>, secret: unknown): void => {
    if (typeof secret !== 'string' || secret.length < SHORTEST || known.has(secret)) return;
    known.add(secret);
    if (known.size > MOST) forgetOldest(known);
    patterns = undefined;
  };
  const cleanText = (text: string): string => {
    patterns ??= patternsOf(whole, tokens);
    const cleaned = text.replace(TICKET_SHAPE, REDACTED).replace(patterns.forms, REDACTED);
    return replaceAround(cleaned, patterns.pieces, REDACTED);
  };
  return {
    learn: (secret) => learn(whole, secret),
    learnToken: (secret) => learn(tokens, secret),
    clean: (error) => {
      cleanError(error, cleanText);
      return error;
    },
  };
}

const REDACTED = '[redacted]';

/** What is shorter is in too many words to be taken out of them. */
const SHORTEST = 4;

/** How many secrets of a kind are remembered; those in use are few, and each call tells its own anew. */
const MOST = 256;

function forgetOldest(known: Set<string>): void {
  for (const oldest of known) {
    known.delete(oldest);
    return;
  }
}

interface Patterns {
  readonly forms: RegExp;
  readonly pieces: RegExp;
}

/** The longest first, so that no secret stays in part because another is its beginning; media types lose their case. */
function patternsOf(whole: ReadonlySet<string>, tokens: ReadonlySet<string>): Patterns {
  const byLength = [...whole, ...tokens].sort((a, b) => b.length - a.length);
  return { forms: anyOf(byLength.flatMap(formsOf)), pieces: anyOf([...tokens].flatMap(piecesOf)) };
}

const anyOf = (patterns: readonly string[]): RegExp =>
  new RegExp(patterns.length > 0 ? patterns.join('|') : '(?!)', 'gi');

type Clean = (text: string) => string;

function cleanError(error: unknown, clean: Clean): void {
  if (!(error instanceof Error || isCallError(error))) return;
  for (const key of texts) {
    const found: unknown = Reflect.get(error, key);
    // By assignment, since newer versions of Node have an accessor for the stack.
    if (found !== undefined) Reflect.set(error, key, cleanValue(found, clean));
  }
  // The reason of an abort is the caller's own.
  if (!isCallError(error) || error.code !== 'aborted') cleanError(error.cause, clean);
}

/** Where an error has text from the other side. */
const texts = [
  'message',
  'stack',
  'path',
  'reason',
  'faultCode',
  'exceptionType',
  'friendlyText',
  'parameters',
  'detail',
];

function cleanValue(value: unknown, clean: Clean): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [clean(key), cleanValue(item, clean)]));
}

/** Tells the secrets in a request's input; what the pairs of AuthenticateGeneric mean is not published, so all are. */
export function learnSecrets(redactor: Redactor, input: unknown): void {
  if (typeof input !== 'object' || input === null) return;
  for (const [name, item] of Object.entries(input)) {
    if (tokenMembers.has(name)) redactor.learnToken(item);
    if (name !== 'authenticationData') learnSecrets(redactor, item);
    else for (const text of Object.values(item ?? {})) redactor.learn(text);
  }
}

const tokenMembers: ReadonlySet<string> = new Set(['ticket', 'sessionKey', 'accessToken', 'password']);
