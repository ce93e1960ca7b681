/**
 * A Buffer with its own slices, which cost a fraction of `toString`; the type declarations do not have them.
 */
export interface Bytes extends Buffer {
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
}
