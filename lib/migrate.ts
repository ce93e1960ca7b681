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
export { openParityLog, type ParityLog } from './migrate/parity/log.js';
export type { PlannedCall } from './migrate/parity/plan.js';
export type {
  Ended,
  OperationCounts,
  ParityDifference,
  ParityFolded,
  ParityPair,
  ParityReport,
} from './migrate/parity/report.js';
export { type ParityOptions, runParity } from './migrate/parity.js';
export { type Shadow, type ShadowCounts, type ShadowedCall, type ShadowOptions, shadow } from './migrate/shadow.js';
