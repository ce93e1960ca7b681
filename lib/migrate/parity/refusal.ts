/**
 * What is known of a call to which neither side gave anything.
 */
import { shownError } from '../compare/shown.js';
import type { Answers } from '../pair.js';
import type { PlannedCall } from './plan.js';

/** What each side said when it refused the call, as a short text without secrets. */
export interface Refusal {
  readonly soap: string;
  readonly rest: string;
}

/** The words of both sides, or false where one of them answered. */
export function refusalOf([soap, rest]: Answers): Refusal | false {
  if (soap.status === 'fulfilled' || rest.status === 'fulfilled') return false;
  return { soap: shownError(soap.reason), rest: shownError(rest.reason) };
}

/** The id of a session that was asked for and is not there. */
export function unknownSessionOf({ method, input }: PlannedCall, output: unknown): number | undefined {
  const isNothing = output === null || output === undefined;
  return method === 'getChatSessionEntity' && isNothing ? Number(input.chatSessionEntityId) : undefined;
}
