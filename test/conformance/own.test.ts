/**
 * Each production of XML 1.0 (fifth edition) and of its namespaces, by both readers: as a document of its own, inside a
 * reply as a member that nobody knows, in the detail of a Fault, and as the text of a message.
 */
import { parseXml, type XmlElement } from '../../lib/codec/xml.js';
import { Fault } from '../../lib/errors.js';
import { besideUnknown, readReply, replyAround, replyWithText, replyWithUnknown, verdict } from './readers.js';

type Attributes = XmlElement['attributes'];

const element = (
  name: string,
  children: XmlElement['children'] = [],
  { namespace = '', attributes = [] as Attributes } = {},
): XmlElement => ({ name, namespace, attributes, children });

const attribute = (name: string, value: string, namespace = ''): Attributes[number] => ({ name, namespace, value });

/** The one element `a` with these attributes. */
const withAttributes = (...attributes: Attributes): XmlElement => element('a', [], { attributes });

/** What a reply gives whose Fault has the markup in its detail: the tree of it. */
function detailAround(markup: string): unknown {
  const document = Buffer.from(
    `<envelope:Envelope xmlns:envelope="http://schemas.xmlsoap.org/soap/envelope/"><envelope:Body><envelope:Fault><faultcode/><faultstring/><detail>${markup}</detail></envelope:Fault></envelope:Body></envelope:Envelope>`,
  );
  try {
    return readReply(document);
  } catch (error) {
    if (error instanceof Fault) return (error.detail as XmlElement).children;
    throw error;
  }
}

describe('markup that is well-formed is read to the same tree wherever it stands', () => {
  test.each<[string, string, XmlElement]>([
    ['an empty element', '<a/>', element('a')],
    ['an empty element with white space', '<a\t\r\n />', element('a')],
    ['tags with white space at their ends', '<a \n></a\t\r\n>', element('a')],
    ['names of all ASCII characters that there are for them', '<_a-.09Z/>', element('_a-.09Z')],
    [
      'names with the first and last of some ranges',
      '<\u00c0\u00d6\u00d8\u{effff}/>',
      element('\u00c0\u00d6\u00d8\u{effff}'),
    ],
    ['names with what may not begin them', '<a\u00b7\u0300\u203f\u2040/>', element('a\u00b7\u0300\u203f\u2040')],
    ['attributes in either quotes', `<a b="'" c='"'/>`, withAttributes(attribute('b', "'"), attribute('c', '"'))],
    ['white space around the equals sign', '<a b\n=\t"1"/>', withAttributes(attribute('b', '1'))],
    ['white space in an attribute, which is spaces', '<a b=" \t\r\n\n\r "/>', withAttributes(attribute('b', '      '))],
    [
      'white space by reference in an attribute',
      '<a b="&#9;&#xA;&#xd;&#32;"/>',
      withAttributes(attribute('b', '\t\n\r ')),
    ],
    ['references in an attribute', '<a b="&lt;&amp;&gt;&quot;&apos;&#65;"/>', withAttributes(attribute('b', `<&>"'A`))],
    ['">" and "]]>" in an attribute', '<a b=">]]>"/>', withAttributes(attribute('b', '>]]>'))],
    ['an empty attribute', '<a b=""/>', withAttributes(attribute('b', ''))],
    [
      'two prefixes for one namespace',
      '<x:a xmlns:x="u" xmlns:y="u"><y:b/></x:a>',
      element('a', [element('b', [], { namespace: 'u' })], { namespace: 'u' }),
    ],
    [
      'a default namespace that is taken back',
      '<a xmlns="u"><b xmlns=""/></a>',
      element('a', [element('b')], { namespace: 'u' }),
    ],
    [
      'attributes that no default namespace concerns',
      '<a xmlns="u" b="1"/>',
      element('a', [], { namespace: 'u', attributes: [attribute('b', '1')] }),
    ],
    [
      'equal names in different namespaces',
      '<a b="1" x:b="2" xmlns:x="u"/>',
      withAttributes(attribute('b', '1'), attribute('b', '2', 'u')),
    ],
    [
      'the prefix xml, which needs no declaration',
      '<a xml:lang="nb"/>',
      withAttributes(attribute('lang', 'nb', 'http://www.w3.org/XML/1998/namespace')),
    ],
    [
      'a namespace that differs by case alone',
      '<x:a xmlns:x="U"><x:a xmlns:x="u"/></x:a>',
      element('a', [element('a', [], { namespace: 'u' })], { namespace: 'U' }),
    ],
    [
      'elements and text by turns',
      '<a>1<b>2</b>3<b/></a>',
      element('a', ['1', element('b', ['2']), '3', element('b')]),
    ],
    [
      'comments between and in them',
      '<a><!----><b><!-- <c> & - -->2</b><!-- --></a>',
      element('a', [element('b', ['2'])]),
    ],
    ['CDATA of what looks like tags', '<a><![CDATA[</a><b>]]></a>', element('a', ['</a><b>'])],
  ])('%s', (_what, markup, tree) => {
    expect(parseXml(markup)).toEqual(tree);
    expect(readReply(replyWithUnknown(markup))).toEqual(besideUnknown);
    expect(detailAround(markup)).toEqual([tree]);
  });
});

describe('markup that is not well-formed is refused wherever it stands', () => {
  test.each<[string, string]>([
    ['an end tag that does not match', '<a></b>'],
    ['an end tag that repeats the beginning of the name alone', '<ab></a>'],
    ['an end tag that goes on after the name', '<a></ab>'],
    ['elements that overlap', '<a><b></a></b>'],
    ['an end tag with an attribute', '<a></a b="">'],
    ['white space before the name of a tag', '< a/>'],
    ['white space within "/>"', '<a/ >'],
    ['a name that begins with a digit', '<1a/>'],
    ['a name that begins with a full stop', '<.a/>'],
    ['a name that begins with a middle dot', '<\u00b7a/>'],
    ['a name with a character of no name', '<a\u00f7/>'],
    ['a name with a character from beyond the last range', '<a\u{f0000}/>'],
    ['an attribute without a value', '<a b/>'],
    ['an attribute without quotes', '<a b=1/>'],
    ['attributes without white space between', `<a b="1"c="2"/>`],
    ['"<" in an attribute', '<a b="<"/>'],
    ['"&" in an attribute', '<a b="1 & 2"/>'],
    ['the same attribute twice', '<a b="1" b="1"/>'],
    ['the same attribute twice by different prefixes', '<a x:b="1" y:b="1" xmlns:x="u" xmlns:y="u"/>'],
    ['the same declaration twice', '<a xmlns:x="u" xmlns:x="u"/>'],
    ['an undeclared prefix of an element', '<x:a/>'],
    ['an undeclared prefix of an attribute', '<a x:b="1"/>'],
    ['a prefix after the element that declared it', '<a><b xmlns:x="u"/><x:b/></a>'],
    ['a prefix that is taken back', '<x:a xmlns:x="u"><b xmlns:x=""/></x:a>'],
    ['a name with two colons', '<x:a:b xmlns:x="u"/>'],
    ['a local name that begins with a digit', '<x:1 xmlns:x="u"/>'],
    ['a local name of an attribute that begins with a hyphen', '<a xmlns:x="u" x:-b="1"/>'],
    ['a name that ends with a colon', '<x: xmlns:x="u"/>'],
    ['the prefix xml for another namespace', '<a xmlns:xml="u"/>'],
    ['the namespace of xml for another prefix', '<a xmlns:x="http://www.w3.org/XML/1998/namespace"/>'],
    ['the namespace of xml as the default', '<a xmlns="http://www.w3.org/XML/1998/namespace"/>'],
    ['the prefix xmlns', '<xmlns:a/>'],
    ['two hyphens in a comment', '<a><!-- -- --></a>'],
    ['a comment that ends with three hyphens', '<a><!-- ---></a>'],
    ['a comment in a tag', '<a <!-- --> />'],
    ['CDATA in other letters', '<a><![CData[]]></a>'],
    ['CDATA with white space in its beginning', '<a><! [CDATA[]]></a>'],
    ['a declaration of a type inside', '<a><!ELEMENT b ANY></a>'],
    ['an XML declaration inside', '<a><?xml version="1.0"?></a>'],
  ])('%s', (_what, markup) => {
    expect(verdict(() => parseXml(markup))).toEqual({ code: 'xml-syntax' });
    expect(verdict(() => readReply(replyWithUnknown(markup)))).toEqual({ code: 'xml-syntax' });
    expect(verdict(() => detailAround(markup))).toEqual({ code: 'xml-syntax' });
  });
});

describe('text that is well-formed is the same in a tree and in a message', () => {
  test.each<[string, string, string]>([
    ['the five entities', '&lt;&gt;&amp;&quot;&apos;', `<>&"'`],
    ['references in both notations', '&#65;&#x41;&#x6a;&#x6A;&#x1F600;', 'AAjj😀'],
    ['references with zeros before them', '&#0065;&#x00041;', 'AA'],
    ['references with very many zeros before them', `&#${'0'.repeat(100)}65;&#x${'0'.repeat(100)}41;`, 'AA'],
    [
      'references to the first and last characters of each range',
      '&#9;&#10;&#13;&#32;&#xD7FF;&#xE000;&#xFFFD;&#x10000;&#x10FFFF;',
      '\t\n\r \ud7ff\ue000\ufffd\u{10000}\u{10ffff}',
    ],
    [
      'these characters themselves',
      '\t\n \ud7ff\ue000\ufffd\u{10000}\u{10ffff}',
      '\t\n \ud7ff\ue000\ufffd\u{10000}\u{10ffff}',
    ],
    ['DEL and what follows it', '\u007f\u0080\u0085\u009f\u2028', '\u007f\u0080\u0085\u009f\u2028'],
    ['what a reference gives is not read again', '&amp;lt;&#38;#65;&#60;b/>', '&lt;&#65;<b/>'],
    ['line ends of all kinds', 'a\r\nb\rc\nd\r\r\ne', 'a\nb\nc\nd\n\ne'],
    ['a carriage return by reference before a line feed', 'a&#13;\nb', 'a\r\nb'],
    ['white space alone', ' \t\n ', ' \t\n '],
    ['brackets that end nothing', ']]&gt; ]>> ] ]>', ']]> ]>> ] ]>'],
    ['CDATA', 'a<![CDATA[<b>&amp;]]]]><![CDATA[>]]>c', 'a<b>&amp;]]>c'],
    ['CDATA that is empty', '<![CDATA[]]>', ''],
    ['line ends in CDATA', '<![CDATA[a\r\nb\rc]]>', 'a\nb\nc'],
    ['a comment that divides it', 'a<!-- & < ]]> -->b', 'ab'],
    ['comments alone', '<!--a--><!--b-->', ''],
    ['a carriage return and a line feed with a comment between', 'a\r<!---->\nb', 'a\n\nb'],
  ])('%s', (_what, text, wanted) => {
    expect(parseXml(`<a>${text}</a>`).children).toEqual(wanted === '' ? [] : [wanted]);
    expect(readReply(replyWithText(text))).toEqual([{ message: wanted }]);
    expect(readReply(replyWithUnknown(`<a>${text}</a>`))).toEqual(besideUnknown);
  });
});

describe('text that is not well-formed is refused in a tree and in a message', () => {
  test.each<[string, string]>([
    ['"]]>"', 'a]]>b'],
    ['"]]>" after more brackets', ']]]]>'],
    ['a bare "&"', 'a & b'],
    ['an entity without a semicolon', '&amp b'],
    ['an entity that is not declared', '&nbsp;'],
    ['an entity in other letters', '&Amp;'],
    ['an entity that objects have of their own', '&toString;'],
    ['white space in a reference', '&#65 ;'],
    ['a reference without digits', '&#x;'],
    ['a reference with a capital X', '&#X41;'],
    ['a reference with a sign', '&#+65;'],
    ['a reference to half of a surrogate pair', '&#xD83D;&#xDE00;'],
    ['a reference to U+FFFE', '&#xFFFE;'],
    ['a reference to U+FFFF', '&#65535;'],
    ['a reference beyond Unicode', '&#x110000;'],
    ['a reference to a number beyond all numbers', `&#x${'F'.repeat(60)};`],
    ['a reference to U+0000', '&#0;'],
    ['U+0000', '\0'],
    ['the first control character', '\u0001'],
    ['the last control character', '\u001f'],
    ['a vertical tab', 'a\u000bb'],
    ['a control character in CDATA', '<![CDATA[\u0008]]>'],
    ['a control character in a comment', '<!--\u000c-->'],
    ['U+FFFE', 'a\ufffeb'],
    ['U+FFFF', 'a\uffff'],
    ['CDATA that does not end', '<![CDATA[a]] >'],
    ['a comment that does not end', '<!-- a - ->'],
  ])('%s', (_what, text) => {
    expect(verdict(() => parseXml(`<a>${text}</a>`))).toEqual({ code: 'xml-syntax' });
    expect(verdict(() => readReply(replyWithText(text)))).toEqual({ code: 'xml-syntax' });
    expect(verdict(() => readReply(replyWithUnknown(`<a>${text}</a>`)))).toEqual({ code: 'xml-syntax' });
  });

  test.each([1, 8, 11, 12, 14, 31])(
    'control character %i by reference, which a message may have all the same',
    (code) => {
      const text = `a&#${code};b&#x${code.toString(16)};`;
      const wanted = `a${String.fromCharCode(code)}b${String.fromCharCode(code)}`;
      expect(verdict(() => parseXml(`<a>${text}</a>`))).toEqual({ code: 'xml-syntax' });
      expect(readReply(replyWithText(text))).toEqual([{ message: wanted }]);
      expect(readReply(replyWithUnknown(`<a b="${text}">${text}</a>`))).toEqual(besideUnknown);
      expect(detailAround(text)).toEqual([wanted]);
    },
  );
});

describe('processing instructions', () => {
  test.each<[string, string]>([
    ['with content', '<?b c="?" > ?>'],
    ['without content', '<?b?>'],
    ['whose name begins like a declaration', '<?xml-stylesheet href="a.css"?>'],
  ])('%s are left out of a tree and refused in a message', (_what, instruction) => {
    expect(parseXml(`${instruction}<a>1${instruction}2</a>${instruction}`)).toEqual(element('a', ['12']));
    const code = 'xml-forbidden';
    expect(verdict(() => readReply(replyWithText(`1${instruction}2`)))).toEqual({ code });
    expect(verdict(() => readReply(replyWithUnknown(`<a>${instruction}</a>`)))).toEqual({ code });
    expect(verdict(() => readReply(replyWithUnknown(instruction)))).toEqual({ code });
    expect(verdict(() => detailAround(`<a>${instruction}</a>`))).toEqual({ code });
  });

  test.each<[string, string]>([
    ['without a name', '<? b?>'],
    ['that do not end', '<?b c>'],
    ['with a colon in the name', '<?b:c?>'],
    ['with the name of the declaration in other letters', '<?xML b?>'],
    ['with a control character', '<?b \u0001?>'],
  ])('%s are refused in a tree and in a message', (_what, instruction) => {
    expect(verdict(() => parseXml(`<a>${instruction}</a>`))).toEqual({ code: 'xml-syntax' });
    expect(verdict(() => readReply(replyWithText(instruction)))).toEqual({ code: 'xml-forbidden' });
  });
});

describe('what stands before and after the root element', () => {
  const reply = replyAround('').toString('utf8');

  test.each<[string, string, string]>([
    ['a declaration', '<?xml version="1.0"?>', ''],
    ['a declaration with all its parts', `<?xml version='1.0' encoding="utf-8" standalone='no' ?>`, ''],
    ['a declaration with white space of all kinds', '<?xml\tversion\r\n=\n"1.0"\n?>', ''],
    ['a declaration of a later version of 1', '<?xml version="1.5"?>', ''],
    ['a byte order mark and a declaration', '\ufeff<?xml version="1.0"?>', ''],
    ['white space and comments', '\n<!-- a -->\t', '\r\n<!-- b --><!-- c -->\n'],
  ])('%s', (_what, before, after) => {
    expect(parseXml(`${before}<a/>${after}`)).toEqual(element('a'));
    expect(readReply(Buffer.from(before + reply + after))).toEqual([{}]);
  });

  test.each<[string, string, string]>([
    ['white space before the declaration', ' <?xml version="1.0"?>', ''],
    ['a comment before the declaration', '<!-- --><?xml version="1.0"?>', ''],
    ['a declaration without a version', '<?xml encoding="utf-8"?>', ''],
    ['a declaration of version 2', '<?xml version="2.0"?>', ''],
    ['a declaration whose parts change places', '<?xml version="1.0" standalone="yes" encoding="utf-8"?>', ''],
    ['a declaration without white space between its parts', '<?xml version="1.0"encoding="utf-8"?>', ''],
    ['a declaration with an unknown part', '<?xml version="1.0" valid="no"?>', ''],
    ['a declaration with an empty encoding', '<?xml version="1.0" encoding=""?>', ''],
    ['a declaration that does not end', '<?xml version="1.0">', ''],
    ['two byte order marks', '\ufeff\ufeff', ''],
    ['text before', 'a', ''],
    ['text after', '', 'a'],
    ['a reference after', '', '&#32;'],
    ['CDATA after', '', '<![CDATA[]]>'],
    ['a second root', '', '<a/>'],
    ['an end tag after', '', '</a>'],
    ['U+0000 after', '', '\0'],
  ])('%s is refused', (_what, before, after) => {
    expect(verdict(() => parseXml(`${before}<a/>${after}`))).toEqual({ code: 'xml-syntax' });
    expect(verdict(() => readReply(Buffer.from(before + reply + after)))).toEqual({ code: 'xml-syntax' });
  });
});
