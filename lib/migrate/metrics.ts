/**
 * Counts who still calls what, so that it is known when nobody does any more.
 */

import type { ServedCall } from '../server/http/served-call.js';
import { shownCaller } from './inventory/shown.js';
import type { ShadowedCall } from './shadow.js';

/** Calls that have all of this in common. */
export interface CallCount extends Pick<ServedCall, 'operation' | 'release' | 'style' | 'outcome'> {
  /** `'soap'` or `'rest'`; `''` where the transport knows no more than one. */
  readonly servedBy: string;
  readonly calls: number;
  /** Milliseconds that they took in all, and that the longest of them took. */
  readonly totalMs: number;
  readonly longestMs: number;
  /** When the last of them was made, in ISO 8601. */
  readonly lastCall: string;
}

/** Calls of one program on one machine. */
export interface CallerCount {
  /** The header User-Agent; `''` where there is none. */
  readonly userAgent: string;
  readonly address: string;
  readonly operations: readonly string[];
  readonly releases: readonly string[];
  readonly calls: number;
  readonly lastCall: string;
}

export interface ComparisonCount {
  readonly operation: string;
  readonly equal: number;
  readonly different: number;
}

export interface MetricsReport {
  /** Since when calls are counted, in ISO 8601. */
  readonly since: string;
  readonly calls: readonly CallCount[];
  /** The first thousand; later ones are counted together, under the user agent `(others)`. */
  readonly callers: readonly CallerCount[];
  readonly comparisons: readonly ComparisonCount[];
}

export interface Metrics {
  /** For the option of this name of a server. */
  readonly onCall: (seen: ServedCall) => void;
  /** For the option of this name of `bridge` or `shadow`. */
  readonly onComparison: (seen: Pick<ShadowedCall, 'operation' | 'equal'>) => void;
  readonly report: () => MetricsReport;
}

/** @param now the time, as for tests */
export function createMetrics(now: () => Date = () => new Date()): Metrics {
  const since = now().toISOString();
  const calls = new Map<string, Writable<CallCount>>();
  const callers = new Map<string, CallerSoFar>();
  const comparisons = new Map<string, Writable<ComparisonCount>>();
  const onCall = (seen: ServedCall): void => {
    const { operation, release, style, outcome, servedBy = '', durationMs } = seen;
    const lastCall = now().toISOString();
    const count = entry(calls, JSON.stringify([operation, release, style, outcome, servedBy]), () => ({
      ...{ operation, release, style, outcome, servedBy },
      ...{ calls: 0, totalMs: 0, longestMs: 0, lastCall },
    }));
    count.calls++;
    count.totalMs += durationMs;
    count.longestMs = Math.max(count.longestMs, durationMs);
    count.lastCall = lastCall;
    const caller = callerOf(callers, seen);
    caller.operations.add(operation);
    caller.releases.add(release);
    caller.calls++;
    caller.lastCall = lastCall;
  };
  return {
    onCall,
    onComparison: ({ operation, equal }) => {
      const count = entry(comparisons, operation, () => ({ operation, equal: 0, different: 0 }));
      count[equal ? 'equal' : 'different']++;
    },
    report: () => ({
      since,
      calls: [...calls.values()].map((count) => ({ ...count })).sort(byCalls),
      callers: [...callers.values()]
        .map(({ operations, releases, ...caller }) => ({
          ...caller,
          operations: [...operations].sort(),
          releases: [...releases].sort(),
        }))
        .sort(byCalls),
      comparisons: [...comparisons.values()].map((count) => ({ ...count })),
    }),
  };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

interface CallerSoFar extends Writable<Omit<CallerCount, 'operations' | 'releases'>> {
  readonly operations: Set<string>;
  readonly releases: Set<string>;
}

/** Those who call are counted, and they can make up as many names as they like. */
const MOST = 1000;
const LONGEST = 120;

function callerOf(callers: Map<string, CallerSoFar>, { userAgent = '', address = '' }: ServedCall): CallerSoFar {
  // Control characters would make two callers of one in what is shown.
  const shown = shownCaller(userAgent.slice(0, 1000)).replace(/\p{Cc}/gu, ' ');
  const known = { userAgent: shown.slice(0, LONGEST), address };
  const key = JSON.stringify(Object.values(known));
  const named = callers.has(key) || callers.size < MOST ? known : { userAgent: '(others)', address: '' };
  return entry(callers, JSON.stringify(Object.values(named)), () => ({
    ...named,
    operations: new Set(),
    releases: new Set(),
    calls: 0,
    lastCall: '',
  }));
}

function entry<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

const byCalls = (a: { readonly calls: number }, b: { readonly calls: number }): number => b.calls - a.calls;
