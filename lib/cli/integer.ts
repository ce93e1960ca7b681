/**
 * Numbers on the command line.
 */
import { InvalidArgumentError } from 'commander';

export function integer(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(text);
}
