/**
 * Runs the parts that are asked for and prints what they found.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { decode } from './decode.js';
import { encode } from './encode.js';
import { type Figure, isReached, type Part, type PartOptions } from './figure.js';
import { compile, removeCompiled } from './fresh.js';
import { http } from './http.js';
import { memory } from './memory.js';
import { readers } from './reading.js';
import { server } from './server.js';
import { soak } from './soak.js';
import { start } from './start.js';
import { legend, markdownTable, type Titled, textTable } from './table.js';

const parts: readonly Part[] = [decode, readers, encode, server, http, memory, start, soak];

const names = parts.map(({ name }) => name).join(', ');
const usage = `npm run bench -- [--only PART] [--calls N] [--json | --markdown]

  --only PART   ${names}; may be given more than once; soak is measured only if it is named
  --calls N     how many calls soak makes; 10000 by default
  --json        prints the figures as JSON
  --markdown    prints the table as Markdown`;

export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true },
      calls: { type: 'string', default: '10000' },
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const unknown = values.only?.find((name) => !parts.some((part) => part.name === name));
  if (unknown !== undefined) throw new Error(`there is no part ${unknown}; the parts are ${names}`);
  const wanted = parts.filter(({ name, onlyIfNamed }) => values.only?.includes(name) ?? !onlyIfNamed);
  const calls = Number(values.calls);
  if (!Number.isInteger(calls) || calls < 1000) throw new Error('--calls takes a number of 1000 or more');
  const machine = machineNow();
  const titled = await measureAll(wanted, { calls });
  if (values.json) return console.log(JSON.stringify({ ...machine, parts: plain(titled) }, null, 2));
  const { node, cores, cpu, load, date } = machine;
  console.log(`Node ${node}, ${cores} × ${cpu}, load ${load} before the start, ${date}\n`);
  console.log(values.markdown ? markdownTable(titled) : textTable(titled));
  if ([...titled.values()].flat().some(({ clock }) => clock === 'processor')) console.log(`\n${legend}`);
  for (const line of warnings(titled)) console.error(line);
}

const warnings = (titled: Titled): string[] =>
  [...titled.values()].flat().flatMap(({ what, warning }) => (warning === undefined ? [] : [`\n${what}: ${warning}`]));

/** The load says whether others were at work on the machine, which no way of measuring makes up for entirely. */
const machineNow = () => ({
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  load: (loadavg()[0] ?? 0).toFixed(1),
  date: new Date().toISOString().slice(0, 10),
});

async function measureAll(wanted: readonly Part[], options: PartOptions): Promise<Map<string, Figure[]>> {
  const titled = new Map<string, Figure[]>();
  compile();
  try {
    for (const { title, figures } of wanted) {
      const list: Figure[] = [];
      titled.set(title, list);
      progress(title);
      for await (const figure of figures(options)) {
        list.push(figure);
        progress(`${title}: ${figure.what}`);
      }
    }
  } finally {
    removeCompiled();
    progress('');
  }
  return titled;
}

/** One line that is written over and over, where somebody watches. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
}

const plain = (titled: Titled): unknown =>
  [...titled].map(([title, figures]) => ({
    title,
    figures: figures.map((figure) => ({ ...figure, reached: isReached(figure) })),
  }));
