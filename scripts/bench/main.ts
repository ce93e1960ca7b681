/**
 * Runs the parts that are asked for and prints what they found.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { decode } from './decode.js';
import { type Figure, isReached, type Part } from './figure.js';
import { compile } from './fresh.js';
import { markdownTable, textTable } from './table.js';

const parts: readonly Part[] = [decode];

const usage = `npm run bench -- [--only PART] [--json | --markdown]

  --only PART   ${parts.map(({ name }) => name).join(', ')}; may be given more than once
  --json        prints the figures as JSON
  --markdown    prints the table as Markdown`;

export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const wanted = parts.filter(({ name }) => values.only?.includes(name) ?? true);
  const unknown = values.only?.find((name) => !parts.some((part) => part.name === name));
  if (unknown !== undefined) throw new Error(`there is no part ${unknown}\n\n${usage}`);
  compile();
  const titled = await measureAll(wanted);
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, date: today() };
  if (values.json) return console.log(JSON.stringify({ ...machine, parts: plain(titled) }, null, 2));
  console.log(`Node ${machine.node}, ${machine.cores} × ${machine.cpu}, ${machine.date}\n`);
  console.log(values.markdown ? markdownTable(titled) : textTable(titled));
}

const today = (): string => new Date().toISOString().slice(0, 10);

async function measureAll(wanted: readonly Part[]): Promise<Map<string, Figure[]>> {
  const titled = new Map<string, Figure[]>();
  for (const { title, figures } of wanted) {
    const list: Figure[] = [];
    titled.set(title, list);
    progress(title);
    for await (const figure of figures()) {
      list.push(figure);
      progress(`${title}: ${figure.what}`);
    }
  }
  progress('');
  return titled;
}

/** One line that is written over and over, where somebody watches. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
}

const plain = (titled: ReadonlyMap<string, readonly Figure[]>): unknown =>
  [...titled].map(([title, figures]) => ({
    title,
    figures: figures.map((figure) => ({ ...figure, reached: isReached(figure) })),
  }));
