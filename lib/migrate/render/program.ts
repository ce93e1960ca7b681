/**
 * What programs in TypeScript have in common, whichever library they use.
 */
import type { Translation } from '../translate/translate.js';
import { notesOf, type RenderOptions, sharedNotesOf, titleOf } from './comments.js';
import { quoted } from './literals.js';
import { addressOf } from './request-parts.js';

/** What a call needs in a program. */
export interface ProgramPart {
  /** The names to import. */
  readonly imports: Iterable<string>;
  /** Lines behind the imports. */
  readonly helpers?: readonly string[];
  /** The expression that makes the client; calls with the same one share it. */
  readonly client?: string;
  /** The statement for the call by a client of this name. */
  readonly statement: (client: string) => string;
}

/** A library to make calls by. */
export interface Library {
  readonly module: string;
  /** What is said of all programs. */
  readonly remarks: readonly string[];
  /** Whether its clients have to be closed; statements stand deeper then. */
  readonly closes: boolean;
  /** Undefined for logins, which REST has no calls for. */
  readonly partOf: (translation: Translation) => ProgramPart | undefined;
}

/** A request, and what is to be said of it. */
export interface ToRender extends RenderOptions {
  readonly translation: Translation;
}

/** A program for one call, with comments before it. */
export function singleProgram(library: Library, translation: Translation, options: RenderOptions): string {
  const part = library.partOf(translation);
  const comments = inComments([...commentsOf(translation, options), ...library.remarks]);
  return comments + (part ? program(library, [{ part, comments: [] }]) : '');
}

/** A program for several calls one after another, each with its own comments. */
export function jointProgram(library: Library, requests: readonly ToRender[]): string {
  const shared = sharedNotesOf(requests.map(({ translation }) => translation));
  const steps = requests.map(({ translation, ...options }) => ({
    part: library.partOf(translation),
    comments: commentsOf(translation, { ...options, briefly: true }),
  }));
  return `${inComments([...shared, ...library.remarks])}\n${program(library, steps)}`;
}

const commentsOf = (translation: Translation, options: RenderOptions): readonly string[] => [
  titleOf(translation, options),
  ...notesOf(translation, options),
];

const inComments = (lines: readonly string[]): string => lines.map((text) => `// ${text}\n`).join('');

interface Step {
  readonly part: ProgramPart | undefined;
  readonly comments: readonly string[];
}

/** Within a function, so that it runs as a module of either kind. */
function program(library: Library, steps: readonly Step[]): string {
  const parts = steps.flatMap(({ part }) => part ?? []);
  const names = [...new Set(parts.flatMap(({ imports }) => [...imports]))].sort();
  const clients = new Map<string, string>();
  for (const { client } of parts) {
    if (client !== undefined && !clients.has(client))
      clients.set(client, `chat${clients.size === 0 ? '' : clients.size + 1}`);
  }
  const closes = library.closes && clients.size > 0;
  return [
    ...(names.length > 0 ? [`import { ${names.join(', ')} } from '${library.module}';`] : []),
    ...new Set(parts.flatMap(({ helpers = [] }) => helpers)),
    ...(names.length > 0 ? [''] : []),
    'async function main(): Promise<void> {',
    ...[...clients].map(([client, name]) => `  const ${name} = ${client};`),
    ...(closes ? ['  try {'] : []),
    ...steps.flatMap((step, index) => [...(index > 0 ? [''] : []), ...linesOf(step, clients, closes ? '    ' : '  ')]),
    ...(closes ? ['  } finally {', ...[...clients.values()].map((name) => `    await ${name}.close();`), '  }'] : []),
    '}',
    '',
    'main().catch((error: unknown) => {',
    '  console.error(error);',
    '  process.exitCode = 1;',
    '});',
    '',
  ].join('\n');
}

const linesOf = ({ part, comments }: Step, clients: ReadonlyMap<string, string>, indent: string): readonly string[] => [
  ...comments.map((text) => `${indent}// ${text}`),
  ...(part ? [`${indent}${part.statement(clients.get(part.client ?? '') ?? '')}`] : []),
];

/** For what no library has a method for. */
export function systemInfo(translation: Translation): ProgramPart {
  const { request } = translation;
  const address = request ? quoted(addressOf(translation, request)) : "''";
  return { imports: [], statement: () => `console.log(await (await fetch(${address})).json());` };
}
