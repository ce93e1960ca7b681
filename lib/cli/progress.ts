/**
 * How far long work has come: one line on a terminal that is written over, ten times a second.
 */
import { printable } from './conversation.js';

/** Nothing is shown where stderr is no terminal. */
export function showProgress<Progress>(textOf: (progress: Progress) => string) {
  const { stderr } = process;
  let shownAt = 0;
  return {
    show: (progress: Progress): void => {
      if (!stderr.isTTY || performance.now() - shownAt < 100) return;
      shownAt = performance.now();
      const line = printable(textOf(progress)).replaceAll('\n', ' ');
      stderr.write(`\r\u001b[K${line.slice(0, (stderr.columns || 80) - 1)}`);
    },
    clear: (): void => {
      if (stderr.isTTY && shownAt > 0) stderr.write('\r\u001b[K');
    },
  };
}
