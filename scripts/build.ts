/**
 * Builds dist/esm and dist/cjs from lib/.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');

const tsc = (...args: string[]) =>
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...args], { stdio: 'inherit' });

console.error('Building dist/ …');
rmSync(dist, { recursive: true, force: true });

// A few files instead of one for each module: finding and reading 30 files takes longer than all that is in them.
await build({
  entryPoints: ['index.ts', 'codec.ts', 'server.ts', 'migrate.ts', 'cli/main.ts'].map((file) =>
    join(root, 'lib', file),
  ),
  outbase: join(root, 'lib'),
  outdir: join(dist, 'esm'),
  chunkNames: 'shared/[hash]',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
});
tsc('-p', join(root, 'tsconfig.build.json'), '--emitDeclarationOnly');
tsc('-p', join(root, 'tsconfig.cjs.json'));

for (const [folder, type] of [
  ['esm', 'module'],
  ['cjs', 'commonjs'],
] as const) {
  mkdirSync(join(dist, folder), { recursive: true });
  writeFileSync(join(dist, folder, 'package.json'), `${JSON.stringify({ type })}\n`);
}
chmodSync(join(dist, 'esm/cli/main.js'), 0o755);
