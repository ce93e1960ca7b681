/**
 * The members of types as they are written: the tags of each as text, made once for a layout and kept with it.
 */
import type { Field, Schema } from './schema.js';

/** How elements are laid out. The contract leaves prefixes free; the published samples have their own. */
export interface Layout {
  /** With its colon; `''` for the default namespace. */
  readonly prefixOf: (namespace: string) => string;
  /** What has to stand on the Envelope for that prefix; `''` where it is always there. */
  readonly declarationOf: (namespace: string) => string;
  /** Whether each element says its type. */
  readonly typed: boolean;
  /** What stands before a tag that is so many elements deep; null for nothing at any depth. */
  readonly indent: ((depth: number) => string) | null;
}

export interface Member {
  readonly key: string;
  readonly name: string;
  readonly nillable: boolean;
  readonly kind: Schema['kind'];
  readonly type: Schema;
  readonly start: string;
  readonly end: string;
  /** The end tag after elements, which may stand on a line of its own. */
  readonly endOfElements: string;
  /** The whole element where the value is nil. */
  readonly nil: string;
  /** What has to stand on the Envelope for its tags, and for nil. */
  readonly declaration: string;
  readonly declarationOfNil: string;
  /** The members of its type: those of an object, or the one of a list, or entry, key and value of a dictionary. */
  readonly members: () => readonly Member[];
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** The members of types in a layout, in which a type that holds itself finds itself. */
type Known = Map<Schema, readonly Member[]>;

export function membersFor(
  layout: Layout,
  fields: readonly Field[],
  depth: number,
  known: Known = new Map(),
): Member[] {
  return fields.map((field) => {
    const { key, name, namespace, nillable, type } = field;
    const tag = layout.prefixOf(namespace) + name;
    const xsi = layout.prefixOf(XSI);
    const indent = layout.indent?.(depth) ?? '';
    const typeName = layout.typed ? ` ${xsi}type="${layout.prefixOf(type.namespace)}${type.name}"` : '';
    const open = `${indent}<${tag}${typeName}`;
    let members: readonly Member[] | undefined;
    return {
      key,
      name,
      nillable,
      kind: type.kind,
      type,
      start: `${open}>`,
      end: `</${tag}>`,
      endOfElements: `${indent}</${tag}>`,
      nil: `${open} ${xsi}nil="true"/>`,
      declaration: layout.declarationOf(namespace),
      declarationOfNil: layout.declarationOf(XSI),
      members: () => {
        members ??= membersOfType(layout, type, depth + 1, known);
        return members;
      },
    };
  });
}

function membersOfType(layout: Layout, type: Schema, depth: number, known: Known): readonly Member[] {
  // Where elements are indented, the members of a type are others at each depth.
  const found = layout.indent ? undefined : known.get(type);
  const members = found ?? membersFor(layout, inside(type), depth, known);
  known.set(type, members);
  return members;
}

function inside(type: Schema): readonly Field[] {
  switch (type.kind) {
    case 'complex':
      return type.fields;
    case 'array':
      return [type.item];
    case 'dictionary':
      return [type.entry];
    default:
      return [];
  }
}
