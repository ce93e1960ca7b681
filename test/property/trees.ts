/**
 * Documents as trees of names and texts, made by two parsers that have nothing to do with this project: saxes, which is
 * strict, and fast-xml-parser. Both give names as they are written; what those stand for is worked out here.
 */
import { XMLParser } from 'fast-xml-parser';
import { SaxesParser } from 'saxes';
import type { XmlElement } from '../../lib/codec.js';

/** An element as it is written, namespace declarations among its attributes. */
interface Written {
  readonly qname: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: (Written | string)[];
}

/** The tree that saxes reads. Throws for a document that is not well-formed XML 1.0 with namespaces. */
export function saxesTree(document: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: false, forceXMLVersion: true, defaultXMLVersion: '1.0' });
  const top: Written = { qname: '', attributes: [], children: [] };
  const open = [top];
  const add = (child: Written | string) => open[open.length - 1]?.children.push(child);
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('opentag', ({ name, attributes }) => {
    const pairs = Object.values(attributes).map((each) => [each.name, each.value] as const);
    const element: Written = { qname: name, attributes: pairs, children: [] };
    add(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.write(document).close();
  return rootOf(top.children);
}

const fastXmlParser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  ignoreDeclaration: true,
  attributeNamePrefix: '',
  parseTagValue: false,
  trimValues: false,
  // It leaves references to characters as they are, so that here all references are resolved at once.
  processEntities: false,
  cdataPropName: '#cdata',
  maxNestedTags: 1000,
});

/** The tree that fast-xml-parser reads, which must be given a document that is well-formed. */
export const fastXmlTree = (document: string): XmlElement => rootOf(fastXmlParser.parse(document).flatMap(fromFastXml));

type FastXmlNode = Readonly<Record<string, unknown>>;

function fromFastXml(node: FastXmlNode): (Written | string)[] {
  if (typeof node['#text'] === 'string') return [resolved(node['#text'])];
  const [[qname, content] = ['', []]] = Object.entries(node).filter(([key]) => key !== ':@') as [
    string,
    FastXmlNode[],
  ][];
  if (qname === '#cdata') return content.map((each) => String(each['#text']));
  const attributes = Object.entries((node[':@'] ?? {}) as Record<string, string>);
  return [
    {
      qname,
      attributes: attributes.map(([name, value]) => [name, resolved(value)] as const),
      children: content.flatMap(fromFastXml),
    },
  ];
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const resolved = (text: string): string =>
  text.replace(/&(?:#x([0-9A-Fa-f]+)|#(\d+)|(\w+));/g, (_all, hex?: string, decimal?: string, name = '') =>
    hex || decimal ? String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)) : (entities[name] ?? ''),
  );

/** What stands beside the root element is white space. */
function rootOf(nodes: readonly (Written | string)[]): XmlElement {
  const root = nodes.find((node) => typeof node !== 'string');
  if (!root) throw new Error('there is no root element');
  return expanded(root, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]));
}

function expanded({ qname, attributes, children }: Written, outer: ReadonlyMap<string, string>): XmlElement {
  const declared = attributes.filter(([name]) => /^xmlns(?::|$)/.test(name));
  const scope = new Map([...outer, ...declared.map(([name, uri]) => [name.slice(6), uri] as const)]);
  const expand = (name: string, otherwise: string) => {
    const [prefix, local] = name.includes(':') ? name.split(':', 2) : [undefined, name];
    return { name: local ?? '', namespace: prefix === undefined ? otherwise : (scope.get(prefix) ?? `? ${prefix}`) };
  };
  return {
    ...expand(qname, scope.get('') ?? ''),
    attributes: attributes
      .filter((each) => !declared.includes(each))
      .map(([name, value]) => ({ ...expand(name, ''), value })),
    children: merged(children.map((child) => (typeof child === 'string' ? child : expanded(child, scope)))),
  };
}

/** The same nodes without two texts beside each other, and without empty ones. */
function merged(nodes: readonly (XmlElement | string)[]): (XmlElement | string)[] {
  const out: (XmlElement | string)[] = [];
  for (const node of nodes) {
    const last = out[out.length - 1];
    if (typeof node === 'string' && typeof last === 'string') out[out.length - 1] = last + node;
    else if (node !== '') out.push(node);
  }
  return out;
}

/** A line for each element, attribute and text, with the path to it, so that two trees are compared line by line. */
export const outline = (tree: XmlElement): string => linesOf(tree, '').join('\n');

function linesOf({ name, namespace, attributes, children }: XmlElement, above: string): string[] {
  const path = `${above}/{${namespace}}${name}`;
  const lines = [path];
  for (const each of attributes) lines.push(`${path}/@{${each.namespace}}${each.name} = ${JSON.stringify(each.value)}`);
  for (const child of children) {
    if (typeof child === 'string') lines.push(`${path} = ${JSON.stringify(child)}`);
    else lines.push(...linesOf(child, path));
  }
  return lines;
}
