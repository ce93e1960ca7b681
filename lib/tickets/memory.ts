/**
 * Tickets that last as long as the process.
 */
import { requireKey, type StoredTicket, type TicketStore } from './store.js';
import { turns } from './turns.js';

/** Keeps tickets in memory, for the clients of one process. */
export function memoryTicketStore(): TicketStore {
  const kept = new Map<string, StoredTicket>();
  const inTurn = turns();
  return {
    get: async (key) => kept.get(requireKey(key)),
    set: async (key, { ticket, usedAt }) => {
      kept.set(requireKey(key), { ticket, usedAt });
    },
    delete: async (key, ticket) => {
      if (kept.get(requireKey(key))?.ticket === ticket) kept.delete(key);
    },
    exclusively: async (key, task, signal) => inTurn(requireKey(key), task, signal),
  };
}
