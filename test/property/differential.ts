/**
 * Reads damaged documents with this project and with the oracle, and notes where they differ.
 */
import * as codec from '../../lib/codec.js';
import { copyOfCodec } from './copy-of-codec.js';
import { byHand, corpus, type Sample } from './corpus.js';
import { mutated } from './mutations.js';
import { decoded, meant, type Outcome, oracleTree, oracleTreeOfReply, unusedServices } from './outcomes.js';
import { outline } from './trees.js';

const { Chat, parseXml, ProtocolError, SoPrincipal } = codec;
const services = { Chat, SoPrincipal };
const documents = corpus.map(({ document }) => document);

/** Of every so many documents one is read by a codec that has seen no other, too. */
const FRESH = 3;

interface Case {
  readonly number: number;
  readonly sample: Sample;
  readonly bytes: Buffer;
  /** What saxes makes of it: a tree, or the reason why it refuses it. */
  readonly tree: codec.XmlElement | string;
}

/** The first few documents in which something was found, with what was found. */
type Finding = 'accepted' | 'tree' | 'refused' | 'thrown' | 'value' | 'learned';
export type Findings = Readonly<Record<Finding, string[]>>;

export interface Examination {
  readonly findings: Findings;
  /** How often what happened. */
  readonly counts: Record<'bothAccept' | 'bothRefuse' | 'values' | 'faults' | 'refusals', number>;
}

export function examine(mutations: number, first: number): Examination {
  const examination: Examination = {
    findings: { accepted: [], tree: [], refused: [], thrown: [], value: [], learned: [] },
    counts: { bothAccept: 0, bothRefuse: 0, values: 0, faults: 0, refusals: 0 },
  };
  const copy = copyOfCodec();
  for (let number = first; number < first + mutations; number++) {
    const { index, bytes } = mutated(documents, byHand, number);
    const each: Case = { number, sample: corpus[index] as Sample, bytes, tree: oracleTree(bytes) };
    compareTrees(examination, each);
    // The codec of this project learns from all of them, good and bad.
    const outcome = decoded(codec, services, each.sample, bytes);
    compareMeanings(examination, each, outcome);
    if (number % FRESH > 0) continue;
    const fresh = decoded(copy, unusedServices(copy, each.sample), each.sample, bytes);
    if (fresh.text !== outcome.text) note(examination, 'learned', each, `${outcome.text}\n\n${fresh.text}`);
  }
  return examination;
}

function note({ findings }: Examination, finding: Finding, { number, sample, bytes }: Case, what: string): void {
  if (findings[finding].length >= 5) return;
  findings[finding].push(`number ${number}, of ${sample.name}: ${what}\n${JSON.stringify(bytes.toString('latin1'))}`);
}

function compareTrees(examination: Examination, each: Case): void {
  const { bytes, tree } = each;
  const { counts } = examination;
  try {
    const read = outline(parseXml(bytes));
    if (typeof tree === 'string') note(examination, 'accepted', each, tree);
    else if (read !== outline(tree)) note(examination, 'tree', each, `${read}\n\n${outline(tree)}`);
    else counts.bothAccept++;
  } catch (error) {
    if (!(error instanceof ProtocolError)) note(examination, 'thrown', each, String(error));
    else if (typeof tree === 'string') counts.bothRefuse++;
    else if (!isKnownReason(error, bytes)) note(examination, 'refused', each, error.message);
  }
}

/**
 * Reasons to refuse XML that saxes accepts: DTDs are not for messages, and it does not look closely at what follows a
 * colon, or a question mark in the target of a processing instruction.
 */
function isKnownReason({ code, message }: codec.ProtocolError, bytes: Buffer): boolean {
  if (code === 'xml-forbidden' || code === 'xml-limit') return true;
  if (code === 'encoding') return /^<\?xml[^>]*encoding/.test(bytes.toString('latin1').replace(/^\xef\xbb\xbf/, ''));
  return /is not a qualified name|colon in the name of a processing|"\?" in a processing instruction/.test(message);
}

function compareMeanings(examination: Examination, each: Case, outcome: Outcome): void {
  const { sample, bytes } = each;
  const { counts } = examination;
  const tree = sample.direction === 'reply' ? oracleTreeOfReply(bytes, each.tree) : each.tree;
  if (outcome.kind === 'thrown') note(examination, 'thrown', each, outcome.text);
  else if (typeof tree !== 'string') compareMeaning(examination, each, outcome, meant(services, sample, tree));
  else if (outcome.kind !== 'refused') note(examination, 'accepted', each, `${tree}\n${outcome.text}`);
  if (outcome.kind === 'value') counts.values++;
  else if (outcome.kind === 'fault') counts.faults++;
  else counts.refusals++;
}

function compareMeaning(examination: Examination, each: Case, outcome: Outcome, meaning: Outcome): void {
  if (outcome.kind === 'refused') {
    if (meaning.kind !== 'refused' && !mayRefuse(outcome, each)) note(examination, 'refused', each, outcome.text);
    return;
  }
  const same =
    outcome.kind === 'value'
      ? meaning.text === outcome.text
      : meaning.reason === undefined || meaning.reason === outcome.reason;
  if (meaning.kind === outcome.kind && same) return;
  note(examination, 'value', each, `${outcome.text}\n\n${meaning.kind} ${meaning.text}`);
}

/** Whether the reason is one that a tree does not show. */
function mayRefuse({ code = '', text }: Outcome, { bytes }: Case): boolean {
  if (!['schema', 'envelope', 'version'].includes(code)) return true;
  // The details of both versions have one place.
  if (text.includes('detail stands there twice')) return true;
  // White space that is written as a reference or as CDATA is no white space between elements.
  const content = /text between the elements|content in an element that is nil/;
  return content.test(text) && /&#|<!\[CDATA\[/.test(bytes.toString('latin1'));
}
