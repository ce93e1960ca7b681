/**
 * Directories for the tests of ticket stores.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const key = '0123456789abcdef'.repeat(4);

/** Calls with the path of a directory that there is not yet, in one that is removed afterwards. */
export async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), 'tickets-'));
  try {
    await use(join(parent, 'tickets'));
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

/** A promise, and the function that resolves it. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
