/**
 * Calls and replies with generated values, for all operations, as far as a peer can hold such values.
 */
import { Chat, DateTime, type Operation, type Reply, SoPrincipal } from '../../lib/index.js';
import { membersOf, randomFrom } from '../contract/values.js';

export const operations: readonly Operation[] = [...Object.values(Chat), ...Object.values(SoPrincipal)];
const SEEDS = [1, 2, 3, 4, 5];

export interface Exchange {
  readonly operation: Operation;
  readonly input: unknown;
  readonly reply: Reply;
}

/** What a peer cannot hold, beside what the JSON on the way to it cannot: NaN, infinity, -0 and bytes that are not ASCII. */
export interface Gaps {
  /** The last day of the year 9999. */
  readonly lastDay?: boolean;
  /** Nil items of arrays, or those that have no other item beside them. */
  readonly nilItems?: 'all' | 'lone';
  /** Text of blanks alone. */
  readonly blankText?: boolean;
}

export const exchangesWith = (gaps: Gaps): readonly Exchange[] =>
  operations.flatMap((operation) =>
    SEEDS.map((seed) => ({
      operation,
      input: without(gaps, inputFor(operation, seed)),
      reply: without(gaps, replyFor(operation, seed)) as Reply,
    })),
  );

/** Parameters that cannot be nil are always stated. */
const inputFor = ({ request }: Operation, seed: number): unknown =>
  membersOf(
    request.fields.map((field) => ({ ...field, required: !field.nillable })),
    randomFrom(seed),
  );

/** A reply that succeeds, in which a result that cannot be nil is there. */
function replyFor({ reply, replyHeader }: Operation, seed: number): Reply {
  const { exceptionInfo, ...header } = membersOf(replyHeader, randomFrom(seed + 3000)) as Record<string, unknown>;
  const [only, more] = reply.fields;
  const fields = only && !more ? [{ ...only, required: !only.nillable }] : reply.fields;
  const members = membersOf(fields, randomFrom(seed + 1000));
  const output = more ? members : only && (members[only.key] ?? null);
  return { output, header: { ...header, succeeded: true } };
}

/** The value with another in the place of each that cannot be held. */
function without(gaps: Gaps, value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) && value !== 0 ? value : 0;
  if (typeof value === 'string') return gaps.blankText && value.trim() === '' ? '' : value;
  if (value instanceof Uint8Array) return value.map((byte) => byte & 0x7f);
  if (value instanceof DateTime) {
    return gaps.lastDay && value.lexical.startsWith('9999-12-31')
      ? DateTime.from('1970-01-01T01:00:00.5+01:00')
      : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const drop = gaps.nilItems === 'all' || (gaps.nilItems === 'lone' && value.length === 1);
    return value.filter((item) => item !== null || !drop).map((item) => without(gaps, item));
  }
  const members = Object.entries(value).map(([key, item]) => [key, without(gaps, item)]);
  return Object.assign(Object.create(Object.getPrototypeOf(value)), Object.fromEntries(members));
}
