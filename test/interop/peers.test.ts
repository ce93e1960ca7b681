/**
 * The one place that says which peers are missing. Their tests are skipped then, which must not pass for a success in CI.
 */
import { isInstalled, peers } from './peers.js';

const inCI = !['', 'false', undefined].includes(process.env.CI);

test.each(peers)('$name is installed, or is said to be missing', (peer) => {
  if (isInstalled(peer)) return;
  const missing = `${peer.name} is missing, and what needs it is skipped: apt-get install ${peer.packages}`;
  if (inCI) throw new Error(missing);
  process.stderr.write(`${missing}\n`);
});
