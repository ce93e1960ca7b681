/**
 * Reads the declarations of an XSD: types and their members.
 */
import { type EnumType, localOf, type MemberContract, type NamedType, type QName } from './contract.js';
import { all, attribute, deep, docOf, type Element, find, XS } from './document.js';

const SERIALIZATION = 'http://schemas.microsoft.com/2003/10/Serialization/';

/** A complex type; one that extends another has only its own members. */
export function readComplex(type: Element, name: QName): NamedType {
  const extension = find(type, XS, 'complexContent')?.children.find((each) => each.name === `{${XS}}extension`);
  return {
    kind: 'complex',
    name,
    base: extension ? extension.resolve(attribute(extension, 'base')) : null,
    dictionary: deep(type, SERIALIZATION, 'IsDictionary')?.text === 'true',
    members: sequenceOf(extension ?? type),
    doc: docOf(type),
  };
}

/** The members that a type declares. */
export const sequenceOf = (type: Element): MemberContract[] =>
  (find(type, XS, 'sequence')?.children ?? []).filter((each) => each.name === `{${XS}}element`).map(readMember);

export function readMember(element: Element): MemberContract {
  const { name, type, ref, minOccurs, maxOccurs, nillable } = element.attributes;
  const inline = find(element, XS, 'complexType');
  const target = type ?? ref;
  if (target === undefined && !inline) throw new Error(`the element ${name} has no type`);
  return {
    name: name ?? localOf(element.resolve(ref ?? '')),
    type: target === undefined ? null : element.resolve(target),
    members: inline ? sequenceOf(inline) : [],
    nillable: nillable === 'true',
    required: minOccurs !== '0',
    many: maxOccurs !== undefined && maxOccurs !== '1',
    doc: docOf(element),
  };
}

/** An enumeration, flags, or a type that narrows another. */
export function readSimple(type: Element, name: QName): NamedType {
  const list = find(type, XS, 'list');
  const restriction = deep(type, XS, 'restriction');
  if (!restriction) throw new Error(`${name}: only restrictions and lists of them are understood`);
  const values = all(restriction, XS, 'enumeration');
  if (values.length === 0) {
    return { kind: 'restricted', name, base: restriction.resolve(attribute(restriction, 'base')), doc: docOf(type) };
  }
  const kind: EnumType['kind'] = list ? 'flags' : 'enum';
  return {
    kind,
    name,
    underlying: deep(type, SERIALIZATION, 'ActualType')?.attributes.Name === 'short' ? 'short' : 'int',
    values: values.map((value, index) => ({
      name: attribute(value, 'value'),
      // Where no number is annotated, enums count 0, 1, 2 and flags 1, 2, 4: the rule of .NET's DataContract.
      number: Number(deep(value, SERIALIZATION, 'EnumerationValue')?.text ?? (list ? 2 ** index : index)),
      doc: docOf(value),
    })),
    doc: docOf(type),
  };
}
