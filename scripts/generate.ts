/**
 * Writes lib/generated/ from wsdl/. With --check nothing is written, and a difference is an error.
 * Other WSDL files may be named instead (with --out DIR for where the result goes).
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { emitContract } from '../lib/wsdl/emit.js';
import { readContract } from '../lib/wsdl/read.js';

const root = resolve(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    out: { type: 'string', default: join(root, 'lib/generated') },
  },
});
const wsdl = positionals.length > 0 ? positionals : [join(root, 'wsdl/Chat.wsdl'), join(root, 'wsdl/SoPrincipal.wsdl')];

const contract = readContract(
  wsdl.map((file) => resolve(file)),
  (location, from) => {
    const source = from === '' ? location : resolve(dirname(from), decodeURIComponent(location));
    return existsSync(source) ? { source, text: readFileSync(source, 'utf8') } : undefined;
  },
);
const retryClasses = JSON.parse(readFileSync(join(root, 'wsdl/retry-classes.json'), 'utf8'));

for (const [name, text] of emitContract(contract, retryClasses)) {
  const file = join(values.out, name);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (values.check) {
    console.error(`${name} is not what wsdl/ says: run "npm run generate"`);
    process.exitCode = 1;
  } else {
    mkdirSync(values.out, { recursive: true });
    writeFileSync(file, text);
    console.error(`wrote ${name}`);
  }
}
