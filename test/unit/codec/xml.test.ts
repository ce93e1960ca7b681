import type { XmlLimits } from '../../../lib/codec/lexer.js';
import { findElement, parseXml, textOf, type XmlElement } from '../../../lib/codec/xml.js';
import { ProtocolError } from '../../../lib/errors.js';

/** An element as `parseXml` gives it. */
const element = (name: string, children: XmlElement['children'] = [], namespace = ''): XmlElement => ({
  name,
  namespace,
  attributes: [],
  children,
});

const childrenOf = (content: string): XmlElement['children'] => parseXml(`<a>${content}</a>`).children;

/** The attributes of an element whose tag has this text in it, as `{namespace}name=value`. */
const attributesOf = (text: string): string[] =>
  parseXml(`<a ${text}/>`).attributes.map(({ name, namespace, value }) => `{${namespace}}${name}=${value}`);

function refusal(document: string | Uint8Array, limits: Partial<XmlLimits> = {}): ProtocolError {
  try {
    parseXml(document, { limits });
  } catch (error) {
    if (error instanceof ProtocolError) return error;
    throw error;
  }
  throw new Error('the document was read');
}

describe('elements', () => {
  test.each<[string, string, XmlElement]>([
    ['one empty element', '<a/>', element('a')],
    ['one with two tags', '<a></a>', element('a')],
    ['one with white space in its tags', '<a \n></a\t>', element('a')],
    [
      'some inside each other',
      '<a><b><c/></b><b>t</b></a>',
      element('a', [element('b', [element('c')]), element('b', ['t'])]),
    ],
    ['text and elements mixed', '<a>x<b/>y</a>', element('a', ['x', element('b'), 'y'])],
    ['names beyond ASCII', '<é.1-·><東京/></é.1-·>', element('é.1-·', [element('東京')])],
    ['names beyond the first plane', '<\u{10000}/>', element('\u{10000}')],
    [
      'a declaration, comments and instructions around',
      '<?xml version="1.0"?>\n<!-- a --><?b c?>\n<a/>\n<!-- a --><?b c?>\n',
      element('a'),
    ],
    [
      'a declaration with all that it may have',
      "<?xml version='1.1' encoding=\"UTF-8\" standalone='yes' ?><a/>",
      element('a'),
    ],
  ])('%s', (_what, document, wanted) => {
    expect(parseXml(document)).toEqual(wanted);
    expect(parseXml(Buffer.from(document))).toEqual(wanted);
  });
});

describe('names are expanded', () => {
  test.each<[string, string, XmlElement]>([
    ['by the default namespace', '<a xmlns="urn:a"><b/></a>', element('a', [element('b', [], 'urn:a')], 'urn:a')],
    [
      'by prefixes',
      '<x:a xmlns:x="urn:x"><x:b/><c/></x:a>',
      element('a', [element('b', [], 'urn:x'), element('c')], 'urn:x'),
    ],
    [
      'by what is declared nearest',
      '<x:a xmlns:x="urn:1"><x:b xmlns:x="urn:2"/><x:c/></x:a>',
      element('a', [element('b', [], 'urn:2'), element('c', [], 'urn:1')], 'urn:1'),
    ],
    [
      'by a default that is taken back',
      '<a xmlns="urn:a"><b xmlns=""><c/></b></a>',
      element('a', [element('b', [element('c')])], 'urn:a'),
    ],
    ['by the prefix xml without a declaration', '<xml:a/>', element('a', [], 'http://www.w3.org/XML/1998/namespace')],
    [
      'with a declaration of the prefix xml',
      '<xml:a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>',
      element('a', [], 'http://www.w3.org/XML/1998/namespace'),
    ],
    ['with references in the declaration', '<x:a xmlns:x="urn:&#x61;&amp;"/>', element('a', [], 'urn:a&')],
  ])('%s', (_what, document, wanted) => {
    expect(parseXml(document)).toEqual(wanted);
  });
});

describe('attributes', () => {
  test.each<[string, string, string[]]>([
    ['in both quotes', `b="1" c='2'`, ['{}b=1', '{}c=2']],
    ['with the other quote inside', `b="'" c='"'`, [`{}b='`, '{}c="']],
    ['with white space around the sign', 'b = "1"\n\tc\r\n=\n"2"', ['{}b=1', '{}c=2']],
    ['with a prefix, declared before or after', 'x:b="1" xmlns:x="urn:x"', ['{urn:x}b=1']],
    ['without a prefix, which are in no namespace', 'xmlns="urn:a" b="1"', ['{}b=1']],
    ['of the same local name in different namespaces', 'b="1" x:b="2" xmlns:x="urn:x"', ['{}b=1', '{urn:x}b=2']],
    ['with references', 'b="&lt;&amp;&quot;&apos;&gt;&#x41;&#66;"', [`{}b=<&"'>AB`]],
    ['with a raw ">" and "]]>"', 'b=">]]>"', ['{}b=>]]>']],
    ['with white space characters, which are spaces', 'b="1\n2\t3\r\n4\r5"', ['{}b=1 2 3 4 5']],
    ['with white space by reference, which stays', 'b="&#10;&#9;&#13;"', ['{}b=\n\t\r']],
    ['that are empty', 'b=""', ['{}b=']],
    ['whose names begin like a declaration', 'xmlnsx="1"', ['{}xmlnsx=1']],
    ['of the namespace xml', 'xml:lang="en"', ['{http://www.w3.org/XML/1998/namespace}lang=en']],
  ])('%s', (_what, text, wanted) => {
    expect(attributesOf(text)).toEqual(wanted);
  });
});

describe('text', () => {
  test.each<[string, string, XmlElement['children']]>([
    ['white space alone', ' \n', [' \n']],
    ['predefined entities', '&lt;&gt;&amp;&quot;&apos;', [`<>&"'`]],
    ['references to characters', '&#65;&#x42;&#x1F600;&#9;&#10;&#13;&#0065;', ['AB😀\t\n\rA']],
    ['CDATA beside text is one piece', 'a<![CDATA[<b>&amp;]]>c', ['a<b>&amp;c']],
    ['CDATA with brackets', '<![CDATA[]]]]><![CDATA[>]]>', [']]>']],
    ['an empty CDATA section is nothing', '<![CDATA[]]>', []],
    ['a comment does not divide it', 'a<!-- b -->c', ['ac']],
    ['an instruction does not divide it', 'a<?b c?>d', ['ad']],
    ['an element does', 'a<b/>c', ['a', element('b'), 'c']],
    ['line ends are line feeds', 'a\r\nb\rc\nd\r\r\n', ['a\nb\nc\nd\n\n']],
    ['line ends in CDATA are line feeds', '<![CDATA[a\r\nb\rc]]>', ['a\nb\nc']],
    [
      'what stands beside the limits of characters',
      '\u007f\u0085\u00a0\ud7ff\ue000\ufffd\u{10ffff}',
      ['\u007f\u0085\u00a0\ud7ff\ue000\ufffd\u{10ffff}'],
    ],
    ['brackets that end nothing', ']] ] ]>', [']] ] ]>']],
    ['a raw ">"', 'a > b', ['a > b']],
  ])('%s', (_what, content, wanted) => {
    expect(childrenOf(content)).toEqual(wanted);
  });
});

test('textOf gives all the text inside, and findElement the first element of a local name', () => {
  const root = parseXml('<a>1<x:b xmlns:x="urn:x">2<c>3</c></x:b><b>4</b></a>');
  expect(textOf(root)).toBe('1234');
  expect(findElement(root, 'b')?.namespace).toBe('urn:x');
  expect(findElement(root, 'c')).toEqual(element('c', ['3']));
  expect(findElement(root, 'a')).toBe(undefined);
});

test.each<[string, string, number, number]>([
  // what, document, line, column
  ['nothing', '', 1, 1],
  ['white space alone', '\n ', 2, 2],
  ['text alone', 'a', 1, 1],
  ['text before the root', 'x<a/>', 1, 1],
  ['text after the root', '<a/>\nx', 2, 1],
  ['a reference after the root', '<a/>&#32;', 1, 5],
  ['CDATA after the root', '<a/><![CDATA[]]>', 1, 5],
  ['two roots', '<a/><b/>', 1, 5],
  ['an end tag alone', '</a>', 1, 2],
  ['an end tag after the root', '<a></a></a>', 1, 8],
  ['an element that does not end', '<a>', 1, 4],
  ['an end tag that does not end', '<a></a', 1, 7],
  ['a start tag that does not end', '<a', 1, 3],
  ['a start tag that does not end inside another', '<a><b</a>', 1, 6],
  ['a mismatched end tag', '<a>\n<b></a></b>', 2, 4],
  ['an end tag in another case', '<a></A>', 1, 4],
  ['an end tag of another prefix', '<x:a xmlns:x="u" xmlns:y="u"></y:a>', 1, 30],
  ['an end tag with an attribute', '<a></a b="1">', 1, 8],
  ['an end tag with a slash', '<a></a/>', 1, 7],
  ['an end tag with a blank before its name', '<a></ a>', 1, 6],
  ['a blank before the name', '< a/>', 1, 2],
  ['a name that begins with a digit', '<1a/>', 1, 2],
  ['a name that begins with a hyphen', '<-a/>', 1, 2],
  ['a name that begins with a combining character', '<\u0301a/>', 1, 2],
  ['a multiplication sign in a name', '<a\u00d7/>', 1, 3],
  ['a blank after the slash', '<a/ >', 1, 4],
  ['an attribute without a value', '<a b/>', 1, 5],
  ['an attribute without quotes', '<a b=1/>', 1, 6],
  ['an attribute whose quote does not end', '<a b="1/>', 1, 10],
  ['an attribute whose quotes differ', `<a b="1'/>`, 1, 11],
  ['no blank between attributes', '<a b="1"c="2"/>', 1, 9],
  ['an attribute without a name', '<a ="1"/>', 1, 4],
  ['"<" in an attribute', '<a b="<"/>', 1, 7],
  ['"&" in an attribute', '<a b="&"/>', 1, 7],
  ['an unknown entity in an attribute', '<a b="&nbsp;"/>', 1, 7],
  ['a control character in an attribute', '<a b="\u0001"/>', 1, 7],
  ['an attribute twice', '<a b="1" b="2"/>', 1, 10],
  ['an attribute twice by its namespace', '<a x:b="1" y:b="2" xmlns:x="u" xmlns:y="u"/>', 1, 12],
  ['a declaration twice', '<a xmlns:x="1" xmlns:x="2"/>', 1, 16],
  ['a default namespace twice', '<a xmlns="1" xmlns="2"/>', 1, 14],
  ['an undeclared prefix', '<x:a/>', 1, 1],
  ['an undeclared prefix of an attribute', '<a x:b="1"/>', 1, 4],
  ['a prefix that went out of scope', '<a><b xmlns:x="u"/><x:c/></a>', 1, 20],
  ['a prefix that is taken back', '<a xmlns:x=""/>', 1, 4],
  ['the prefix xml for something else', '<a xmlns:xml="u"/>', 1, 4],
  ['another prefix for the namespace xml', '<a xmlns:x="http://www.w3.org/XML/1998/namespace"/>', 1, 4],
  ['the prefix xmlns declared', '<a xmlns:xmlns="u"/>', 1, 4],
  ['the namespace of declarations declared', '<a xmlns:x="http://www.w3.org/2000/xmlns/"/>', 1, 4],
  ['the prefix xmlns on an element', '<xmlns:a/>', 1, 1],
  ['a name that begins with a colon', '<:a/>', 1, 1],
  ['a name that ends with a colon', '<a:/>', 1, 1],
  ['a name with two colons', '<a:b:c xmlns:a="u"/>', 1, 1],
  ['a local name that begins with a digit', '<a:1 xmlns:a="u"/>', 1, 1],
  ['a declaration of no prefix', '<a xmlns:="u"/>', 1, 4],
  ['an attribute name with two colons', '<a xmlns:x="u" x:y:z="1"/>', 1, 16],
  ['a bare "&"', '<a>b & c</a>', 1, 6],
  ['a reference without a semicolon', '<a>&amp</a>', 1, 4],
  ['an unknown entity', '<a>\n\n &copy;</a>', 3, 2],
  ['an entity in capitals', '<a>&LT;</a>', 1, 4],
  ['an entity that objects have of their own', '<a>&constructor;</a>', 1, 4],
  ['a reference without digits', '<a>&#;</a>', 1, 4],
  ['a reference with wrong digits', '<a>&#1F;</a>', 1, 4],
  ['a reference with a capital X', '<a>&#X41;</a>', 1, 4],
  ['a reference to U+0000', '<a>&#0;</a>', 1, 4],
  ['a reference to a control character', '<a>&#x1F;</a>', 1, 4],
  ['a reference to half of a surrogate pair', '<a>&#xD800;</a>', 1, 4],
  ['a reference to U+FFFE', '<a>&#xFFFE;</a>', 1, 4],
  ['a reference beyond Unicode', '<a>&#x110000;</a>', 1, 4],
  ['a control character', '<a>ab\u0008</a>', 1, 6],
  ['U+0000', '<a>\0</a>', 1, 4],
  ['"]]>" in text', '<a>b]]>c</a>', 1, 5],
  ['"--" in a comment', '<a><!-- -- --></a>', 1, 9],
  ['a comment that ends with three hyphens', '<a><!-- ---></a>', 1, 9],
  ['a comment that does not end', '<a>\n<!-- </a>', 2, 1],
  ['a control character in a comment', '<a><!--\u0001--></a>', 1, 8],
  ['CDATA that does not end', '<a><![CDATA[ ]] ></a>', 1, 4],
  ['CDATA in other letters', '<a><![cdata[]]></a>', 1, 4],
  ['a control character in CDATA', '<a><![CDATA[\u0001]]></a>', 1, 13],
  ['an instruction that does not end', '<a><?b c></a>', 1, 4],
  ['an instruction without a target', '<a><? b?></a>', 1, 6],
  ['an instruction with a colon', '<a><?b:c?></a>', 1, 4],
  ['a declaration inside', '<a><?xml version="1.0"?></a>', 1, 4],
  ['a declaration after white space', ' <?xml version="1.0"?><a/>', 1, 2],
  ['a declaration twice', '<?xml version="1.0"?><?xml version="1.0"?><a/>', 1, 22],
  ['a declaration in capitals', '<?XML version="1.0"?><a/>', 1, 1],
  ['a declaration without a version', '<?xml encoding="utf-8"?><a/>', 1, 1],
  ['a declaration of version 2.0', '<?xml version="2.0"?><a/>', 1, 1],
  ['a declaration in the wrong order', '<?xml version="1.0" standalone="yes" encoding="utf-8"?><a/>', 1, 1],
  ['a declaration that is neither standalone nor not', '<?xml version="1.0" standalone="maybe"?><a/>', 1, 1],
  ['a declaration that does not end', '<?xml version="1.0"><a/>', 1, 1],
  ['a markup declaration inside', '<a><!ELEMENT b ANY></a>', 1, 4],
])('%s is refused with its line and column', (_what, document, line, column) => {
  const error = refusal(document);
  expect(error.code).toBe('xml-syntax');
  expect(error.message).toMatch(new RegExp(`, line ${line}, column ${column}( at |$)`));
  expect(refusal(Buffer.from(document)).message).toBe(error.message);
});

test('columns count characters and not bytes', () => {
  expect(refusal('<a>é東&</a>').message).toContain('line 1, column 6');
});

test.each([
  ['<!DOCTYPE a><a/>'],
  ['<!-- c -->\n<!DOCTYPE a SYSTEM "a.dtd"><a/>'],
  ['<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
])('a DOCTYPE is forbidden: %s', (document) => {
  expect(refusal(document)).toMatchObject({ code: 'xml-forbidden', kind: 'protocol' });
});

describe('limits', () => {
  const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);

  test.each<[string, string, string, Partial<XmlLimits>]>([
    ['depth', nested(3), nested(4), { depth: 3 }],
    ['attributes', '<a b="" xmlns="u"/>', '<a b="" c="" xmlns="u"/>', { attributes: 2 }],
    ['length of names', '<abc d="">é</abc>', '<a bcde=""/>', { name: 3 }],
    ['bytes', '<a>é</a>', '<a>éa</a>', { bytes: 9 }],
  ])('of %s: what is at the limit is read, what is beyond is refused', (_what, good, bad, limits) => {
    expect(parseXml(good, { limits })).toBeDefined();
    expect(refusal(bad, limits).code).toBe('xml-limit');
  });

  test('have defaults', () => {
    expect(parseXml(nested(256))).toBeDefined();
    expect(refusal(nested(257)).code).toBe('xml-limit');
    expect(refusal(nested(200_000)).code).toBe('xml-limit');
  });
});

test('a document is refused wherever it is cut', () => {
  const whole = '<?xml version="1.0"?><!-- c --><x:a xmlns:x="u" b=\'1\'>&#65;<![CDATA[<]]><b/>é<?p i?></x:a>';
  expect(parseXml(whole).name).toBe('a');
  for (let cut = 0; cut < whole.length; cut++) expect(refusal(whole.slice(0, cut)).code).toBe('xml-syntax');
});
