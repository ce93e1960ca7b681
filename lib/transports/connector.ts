/**
 * Keeps with the errors of connections how far these had come, which the errors themselves do not say.
 */
import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';

export type Connector = buildConnector.connector;

/** On an error: no connection stood, so that nothing was sent. */
const NO_CONNECTION = Symbol('no connection stood');

/** On an error: what the connection had brought before it. */
const BYTES_READ = Symbol('bytes read before');

/** Whether an error came before there was a connection to send anything over; for those of `watched` connectors only. */
export const hadNoConnection = (error: unknown): boolean => noteOf(error, NO_CONNECTION) === true;

/**
 * How many bytes the connection had brought when it failed, TLS and what a proxy said not counted; 0 if it had brought
 * nothing, and undefined if the error is none of a connection that `watched` made.
 */
export const bytesReadBefore = (error: unknown): number | undefined => noteOf(error, BYTES_READ) as number | undefined;

const noteOf = (error: unknown, key: symbol): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;

/** The same connector, the errors of whose sockets can be asked about. */
export const watched =
  (connect: Connector): Connector =>
  (to, done) =>
    connect(to, (...[error, socket]) => {
      if (error) {
        note(error, NO_CONNECTION, true);
        done(error, null);
      } else if (socket) {
        watch(socket);
        done(null, socket);
      }
    });

function watch(socket: Socket): void {
  const before = socket.bytesRead;
  // undici, which rejects the request with this error, has the socket and listens to it only after this.
  socket.on('error', (error) => note(error, BYTES_READ, socket.bytesRead - before));
}

/** An error may reach several sockets, so it must be possible to say it again. */
function note(error: Error, key: symbol, value: unknown): void {
  Object.defineProperty(error, key, { value, configurable: true });
}
