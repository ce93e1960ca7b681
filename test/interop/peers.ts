/**
 * The SOAP stacks of other makers that the tests talk to, where they are installed.
 */
import { spawnSync } from 'node:child_process';
import type { SoapVersion } from '../../lib/index.js';
import type { Gaps } from './exchanges.js';
import type { Spelling } from './wire-form.js';

// Programs may take long to start on a machine that is busy.
jest.setTimeout(90_000);

export interface Peer {
  readonly name: string;
  readonly program: string;
  /** Arguments with which the program says by its exit code whether all that is needed is there. */
  readonly check: readonly string[];
  /** The Debian packages that bring it. */
  readonly packages: string;
}

/** A peer that makes calls. */
export interface ClientPeer extends Peer {
  /** The file in this folder that it runs. */
  readonly script: string;
  readonly version: SoapVersion;
  /** Whether it tells nil, empty and absent from each other. */
  readonly exact: boolean;
  readonly gaps: Gaps;
  readonly spelling: Spelling;
}

export const php: ClientPeer = {
  name: 'PHP ext-soap',
  program: '/usr/bin/php',
  check: ['-r', 'exit(extension_loaded("soap") ? 0 : 1);'],
  packages: 'php-cli php-soap',
  script: 'php-client.php',
  version: '1.1',
  exact: true,
  gaps: { nilItems: 'lone' },
  spelling: { dateTime: (text) => text, duration: (text) => text, flags: (names) => names.join(' ') },
};

/** The WSDL binds SOAP 1.1 only, which PHP can be told to overlook. */
const phpWith12: ClientPeer = { ...php, name: 'PHP ext-soap with SOAP 1.2', version: '1.2' };

const zeep: ClientPeer = {
  name: 'Python zeep',
  // Debian's Python by its path, since another one that has no zeep may come first.
  program: '/usr/bin/python3',
  check: ['-c', 'import zeep'],
  packages: 'python3-zeep',
  script: 'zeep-client.py',
  version: '1.1',
  exact: false,
  gaps: { lastDay: true, nilItems: 'all' },
  spelling: {
    dateTime: (text) => toMicroseconds(text, 6).replace(/Z$/, '+00:00'),
    duration: (text) => (text === 'PT0S' ? 'P0D' : toMicroseconds(text, 1)),
    flags: (names) => [...names],
  },
};

export const peers: readonly Peer[] = [php, zeep];

export const clientPeers: readonly ClientPeer[] = [php, phpWith12, zeep];

export const isInstalled = ({ program, check }: Peer): boolean => spawnSync(program, check).status === 0;

/** Tests that need a peer, skipped where it is missing; `peers.test.ts` says so. */
export function describeWith<P extends Peer>(peers: readonly P[], tests: (peer: P) => void): void {
  for (const peer of peers) (isInstalled(peer) ? describe : describe.skip)(peer.name, () => tests(peer));
}

/** A fraction of a second as Python shows it: no more than six digits, `least` at least, and none of zero. */
function toMicroseconds(text: string, least: number): string {
  return text.replace(/\.\d+/, (fraction) => {
    const digits = Number(fraction).toFixed(6).slice(2).replace(/0+$/, '');
    return digits === '' ? '' : `.${digits.padEnd(least, '0')}`;
  });
}
