/**
 * Free-form XML: a document as a tree, for content that has no schema, as the detail of a Fault.
 */
import { requireKnown } from '../options.js';
import { toUtf8 } from './encoding.js';
import {
  type Attribute,
  atEndTag,
  type Cursor,
  cursorOver,
  enter,
  keepElement,
  readEndTag,
  readEpilog,
  readProlog,
  readStartTag,
  readText,
  rootScope,
  type Scope,
  type StartTag,
  type XmlLimits,
} from './lexer.js';
import { located } from './locate.js';

/** An element with its names expanded. */
export interface XmlElement {
  readonly name: string;
  /** `''` where there is none. */
  readonly namespace: string;
  /** Namespace declarations are not among them. */
  readonly attributes: readonly Attribute[];
  /** Elements and pieces of text, never two pieces beside each other and never an empty one. */
  readonly children: readonly (XmlElement | string)[];
}

export interface ParseOptions {
  readonly limits?: Partial<XmlLimits>;
}

/**
 * Reads a whole XML document. Comments and processing instructions are checked and left out; a DOCTYPE is refused.
 * Throws ProtocolError for what is not well-formed, breaks the rules of namespaces, or exceeds a limit.
 */
export function parseXml(document: Uint8Array | string, options: ParseOptions = {}): XmlElement {
  requireKnown('', options, ['limits']);
  const bytes = toUtf8(document);
  return located(bytes, () => {
    const cursor = cursorOver(bytes, { limits: options.limits, instructions: true });
    readProlog(cursor);
    const root = readElement(cursor, rootScope);
    readEpilog(cursor);
    return root;
  });
}

/** The element whose start tag is at the cursor. */
function readElement(cursor: Cursor, outer: Scope): XmlElement {
  const tag = readStartTag(cursor, outer);
  const element = readContent(cursor, tag);
  if (!tag.empty) readEndTag(cursor, tag.qname);
  return element;
}

/** The element whose start tag was just read, up to its end tag, which is left to be read. */
export function readContent(cursor: Cursor, { name, namespace, attributes, scope, empty }: StartTag): XmlElement {
  const children: (XmlElement | string)[] = [];
  keepElement(cursor);
  enter(cursor);
  while (!empty) {
    const text = readText(cursor);
    if (text !== '') children.push(text);
    if (atEndTag(cursor)) break;
    children.push(readElement(cursor, scope));
  }
  cursor.depth--;
  return { name, namespace, attributes, children };
}

/** All the text inside an element, as a reader who does not care for markup sees it. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** The descendant with this local name that is nearest to the element, whatever its namespace. */
export function findElement(element: XmlElement, name: string): XmlElement | undefined {
  for (let level = [element]; level.length > 0; ) {
    level = level.flatMap(({ children }) => children.filter((child) => typeof child !== 'string'));
    const found = level.find((child) => child.name === name);
    if (found) return found;
  }
  return undefined;
}
