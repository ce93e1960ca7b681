/**
 * Runs a peer's script, which logs in and makes calls, and gives what the peer saw.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { ClientPeer } from './peers.js';
import type { Form } from './wire-form.js';

/** One call in the names of the wire. */
export interface PeerCall {
  readonly service: string;
  readonly operation: string;
  readonly input: Form;
  /** Header parts beside the ticket of the login, or in its place. */
  readonly header?: Form;
}

export interface PeerOutcome {
  readonly body?: Form;
  readonly header?: Form;
  readonly fault?: { readonly code: string; readonly reason: string };
  /** The envelope that the peer wrote. */
  readonly sent: string;
}

export interface PeerOutcomes {
  readonly login: PeerOutcome;
  readonly calls: readonly PeerOutcome[];
}

/** Has a peer log in with the WSDLs of the server at `baseUrl`, and make the calls one after the other. */
export function callWith(
  { program, script, version }: ClientPeer,
  baseUrl: string,
  calls: readonly PeerCall[],
  login = { UserName: 'anna', Password: 'demo' },
): Promise<PeerOutcomes> {
  return new Promise((resolve, reject) => {
    // A proxy would be asked for the server on this machine, too.
    const env = { ...process.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
    const options = { timeout: 60_000, maxBuffer: 2 ** 26, env };
    const child = execFile(program, [join(__dirname, script)], options, (error, stdout, stderr) => {
      // A script that fails says so on one of the two.
      if (error) reject(new Error(`${script} failed: ${stderr || stdout || error.message}`));
      else resolve(JSON.parse(stdout));
    });
    // One that ends early is told of by its exit, not by the pipe.
    child.stdin?.on('error', () => {});
    child.stdin?.end(JSON.stringify({ baseUrl, version, login, calls }));
  });
}
