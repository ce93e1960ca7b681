/**
 * How the types of a contract are called in the generated TypeScript, and in which order they stand there.
 */
import { type ComplexType, localOf, type MemberContract, type NamedType, namespaceOf, type QName } from './contract.js';

const XS = 'http://www.w3.org/2001/XMLSchema';
const DURATION = '{http://schemas.microsoft.com/2003/10/Serialization/}duration';

/** The named types that get code, each after the types that it is made of as far as cycles allow. */
export interface Types {
  readonly ordered: readonly Exclude<NamedType, { kind: 'restricted' }>[];
  readonly byName: ReadonlyMap<QName, NamedType>;
}

export function sortTypes(all: readonly NamedType[]): Types {
  const byName = new Map(all.map((type) => [type.name, type]));
  const ordered: Types['ordered'][number][] = [];
  const locals = new Map<string, QName>();
  const visited = new Set<QName>();
  const visit = (name: QName): void => {
    const type = byName.get(name);
    if (!type || type.kind === 'restricted' || visited.has(name)) return;
    visited.add(name);
    for (const each of type.kind === 'complex' ? references(type) : []) visit(each);
    const twin = locals.get(localOf(name));
    if (twin) throw new Error(`${name} and ${twin} would have one name in TypeScript`);
    locals.set(localOf(name), name);
    ordered.push(type);
  };
  for (const name of [...byName.keys()].sort()) visit(name);
  return { ordered, byName };
}

function references({ base, members }: ComplexType): QName[] {
  const of = (each: MemberContract): QName[] => [
    ...(each.type === null ? [] : [each.type]),
    ...each.members.flatMap(of),
  ];
  return [...(base === null ? [] : [base]), ...members.flatMap(of)];
}

export type Shape =
  | { readonly kind: 'array'; readonly item: MemberContract }
  | {
      readonly kind: 'dictionary';
      readonly entry: string;
      readonly key: MemberContract;
      readonly value: MemberContract;
    }
  | { readonly kind: 'members' };

/** A complex type with one repeated member is an array, or a dictionary if it says so; all others are objects. */
export function shapeOf(type: ComplexType): Shape {
  const [only, more] = type.members;
  if (!only?.many || more || type.base !== null) {
    const many = type.members.find((each) => each.many);
    if (many) throw new Error(`${type.name}: ${many.name} is repeated beside other members, which is not understood`);
    return { kind: 'members' };
  }
  if (!type.dictionary) return { kind: 'array', item: only };
  const [key, value] = only.members;
  if (!key || !value) throw new Error(`${type.name}: a dictionary needs Key and Value`);
  return { kind: 'dictionary', entry: only.name, key, value };
}

/** The built-in type that a type is or narrows, as in `xs.int`; undefined for types that have code of their own. */
function builtInOf(name: QName, { byName }: Pick<Types, 'byName'>): string | undefined {
  if (name === DURATION) return 'duration';
  const type = byName.get(name);
  if (type?.kind === 'restricted') return builtInOf(type.base, { byName });
  return namespaceOf(name) === XS ? localOf(name) : undefined;
}

/** The TypeScript type that values of an XSD type have; `prefix` stands before the names of generated types. */
function typeScriptOf(name: QName, types: Types, prefix = ''): string {
  const type = types.byName.get(name);
  if (type?.kind === 'flags') return `readonly ${prefix}${localOf(name)}[]`;
  if (type?.kind === 'complex') {
    const shape = shapeOf(type);
    if (shape.kind === 'array') return arrayOf(memberType(shape.item, types, prefix));
    if (shape.kind === 'dictionary') return `Record<string, ${memberType(shape.value, types, prefix)}>`;
  }
  if (type && type.kind !== 'restricted') return `${prefix}${localOf(name)}`;
  const builtIn = builtIns[builtInOf(name, types) ?? ''];
  if (builtIn === undefined) throw new Error(`${name} has no TypeScript type`);
  return builtIn;
}

/** The type of a member that is there. A dateTime is null where it has no value (year 1). */
export function memberType(member: MemberContract, types: Types, prefix = ''): string {
  if (member.type === null) throw new Error(`${member.name}: a type without a name is understood in dictionaries only`);
  const type = typeScriptOf(member.type, types, prefix);
  return member.nillable && !type.endsWith('| null') ? `${type} | null` : type;
}

const arrayOf = (item: string): string => (/[ |]/.test(item) ? `(${item})[]` : `${item}[]`);

const builtIns: Readonly<Record<string, string>> = {
  string: 'string',
  int: 'number',
  short: 'number',
  double: 'number',
  boolean: 'boolean',
  dateTime: 'DateTime | null',
  duration: 'string',
  base64Binary: 'Uint8Array',
};

/** `member('ChatSessionId', xs.int)`, as the tables write a member. `refer` writes the reference to a type's schema. */
export function memberCall(member: MemberContract, types: Types, refer: (name: QName) => string): string {
  if (member.type === null) throw new Error(`${member.name} has no named type`);
  const builtIn = builtInOf(member.type, types);
  const call = `${member.nillable ? 'nillable' : 'member'}('${member.name}', ${builtIn ? `xs.${builtIn}` : refer(member.type)})`;
  return member.required ? `required(${call})` : call;
}

/** A doc comment, wrapped; nothing where there is nothing to say. */
export function docComment(text: string, indent = ''): string {
  const words = text.replace(/\s+/g, ' ').replaceAll('*/', '* /').trim().split(' ');
  if (words[0] === '') return '';
  const lines = [''];
  for (const word of words) {
    const last = lines[lines.length - 1] ?? '';
    if (last !== '' && indent.length + last.length + word.length > 110) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`;
}
