/**
 * Whether something was deeper than the stack of the process. How deep that is depends on much that is not known here,
 * and values that hold themselves have no end.
 */
export const isStackOverflow = (error: unknown): boolean =>
  error instanceof RangeError && error.message.includes('call stack');
