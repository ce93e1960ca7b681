/**
 * Connections on which a test writes any bytes.
 */
import { connect } from 'node:net';
import { Chat, encodeRequest, type Transport } from '../../../lib/index.js';
import { type ServeSoapOptions, type SoapServer, serveSoap } from '../../../lib/server.js';

export interface RawClient {
  readonly write: (bytes: string) => void;
  /** All that came so far. */
  readonly received: () => string;
  /** Ends when this text has come. */
  readonly until: (text: string) => Promise<void>;
  /** How the connection ended. */
  readonly ended: Promise<'closed' | 'reset'>;
  /** Stops reading, as a client that hangs. */
  readonly pause: () => void;
  readonly destroy: () => void;
}

export function rawClient(port: number): RawClient {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let heard = (): void => {};
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    heard();
  });
  let how: 'closed' | 'reset' = 'closed';
  socket.on('error', () => {
    how = 'reset';
  });
  return {
    write: (bytes) => {
      socket.write(bytes, 'latin1');
    },
    received: () => text,
    until: (wanted) =>
      new Promise((resolve) => {
        let seen = 0;
        heard = () => {
          if (text.includes(wanted, seen)) resolve();
          seen = Math.max(0, text.length - wanted.length);
        };
        heard();
      }),
    ended: new Promise((resolve) => {
      socket.once('close', () => resolve(how));
    }),
    pause: () => {
      socket.pause();
    },
    destroy: () => {
      socket.destroy();
    },
  };
}

/** Runs the test with a server, and closes it. */
export async function withServer<Result>(
  transport: Transport,
  options: ServeSoapOptions,
  test: (server: SoapServer) => Promise<Result>,
): Promise<Result> {
  const server = await serveSoap([Chat], transport, options);
  try {
    return await test(server);
  } finally {
    await server.close();
  }
}

/** Runs the test with a connection, and destroys it. */
export async function withClient<Result>(port: number, test: (client: RawClient) => Promise<Result>): Promise<Result> {
  const client = rawClient(port);
  try {
    return await test(client);
  } finally {
    client.destroy();
  }
}

/** All that a server sends for these bytes until it ends the connection. */
export const sendRaw = (port: number, bytes: string): Promise<string> =>
  withClient(port, async (client) => {
    client.write(bytes);
    await client.ended;
    return client.received();
  });

export const aRequest = encodeRequest(Chat.getChatMessages, { chatSessionId: 42, after: 7 });

/** The head of a request with these lines, and no body. */
export const headWith = (...lines: readonly string[]): string =>
  `${['POST /Remote/Services88/Chat.svc HTTP/1.1', 'Host: x', ...lines].join('\r\n')}\r\n\r\n`;

const XML = 'Content-Type: text/xml; charset=utf-8';

export const xmlHeadWith = (...lines: readonly string[]): string => headWith(XML, ...lines);

/** A whole request. */
export const post = (body: string, ...lines: readonly string[]): string =>
  `${xmlHeadWith(`Content-Length: ${Buffer.byteLength(body)}`, ...lines)}${body}`;

export const answering: Transport = async () => ({ output: [], header: { succeeded: true } });

/** What a client gets who does nothing wrong. */
export const ordinaryCall = async (port: number): Promise<string> =>
  (await sendRaw(port, post(aRequest, 'Connection: close'))).split('\r\n')[0] ?? '';

export const OK = 'HTTP/1.1 200 OK';
