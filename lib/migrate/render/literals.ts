/**
 * Values of the contract as expressions of TypeScript.
 */
import type { EnumSchema, Field, FlagsSchema, Schema } from '../../codec/schema.js';
import { escapeSteering } from '../../codec/steering.js';
import { pieces } from '../translate/placeholders.js';

/** How a library wants the values that JavaScript has no literals for. */
export interface Dialect {
  readonly dateTime: (value: Date | null) => string;
  readonly duration: (text: string) => string;
  readonly name: (type: EnumSchema, name: string) => string;
  readonly flags: (type: FlagsSchema, names: readonly string[]) => string;
  readonly bytes: (value: Uint8Array) => string;
  /** A number that is not finite. */
  readonly number: (value: number) => string;
  /** Of what cannot be there. */
  readonly nothing: string;
}

/** The expression for a value; its lines but the first are indented. */
export function literal(dialect: Dialect, type: Schema, value: unknown, indent: string): string {
  if (type.kind === 'dateTime') return dialect.dateTime(value as Date | null);
  if (value === null) return dialect.nothing;
  const deeper = `${indent}  `;
  switch (type.kind) {
    case 'complex':
      return braced('{', '}', indent, membersOf(dialect, type.fields, value as object, deeper));
    case 'array': {
      const items = (value as readonly unknown[]).map((item) => literal(dialect, type.item.type, item, deeper));
      return braced('[', ']', indent, items);
    }
    case 'dictionary': {
      const entries = Object.entries(value as object).map(
        ([key, item]) => `[${quoted(key)}]: ${literal(dialect, type.value.type, item, deeper)}`,
      );
      return braced('{', '}', indent, entries);
    }
    case 'string':
      return quoted(value as string);
    case 'enum':
      return dialect.name(type, value as string);
    case 'flags':
      return dialect.flags(type, value as readonly string[]);
    case 'duration':
      return dialect.duration(value as string);
    case 'base64Binary':
      return dialect.bytes(value as Uint8Array);
    default:
      if (typeof value !== 'number') return String(value);
      return Number.isFinite(value) ? (Object.is(value, -0) ? '-0' : String(value)) : dialect.number(value);
  }
}

const membersOf = (dialect: Dialect, fields: readonly Field[], value: object, indent: string): readonly string[] =>
  fields.flatMap(({ key, type }) => {
    const member: unknown = Reflect.get(value, key);
    return member === undefined ? [] : [`${key}: ${literal(dialect, type, member, indent)}`];
  });

/** On one line where that is short. */
export function braced(open: string, close: string, indent: string, parts: readonly string[]): string {
  if (parts.length === 0) return open + close;
  const space = open === '{' ? ' ' : '';
  const line = `${open}${space}${parts.join(', ')}${space}${close}`;
  if (line.length + indent.length <= LONGEST_LINE && !line.includes('\n')) return line;
  return `${open}\n${parts.map((part) => `${indent}  ${part},\n`).join('')}${indent}${close}`;
}

const LONGEST_LINE = 100;

/** A text, of which variables of the environment may be a part. */
export function quoted(text: string): string {
  const parts = pieces(text)
    .map((piece, index) => (index % 2 === 1 ? variable(piece) : piece === '' ? '' : stringLiteral(piece)))
    .filter((part) => part !== '');
  if (parts.length <= 1) return parts[0] ?? "''";
  return parts.map((part) => (part.startsWith('process.') ? `(${part})` : part)).join(' + ');
}

export const variable = (name: string): string => `process.env.${name} ?? ''`;

/** In single quotes. JSON escapes what has to be, and what could steer a terminal is escaped as well. */
const stringLiteral = (text: string): string => {
  const content = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escapeSteering(content)}'`;
};
