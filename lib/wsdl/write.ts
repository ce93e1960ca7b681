/**
 * Writes the WSDL of a service as one file, from the tables that the codec is driven by.
 */
import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { Operation, Operations, Wrapper } from '../codec/operation.js';
import type { DictionarySchema, EnumSchema, Field, FlagsSchema, Schema } from '../codec/schema.js';

const WSDL = 'http://schemas.xmlsoap.org/wsdl/';
const SOAP = 'http://schemas.xmlsoap.org/wsdl/soap/';
const XS = 'http://www.w3.org/2001/XMLSchema';
const SERIALIZATION = 'http://schemas.microsoft.com/2003/10/Serialization/';

/** What makes a duration a .NET TimeSpan. */
const TIME_SPAN = [
  ['pattern', '\\-?P(\\d*D)?(T(\\d*H)?(\\d*M)?(\\d*(\\.\\d*)?S)?)?'],
  ['minInclusive', '-P10675199DT2H48M5.4775808S'],
  ['maxInclusive', 'P10675199DT2H48M5.4775807S'],
] as const;

/** The WSDL 1.1 of one service at an address, with all its types inside. */
export function writeWsdl(operations: Operations, address: string): string {
  const all = Object.values(operations);
  const [first] = all;
  if (!first) throw new Error('a WSDL needs an operation');
  const { service } = first;
  const types = typesOf(all);
  const names = namer(service.namespace, types);
  const root = create({ version: '1.0', encoding: 'utf-8' }).ele(WSDL, 'wsdl:definitions');
  root.att({ name: service.wsdlService, targetNamespace: service.namespace, ...names.declarations });
  const section = root.ele('wsdl:types');
  for (const namespace of names.namespaces) writeSchema(section, namespace, types, all, names);
  writeMessages(root, all);
  writePortType(root, service.name, all);
  writeBinding(root, service, all);
  const port = root.ele('wsdl:service', { name: service.wsdlService });
  port
    .ele('wsdl:port', { name: service.wsdlPort, binding: `tns:${service.wsdlPort}` })
    .ele('soap:address', { location: address });
  return root.end({ prettyPrint: true, wellFormed: true });
}

/** Every named type that the operations lead to, in the order in which it is met. */
function typesOf(operations: readonly Operation[]): ReadonlySet<Schema> {
  const found = new Set<Schema>();
  const visit = (type: Schema): void => {
    if (found.has(type)) return;
    if (type.namespace !== XS) found.add(type);
    if (type.kind === 'complex') {
      if (type.base) visit(type.base);
      for (const field of type.fields) visit(field.type);
    } else if (type.kind === 'array') visit(type.item.type);
    else if (type.kind === 'dictionary') for (const field of [type.key, type.value]) visit(field.type);
  };
  for (const { request, reply, requestHeader, replyHeader } of operations) {
    for (const field of [...requestHeader, ...replyHeader, ...request.fields, ...reply.fields]) visit(field.type);
  }
  return found;
}

interface Names {
  readonly namespaces: readonly string[];
  readonly declarations: Readonly<Record<string, string>>;
  readonly qname: (type: { readonly name: string; readonly namespace: string }) => string;
}

function namer(target: string, types: ReadonlySet<Schema>): Names {
  const namespaces = [...new Set([target, ...[...types].map((type) => type.namespace)])];
  const prefixes = new Map([[XS, 'xs']]);
  for (const [index, namespace] of namespaces.entries()) prefixes.set(namespace, index === 0 ? 'tns' : `q${index}`);
  const ser = prefixes.has(SERIALIZATION) ? [] : [['xmlns:ser', SERIALIZATION]];
  const declared = [...prefixes].map(([namespace, prefix]) => [`xmlns:${prefix}`, namespace]);
  return {
    namespaces,
    declarations: Object.fromEntries([...declared, ...ser, ['xmlns:soap', SOAP]]),
    qname: ({ name, namespace }) => `${prefixes.get(namespace)}:${name}`,
  };
}

function writeSchema(
  section: XMLBuilder,
  namespace: string,
  types: ReadonlySet<Schema>,
  operations: readonly Operation[],
  names: Names,
): void {
  const schema = section.ele('xs:schema', { targetNamespace: namespace, elementFormDefault: 'qualified' });
  for (const other of names.namespaces) if (other !== namespace) schema.ele('xs:import', { namespace: other });
  for (const type of types) {
    if (type.namespace !== namespace) continue;
    writeType(schema, type, names);
    schema.ele('xs:element', { name: type.name, nillable: 'true', type: names.qname(type) });
  }
  if (operations[0]?.service.namespace === namespace) writeElements(schema, operations, names);
}

/** The elements of bodies and headers, each once: several operations may share a reply. */
function writeElements(schema: XMLBuilder, operations: readonly Operation[], names: Names): void {
  const wrappers = new Map<string, Wrapper>();
  const parts = new Map<string, Field>();
  for (const { request, reply, requestHeader, replyHeader } of operations) {
    for (const wrapper of [request, reply]) wrappers.set(wrapper.name, wrapper);
    for (const part of [...requestHeader, ...replyHeader]) parts.set(part.name, part);
  }
  for (const { name, fields } of wrappers.values()) {
    writeMembers(schema.ele('xs:element', { name }).ele('xs:complexType').ele('xs:sequence'), fields, names);
  }
  for (const { name, type, nillable } of parts.values()) {
    schema.ele('xs:element', { name, type: names.qname(type), ...(nillable && { nillable: 'true' }) });
  }
}

function writeType(schema: XMLBuilder, type: Schema, names: Names): void {
  const { name } = type;
  switch (type.kind) {
    case 'enum':
    case 'flags':
      writeNames(schema, type);
      break;
    case 'complex': {
      const element = schema.ele('xs:complexType', { name });
      const content = type.base
        ? element.ele('xs:complexContent').ele('xs:extension', { base: names.qname(type.base) })
        : element;
      writeMembers(content.ele('xs:sequence'), type.fields.slice(type.base?.fields.length ?? 0), names);
      break;
    }
    case 'array':
      writeMembers(schema.ele('xs:complexType', { name }).ele('xs:sequence'), [type.item], names, true);
      break;
    case 'dictionary':
      writeDictionary(schema, type, names);
      break;
    case 'duration': {
      const restriction = schema.ele('xs:simpleType', { name }).ele('xs:restriction', { base: 'xs:duration' });
      for (const [facet, value] of TIME_SPAN) restriction.ele(`xs:${facet}`, { value });
      break;
    }
    default:
      throw new Error(`${name} is not a type that a contract declares`);
  }
}

function writeMembers(sequence: XMLBuilder, fields: readonly Field[], names: Names, many = false): void {
  for (const { name, type, nillable, required } of fields) {
    sequence.ele('xs:element', {
      ...(!required && { minOccurs: '0' }),
      ...(many && { maxOccurs: 'unbounded' }),
      name,
      ...(nillable && { nillable: 'true' }),
      type: names.qname(type),
    });
  }
}

function writeDictionary(schema: XMLBuilder, { name, entry, key, value }: DictionarySchema, names: Names): void {
  const element = schema.ele('xs:complexType', { name });
  element.ele('xs:annotation').ele('xs:appinfo').ele(SERIALIZATION, 'IsDictionary').txt('true');
  const pair = element
    .ele('xs:sequence')
    .ele('xs:element', { minOccurs: '0', maxOccurs: 'unbounded', name: entry.name });
  writeMembers(pair.ele('xs:complexType').ele('xs:sequence'), [key, value], names);
}

function writeNames(schema: XMLBuilder, { kind, name, underlying, values }: EnumSchema | FlagsSchema): void {
  const type = schema.ele('xs:simpleType', { name });
  if (underlying === 'short') {
    type.ele('xs:annotation').ele('xs:appinfo').ele(SERIALIZATION, 'ActualType').att({ Name: 'short', Namespace: XS });
  }
  const list = kind === 'flags' ? type.ele('xs:list').ele('xs:simpleType') : type;
  const restriction = list.ele('xs:restriction', { base: 'xs:string' });
  for (const [value, number] of Object.entries(values)) {
    const note = restriction.ele('xs:enumeration', { value }).ele('xs:annotation').ele('xs:appinfo');
    note.ele(SERIALIZATION, 'EnumerationValue').txt(String(number));
  }
}

const sides = [
  ['input', 'request', 'requestHeader', 'Request'],
  ['output', 'reply', 'replyHeader', 'Reply'],
] as const;

function writeMessages(root: XMLBuilder, operations: readonly Operation[]): void {
  for (const operation of operations) {
    for (const [, side, , suffix] of sides) {
      const message = root.ele('wsdl:message', { name: `${operation.name}${suffix}` });
      message.ele('wsdl:part', { name: 'parameters', element: `tns:${operation[side].name}` });
    }
  }
  for (const [, , header, suffix] of sides) {
    const message = root.ele('wsdl:message', { name: `${suffix}Headers` });
    for (const part of operations[0]?.[header] ?? [])
      message.ele('wsdl:part', { name: part.name, element: `tns:${part.name}` });
  }
}

function writePortType(root: XMLBuilder, name: string, operations: readonly Operation[]): void {
  const portType = root.ele('wsdl:portType', { name });
  for (const operation of operations) {
    const element = portType.ele('wsdl:operation', { name: operation.name });
    for (const [side, , , suffix] of sides) element.ele(`wsdl:${side}`, { message: `tns:${operation.name}${suffix}` });
  }
}

function writeBinding(
  root: XMLBuilder,
  { name, wsdlPort }: Operation['service'],
  operations: readonly Operation[],
): void {
  const binding = root.ele('wsdl:binding', { name: wsdlPort, type: `tns:${name}` });
  binding.ele('soap:binding', { transport: 'http://schemas.xmlsoap.org/soap/http' });
  for (const operation of operations) {
    const element = binding.ele('wsdl:operation', { name: operation.name });
    element.ele('soap:operation', { soapAction: operation.soapAction, style: 'document' });
    for (const [side, , header, suffix] of sides) {
      const message = element.ele(`wsdl:${side}`);
      for (const part of operation[header]) {
        message.ele('soap:header', { message: `tns:${suffix}Headers`, part: part.name, use: 'literal' });
      }
      message.ele('soap:body', { use: 'literal' });
    }
  }
}
