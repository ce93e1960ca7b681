/**
 * A server that does with the bare connection what a test says, request by request, and keeps count of what it sees.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** One thing that is done to answer: bytes to send, or something else to do with the connection. */
export type Step = string | Buffer | ((socket: Socket) => unknown);

/** What is done about one request; after it, the connection is open for the next. */
export type Answer = readonly Step[] | ((request: RawRequest) => readonly Step[]);

export interface RawRequest {
  readonly head: string;
  readonly body: string;
}

export interface Script {
  /** For the requests to Chat.svc, in the order in which they come; the last is for all further ones too. */
  readonly calls: readonly Answer[];
  /** The same for SoPrincipal.svc. */
  readonly logins: readonly Answer[];
}

export interface RawServer {
  readonly port: number;
  readonly baseUrl: string;
  /** The folder of the REST API. */
  readonly restUrl: string;
  /** The requests to Chat.svc and to SoPrincipal.svc that came in full. */
  readonly calls: readonly RawRequest[];
  readonly logins: readonly RawRequest[];
  /** How many connections are open. */
  readonly open: () => number;
  /** Begins to answer by another script. */
  readonly follow: (script: Script) => void;
  readonly close: () => Promise<void>;
}

export const fin: Step = (socket) => socket.end();
export const rst: Step = (socket) => socket.resetAndDestroy();

/** Nothing more, until the client has had enough. */
export const stall: Step = (socket) => once(socket, 'close');

export const pause =
  (ms: number): Step =>
  () =>
    wait(ms);

/** The text again and again, a while apart. */
export const drip =
  (text: string, everyMs: number): Step =>
  async (socket) => {
    while (socket.writable) {
      socket.write(text);
      await wait(everyMs);
    }
  };

/** The bytes again and again, as fast as they are taken. */
export const endless =
  (bytes: Buffer): Step =>
  async (socket) => {
    while (socket.writable) await written(socket, bytes);
  };

/** To SoPrincipal.svc, or in REST, which asks who calls instead. */
const LOGIN = /^(?:POST \S*SoPrincipal\.svc|GET \S*\/User\/currentPrincipal) /;

export async function rawServer(first: Script): Promise<RawServer> {
  const seen = { calls: [] as RawRequest[], logins: [] as RawRequest[] };
  const open = new Set<Socket>();
  let script = first;
  let begun = { calls: 0, logins: 0 };
  const answerTo = (request: RawRequest): readonly Step[] => {
    const kind = LOGIN.test(request.head) ? 'logins' : 'calls';
    seen[kind].push(request);
    const answer = script[kind][Math.min(begun[kind]++, script[kind].length - 1)] ?? [];
    return typeof answer === 'function' ? answer(request) : answer;
  };
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => open.delete(socket));
    void serve(socket, answerTo);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    baseUrl: `http://127.0.0.1:${port}/Remote/Services88`,
    restUrl: `http://127.0.0.1:${port}/api`,
    ...seen,
    open: () => open.size,
    follow: (next) => {
      script = next;
      begun = { calls: 0, logins: 0 };
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A server of which nothing is to be asked: it counts connections. */
export async function untouchedServer() {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function serve(socket: Socket, answerTo: (request: RawRequest) => readonly Step[]): Promise<void> {
  let bytes = Buffer.alloc(0);
  try {
    for await (const chunk of socket) {
      bytes = Buffer.concat([bytes, chunk]);
      for (let request = firstOf(bytes); request; request = firstOf(bytes)) {
        bytes = bytes.subarray(request.size);
        for (const step of answerTo(request)) await act(socket, step);
      }
    }
  } catch {
    // The client ended the connection, as it may.
  }
}

/** The request that the bytes begin with, if it is there in full. */
function firstOf(bytes: Buffer): (RawRequest & { readonly size: number }) | undefined {
  const end = bytes.indexOf('\r\n\r\n') + 4;
  if (end < 4) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const size = end + Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
  return bytes.length < size ? undefined : { head, body: bytes.toString('utf8', end, size), size };
}

async function act(socket: Socket, step: Step): Promise<void> {
  if (typeof step === 'function') await step(socket);
  else if (socket.writable) await written(socket, step);
}

async function written(socket: Socket, bytes: string | Buffer): Promise<void> {
  if (socket.write(bytes) || !socket.writable) return;
  await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
}
