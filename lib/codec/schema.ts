/**
 * An XSD type as data. The tables in `generated/` are made of these; the reader and the writer interpret them.
 */
import { table } from './table.js';

/** Which way a message goes. */
export type Direction = 'request' | 'reply';

/** A type whose values are written as text, with the XSD name it has on the wire. */
export interface SimpleSchema {
  readonly kind:
    | 'string'
    | 'int'
    | 'short'
    | 'boolean'
    | 'double'
    | 'dateTime'
    | 'duration'
    | 'base64Binary'
    | 'QName'
    | 'anyType';
  readonly name: string;
  readonly namespace: string;
}

/** One name out of a list. The numbers are the service's own; the wire carries names only. */
export interface EnumSchema {
  readonly kind: 'enum';
  readonly name: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, number>>;
  /** The integer type behind it on the server, `int` where the contract does not say. */
  readonly underlying: 'int' | 'short';
}

/** Any number of names out of a list, an `xs:list` on the wire. */
export interface FlagsSchema extends Omit<EnumSchema, 'kind'> {
  readonly kind: 'flags';
}

/** A sequence of members. Those of the base come first on the wire. */
export interface ComplexSchema {
  readonly kind: 'complex';
  readonly name: string;
  readonly namespace: string;
  readonly base: ComplexSchema | null;
  /** All members in the order of the wire, inherited ones included. */
  readonly fields: readonly Field[];
  /**
   * For parts of the envelope, where what is wrong is an error of the code `envelope`: in an `open` one nothing known
   * may follow the last member; in a `closed` one there is one element at the most, and none that is not known. In a
   * `result` there may be elements that are not known, but not those alone.
   */
  readonly strict?: 'open' | 'closed' | 'result';
}

/** `ArrayOfX`: one kind of item, any number of times; a plain array in TypeScript. */
export interface ArraySchema {
  readonly kind: 'array';
  readonly name: string;
  readonly namespace: string;
  readonly item: Field;
}

/** Key and value pairs; a record in TypeScript. */
export interface DictionarySchema {
  readonly kind: 'dictionary';
  readonly name: string;
  readonly namespace: string;
  /** The element of one pair. Its type is complex and has the members `key` and `value`. */
  readonly entry: Field;
  readonly key: Field;
  readonly value: Field;
}

export type Schema = SimpleSchema | EnumSchema | FlagsSchema | ComplexSchema | ArraySchema | DictionarySchema;

/** An element: its name on the wire, its key in TypeScript, and its type. */
export interface Field {
  readonly name: string;
  readonly namespace: string;
  /** The name with its first letter lowered. */
  readonly key: string;
  readonly type: Schema;
  readonly nillable: boolean;
  /** Whether the contract wants it present (minOccurs 1); the members of messages never are. */
  readonly required: boolean;
}

const XS = 'http://www.w3.org/2001/XMLSchema';
const SERIALIZATION = 'http://schemas.microsoft.com/2003/10/Serialization/';

const simple = (kind: SimpleSchema['kind'], namespace = XS): SimpleSchema => ({ kind, name: kind, namespace });

/** The types that are not declared by the contract itself. */
export const xs = {
  string: simple('string'),
  int: simple('int'),
  short: simple('short'),
  boolean: simple('boolean'),
  double: simple('double'),
  dateTime: simple('dateTime'),
  base64Binary: simple('base64Binary'),
  /** An `xs:duration` within the range of a .NET TimeSpan. */
  duration: simple('duration', SERIALIZATION),
  /** Only the local part of a QName is of interest here. */
  QName: simple('QName'),
  /** Any content, read as `parseXml` reads it. */
  anyType: simple('anyType'),
} as const;

/** `ChatSessionId` → `chatSessionId`, as the vendor's own TypeScript client names it. */
export function keyOf(name: string): string {
  const key = name.charAt(0).toLowerCase() + name.slice(1);
  // As the name of a property it is the one that the engine keeps, and need not be looked up at each use.
  return Object.keys({ [key]: null })[0] ?? key;
}

/** A member that is written by name in the schema tables; a function stands for a type that is declared further down. */
export interface Member {
  readonly name: string;
  readonly type: Schema | (() => Schema);
  readonly nillable: boolean;
  readonly required: boolean;
}

type Reference = Schema | (() => Schema);

/** A member that may be left out and cannot be nil. */
export const member = (name: string, type: Reference): Member => ({ name, type, nillable: false, required: false });
/** A member that may be left out or nil. */
export const nillable = (name: string, type: Reference): Member => ({ name, type, nillable: true, required: false });
/** The same member, which must be present. */
export const required = (of: Member): Member => ({ ...of, required: true });

/** The constructors of named types for one target namespace. */
export function schemasOf(namespace: string) {
  return {
    element: (of: Member): Field => field(namespace, of),
    enumeration: (name: string, underlying: 'int' | 'short', values: Record<string, number>): EnumSchema => ({
      kind: 'enum',
      name,
      namespace,
      values: table(values),
      underlying,
    }),
    flags: (name: string, underlying: 'int' | 'short', values: Record<string, number>): FlagsSchema => ({
      kind: 'flags',
      name,
      namespace,
      values: table(values),
      underlying,
    }),
    /** The members are made when they are needed: a program uses few of the types. */
    complex: (name: string, base: ComplexSchema | null, members: () => readonly Member[]): ComplexSchema => {
      let fields: readonly Field[] | undefined;
      return {
        kind: 'complex',
        name,
        namespace,
        base,
        get fields() {
          fields ??= [...(base?.fields ?? []), ...members().map((each) => field(namespace, each))];
          return fields;
        },
      };
    },
    array: (name: string, item: Member): ArraySchema => ({
      kind: 'array',
      name,
      namespace,
      item: field(namespace, item),
    }),
    dictionary: (name: string, entry: string, keyMember: Member, valueMember: Member): DictionarySchema => {
      const key = field(namespace, keyMember);
      const value = field(namespace, valueMember);
      const pair: ComplexSchema = { kind: 'complex', name: entry, namespace, base: null, fields: [key, value] };
      return { kind: 'dictionary', name, namespace, entry: field(namespace, member(entry, pair)), key, value };
    },
  };
}

function field(namespace: string, { name, type, nillable, required }: Member): Field {
  const rest = { name, namespace, key: keyOf(name), nillable, required };
  return typeof type === 'function'
    ? Object.defineProperty({ ...rest, type: xs.anyType }, 'type', { get: type })
    : { ...rest, type };
}
