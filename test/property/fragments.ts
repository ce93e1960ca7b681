/**
 * What damage is made of: bytes and pieces that a parser of XML, or a reader of values, may get wrong.
 */

/** The words of a text, in which `_` stands for a space, and what else there is. */
const list = (words: string, ...more: readonly string[]): Buffer[] =>
  [...words.trim().split(/\s+/), ...more].map((word) => Buffer.from(word.replaceAll('_', ' '), 'utf8'));

/** What a byte is replaced by, mostly: markup, controls, and what begins or continues a character of several bytes. */
export const bytes = Buffer.concat([
  Buffer.from('<>&;"\'/!?[]-=:#x \n\r\t0123456789aXé', 'utf8'),
  Buffer.from([0x00, 0x01, 0x0b, 0x1f, 0x7f, 0x80, 0xbf, 0xc0, 0xc3, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xfe, 0xff]),
]);

/** What is inserted anywhere, as it means something to a parser. */
export const pieces = list(
  `< > /> </ <!-- --> -- <!--_x_--> <![CDATA[ ]]> <![CDATA[x]]> ]] <? ?> <?a_b?> <?xml_version="1.0"?> <!DOCTYPE_a>
  <x/> <x> </x> <x:y/> <a:1/> & &amp; &lt; &#65; &#x41; &#1; &#x1F; &#0; &#xD800; &#xFFFE; &#x110000; &nbsp; &x
  _a="1" _a='<' _xmlns="" _xmlns:i="urn:i" _xmlns:s="" _xmlns:xml="urn:x" _i:nil="true" _nil="1"
  true false 0 - + . e5 Z 2147483648 0001 é 日 😀`,
  ...[' ', '\n', '\r\n', '\r', '\t', '\u0085', '\u2028', '\ufeff'],
);

/** What may stand beside most elements without breaking the markup. */
export const harmless = list(
  '<!--_<x>_&_--> <x/> <x><Message>y</Message></x> <![CDATA[x]]> <![CDATA[_]]> &#32; x',
  '\r\n ',
);

/** What may stand behind the name in a tag. */
export const attributes = list(
  `_a="1" _b_=_'>' _xml:lang="&#233;" _a="&#0;" _xmlns='urn:d' _xmlns="" _xmlns:q="urn:q" _xmlns:i="urn:i"
  _xmlns:xmlns="urn:x" _xmlns:xml="urn:x" _xmlns:q="http://www.w3.org/2000/xmlns/"
  _xmlns="http://www.w3.org/XML/1998/namespace" _xmlns:q="http://www.w3.org/XML/1998/namespace"
  _xmlns:xml="http://www.w3.org/XML/1998/namespace" _i:nil="true" _i:nil='_0_' _i:nil="2" _i:type="b:c"`,
  ...['\n', ' '],
);

/** What may stand in an element instead of its text. */
export const texts = list(
  `0 _-1_ +7 -0 2147483648 32768 1e3 INF true 1 TRUE a_b InternalAssociate NewName
  0001-01-01T00:00:00Z 2024-02-30T00:00:00 2024-02-29T23:59:59.5+14:00 PT8H P1M AQ== A===
  &amp;amp; x<!--_y_-->z <![CDATA[&amp;]]> ]]&gt; Größe_日本_😀 &apos;&quot; &#x9;&#13; &#x1F600; &#x7;
  &#0; &#x0; &#xFFFE; &#xD83D;&#xDE00; &#x110000; &#-1; &#; &; &#xg; &AMP;`,
  ...['', ' ', '\r\n', '\u0085'],
);

/** Bytes that are no UTF-8, or no character. */
export const invalid = [
  [0xed, 0xa0, 0x80],
  [0xc0, 0xaf],
  [0xef, 0xbf, 0xbe],
  [0xef, 0xbf, 0xbf],
  [0xf4, 0x90, 0x80, 0x80],
  [0xe2, 0x82],
  [0xff, 0xfe],
].map((each) => Buffer.from(each));
