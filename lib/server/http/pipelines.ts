/**
 * Requests that come on a connection before those ahead of them are answered. Node keeps their answers back until it is
 * their turn, and says nothing where the connection ends before that.
 */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface Pipelines {
  /** Has `over` called once: when the response is sent, or when its client has gone. */
  readonly watch: (response: ServerResponse, over: () => void) => void;
  /** Whether no other request waits behind this one. */
  readonly isLast: (response: ServerResponse) => boolean;
}

/** The requests of a connection that had to wait for their turn, and are not over. */
interface Waiting {
  newest: ServerResponse;
  readonly overs: Map<ServerResponse, () => void>;
}

export function pipelinesOf(): Pipelines {
  const connections = new WeakMap<Socket, Waiting>();
  const waitingOn = (response: ServerResponse): Waiting => {
    const { socket } = response.req;
    const known = connections.get(socket);
    if (known) return known;
    const made: Waiting = { newest: response, overs: new Map() };
    connections.set(socket, made);
    socket.once('close', () => {
      for (const over of made.overs.values()) over();
    });
    return made;
  };
  return {
    watch: (response, over) => {
      // One whose turn it is has the socket.
      if (response.socket) {
        response.once('close', over);
        return;
      }
      const waiting = waitingOn(response);
      const once = (): void => {
        if (waiting.overs.delete(response)) over();
      };
      waiting.newest = response;
      waiting.overs.set(response, once);
      // The time that the client had to read what came before does not go on.
      response.once('close', once).once('socket', (socket) => socket.setTimeout(0));
    },
    isLast: (response) => {
      const waiting = connections.get(response.req.socket);
      return !waiting || waiting.overs.size === 0 || waiting.newest === response;
    },
  };
}

/** Whether nobody waits for the response any more. */
export const hasGone = ({ destroyed, req }: ServerResponse): boolean => destroyed || req.socket.destroyed;
