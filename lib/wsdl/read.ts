/**
 * Reads WSDL 1.1 (document/literal over SOAP 1.1) with its schemas, laid out in any way: our own tidy files, or the one
 * file that an installation serves, with `xmlns:q1` on each element and imports that give no location.
 */
import {
  type Contract,
  localOf,
  type MemberContract,
  type NamedType,
  namespaceOf,
  type OperationContract,
  type QName,
  type ServiceContract,
  type WrapperContract,
} from './contract.js';
import { all, attribute, child, type Element, fail, find, parseDocument, SOAP, WSDL, XS } from './document.js';
import { readComplex, readMember, readSimple, sequenceOf } from './read-schema.js';

/** Gives the text of a file, by its location relative to the file that names it; undefined where it is not to be had. */
export type Load = (location: string, from: string) => { readonly source: string; readonly text: string } | undefined;

/** What one WSDL and its imports declare, by expanded name. */
interface Declarations {
  readonly types: Map<QName, NamedType>;
  readonly elements: Map<QName, { readonly element: Element; readonly member: MemberContract }>;
  readonly messages: Map<QName, Map<string, QName>>;
  readonly portTypes: Map<QName, Element>;
  readonly bindings: Map<QName, Element>;
  readonly services: { readonly element: Element; readonly namespace: string }[];
}

/** Reads the WSDL files, each with all that it imports through `load`. The types that they share must be the same. */
export function readContract(locations: readonly string[], load: Load): Contract {
  const types = new Map<QName, NamedType>();
  const services = locations.flatMap((location) => {
    const declared = readDeclarations(location, load);
    for (const type of declared.types.values()) declare(types, type);
    return declared.services.map((each) => service(each, declared));
  });
  const contract = { types: [...types.values()], services };
  requireTypes(contract);
  return contract;
}

function readDeclarations(start: string, load: Load): Declarations {
  const declared: Declarations = {
    types: new Map(),
    elements: new Map(),
    messages: new Map(),
    portTypes: new Map(),
    bindings: new Map(),
    services: [],
  };
  const seen = new Set<string>();
  const follow = (location: string | undefined, from: string): void => {
    const file = location === undefined ? undefined : load(location, from);
    if (!file || seen.has(file.source)) return;
    seen.add(file.source);
    const root = parseDocument(file.text, file.source);
    if (root.name === `{${XS}}schema`) readSchema(root, declared, (next) => follow(next, file.source));
    else if (root.name === `{${WSDL}}definitions`) readDefinitions(root, declared, (next) => follow(next, file.source));
    else fail(`${file.source}: ${root.name} is neither a WSDL nor a schema`);
  };
  follow(start, '');
  return seen.size > 0 ? declared : fail(`${start}: no such file`);
}

function readDefinitions(root: Element, declared: Declarations, follow: (location: string | undefined) => void): void {
  const namespace = root.attributes.targetNamespace ?? '';
  const named = (each: Element): QName => `{${namespace}}${attribute(each, 'name')}`;
  for (const each of root.children) {
    if (each.name === `{${WSDL}}import`) follow(each.attributes.location);
    else if (each.name === `{${WSDL}}types`) for (const schema of each.children) readSchema(schema, declared, follow);
    else if (each.name === `{${WSDL}}message`) declared.messages.set(named(each), partsOf(each));
    else if (each.name === `{${WSDL}}portType`) declared.portTypes.set(named(each), each);
    else if (each.name === `{${WSDL}}binding`) declared.bindings.set(named(each), each);
    else if (each.name === `{${WSDL}}service`) declared.services.push({ element: each, namespace });
  }
}

const partsOf = (message: Element): Map<string, QName> =>
  new Map(
    all(message, WSDL, 'part').map((part) => [attribute(part, 'name'), part.resolve(attribute(part, 'element'))]),
  );

function readSchema(schema: Element, declared: Declarations, follow: (location: string | undefined) => void): void {
  const namespace = schema.attributes.targetNamespace ?? '';
  for (const each of schema.children) {
    const local = each.attributes.name;
    if (each.name === `{${XS}}import` || each.name === `{${XS}}include`) follow(each.attributes.schemaLocation);
    else if (local === undefined) continue;
    else if (each.name === `{${XS}}element`) {
      declared.elements.set(`{${namespace}}${local}`, { element: each, member: readMember(each) });
    } else if (each.name === `{${XS}}complexType`) declare(declared.types, readComplex(each, `{${namespace}}${local}`));
    else if (each.name === `{${XS}}simpleType`) declare(declared.types, readSimple(each, `{${namespace}}${local}`));
  }
}

function declare(types: Map<QName, NamedType>, type: NamedType): void {
  const earlier = types.get(type.name);
  if (earlier && JSON.stringify(earlier) !== JSON.stringify(type)) fail(`${type.name} is declared twice, differently`);
  types.set(type.name, type);
}

function service(
  { element, namespace }: { element: Element; namespace: string },
  declared: Declarations,
): ServiceContract {
  const ports = all(element, WSDL, 'port').map((port) => {
    const binding = declared.bindings.get(port.resolve(attribute(port, 'binding')));
    return binding && find(binding, SOAP, 'binding') ? [{ port, binding }] : [];
  });
  const first = ports.flat()[0];
  if (!first) throw new Error(`${attribute(element, 'name')} has no SOAP 1.1 binding`);
  const portType = lookup(declared.portTypes, first.binding.resolve(attribute(first.binding, 'type')));
  return {
    name: attribute(portType, 'name'),
    namespace,
    wsdlService: attribute(element, 'name'),
    wsdlPort: attribute(first.port, 'name'),
    address: find(first.port, SOAP, 'address')?.attributes.location ?? '',
    operations: all(portType, WSDL, 'operation').map((each) => operation(each, first.binding, declared)),
    doc: find(element, WSDL, 'documentation')?.text ?? find(portType, WSDL, 'documentation')?.text ?? '',
  };
}

function operation(ported: Element, binding: Element, declared: Declarations): OperationContract {
  const name = attribute(ported, 'name');
  const bound = all(binding, WSDL, 'operation').find((each) => each.attributes.name === name);
  if (!bound) throw new Error(`${name} is not bound to SOAP 1.1`);
  const elementOf = (side: string): QName => {
    const message = child(ported, WSDL, side);
    const parts = lookup(declared.messages, message.resolve(attribute(message, 'message')));
    return [...parts.values()][0] ?? fail(`the ${side} of ${name} has no part`);
  };
  const wrapper = (side: string): WrapperContract => {
    const qname = elementOf(side);
    const { element } = lookup(declared.elements, qname);
    const inline = find(element, XS, 'complexType');
    const type = inline ? undefined : declared.types.get(element.resolve(attribute(element, 'type')));
    return {
      name: localOf(qname),
      members: inline ? sequenceOf(inline) : type?.kind === 'complex' ? type.members : [],
    };
  };
  const headerOf = (side: string): MemberContract[] =>
    all(child(bound, WSDL, side), SOAP, 'header').map((header) => {
      const parts = lookup(declared.messages, header.resolve(attribute(header, 'message')));
      return lookup(declared.elements, lookup(parts, attribute(header, 'part'))).member;
    });
  return {
    name,
    soapAction: attribute(child(bound, SOAP, 'operation'), 'soapAction'),
    request: wrapper('input'),
    reply: wrapper('output'),
    requestHeader: headerOf('input'),
    replyHeader: headerOf('output'),
    doc: find(ported, WSDL, 'documentation')?.text ?? '',
  };
}

/** Every type that is named must be declared, so that a missing file is noticed here and not in generated code. */
function requireTypes({ types, services }: Contract): void {
  const known = new Set(types.map((type) => type.name));
  const check = (name: QName | null, where: string): void => {
    if (name !== null && namespaceOf(name) !== XS && !known.has(name))
      fail(`${where} is of the type ${name}, which is not declared`);
  };
  const walk = (members: readonly MemberContract[], where: string): void => {
    for (const each of members) {
      check(each.type, `${where}/${each.name}`);
      walk(each.members, `${where}/${each.name}`);
    }
  };
  for (const type of types) {
    if (type.kind !== 'complex') continue;
    check(type.base, type.name);
    walk(type.members, type.name);
  }
  for (const each of services.flatMap(({ operations }) => operations)) {
    walk([...each.requestHeader, ...each.replyHeader, ...each.request.members, ...each.reply.members], each.name);
  }
}

function lookup<Value>(map: ReadonlyMap<string, Value>, name: string): Value {
  const value = map.get(name);
  if (value === undefined) throw new Error(`${name} is not declared`);
  return value;
}
