/**
 * Numbers on the command line.
 */
import { InvalidArgumentError } from 'commander';

/** The id of something: a whole number that an `xs:int` can hold. */
export const id = (text: string): number => wholeNumber(text, 2 ** 31 - 1);

export const port = (text: string): number => wholeNumber(text, 65_535);

/** `1 file`, `2 files` */
export const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Where to listen: `8088`, `0.0.0.0:8088` or `[::1]:8088`. */
export function address(text: string): { readonly host?: string; readonly port: number } {
  const [, host, number = ''] = /^(?:\[?([^\]]+?)\]?:)?(\d+)$/.exec(text) ?? [];
  return { ...(host !== undefined && { host }), port: port(number) };
}

function wholeNumber(text: string, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= max)) throw new InvalidArgumentError(`It is not a whole number up to ${max}.`);
  return value;
}
