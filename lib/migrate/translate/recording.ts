/**
 * Translates whole recordings. What cannot be translated is told in its place, and the rest goes on.
 */

import { onOneLine } from '../../codec/steering.js';
import { type AnyCallError, isCallError } from '../../errors.js';
import { replaceSecrets } from '../../secrets/find.js';
import { readRecording } from '../recording/read.js';
import type { RecordedPlace, RecordedRequest } from '../recording/recorded.js';
import { requireTranslateOptions, type TranslateOptions, type Translation, translateRequest } from './translate.js';

/** A request of a recording. */
export interface Translated {
  readonly place: RecordedPlace;
  readonly translation: Translation;
}

/** A part of a recording that is not translated, and why, in one line without secrets. */
export interface Untranslated {
  readonly place: RecordedPlace;
  readonly problem: string;
  /** Whether it is a whole recording in which nothing is a sign of SOAP. */
  readonly withoutSoap?: boolean | undefined;
}

/**
 * The requests in a recording, of any kind that `readRecording` knows, in REST. Replies are passed over.
 * @param recording the bytes of a whole file
 */
export function* translateRecording(
  recording: Uint8Array,
  options: Omit<TranslateOptions, 'charset' | 'url' | 'soapAction'> = {},
): Iterable<Translated | Untranslated> {
  requireTranslateOptions(options);
  let told = false;
  let replies = 0;
  for (const recorded of readRecording(recording)) {
    if (!('problem' in recorded) && recorded.eitherWay && isReply(recorded.document)) {
      replies++;
      continue;
    }
    told = true;
    yield 'problem' in recorded ? recorded : translated(recorded, options);
  }
  if (!told && replies > 0) yield { place: 'line 1', problem: 'there are replies in it, and no request' };
}

function translated(recorded: RecordedRequest, options: TranslateOptions): Translated | Untranslated {
  const { place, document, eitherWay: _, ...beside } = recorded;
  try {
    return { place, translation: translateRequest(document, { ...options, ...beside }) };
  } catch (error) {
    if (!isCallError(error)) throw error;
    return { place, problem: problemOf(error) };
  }
}

/** Whether the first element in the Body of an envelope has the name of a reply. */
function isReply(document: Uint8Array | string): boolean {
  const text = typeof document === 'string' ? document : Buffer.from(document).toString('latin1');
  const body = BODY.exec(text);
  if (!body) return false;
  REPLY.lastIndex = body.index + body[0].length;
  return REPLY.test(text);
}

const BODY = /<(?:[^\s<>/:]{1,64}:)?Body(?:\s[^<>]*)?>/;
const REPLY = /\s*<(?:[^\s<>/:]{1,64}:)?\w{0,200}(?:Response|Fault)[\s/>]/y;

/** Errors of the codec quote what they find, which is not to be shown of a secret. */
function problemOf(error: AnyCallError): string {
  const path = 'path' in error ? (error.path ?? '') : '';
  const said = error.message.replace(/^(?:protocol|input): /, '');
  const safe = SECRET_PLACE.test(path) ? `something is wrong at ${path}` : said;
  return onOneLine(replaceSecrets(safe, [], '[redacted]'), ' ');
}

const SECRET_PLACE = /ticket|token|password|credential|sessionkey|authenticationdata|secret|security/i;
