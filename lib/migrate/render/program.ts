/**
 * What programs in TypeScript have in common, whichever library they use.
 */
import type { Translation } from '../translate/translate.js';
import { notesOf, type RenderOptions, titleOf } from './comments.js';
import { quoted } from './literals.js';
import { addressOf } from './request-parts.js';

export const commentsOf = (translation: Translation, options: RenderOptions): string =>
  [titleOf(translation, options), ...notesOf(translation)].map((text) => `// ${text}\n`).join('');

/** Within a function, so that it runs as a module of either kind. */
export const program = (imports: readonly string[], body: readonly string[]): string =>
  [
    ...imports,
    ...(imports.length > 0 ? [''] : []),
    'async function main(): Promise<void> {',
    ...body.map((line) => (line === '' ? '' : `  ${line}`)),
    '}',
    '',
    'main().catch((error: unknown) => {',
    '  console.error(error);',
    '  process.exitCode = 1;',
    '});',
    '',
  ].join('\n');

/** For what no library has a method for. */
export function systemInfo(translation: Translation): string {
  const { request } = translation;
  const address = request ? quoted(addressOf(translation, request)) : "''";
  return program([], [`const reply = await fetch(${address});`, 'console.log(await reply.json());']);
}
