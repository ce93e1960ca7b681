/**
 * `inventory PATH…`: what uses the services, before a move to REST.
 */
import { Command } from 'commander';
import type { Inventory, InventoryProgress } from '../migrate.js';
import { printable, printableJson } from './conversation.js';
import { renderFindings, renderInventory } from './inventory-table.js';
import { showProgress } from './progress.js';

interface Options {
  readonly json?: boolean;
  readonly findings?: boolean;
  readonly callers?: boolean;
  readonly all?: boolean;
}

export const inventoryCommand = (): Command =>
  new Command('inventory')
    .description('Finds what uses the SOAP services, in source files and web server logs, and what it becomes in REST.')
    .argument('<paths...>', 'files, and folders with such: sources, and logs of IIS, Apache, nginx or as JSON lines')
    .option('--json', 'print all that was found as JSON')
    .option('--findings', 'print each place in source files, as file:line: kind')
    .option('--callers', 'show addresses and user names of callers, and not only how many there are')
    .option('--all', 'look into folders of version control, package managers and builds too')
    .addHelpText('after', `\n${ABOUT}`)
    .action(async (paths: readonly string[], { json, findings, ...options }: Options) => {
      const { takeInventory } = await import('../migrate.js');
      const stop = new AbortController();
      const onInterrupt = (): void => stop.abort();
      process.once('SIGINT', onInterrupt);
      const progress = showProgress(progressOf);
      const inventory = await takeInventory(paths, { ...options, signal: stop.signal, onProgress: progress.show });
      process.off('SIGINT', onInterrupt);
      progress.clear();
      if (json) process.stdout.write(printableJson(inventory));
      else process.stdout.write(findings ? renderFindings(inventory) : renderInventory(inventory));
      tell(inventory);
      if (!inventory.complete) process.exitCode = 130;
      else if (inventory.unreadable.length > 0) process.exitCode = 7;
    });

const ABOUT = `Skipped are binary files, and without --all the folders .git, .hg, .svn, .vs, __pycache__, bower_components and
node_modules, and bin and obj beside a .NET project. Links are not followed, except those given. Exit code 130 after
Ctrl-C: what was found until then is printed.
`;

/** What is to be known beside the result. */
function tell(inventory: Inventory): void {
  const { complete, unreadable, skipped, operations, filesWithoutService, files } = inventory;
  const say = (text: string): void => console.error(`services88-chat: ${printable(text).replaceAll('\n', ' ')}`);
  for (const { path, reason } of unreadable) say(`${path} cannot be read: ${reason}`);
  const aside = [
    skipped.binary > 0 && `${skipped.binary} binary files`,
    skipped.folders.length > 0 && `${skipped.folders.length} folders (--all looks into them)`,
    skipped.links.length > 0 && `${skipped.links.length} links that lead elsewhere`,
  ].filter((text) => text !== false);
  if (aside.length > 0) say(`not looked at: ${aside.join(', ')}`);
  const times = operations.flatMap(({ first, last }) => [first, last]);
  if (times.some((time) => time !== null && !time.endsWith('Z'))) {
    say('times without a Z are as the log has them, which states no zone');
  }
  const others = operations.find(({ service }) => service === '(others)');
  if (others) say(`${others.calls} calls in logs are told together as (others): there are too many names of services`);
  if (!complete) say('interrupted: this is not all');
  else if (operations.length === 0 && filesWithoutService === 0) say(`nothing was found (files read: ${files})`);
}

const progressOf = ({ files, bytes, file }: InventoryProgress): string =>
  `${files} files, ${Math.round(bytes / 1e6)} MB: ${file}`;
