/**
 * Whether SOAP and REST gave the same answer to a call.
 */
import type { Reply } from '../call.js';
import { type Operation, qualifiedName, type TimeZonePart } from '../codec/operation.js';
import { keyOf, type Schema } from '../codec/schema.js';
import { requireBoolean, requireKnown, requireTexts } from '../options.js';
import { collectFindings, type Difference, type Folded, type Found } from './compare/findings.js';
import { compareOutcomes, type Settled } from './compare/outcomes.js';
import { type Place, stepsOf, top } from './compare/place.js';
import { wallClockOf } from './compare/times.js';
import type { Rules } from './compare/verdict.js';
import { compareValues } from './compare/walk.js';

export type { Difference, Folded } from './compare/findings.js';
export { type DifferenceKind, differenceKinds, type FoldedCode, foldedCodes } from './compare/kinds.js';
export type { Settled } from './compare/outcomes.js';

export interface CompareOptions {
  /** The zone of times that are written without one, where the replies do not state it. */
  readonly timeZone?: TimeZonePart | undefined;
  /** Whether one side may have one language where the other has all; then this is folded. */
  readonly allowLanguage?: boolean | undefined;
  /** The members that REST was asked for by `$select`, where it was. */
  readonly select?: readonly string[] | undefined;
}

export interface Comparison {
  /** `'Chat.GetChatMessages'` */
  readonly operation: string;
  /** Whether there is no difference. */
  readonly equal: boolean;
  readonly differences: readonly Difference[];
  /** What is written differently and means the same. */
  readonly folded: readonly Folded[];
}

/**
 * Compares what the two sides answered, by the types of the operation. Only what is known to be two ways of writing the
 * same is folded; all else is a difference. Refusals are the same if they have the same reason, whatever their words;
 * where neither side answered, that is a difference too, since nothing was compared.
 * @throws InputError for options that are not right
 */
export function compareReplies(
  operation: Operation,
  soap: Settled,
  rest: Settled,
  options: CompareOptions = {},
): Comparison {
  requireKnown('', options, COMPARE_OPTIONS);
  const { allowLanguage, select } = options;
  requireBoolean('allowLanguage', allowLanguage);
  requireTexts('select', select);
  const found =
    soap.status === 'rejected' || rest.status === 'rejected'
      ? compareOutcomes(soap, rest)
      : compareOutputs(operation, soap.value, rest.value, options);
  return { operation: qualifiedName(operation), equal: found.differences.length === 0, ...found };
}

/** All that `CompareOptions` has. */
export const COMPARE_OPTIONS: readonly string[] = ['timeZone', 'allowLanguage', 'select'];

function compareOutputs(
  operation: Operation,
  soap: Reply,
  rest: Reply,
  { timeZone = soap.header.timeZone ?? rest.header.timeZone ?? undefined, allowLanguage, select }: CompareOptions,
): Found {
  const findings = collectFindings(new Set(allowLanguage ? ['language'] : []));
  const type = resultOf(operation);
  // Made when the first time needs it.
  let clock: Rules['wallClock'] | null = null;
  const rules: Rules = {
    unordered: unordered.has(operation.name),
    get wallClock() {
      if (clock === null) clock = wallClockOf(timeZone);
      return clock;
    },
    leftOut: select ? notIn(select) : () => false,
  };
  if (type) compareValues({ type, soap: soap.output, rest: rest.output, at: top }, rules, findings.tell);
  return findings.found();
}

/** The type of the output: that of the one result, or an object of all where there are several. */
export function resultOf({ reply: { name, fields } }: Operation): Schema | undefined {
  const [only, more] = fields;
  return more ? { kind: 'complex', name, namespace: more.namespace, base: null, fields } : only?.type;
}

/** Operations that give records of which the service does not say in what order they come. */
const unordered: ReadonlySet<string> = new Set([
  'GetChatMessages',
  'ChatSessionsForUser',
  'ChatTopicsForUser',
  'GetChatPresence',
  'GetChatTopicUserAgentList',
]);

/** Whether a member is none of those selected, nothing inside of them, and nothing that they are inside of. */
function notIn(select: readonly string[]): (at: Place) => boolean {
  const wanted = select.map((name) => `${name.split(/[/.]/).map(keyOf).join('.').toLowerCase()}.`);
  return (at) => {
    const keys = stepsOf(at).filter((step) => typeof step === 'string');
    const path = `${keys.join('.').toLowerCase()}.`;
    return keys.length > 0 && !wanted.some((name) => path.startsWith(name) || name.startsWith(path));
  };
}
