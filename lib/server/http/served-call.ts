/**
 * What the owner of a server is told of a call: who called what in which way, and how it went. Never a ticket, and
 * nothing of what the call or its reply says.
 */
import type { IncomingMessage } from 'node:http';
import { tellOwner } from './exchange.js';

/** A call that a server understood. */
export interface ServedCall {
  /** `'Chat.GetChatMessages'`. */
  readonly operation: string;
  /** In which way it was called. */
  readonly style: 'soap 1.1' | 'soap 1.2' | 'rest agent' | 'rest entity';
  /** What was called: `'88'` for the operations of Services88, `'v1'` for the REST API. */
  readonly release: string;
  /** The header User-Agent, if there is one. */
  readonly userAgent: string | undefined;
  /** The IP address at the other end of the connection, which may be that of a proxy; undefined where it is gone. */
  readonly address: string | undefined;
  /** Which of several services answered, where the transport knows more than one. */
  readonly servedBy: string | undefined;
  /** Whether the call was done, or not done, or may have been done though it failed. */
  readonly outcome: 'succeeded' | 'refused' | 'failed';
  /** Milliseconds from when the call was there to when its answer was made. */
  readonly durationMs: number;
}

/** The owner's own errors are no part of the call. */
export function tellCall(
  onCall: (seen: ServedCall) => void,
  { headers, socket }: IncomingMessage,
  course: Omit<ServedCall, 'userAgent' | 'address'>,
): void {
  tellOwner(() => onCall({ ...course, userAgent: headers['user-agent'], address: socket.remoteAddress }));
}
