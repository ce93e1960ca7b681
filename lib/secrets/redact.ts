/**
 * Keeps secrets out of errors: services and web servers repeat tickets and passwords in what they say.
 */
import { isCallError } from '../errors.js';
import { replaceSecrets } from './find.js';
import { type Forms, formsOf } from './forms.js';

/** Knows the secrets that are in use. */
export interface Redactor {
  /** From now on this text is a secret. */
  readonly learn: (secret: unknown) => void;
  /** The same, for a secret of which a part is as little to be seen as the whole. */
  readonly learnToken: (secret: unknown) => void;
  /** The same, for one that was in a reply; of these only the last are remembered. */
  readonly learnReplied: (secret: unknown) => void;
  /** The same error, with `[redacted]` for each secret in its texts and in those of its causes, however it is escaped. */
  readonly clean: <E>(error: E) => E;
}

export function createRedactor(): Redactor {
  const whole = remembered(false);
  const tokens = remembered(true);
  const replied = remembered(true);
  return {
    learn: whole.learn,
    learnToken: tokens.learn,
    learnReplied: replied.learn,
    clean: (error) => {
      if (!isCallError(error)) return error;
      const secrets = [...whole.forms(), ...tokens.forms(), ...replied.forms()];
      cleanError(error, (text) => replaceSecrets(text, secrets, REDACTED), new Set());
      return error;
    },
  };
}

const REDACTED = '[redacted]';

/** What is shorter is in too many words to be taken out of them. */
const SHORTEST = 4;

/** How many secrets of a kind are remembered. Those in use are few, and a call that fails tells its own once more. */
const MOST = 64;

/** Secrets of one kind; what to look for is worked out when it is first looked for. */
function remembered(inPieces: boolean) {
  const known = new Map<string, Forms | undefined>();
  return {
    learn: (secret: unknown): void => {
      if (typeof secret !== 'string' || secret.length < SHORTEST || known.has(secret)) return;
      known.set(secret, undefined);
      if (known.size <= MOST) return;
      const [oldest = secret] = known.keys();
      known.delete(oldest);
    },
    *forms(): Iterable<Forms> {
      for (const [secret, forms] of known) {
        const made = forms ?? formsOf(secret, inPieces);
        if (!forms) known.set(secret, made);
        yield made;
      }
    },
  };
}

type Clean = (text: string) => string;

function cleanError(error: unknown, clean: Clean, seen: Set<unknown>): void {
  if (!(error instanceof Error || isCallError(error)) || seen.has(error)) return;
  seen.add(error);
  const budget = { characters: LONGEST };
  for (const key of isCallError(error) ? texts : ['message', 'stack']) {
    const found: unknown = Reflect.get(error, key);
    // By assignment, since newer versions of Node have an accessor for the stack.
    if (found !== undefined) Reflect.set(error, key, cleanValue(found, clean, budget, seen));
  }
  // The reason of an abort is the caller's own.
  if (!isCallError(error) || error.code !== 'aborted') cleanError(error.cause, clean, seen);
}

/** Where an error has text from the other side. */
const texts = [
  'message',
  'stack',
  'path',
  'faultCode',
  'exceptionType',
  'friendlyText',
  'reason',
  'parameters',
  'detail',
];

/** How many characters an error keeps of what the other side said; nobody reads more, and to look through it takes time. */
const LONGEST = 65_536;

function cleanValue(value: unknown, clean: Clean, budget: { characters: number }, seen: Set<unknown>): unknown {
  // An element counts too, though it may have no text.
  budget.characters -= typeof value === 'string' ? value.length : 8;
  if (typeof value === 'string') {
    const over = Math.max(0, -budget.characters);
    return over === 0 ? clean(value) : `${clean(value.slice(0, Math.max(0, value.length - over)))}…`;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (budget.characters < 0 || seen.has(value)) return '…';
  seen.add(value);
  if (Array.isArray(value)) return upTo(budget, value).map((item) => cleanValue(item, clean, budget, seen));
  return Object.fromEntries(
    upTo(budget, Object.entries(value)).map(([key, item]) => [clean(key), cleanValue(item, clean, budget, seen)]),
  );
}

/** So many of the items as may be kept at all. */
const upTo = <Item>({ characters }: { characters: number }, items: readonly Item[]): readonly Item[] =>
  items.length * 8 > characters ? items.slice(0, Math.max(0, Math.ceil(characters / 8))) : items;

/** Tells the secrets in a request's input; what the pairs of AuthenticateGeneric mean is not published, so all are. */
export function learnSecrets(redactor: Redactor, input: unknown, seen: Set<unknown> = new Set()): void {
  if (typeof input !== 'object' || input === null || seen.has(input)) return;
  seen.add(input);
  const { userName, password } = input as { userName?: unknown; password?: unknown };
  // A ticket may stand in the place of a user's name, and has no password then.
  if (password === '' && typeof userName === 'string' && userName.includes(':')) redactor.learnToken(userName);
  for (const [name, item] of Object.entries(input)) {
    if (tokenMembers.has(name)) redactor.learnToken(item);
    if (name !== 'authenticationData') learnSecrets(redactor, item, seen);
    else for (const text of Object.values(item ?? {})) redactor.learn(text);
  }
}

const tokenMembers: ReadonlySet<string> = new Set(['ticket', 'sessionKey', 'accessToken', 'password']);
