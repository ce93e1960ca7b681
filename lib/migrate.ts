/**
 * The public surface of `services88-chat/migrate`: what a move from SOAP to REST needs, from finding the calls to proving
 * that both say the same.
 */

export { type Bridge, type BridgeOptions, type BridgeRoute, bridge } from './migrate/bridge.js';
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
export type { CallCounts } from './migrate/inventory/calls.js';
export type { Finding, FindingKind } from './migrate/inventory/findings.js';
export {
  type Inventory,
  type InventoryOptions,
  type InventoryProgress,
  takeInventory,
} from './migrate/inventory/inventory.js';
export type { LogFormatName } from './migrate/inventory/log-formats.js';
export type { RestTarget } from './migrate/inventory/operations.js';
export type { LogRead } from './migrate/inventory/read-file.js';
export type { CallerUse, OperationUse } from './migrate/inventory/summary.js';
export { type MetricsReport, type MetricsServer, serveMetrics } from './migrate/metrics/serve-metrics.js';
export { createMetrics, type Metrics } from './migrate/metrics.js';
export { renderParityHtml } from './migrate/parity/html.js';
export { openParityLog, type ParityLog, type ParityTerms } from './migrate/parity/log.js';
export type { PlannedCall } from './migrate/parity/plan.js';
export type {
  Ended,
  OperationCounts,
  ParityDifference,
  ParityFolded,
  ParityPair,
  ParityRefusal,
  ParityReport,
} from './migrate/parity/report.js';
export { verdictOf } from './migrate/parity/words.js';
export { compareWrite, type WriteOptions } from './migrate/parity/write.js';
export { type ParityOptions, runParity } from './migrate/parity.js';
export { readRecording } from './migrate/recording/read.js';
export type { Recorded, RecordedPlace, RecordedRequest, Unreadable } from './migrate/recording/recorded.js';
export type { RenderOptions } from './migrate/render/comments.js';
export { asCurl } from './migrate/render/curl.js';
export { asHttp } from './migrate/render/http.js';
export { asJson } from './migrate/render/json.js';
export type { ToRender } from './migrate/render/program.js';
export { type OutputForm, renderOne, renderTogether } from './migrate/render/together.js';
export { asTypeScript } from './migrate/render/typescript.js';
export { asWebApi } from './migrate/render/webapi.js';
export { type Shadow, type ShadowCounts, type ShadowedCall, type ShadowOptions, shadow } from './migrate/shadow.js';
export type { Note, NoteCode } from './migrate/translate/notes.js';
export { fillPlaceholders } from './migrate/translate/placeholders.js';
export { type Translated, translateRecording, type Untranslated } from './migrate/translate/recording.js';
export { type TranslateOptions, type Translation, translateRequest } from './migrate/translate/translate.js';
export type { RestRequest } from './rest/request.js';
