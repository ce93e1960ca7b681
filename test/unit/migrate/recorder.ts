/**
 * A server that keeps what arrives, and programs that are run against it.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Arrived {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

export interface Recorder {
  readonly origin: string;
  /** All that arrived since it was last asked. */
  readonly taken: () => readonly Arrived[];
  readonly close: () => Promise<void>;
}

export async function record(answer = 'null'): Promise<Recorder> {
  const arrived: Arrived[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    arrived.push({ method, url, headers, body: (await buffer(request)).toString('utf8') });
    response.setHeader('content-type', 'application/json').end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => arrived.splice(0),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Runs a program to its end, and fails with what it says if it does. */
export function runProgram(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stdin = '',
): Promise<string> {
  return new Promise((resolve, reject) => {
    // Without the last, bash takes the pipe to its stdin for a connection, and itself for a login.
    const child = spawn(command, args, { env: { PATH: process.env.PATH ?? '', SHLVL: '2', ...env } });
    const said: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      const text = Buffer.concat(said).toString('utf8');
      if (code === 0) resolve(text);
      else reject(new Error(`${command} ended with ${code}: ${text}`));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}
