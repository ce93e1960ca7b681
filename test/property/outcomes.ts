/**
 * What becomes of a document: in this codec, in a second copy of it that knows nothing of earlier documents, and by the
 * oracle.
 */
import { isUtf8 } from 'node:buffer';
import { type Fault, isCallError, type Operation, type Operations, type XmlElement } from '../../lib/codec.js';
import type { Codec } from './copy-of-codec.js';
import type { Sample } from './corpus.js';
import { NoMeaning } from './meaning-by-type.js';
import { interpretReply, interpretRequest } from './meaning-of-envelope.js';
import { told } from './told.js';
import { outline, saxesTree } from './trees.js';

/** `text` tells all of it, so that two outcomes are the same if their texts are. */
export interface Outcome {
  readonly kind: 'value' | 'fault' | 'refused' | 'thrown';
  readonly text: string;
  /** The reason of a fault. */
  readonly reason?: string;
  /** Code and message of a refusal. */
  readonly code?: string;
}

const outcomeOf = (read: () => string): Outcome => {
  try {
    return { kind: 'value', text: read() };
  } catch (error) {
    if (!isCallError(error)) return { kind: 'thrown', text: String(error) };
    const { kind, name, code, message, operation } = error;
    if (kind === 'fault') return { kind, text: faultText(error), reason: error.reason };
    const path = kind === 'protocol' ? error.path : undefined;
    const text = told({ name, code, message, operation, path });
    return kind === 'protocol' ? { kind: 'refused', code, text } : { kind: 'thrown', text };
  }
};

function faultText({
  message,
  code,
  faultCode,
  exceptionType,
  friendlyText,
  parameters,
  detail,
  cause,
}: Fault): string {
  const behind = isCallError(cause) && cause.kind === 'fault' ? faultText(cause) : String(cause);
  const tree = detail === undefined ? undefined : outline(detail as XmlElement);
  return told({ message, code, faultCode, exceptionType, friendlyText, parameters, tree, behind });
}

/** What the codec makes of a document that claims to be such a one; `services` are those of the codec. */
export function decoded(
  codec: Codec,
  services: Readonly<Record<string, Operations>>,
  sample: Sample,
  document: Buffer,
): Outcome {
  return outcomeOf(() => {
    if (sample.direction === 'reply') return told(codec.decodeReply(operationOf(services, sample), document));
    const { operation, ...request } = codec.decodeRequest(Object.values(services), document);
    return told({ ...request, operation: operation.name });
  });
}

/** The services of a codec as nobody has used them yet: what was learned belongs to the operations. */
export function unusedServices(
  { Chat, SoPrincipal }: Codec,
  { operation, direction }: Sample,
): Readonly<Record<string, Operations>> {
  const [service] = operation.split('.');
  const chat = { ...Chat };
  const principal = { ...SoPrincipal };
  if (direction === 'reply') {
    const used: Record<string, Operation> = service === 'Chat' ? chat : principal;
    for (const [key, each] of Object.entries(used)) if (operation.endsWith(`.${each.name}`)) used[key] = { ...each };
  }
  return { Chat: chat, SoPrincipal: principal };
}

export function operationOf(services: Readonly<Record<string, Operations>>, { operation }: Sample): Operation {
  const [service = '', name] = operation.split('.');
  const found = Object.values(services[service] ?? {}).find((each) => each.name === name);
  if (!found) throw new Error(`there is no ${operation}`);
  return found;
}

/** The tree that the oracle finds, or why it refuses the document. */
export function oracleTree(document: Buffer): XmlElement | string {
  if (!isUtf8(document)) return 'not UTF-8';
  try {
    return saxesTree(document.toString('utf8'));
  } catch (error) {
    return String(error);
  }
}

const PRIVATE = 0xe000;

const controlReference = /<!\[CDATA\[.*?\]\]>|<!--.*?-->|&#(?:x0*([0-9A-Fa-f]{1,2})|0*(\d{1,2}));/gs;

/**
 * The same for a reply, in which references to control characters are read: the oracle is given references to characters
 * of private use in their place. `plainly` is what it makes of the document as it is.
 */
export function oracleTreeOfReply(document: Buffer, plainly = oracleTree(document)): XmlElement | string {
  if (typeof plainly !== 'string' || !document.includes('&#') || !isUtf8(document)) return plainly;
  const text = document.toString('utf8').replace(controlReference, (all, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal ?? 0) : Number.parseInt(hex, 16);
    return code > 0 && code < 0x20 ? `&#${PRIVATE + code};` : all;
  });
  const tree = oracleTree(Buffer.from(text));
  return typeof tree === 'string' ? plainly : withControls(tree);
}

const withControls = ({ name, namespace, attributes, children }: XmlElement): XmlElement => ({
  name,
  namespace,
  attributes: attributes.map((each) => ({ ...each, value: controlsIn(each.value) })),
  children: children.map((child) => (typeof child === 'string' ? controlsIn(child) : withControls(child))),
});

const controlsIn = (text: string): string =>
  text.replace(/[\ue001-\ue01f]/g, (char) => String.fromCharCode(char.charCodeAt(0) - PRIVATE));

/** What the oracle's tree means by the contract. */
export function meant(services: Readonly<Record<string, Operations>>, sample: Sample, tree: XmlElement): Outcome {
  try {
    if (sample.direction === 'request')
      return { kind: 'value', text: told(interpretRequest(Object.values(services), tree)) };
    const meaning = interpretReply(operationOf(services, sample), tree);
    if (!('refused' in meaning)) return { kind: 'value', text: told(meaning) };
    return { kind: 'fault', text: '', ...(meaning.refused !== undefined && { reason: meaning.refused }) };
  } catch (error) {
    if (!(error instanceof NoMeaning)) throw error;
    return { kind: 'refused', text: error.message };
  }
}
