/**
 * `inventory PATH…`: what uses the services, before a move to REST.
 */
import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { jsonLogKeys } from '../migrate/inventory/json-log-keys.js';
import type { Inventory, InventoryProgress } from '../migrate.js';
import { printable, printableJson } from './conversation.js';
import { UsageError } from './environment.js';
import { renderFindings, renderInventory } from './inventory-table.js';
import { counted } from './numbers.js';
import { showProgress } from './progress.js';

interface Options {
  readonly style: 'agent' | 'entity';
  readonly json?: boolean;
  readonly findings?: boolean;
  readonly callers?: boolean;
  readonly all?: boolean;
}

export const inventoryCommand = (): Command =>
  new Command('inventory')
    .description('Finds what uses the SOAP services, in source files and web server logs, and what it becomes in REST.')
    .argument('<paths...>', 'files, and folders with such: sources, and logs of IIS, Apache, nginx or as JSON lines')
    .addOption(
      new Option('--style <style>', 'endpoints to show; entity shows those of the agent where it has none')
        .choices(['agent', 'entity'])
        .default('agent'),
    )
    .option('--json', 'print all that was found as JSON')
    .option('--findings', 'print each place in source files, as file:line: kind')
    .option('--callers', 'show addresses and user names of callers, and not only how many there are')
    .option('--all', 'look into folders of version control, package managers and builds too')
    .addHelpText('after', `\n${ABOUT}`)
    .action(async (paths: readonly string[], { style, json, findings, ...options }: Options) => {
      if (!paths.some((path) => existsSync(path))) throw new UsageError(`there is no ${paths.join(', ')}`);
      const { takeInventory } = await import('../migrate.js');
      const stop = new AbortController();
      const onInterrupt = (): void => stop.abort();
      process.once('SIGINT', onInterrupt);
      const progress = showProgress(progressOf);
      const inventory = await takeInventory(paths, { ...options, signal: stop.signal, onProgress: progress.show });
      process.off('SIGINT', onInterrupt);
      progress.clear();
      if (json) process.stdout.write(printableJson(inventory));
      else process.stdout.write(findings ? renderFindings(inventory) : renderInventory(inventory, style));
      tell(inventory, !json && !findings);
      if (!inventory.complete) process.exitCode = 130;
      else if (inventory.unreadable.length > 0) process.exitCode = 7;
    });

const fields: Readonly<Record<keyof typeof jsonLogKeys, string>> = {
  request: 'request line',
  path: 'path',
  query: 'query',
  method: 'method',
  status: 'status',
  time: 'time',
  userAgent: 'user agent',
  address: 'address',
  user: 'user',
  action: 'SOAPAction',
};

const ABOUT = `Skipped are binary files, and without --all the folders .git, .hg, .svn, .vs, __pycache__, bower_components and
node_modules, and bin and obj beside a .NET project. Links are not followed, except those given. Exit code 130 after
Ctrl-C: what was found until then is printed.

Logs as JSON lines tell of a request by these keys, in upper or lower case, with or without what separates their words, as
one key with dots or nested:
${Object.entries(jsonLogKeys)
  .map(([field, names]) => `  ${fields[field as keyof typeof fields].padEnd(14)}${names.join(', ')}`)
  .join('\n')}
`;

/** What is to be known beside the result. */
function tell(inventory: Inventory, isTable: boolean): void {
  const { complete, unreadable, skipped, operations, filesWithoutService, files } = inventory;
  const say = (text: string): void => console.error(`services88-chat: ${printable(text).replaceAll('\n', ' ')}`);
  // The table has them itself.
  if (!isTable) for (const { path, reason } of unreadable) say(`${path} cannot be read: ${reason}`);
  else if (unreadable.length > 0) say(`not all could be read: ${counted(unreadable.length, 'path')}`);
  const { binary, folders, links } = skipped;
  const some = `${binary.slice(0, MOST_NAMES).join(', ')}${binary.length > MOST_NAMES ? ', …' : ''}`;
  const aside = [
    binary.length > 0 && `${counted(binary.length, 'binary file')} (${some})`,
    folders.length > 0 && `${counted(folders.length, 'folder')} (--all looks into them)`,
    links.length > 0 && `${counted(links.length, 'link')} elsewhere`,
  ].filter((text) => text !== false);
  if (aside.length > 0) say(`not looked at: ${aside.join(', ')}`);
  const times = operations.flatMap(({ first, last }) => [first, last]);
  if (times.some((time) => time !== null && !time.endsWith('Z'))) {
    say('times without a Z are as the log has them, which states no zone');
  }
  const others = operations.find(({ service }) => service === '(others)');
  if (others)
    say(`calls in logs (${others.calls}) are told together as (others): there are too many names of services`);
  if (!complete) say('interrupted: this is not all');
  else if (operations.length === 0 && filesWithoutService === 0) say(`nothing was found (files read: ${files})`);
}

const MOST_NAMES = 5;

const progressOf = ({ files, bytes, file }: InventoryProgress): string =>
  `${counted(files, 'file')}, ${Math.round(bytes / 1e6)} MB: ${file}`;
