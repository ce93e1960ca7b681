/**
 * Lines out of pieces of text.
 */

/** What stands in the place of a line that is longer than any that a server writes. */
export const TOO_LONG = Symbol('a line that is too long');

export interface LineSplitter {
  readonly take: (text: string) => void;
  /** Tells the last line, which has no end. */
  readonly end: () => void;
}

/**
 * Tells each line but empty ones, without its end, and its number from 1 up. A server that breaks down may leave NULs behind, which are taken off.
 */
export function splitLines(onLine: (line: string | typeof TOO_LONG, number: number) => void): LineSplitter {
  let begun = '';
  let isTooLong = false;
  let number = 0;
  const tell = (line: string): void => {
    number++;
    if (isTooLong) onLine(TOO_LONG, number);
    else {
      const content = line.charCodeAt(0) === 0 ? line.replace(/^\0+/, '') : line;
      const plain = content.endsWith('\r') ? content.slice(0, -1) : content;
      if (plain !== '') onLine(plain, number);
    }
    isTooLong = false;
  };
  return {
    take: (text) => {
      let from = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        tell(from === 0 ? begun + text.slice(0, at) : text.slice(from, at));
        begun = '';
        from = at + 1;
      }
      begun = from === 0 ? begun + text : text.slice(from);
      if (begun.length > LONGEST) {
        isTooLong = true;
        begun = '';
      }
    },
    end: () => {
      if (begun !== '' || isTooLong) tell(begun);
    },
  };
}

const LONGEST = 1_048_576;
