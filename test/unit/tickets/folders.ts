/**
 * Directories for the tests of ticket stores.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** A folder with a file for the key in it, or with what `make` puts in its place. */
export const withFile = (
  make: (file: string, folder: string) => void,
  use: (folder: string, file: string) => Promise<void>,
) =>
  withFolder(async (folder) => {
    mkdirSync(folder, { mode: 0o700 });
    const file = join(folder, `${key}.json`);
    make(file, folder);
    await use(folder, file);
  });

/** Writes this text into it, with this mode. */
export const writing =
  (text: string | Buffer, mode = 0o600) =>
  (file: string): void => {
    writeFileSync(file, text);
    chmodSync(file, mode);
  };

/** A promise, and the function that resolves it. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
