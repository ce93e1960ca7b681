/**
 * The public surface of `services88-chat/migrate`: what a move from SOAP to REST needs, from finding the calls to proving
 * that both say the same.
 */
export {
  type CompareOptions,
  type Comparison,
  compareReplies,
  type Difference,
  type DifferenceKind,
  differenceKinds,
  type Folded,
  type FoldedCode,
  foldedCodes,
  type Settled,
} from './migrate/compare.js';
export { type Shadow, type ShadowCounts, type ShadowedCall, type ShadowOptions, shadow } from './migrate/shadow.js';
