/**
 * What is found of two replies: a list of what differs, and a count of what only looks different.
 */
import { type DifferenceKind, type FoldedCode, foldedCodes } from './kinds.js';
import { type Place, pathOf } from './place.js';
import { shownPair } from './shown.js';

/** One thing that was found, with the values that it was found of. */
export type Finding = { readonly at: Place; readonly soap: unknown; readonly rest: unknown } & (
  | { readonly kind: DifferenceKind }
  | { readonly code: FoldedCode }
);

export interface Difference {
  readonly kind: DifferenceKind;
  /**
   * As `[3].whenPosted`, from the result down, which itself is `''`. Items have the index that they have in SOAP, those
   * that only REST has the one that they have there.
   */
  readonly path: string;
  /** What each side has, as a short text: the beginning of its JSON, or `absent`. Secrets are `[redacted]`. */
  readonly soap: string;
  readonly rest: string;
}

/** What is written differently and means the same. */
export interface Folded {
  readonly code: FoldedCode;
  /** Why it means nothing, in one sentence. */
  readonly reason: string;
  readonly count: number;
  /** Where it was found first, and what stood there. */
  readonly path: string;
  readonly soap: string;
  readonly rest: string;
}

export interface Found {
  readonly differences: readonly Difference[];
  readonly folded: readonly Folded[];
}

interface Findings {
  readonly tell: (finding: Finding) => void;
  readonly found: () => Found;
}

/** @param allowed kinds of differences that are expected */
export function collectFindings(allowed: ReadonlySet<DifferenceKind & FoldedCode>): Findings {
  const differences: Difference[] = [];
  const folded = new Map<FoldedCode, { first: Finding; count: number }>();
  const fold = (code: FoldedCode, first: Finding): void => {
    const known = folded.get(code);
    if (known) known.count++;
    else folded.set(code, { first, count: 1 });
  };
  return {
    tell: (finding) => {
      if ('code' in finding) fold(finding.code, finding);
      else if (isAllowed(finding.kind, allowed)) fold(finding.kind, finding);
      else differences.push({ kind: finding.kind, ...shownAt(finding) });
    },
    found: () => ({
      differences,
      folded: [...folded].map(([code, { first, count }]) => ({
        code,
        reason: foldedCodes[code],
        count,
        ...shownAt(first),
      })),
    }),
  };
}

const isAllowed = <Kind extends DifferenceKind>(kind: DifferenceKind, allowed: ReadonlySet<Kind>): kind is Kind =>
  (allowed as ReadonlySet<DifferenceKind>).has(kind);

function shownAt({ at, soap, rest }: Finding): { path: string; soap: string; rest: string } {
  const [one, other] = shownPair(soap, rest, typeof at.step === 'string' ? at.step : undefined);
  return { path: pathOf(at), soap: one, rest: other };
}
