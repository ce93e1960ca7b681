/**
 * What saxes, a parser that shares no code with ours, makes of a document: the yardstick for trees and verdicts.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { XmlElement } from '../../lib/codec/xml.js';

export interface Judged {
  /** As `parseXml` gives it; undefined for what is not well-formed. */
  readonly root: XmlElement | undefined;
  /** Whether it has processing instructions. */
  readonly instructions: boolean;
}

interface Open extends XmlElement {
  readonly children: (XmlElement | string)[];
}

/** Version 1.0 rules whatever the declaration says, as the fifth edition wants it. */
export function judge(document: string): Judged {
  const parser = new SaxesParser({ xmlns: true, position: false, defaultXMLVersion: '1.0', forceXMLVersion: true });
  const outside: Open = { name: '', namespace: '', attributes: [], children: [] };
  const open: Open[] = [outside];
  let errors = 0;
  let instructions = false;
  parser.on('error', () => {
    errors++;
  });
  parser.on('opentag', (tag) => {
    const element = elementOf(tag);
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (text) => append(open, text));
  parser.on('cdata', (text) => append(open, text));
  parser.on('processinginstruction', () => {
    instructions = true;
  });
  parser.write(document).close();
  const root = outside.children.find((child) => typeof child !== 'string');
  return { root: errors > 0 ? undefined : root, instructions };
}

function elementOf({ local, uri, attributes }: SaxesTagNS): Open {
  const own = Object.values(attributes).filter(({ name }) => name !== 'xmlns' && !name.startsWith('xmlns:'));
  return {
    name: local,
    namespace: uri,
    attributes: own.map((each) => ({ name: each.local, namespace: each.uri, value: each.value })),
    children: [],
  };
}

/** Text comes in pieces, and around the root too, where it is white space. */
function append(open: readonly Open[], text: string): void {
  const children = open.at(-1)?.children;
  if (!children || open.length === 1 || text === '') return;
  const last = children.at(-1);
  if (typeof last === 'string') children[children.length - 1] = last + text;
  else children.push(text);
}
