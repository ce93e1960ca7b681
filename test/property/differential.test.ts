/**
 * Damaged documents, read by this project and by saxes: nothing is accepted that is not well-formed, and nothing is read
 * as something else than it says. FUZZ_MUTATIONS says how many there are, FUZZ_FIRST the number of the first.
 */

import * as codec from '../../lib/codec.js';
import { corpus } from './corpus.js';
import { type Examination, examine } from './differential.js';
import { numberFrom } from './effort.js';
import { decoded, meant, oracleTree, oracleTreeOfReply } from './outcomes.js';

const MUTATIONS = numberFrom('FUZZ_MUTATIONS', 30000);
const FIRST = numberFrom('FUZZ_FIRST', 1);

const services = { Chat: codec.Chat, SoPrincipal: codec.SoPrincipal };

test.each(corpus)('$name, undamaged, is read as what it means', (sample) => {
  const { document, direction } = sample;
  const tree = direction === 'reply' ? oracleTreeOfReply(document) : oracleTree(document);
  if (typeof tree === 'string') throw new Error(tree);
  const outcome = decoded(codec, services, sample, document);
  const { kind, text, reason } = meant(services, sample, tree);
  expect(outcome).toMatchObject(kind === 'fault' ? { kind, reason } : { kind, text });
  expect(kind).not.toBe('refused');
});

describe('of documents that were damaged', () => {
  let examination: Examination;

  beforeAll(() => {
    // Most are refused, and nobody looks at where from.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    examination = examine(MUTATIONS, FIRST);
    Error.stackTraceLimit = stackTraceLimit;
  });

  // One document, to look at it again, is not of each kind.
  (MUTATIONS < 1000 ? test.skip : test)('there are some of each kind', () => {
    expect(Object.values(examination.counts).filter((count) => count < MUTATIONS / 50)).toEqual([]);
  });

  test('what saxes refuses is refused, as XML and as a message', () => {
    expect(examination.findings.accepted).toEqual([]);
  });

  test('what is accepted has the tree that saxes finds', () => {
    expect(examination.findings.tree).toEqual([]);
  });

  test('what saxes accepts is accepted, but for what messages may not have or the contract does not allow', () => {
    expect(examination.findings.refused).toEqual([]);
  });

  test('nothing but a ProtocolError or a Fault is thrown', () => {
    expect(examination.findings.thrown).toEqual([]);
  });

  test('an accepted message has the value that follows from the tree of saxes', () => {
    expect(examination.findings.value).toEqual([]);
  });

  test('a document is read as it is read alone, whatever was read before', () => {
    expect(examination.findings.learned).toEqual([]);
  });
});
