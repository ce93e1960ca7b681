/**
 * Header blocks that a sender forbids to pass over.
 */
import { Fault } from '../errors.js';
import {
  atEndTag,
  type Cursor,
  cursorOver,
  readProlog,
  readStartTag,
  rootScope,
  type Scope,
  type StartTag,
  type XmlLimits,
} from './lexer.js';
import { located } from './locate.js';
import type { Field } from './schema.js';
import { type SoapVersion, versions } from './versions.js';

/**
 * Refuses a request with a block in its Header that must be understood by whoever receives it, and is none of those
 * that are known.
 * @param document that of a request which was read before, so that it is known to be well-formed
 * @throws Fault with the faultCode MustUnderstand
 */
export function requireUnderstood(
  document: Buffer,
  version: SoapVersion,
  known: readonly Field[],
  limits: Partial<XmlLimits> | undefined,
): void {
  // Hardly any request has such a block. The name of an attribute cannot be written in another way.
  const last = document.lastIndexOf('mustUnderstand');
  if (last < 0) return;
  const blocks = unknownBlocks(document, version, known, { limits, last });
  const unknown = blocks.find(({ mandatory }) => mandatory);
  if (!unknown) return;
  const name = `{${unknown.namespace}}${unknown.name}`;
  throw new Fault('soap-fault', `the header block ${name.slice(0, LONGEST_NAME)} is not understood here`, {
    faultCode: 'MustUnderstand',
  });
}

const LONGEST_NAME = 200;

/** A block in the Header of a request that its operation does not have. */
export interface UnknownBlock {
  readonly name: string;
  readonly namespace: string;
  /** Whether its sender forbids the receiver to pass over it. */
  readonly mandatory: boolean;
}

/** @param options `last` is a place in the document; what begins behind it is not looked at */
export function unknownBlocks(
  document: Buffer,
  version: SoapVersion,
  known: readonly Field[],
  options: { readonly limits?: Partial<XmlLimits> | undefined; readonly last?: number } = {},
): readonly UnknownBlock[] {
  const { limits, last = document.length } = options;
  return located(document, () =>
    [...headerBlocks(cursorOver(document, { limits, controls: true }), version, last)]
      .filter((block) => !known.some(({ name, namespace }) => name === block.name && namespace === block.namespace))
      .map((block) => ({ name: block.name, namespace: block.namespace, mandatory: isMandatory(block, version) })),
  );
}

/** The start tags of the blocks in the Header, as far as they begin before this place. */
function* headerBlocks(cursor: Cursor, version: SoapVersion, last: number): Generator<StartTag> {
  const { namespace } = versions[version];
  readProlog(cursor);
  const envelope = readStartTag(cursor, rootScope);
  for (const part of children(cursor, envelope.scope, last)) {
    if (part.namespace !== namespace) skip(cursor, part);
    else if (part.name === 'Body') return;
    else if (part.name !== 'Header' || part.empty) skip(cursor, part);
    else {
      for (const block of children(cursor, part.scope, last)) {
        yield block;
        skip(cursor, block);
      }
      skipTag(cursor);
    }
  }
}

/** The start tags in an element, up to its end tag; who takes one moves past the rest of that element. */
function* children(cursor: Cursor, scope: Scope, last: number): Generator<StartTag> {
  for (;;) {
    toTag(cursor);
    if (cursor.pos > last || atEndTag(cursor)) return;
    yield readStartTag(cursor, scope);
  }
}

/** Moves past what is left of an element whose start tag was just read, without keeping anything of it. */
function skip(cursor: Cursor, { empty }: StartTag): void {
  for (let open = empty ? 0 : 1; open > 0; ) {
    toTag(cursor);
    const step = atEndTag(cursor) ? -1 : 1;
    const isEmpty = skipTag(cursor);
    if (!isEmpty) open += step;
  }
}

/** Moves past text, comments and CDATA sections to the next tag. */
function toTag(cursor: Cursor): void {
  const { bytes } = cursor;
  for (;;) {
    if (bytes[cursor.pos] !== LT) cursor.pos = bytes.indexOf(LT, cursor.pos);
    if (bytes[cursor.pos + 1] !== BANG) return;
    const [begin, end] = bytes[cursor.pos + 2] === DASH ? COMMENT : CDATA;
    cursor.pos = bytes.indexOf(end, cursor.pos + begin.length) + end.length;
  }
}

const COMMENT = ['<!--', '-->'] as const;
const CDATA = ['<![CDATA[', ']]>'] as const;

/** Moves past a tag, in whose attributes a ">" may stand, and says whether it is that of an empty element. */
function skipTag(cursor: Cursor): boolean {
  const { bytes } = cursor;
  let at = cursor.pos;
  while (bytes[at] !== GT) {
    const byte = bytes[at] as number;
    at = (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE ? bytes.indexOf(byte, at + 1) : at) + 1;
  }
  cursor.pos = at + 1;
  return bytes[at - 1] === SLASH;
}

const BANG = 0x21;
const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const DASH = 0x2d;
const SLASH = 0x2f;
const LT = 0x3c;
const GT = 0x3e;

interface BlockRules {
  /** The attribute that says for whom a block is. */
  readonly actor: string;
  /** Its values that mean every receiver, or the last one; no value means the last one too. */
  readonly receivers: readonly string[];
  /** What mustUnderstand says for yes. */
  readonly yes: readonly string[];
}

const rules: Readonly<Record<SoapVersion, BlockRules>> = {
  '1.1': { actor: 'actor', receivers: ['http://schemas.xmlsoap.org/soap/actor/next'], yes: ['1'] },
  '1.2': {
    actor: 'role',
    receivers: ['next', 'ultimateReceiver'].map((role) => `${versions['1.2'].namespace}/role/${role}`),
    yes: ['1', 'true'],
  },
};

function isMandatory({ attributes }: StartTag, version: SoapVersion): boolean {
  const { actor, receivers, yes } = rules[version];
  const attribute = (name: string): string =>
    attributes.find((each) => each.name === name && each.namespace === versions[version].namespace)?.value.trim() ?? '';
  return yes.includes(attribute('mustUnderstand')) && ['', ...receivers].includes(attribute(actor));
}
