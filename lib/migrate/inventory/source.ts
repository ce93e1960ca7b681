/**
 * Finds uses of the services in the text of a source file, which comes in pieces of any size.
 */
import { commentTest } from './comments.js';
import { type Finding, isUse } from './findings.js';
import { type Facts, factsOf, kindOf, learn, requestOf } from './meaning.js';
import { newPattern, REACH, type Sighting, sightingOf } from './patterns.js';
import { kept, shownAddress } from './shown.js';

export interface SourceScan {
  readonly take: (text: string) => void;
  /** To be called once, after the last piece. */
  readonly end: () => SourceFindings;
}

export interface SourceFindings {
  readonly findings: readonly Finding[];
  /** How many more there are of the same kind, service, release and operation as others that are listed. */
  readonly leftOut: number;
}

/** Looks through one file. What a name means depends on what else there is, so that nothing is told before the end. */
export function scanSource(file: string): SourceScan {
  const pattern = newPattern();
  const isComment = commentTest(file);
  let sightings: Collection | undefined;
  let text = '';
  let from = 0;
  let line = 1;
  /** Where the line begins, and whether it is a comment, which is only to be looked for while the beginning is there. */
  let lineStart = 0;
  let commented = false;
  const isCommented = (): boolean => {
    if (lineStart >= 0) commented = isComment(text, lineStart);
    return commented;
  };
  /** The next end of a line; to look for it at each match would take long where lines are. */
  let newline = Number.POSITIVE_INFINITY;
  const newlineFrom = (at: number): number => {
    const found = text.indexOf('\n', at);
    return found < 0 ? Number.POSITIVE_INFINITY : found;
  };
  const countTo = (index: number): void => {
    for (; newline < index; newline = newlineFrom(newline + 1)) {
      line++;
      lineStart = newline + 1;
    }
  };
  const scan = (until: number): Collection => {
    sightings ??= collect(factsOf(text));
    pattern.lastIndex = from;
    for (let match = pattern.exec(text); match && match.index < until; match = pattern.exec(text)) {
      countTo(match.index);
      const sighting = sightingOf(match);
      if (sighting) sightings.add(sighting, { line, commented: isCommented() });
      from = pattern.lastIndex;
    }
    from = Math.max(from, until);
    return sightings;
  };
  return {
    take: (piece) => {
      const end = text.length;
      text += piece;
      if (newline > end) newline = newlineFrom(end);
      if (text.length - from < PIECE) return;
      // What begins nearer to the end may go on in the next piece.
      scan(text.length - REACH);
      const done = from - REACH;
      countTo(done);
      isCommented();
      lineStart -= done;
      text = text.slice(done);
      from -= done;
      newline -= done;
    },
    end: () => scan(text.length).settled(file),
  };
}

/** How much text is worth looking through at a time. */
const PIECE = 16_384;

/** Of the same at more places than these, the rest is only counted: a trace may have millions. */
const MOST = 1000;

/** Where something was seen. */
interface Place {
  readonly line: number;
  /** Whether the line begins as a comment. */
  readonly commented: boolean;
}

type Collection = ReturnType<typeof collect>;

/** Collects what is seen in one file. */
function collect(facts: Facts) {
  const seen: (Sighting & Place)[] = [];
  const counts = new Map<string, number>();
  let release: string | undefined;
  let firstRelease: string | undefined;
  let leftOut = 0;
  return {
    add: (sighting: Sighting, place: Place): void => {
      release = sighting.release ?? release;
      firstRelease ??= release;
      const { form, service, operation } = sighting;
      const key = [form, service, release, operation].join(' ');
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count > MOST) {
        leftOut++;
        return;
      }
      const own = { ...sighting, ...ownTexts(sighting), release, ...place };
      if (count === 1) learn(facts, own);
      seen.push(own);
    },
    settled: (file: string): SourceFindings => {
      const findings = seen.flatMap((each): Finding[] => {
        const meant = kindOf(each, facts);
        if (!meant) return [];
        const kind = each.commented && each.operation !== undefined && isUse(meant) ? 'possible' : meant;
        const { line, service = null, text } = each;
        const operation = each.operation === undefined ? null : requestOf(each.operation, facts);
        // The release nearest before it, or the first after it.
        return [{ file, line, kind, service, release: each.release ?? firstRelease ?? null, operation, text }];
      });
      return { findings, leftOut };
    },
  };
}

const ownTexts = ({ service, operation, text }: Sighting) => ({
  service: service && kept(service),
  operation: operation && kept(operation),
  text: shownAddress(text),
});
