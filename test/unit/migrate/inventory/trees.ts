/**
 * Trees of files for the tests of the inventory.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Writes the files, and calls with their folder, which is removed afterwards. */
export async function withTree(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'inventory-')));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const namespace = 'http://www.superoffice.net/ws/crm/NetServer/Services88';

/** A SOAPAction in quotes, as it stands in a script. */
export const actionOf = (operation: string, service = 'Chat'): string => `"${namespace}/${service}/${operation}"`;

export interface Logged {
  readonly operation?: string;
  readonly service?: string;
  readonly status?: number;
  readonly userAgent?: string;
  readonly address?: string;
  readonly user?: string;
  readonly minute?: number;
}

/** A log of IIS with a line for each request, CRLF at the ends. */
export const iisLog = (requests: readonly Logged[]): string =>
  [
    '#Software: Microsoft Internet Information Services 10.0',
    '#Fields: date time cs-method cs-uri-stem cs-username c-ip cs(User-Agent) sc-status cs(SOAPAction)',
    ...requests.map(({ operation, service = 'Chat', status = 200, userAgent = 'php', ...more }) => {
      const { address = '192.0.2.7', user = '-', minute = 0 } = more;
      const action = operation ? actionOf(operation, service) : '-';
      const time = `2026-03-01 09:${String(minute).padStart(2, '0')}:00`;
      return `${time} POST /Remote/Services88/${service}.svc ${user} ${address} ${userAgent} ${status} ${action}`;
    }),
    '',
  ].join('\r\n');
