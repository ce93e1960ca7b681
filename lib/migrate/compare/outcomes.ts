/**
 * Whether a call ended in the same way on both sides, where it did not succeed on both.
 */
import type { Reply } from '../../call.js';
import { type AnyCallError, isCallError } from '../../errors.js';
import { ANSWERED_NULL } from '../../rest/reply.js';
import type { Found } from './findings.js';
import { type DifferenceKind, foldedCodes } from './kinds.js';
import { shown, shownError } from './shown.js';

/** What became of a call on one side, as `Promise.allSettled` tells it. */
export type Settled = PromiseSettledResult<Reply>;

export function compareOutcomes(soap: Settled, rest: Settled): Found {
  const told = { path: '', soap: inWords(soap), rest: inWords(rest) };
  const kind = differenceOf(soap, rest);
  if (kind) return { differences: [{ kind, ...told }], folded: [] };
  const code = isAnsweredNull(rest) && !isAnsweredNull(soap) ? 'null-for-reason' : 'error-text';
  const folded = { code, reason: foldedCodes[code], count: 1, ...told } as const;
  return { differences: [], folded: told.soap === told.rest ? [] : [folded] };
}

const inWords = (settled: Settled): string =>
  settled.status === 'fulfilled' ? `answered ${shown(settled.value.output)}` : shownError(settled.reason);

function differenceOf(soap: Settled, rest: Settled): DifferenceKind | undefined {
  const [one, other] = [reasonOf(soap), reasonOf(rest)];
  if (soap.status === 'fulfilled') return isNull(soap) && isAnsweredNull(rest) ? 'refusal-for-null' : 'outcome';
  if (rest.status === 'fulfilled') return one === 'service' && isNull(rest) ? 'null-for-refusal' : 'outcome';
  if (one === undefined && other === undefined) return 'no-answer';
  if (one !== other) return 'error';
  return one === 'service' && !isSameRefusal(soap, rest) ? 'error' : undefined;
}

/**
 * Whether the service may have had the same reason on both sides. That a call failed on its way is no refusal, and what a
 * framework says before the service is asked is none of the service's.
 */
function isSameRefusal(soap: Settled, rest: Settled): boolean {
  if (isAnsweredNull(rest)) return true;
  const [named, alsoNamed] = [exceptionOf(soap), exceptionOf(rest)];
  if (named !== undefined && alsoNamed !== undefined) return named === alsoNamed;
  if (isUnsure(soap) !== isUnsure(rest)) return false;
  return named === alsoNamed || !isOfFramework(named === undefined ? soap : rest);
}

/** Of what an agent states in a reply of success no more is known either, but it is its way to refuse. */
const isUnsure = (settled: Settled): boolean =>
  errorOf(settled)?.outcome === 'unknown' && !(statusOf(settled) < FAILURES);

/** A Fault element or a status without an exception: the service names one, or speaks in a reply of success. */
const isOfFramework = (settled: Settled): boolean => statusOf(settled) >= FAILURES;

/** No number where no reply is known of. */
const statusOf = (settled: Settled): number => errorOf(settled)?.http?.status ?? Number.NaN;

const FAILURES = 400;

const isNull = (settled: Settled): boolean =>
  settled.status === 'fulfilled' && (settled.value.output === null || settled.value.output === undefined);

/** Why a side refused; undefined where there was no answer to be had. */
function reasonOf(settled: Settled): 'login' | 'service' | 'input' | undefined {
  const error = errorOf(settled);
  // A Fault element and a refusal in a header say the same; REST has neither.
  if (error?.kind === 'fault') return error.code === 'login' ? 'login' : 'service';
  return error?.kind === 'input' ? 'input' : undefined;
}

const errorOf = (settled: Settled): AnyCallError | undefined =>
  settled.status === 'rejected' && isCallError(settled.reason) ? settled.reason : undefined;

function isAnsweredNull(settled: Settled): boolean {
  const error = errorOf(settled);
  return error?.kind === 'fault' && error.reason === ANSWERED_NULL;
}

/** The last part of the name of the .NET exception, which is all that REST tells. */
function exceptionOf(settled: Settled): string | undefined {
  const error = errorOf(settled);
  return error?.kind === 'fault' ? error.exceptionType?.split('.').at(-1) : undefined;
}
