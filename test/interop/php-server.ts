/**
 * PHP's SoapServer, run by PHP's own web server: a service that shares no code with this library.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chat, SoPrincipal } from '../../lib/index.js';
import { createSimulator, serveSoap } from '../../lib/server.js';
import { php } from './peers.js';
import type { Form } from './wire-form.js';

/** A request as PHP has read it. */
export interface Received {
  readonly operation: string;
  readonly input: unknown;
}

export interface PhpServer {
  readonly baseUrl: string;
  /** All requests so far. */
  readonly received: () => readonly Received[];
  /** What `php-replies.php` answers from now on. */
  readonly replyWith: (reply: { readonly header: Form; readonly body: Form }) => void;
  readonly close: () => Promise<void>;
}

/** Runs a script of this folder, which loads the WSDLs that our own server gives. */
export async function startPhpServer(script: string): Promise<PhpServer> {
  const contract = await serveSoap([Chat, SoPrincipal], createSimulator());
  const folder = mkdtempSync(join(tmpdir(), 'services88-chat-'));
  const received = join(folder, 'received');
  const reply = join(folder, 'reply');
  // It takes a port that is free at that moment, and says which.
  const child = spawn(php.program, ['-d', 'display_errors=0', '-S', '127.0.0.1:0', join(__dirname, script)], {
    env: { ...process.env, CONTRACT: contract.baseUrl, RECEIVED: received, REPLY: reply },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const close = async (): Promise<void> => {
    await ended(child);
    await contract.close();
    rmSync(folder, { recursive: true });
  };
  try {
    const port = await portOf(child);
    return {
      baseUrl: `http://127.0.0.1:${port}/Remote/Services88`,
      received: () => (existsSync(received) ? readFileSync(received, 'utf8').trimEnd().split('\n').map(parse) : []),
      replyWith: (next) => writeFileSync(reply, JSON.stringify(next)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const parse = (line: string): Received => JSON.parse(line);

/** The port in the line that is written when the server listens. */
function portOf({ stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`PHP does not listen: ${said}`)), 20_000);
    stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const port = /\(http:\/\/127\.0\.0\.1:(\d+)\) started/.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(port);
    });
    stderr?.on('close', () => {
      clearTimeout(timer);
      reject(new Error(`PHP ended before it listened: ${said}`));
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}
