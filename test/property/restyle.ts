/**
 * Other ways to write the same document: the prefixes, quotes, references, comments and white space that servers differ
 * in, and that mean nothing.
 */
import fc, { type Arbitrary } from 'fast-check';
import type { XmlElement } from '../../lib/codec.js';
import { randomFrom } from '../contract/values.js';

export interface Form {
  /** Where the namespaces are declared, and with which prefixes. */
  readonly namespaces: 'on the root' | 'as the default' | 'on every element';
  /** Whether every element says a type, as gSOAP writes it. */
  readonly typed: boolean;
  readonly cdata: boolean;
  readonly references: boolean;
  readonly comments: boolean;
  /** White space between elements, with line ends of any kind. */
  readonly spaced: boolean;
  /** `<x></x>` for `<x/>`. */
  readonly open: boolean;
  readonly declaration: boolean;
  /** What is left to chance follows from it. */
  readonly seed: number;
}

export const forms: Arbitrary<Form> = fc.record({
  namespaces: fc.constantFrom('on the root', 'as the default', 'on every element'),
  typed: fc.boolean(),
  cdata: fc.boolean(),
  references: fc.boolean(),
  comments: fc.boolean(),
  spaced: fc.boolean(),
  open: fc.boolean(),
  declaration: fc.boolean(),
  seed: fc.nat(),
});

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

interface Hand {
  readonly form: Form;
  readonly random: () => number;
  /** A prefix for each namespace that the root declares. */
  readonly prefixes: ReadonlyMap<string, string>;
}

/** Writes the tree in the form. Elements that hold text and no element keep it to the letter. */
export function restyled(tree: XmlElement, form: Form): string {
  const random = randomFrom(form.seed);
  const names = ['soap', 'a', 'NS-1', '_', 'ñ', 'xsd', 'ns2', 'd4p1'];
  const uris = [...new Set([XSI, ...namespacesIn(tree)])].filter((uri) => uri !== '');
  const hand: Hand = { form, random, prefixes: new Map(uris.map((uri, index) => [uri, names[index] ?? `n${index}`])) };
  const declaration = form.declaration ? `<?xml version='1.0'  encoding="utf-8"?>${spaceOf(hand)}` : '';
  return `${declaration}${commentOf(hand)}${element(hand, tree, null)}${spaceOf(hand)}${commentOf(hand)}`;
}

const namespacesIn = ({ namespace, attributes, children }: XmlElement): string[] => [
  namespace,
  ...attributes.map((each) => each.namespace),
  ...children.flatMap((child) => (typeof child === 'string' ? [] : namespacesIn(child))),
];

/** `outer` is the default namespace around the element; null where it is the root. */
function element(hand: Hand, { name, namespace, attributes, children }: XmlElement, outer: string | null): string {
  const { form, prefixes } = hand;
  const declared = new Map(form.namespaces === 'on the root' && outer === null ? prefixes : []);
  const prefixOf = (uri: string): string => {
    const prefix = prefixes.get(uri) ?? '';
    if (uri !== '' && form.namespaces !== 'on the root') declared.set(uri, prefix);
    return uri === '' ? '' : `${prefix}:`;
  };
  const byDefault = form.namespaces === 'as the default';
  const qname = byDefault ? name : prefixOf(namespace) + name;
  const written = attributes.map((each) => attribute(hand, prefixOf(each.namespace) + each.name, each.value));
  if (form.typed && attributes.length === 0) written.push(attribute(hand, `${prefixOf(XSI)}type`, 'ns:Any'));
  // A declaration may stand behind the attribute that needs it.
  for (const [uri, prefix] of declared) written.push(attribute(hand, `xmlns:${prefix}`, uri));
  if (byDefault && namespace !== (outer ?? '')) written.unshift(attribute(hand, 'xmlns', namespace));
  const tag = qname + written.join('');
  const content = contentOf(hand, children, byDefault ? namespace : '');
  return content === '' && !form.open
    ? `<${tag}${chance(hand) ? ' ' : ''}/>`
    : `<${tag}>${content}</${qname}${blank(hand)}>`;
}

/** Text beside elements is white space, which would mean something else if it were no plain white space. */
function contentOf(hand: Hand, children: XmlElement['children'], outer: string): string {
  const elements = children.some((child) => typeof child !== 'string');
  const between = (): string => (elements ? spaceOf(hand) : '') + commentOf(hand);
  const write = (child: XmlElement | string): string => {
    if (typeof child !== 'string') return element(hand, child, outer);
    return elements ? child : text(hand, child);
  };
  return children.map((child) => between() + write(child)).join('') + between();
}

const chance = ({ random }: Hand, part = 0.5): boolean => random() < part;
const blank = (hand: Hand): string => (chance(hand, 0.1) ? '\n ' : '');
const spaceOf = (hand: Hand): string =>
  hand.form.spaced ? (['\n  ', '\r\n', ' ', '\t\r', '\n\n'][Math.floor(hand.random() * 5)] ?? '') : '';
const commentOf = (hand: Hand): string => (hand.form.comments && chance(hand, 0.3) ? '<!-- <b> & - ]]> &#1; -->' : '');

function attribute(hand: Hand, name: string, value: string): string {
  const quote = chance(hand) ? '"' : "'";
  const escaped = value.replace(/[&<"'\t\n\r]/g, reference);
  return ` ${name}${blank(hand)}=${blank(hand)}${quote}${escaped}${quote}`;
}

const reference = (char: string): string => `&#${char.codePointAt(0)};`;

/** The text in pieces, each of which is written in a way of its own. */
const text = (hand: Hand, whole: string): string =>
  (whole.match(/\r?[^\r]{0,5}/gsu) ?? [])
    .filter((piece) => piece !== '')
    .map((piece) => textPiece(hand, piece) + commentOf(hand))
    .join('');

function textPiece(hand: Hand, piece: string): string {
  const { form } = hand;
  if (form.cdata && chance(hand) && !/\r|\]$|\]\]>/.test(piece)) return `<![CDATA[${lineEnds(hand, piece)}]]>`;
  if (form.references && chance(hand)) return piece.replace(/[\s\S]/gu, (char) => referenceTo(hand, char));
  const special = form.references ? /[&<>\r"']/g : /[&<>\r]/g;
  return lineEnds(
    hand,
    piece.replace(special, (char) => escapes[char] ?? char),
  );
}

const escapes: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\r': '&#x0D;' },
};

function referenceTo(hand: Hand, char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return chance(hand) ? `&#x${code.toString(16).padStart(5, '0')};` : reference(char);
}

/** Every line end is read as a line feed. */
const lineEnds = (hand: Hand, piece: string): string =>
  piece.replace(/\n(?!$)/g, () => (hand.form.spaced && chance(hand) ? '\r\n' : '\n'));
