/**
 * The public surface of `services88-chat/migrate`: what a move from SOAP to REST needs, from finding the calls to proving
 * that both say the same.
 */
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
