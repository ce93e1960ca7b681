/**
 * The cases for servers of a folder of fault cases, where FAULT_CASES names one: its run-server.mjs sends them to the
 * simulator of the built package, and to a bridge from SOAP to REST in front of it.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const runner = join(process.env.FAULT_CASES ?? '', 'run-server.mjs');
const there = process.env.FAULT_CASES !== undefined && existsSync(runner);

// One of them waits until a client is cut off that sends its head slowly.
const MINUTES = 180_000;

(there ? test : test.skip).each(['sim', 'bridge'])(
  'all cases for servers in FAULT_CASES are met: %s',
  async (target) => {
    const server = spawn(process.execPath, [resolve(__dirname, 'server-for-cases.mjs'), target]);
    try {
      const [line] = await once(server.stdout, 'data');
      const [port = '', ticket = ''] = String(line).trim().split(' ');
      const args = [runner, '--port', port, '--target', target, '--ticket', ticket];
      const { stdout } = await promisify(execFile)(process.execPath, args).catch((failed) => failed);
      expect(stdout).toMatch(/^[1-9]\d* passed, 0 failed\s*$/);
    } finally {
      server.kill();
      await once(server, 'exit');
    }
  },
  MINUTES,
);
