/**
 * A collection of fault cases from elsewhere, where the variable FAULT_CASES names the folder that holds it.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

const folder = process.env.FAULT_CASES;

const withCases = folder === undefined ? test.skip : test;

/** Runs the collection on the built package; gives what it printed, and the code of its exit. */
const run = (cases: string): Promise<{ readonly code: number | null; readonly printed: string }> =>
  new Promise((resolve) => {
    const runner = join(cases, 'run-client.mjs');
    const child = execFile(
      process.execPath,
      [runner, '--adapter', join(__dirname, 'adapter.mjs'), '-v'],
      { maxBuffer: 1 << 26 },
      (_, stdout) => resolve({ code: child.exitCode, printed: stdout }),
    );
  });

describe('a collection of fault cases', () => {
  withCases(
    'is met by the client',
    async () => {
      const { code, printed } = await run(folder ?? '');
      expect(printed.split('\n').filter((line) => line.startsWith('FAIL'))).toEqual([]);
      expect(printed).toMatch(/[1-9]\d* passed, 0 failed/);
      expect(code).toBe(0);
    },
    600_000,
  );
});
