/**
 * Whether two simple values mean the same, though they are written differently.
 */
import { zeroNameOf } from '../../codec/json-read.js';
import type { EnumSchema, FlagsSchema } from '../../codec/schema.js';
import { durationOfTimeSpan } from '../../codec/time-span.js';
import type { Verdict } from './kinds.js';
import { same } from './kinds.js';

export function compareTexts(soap: string, rest: string): Verdict {
  if (soap === rest) return same;
  if (withLineFeeds(soap) === withLineFeeds(rest)) return ['line-ends'];
  return isOneLanguageOf(soap, rest) || isOneLanguageOf(rest, soap) ? 'language' : 'text';
}

const withLineFeeds = (text: string): string => text.replace(/\r\n?/g, '\n');

/** Whether a text is one of the languages of the other: `NO:"Salg";US:"Sales"`. */
function isOneLanguageOf(text: string, other: string): boolean {
  if (!/^[A-Z]{2}(?:-[A-Z]{2})?:"/.test(other) || !other.endsWith('"')) return false;
  return other
    .slice(other.indexOf('"') + 1, -1)
    .split(/";[A-Z]{2}(?:-[A-Z]{2})?:"/)
    .includes(text);
}

export function compareNumbers(soap: number, rest: number): Verdict {
  if (Object.is(soap, rest)) return same;
  const both = Number.isFinite(soap) && Number.isFinite(rest);
  return both && Number(soap.toPrecision(15)) === Number(rest.toPrecision(15)) ? ['double-digits'] : 'value';
}

export function compareEnums({ values }: EnumSchema, soap: unknown, rest: unknown): Verdict {
  if (soap === rest) return same;
  const [one, other] = [numberOf(values, soap), numberOf(values, rest)];
  return one !== undefined && one === other ? ['enum-number'] : 'value';
}

/** The number of a name that the contract has, or of a number in the place of a name. */
function numberOf(values: EnumSchema['values'], given: unknown): number | undefined {
  if (typeof given === 'number') return given;
  if (typeof given !== 'string') return undefined;
  return /^\d{1,9}$/.test(given) ? Number(given) : values[given];
}

/** Flags are a set of bits; names that the contract does not have can only be compared as names. */
export function compareFlags(type: FlagsSchema, soap: readonly unknown[], rest: readonly unknown[]): Verdict {
  const [one, other] = [setOf(type, soap), setOf(type, rest)];
  if (one.bits !== other.bits || !areSame(one.unknown, other.unknown)) return 'flags';
  const [ones, others] = [new Set(soap), new Set(rest)];
  if (areSame(ones, others)) {
    const inOrder = soap.length === rest.length && soap.every((name, index) => name === rest[index]);
    return inOrder ? same : ['flags-order'];
  }
  if (one.numbered || other.numbered) return ['flags-number'];
  return [one.zero || other.zero ? 'flags-zero' : 'flags-alias'];
}

function setOf(type: FlagsSchema, given: readonly unknown[]) {
  const { values } = type;
  const unknown = new Set<unknown>();
  let [bits, zero, numbered] = [0, false, false];
  for (const name of given) {
    const number = numberOf(values, name);
    if (number !== undefined) {
      bits |= number;
      numbered ||= values[String(name)] === undefined;
    } else if (name === 'None' || name === zeroNameOf(type)) {
      zero = true;
    } else unknown.add(name);
  }
  return { bits, zero, numbered, unknown };
}

const areSame = (one: ReadonlySet<unknown>, other: ReadonlySet<unknown>): boolean =>
  one.size === other.size && [...one].every((item) => other.has(item));

export function compareDurations(soap: string, rest: string): Verdict {
  if (soap === rest) return same;
  const one = ticksOf(soap);
  return one !== undefined && one === ticksOf(rest) ? ['duration-spelling'] : 'value';
}

/** The length in 100 ns, as .NET counts: of `PT8H30M` or, as .NET writes it by itself, of `1.08:30:00.5`. */
function ticksOf(text: string): bigint | undefined {
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', digits = ''] =
    DURATION.exec(durationOfTimeSpan(text) ?? text) ?? [];
  if (sign === undefined) return undefined;
  const whole = ((BigInt(days) * 24n + BigInt(hours)) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  const ticks = whole * 10_000_000n + BigInt(digits.padEnd(7, '0'));
  return sign === '-' ? -ticks : ticks;
}

const DURATION =
  /^(-?)P(?=[\dT])(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,12})H)?(?:(\d{1,12})M)?(?:(\d{1,15})(?:\.(\d{1,7})0*)?S)?)?$/;
