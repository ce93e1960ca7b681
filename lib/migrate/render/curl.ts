/**
 * A translation as a command for curl, which a POSIX shell runs as it stands: placeholders are expanded, and nothing else
 * is.
 */
import { escapeSteering } from '../../codec/steering.js';
import { pieces } from '../translate/placeholders.js';
import type { Translation } from '../translate/translate.js';
import { notesOf, type RenderOptions, titleOf } from './comments.js';
import { addressOf, headersOf } from './request-parts.js';

/** Variables of the environment stand for what the recording had of secrets, and for an address that is not known. */
export function asCurl(translation: Translation, options: RenderOptions = {}): string {
  const { request } = translation;
  const comments = [titleOf(translation, options), ...notesOf(translation, options)]
    .map((text) => `# ${text}\n`)
    .join('');
  if (!request) return comments;
  const address = addressOf(translation, request);
  const body = request.body === undefined ? undefined : escapeSteering(request.body);
  const isLong = body !== undefined && Buffer.byteLength(body) > LONGEST_ARGUMENT;
  const words = [
    // Brackets and braces in an address are patterns to curl.
    `curl --fail-with-body --write-out '\\n'${/[[\]{}]/.test(address) ? ' --globoff' : ''} --request ${request.method} ${word(address)}`,
    ...headersOf(request).map(([name, value]) => `--header ${word(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [isLong ? `--data-binary @- <<${END}` : `--data-raw ${word(body)}`]),
  ];
  return `${comments}${words.join(' \\\n  ')}\n${isLong ? `${inHereDocument(body)}\n${END}\n` : ''}`;
}

/** Linux takes no argument of more than 128 KiB, and curl's other options would change what is in a file. */
const LONGEST_ARGUMENT = 100_000;

const END = 'END_OF_BODY';

/** A word of a shell: variables in double quotes, all else in single ones, in which nothing has a meaning. */
const word = (text: string): string =>
  pieces(text)
    .map((piece, index) =>
      index % 2 === 1 ? `"$${piece}"` : piece === '' ? '' : `'${piece.replaceAll("'", "'\\''")}'`,
    )
    .join('') || "''";

/** A line of JSON, of which the shell expands the variables alone. */
const inHereDocument = (text: string): string =>
  pieces(text)
    .map((piece, index) => (index % 2 === 1 ? `\${${piece}}` : piece.replace(/[\\$`]/g, '\\$&')))
    .join('');
