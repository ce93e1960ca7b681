/**
 * A WSDL or XSD file as elements with expanded names, read by fast-xml-parser. For files that a developer chose; what
 * comes over the wire is read by the codec.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { localOf, type QName } from './contract.js';

export const WSDL = 'http://schemas.xmlsoap.org/wsdl/';
export const SOAP = 'http://schemas.xmlsoap.org/wsdl/soap/';
export const XS = 'http://www.w3.org/2001/XMLSchema';

export interface Element {
  readonly name: QName;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
  /** Expands a QName that stands in an attribute's value. */
  readonly resolve: (qname: string) => QName;
}

type Raw = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
});

/** The root element. `source` names the file in errors. */
export function parseDocument(text: string, source: string): Element {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new Error(`${source}:${valid.err.line}: ${valid.err.msg}`);
  const root = (parser.parse(text) as Raw[]).find((node) => isElement(tagOf(node)));
  if (!root) throw new Error(`${source}: no root element`);
  return element(root, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]), source);
}

function element(raw: Raw, outer: ReadonlyMap<string, string>, source: string): Element {
  const tag = tagOf(raw);
  const attributes = (raw[':@'] ?? {}) as Record<string, string>;
  const scope = new Map(outer);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'xmlns') scope.set('', value);
    else if (name.startsWith('xmlns:')) scope.set(name.slice(6), value);
  }
  const resolve = (qname: string): QName => {
    const [local = '', prefix = ''] = qname.split(':').reverse();
    const namespace = scope.get(prefix) ?? (prefix === '' ? '' : undefined);
    if (namespace === undefined) throw new Error(`${source}: the prefix of ${qname} is not declared`);
    return `{${namespace}}${local}`;
  };
  const content = raw[tag] as Raw[];
  return {
    name: resolve(tag),
    attributes,
    resolve,
    children: content.filter((node) => isElement(tagOf(node))).map((node) => element(node, scope, source)),
    text: content.map((node) => (typeof node['#text'] === 'string' ? node['#text'] : '')).join(''),
  };
}

const tagOf = (raw: Raw): string => Object.keys(raw).find((key) => key !== ':@') ?? '';
const isElement = (tag: string): boolean => tag !== '#text' && tag !== '' && !tag.startsWith('?');

/** The words of an element's annotation. */
export function docOf(element: Element): string {
  const annotation = find(element, XS, 'annotation');
  const text = annotation ? all(annotation, XS, 'documentation').map((each) => each.text) : [];
  return text.join(' ').replace(/\s+/g, ' ').trim();
}

/** The children with a name. */
export const all = (parent: Element, namespace: string, local: string): Element[] =>
  parent.children.filter((each) => each.name === `{${namespace}}${local}`);

export const find = (parent: Element, namespace: string, local: string): Element | undefined =>
  all(parent, namespace, local)[0];

export const child = (parent: Element, namespace: string, local: string): Element =>
  find(parent, namespace, local) ?? fail(`${localOf(parent.name)} ${parent.attributes.name ?? ''} has no ${local}`);

/** The first descendant with a name, not looking into the members of a type. */
export function deep(parent: Element, namespace: string, local: string): Element | undefined {
  for (const each of parent.children) {
    // A member's own annotations are not its parent's.
    const found =
      each.name === `{${namespace}}${local}`
        ? each
        : each.name === `{${XS}}sequence`
          ? undefined
          : deep(each, namespace, local);
    if (found) return found;
  }
  return undefined;
}

export const attribute = (element: Element, name: string): string =>
  element.attributes[name] ?? fail(`a ${localOf(element.name)} element has no ${name}`);

export function fail(message: string): never {
  throw new Error(message);
}
