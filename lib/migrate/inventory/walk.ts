/**
 * The files of a tree, in an order that is the same each time.
 */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Folders in which nothing is that somebody here wrote: of version control, editors and package managers. */
export const skippedFolders: readonly string[] = [
  '.git',
  '.hg',
  '.svn',
  '.vs',
  '__pycache__',
  'bower_components',
  'node_modules',
];

/** What .NET builds; scripts may be in a folder of this name, but not beside a project file. */
export const skippedBesideProjects: readonly string[] = ['bin', 'obj'];

/** Something on the way: a file to be read, or what is not looked at and why. */
export type Found =
  | { readonly is: 'file'; readonly path: string }
  | { readonly is: 'skipped-folder' | 'outside-link'; readonly path: string }
  | { readonly is: 'unreadable'; readonly path: string; readonly reason: string };

/**
 * Goes through files and folders in the order given, and through each folder by the names in it. What is named twice is
 * found once. Of links only those given are followed: what others lead to inside of the tree is found anyway.
 * @param all goes into the skipped folders too
 */
export async function* walk(paths: readonly string[], all: boolean): AsyncGenerator<Found> {
  const roots = new Map<string, string>();
  for (const path of paths) {
    const real = await realpath(path).catch(() => path);
    if (!roots.has(real)) roots.set(real, path);
  }
  for (const [real, path] of roots) {
    try {
      if ((await stat(path)).isDirectory()) yield* walkFolder({ path, real }, { all, roots });
      else yield { is: 'file', path };
    } catch (error) {
      yield { is: 'unreadable', path, reason: reasonOf(error) };
    }
  }
}

/** What went wrong, without the path, which is told beside it. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ''] ?? (code ? `${message.split(',')[0]?.replace(/^\w+: /, '')} (${code})` : message);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied (EACCES)',
  EPERM: 'permission denied (EPERM)',
  ENOENT: 'there is no such file or folder (ENOENT)',
  ELOOP: 'a link that leads to itself (ELOOP)',
  Z_BUF_ERROR: 'the gzip data ends too early',
  Z_DATA_ERROR: 'the gzip data is damaged',
};

interface Place {
  readonly path: string;
  /** The same without links. */
  readonly real: string;
}

interface Tree {
  readonly all: boolean;
  /** What was given, under its path without links. */
  readonly roots: ReadonlyMap<string, string>;
}

async function* walkFolder({ path, real }: Place, tree: Tree): AsyncGenerator<Found> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => reasonOf(error));
  if (typeof entries === 'string') {
    yield { is: 'unreadable', path, reason: entries };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const skipped = tree.all ? [] : skippedAmong(entries.map(({ name }) => name));
  for (const entry of entries) {
    const inner = { path: join(path, entry.name), real: join(real, entry.name) };
    // What was given by itself has its own turn.
    if (tree.roots.has(inner.real)) continue;
    if (entry.isFile()) yield { is: 'file', path: inner.path };
    else if (entry.isSymbolicLink()) yield* linkAt(inner.path, tree);
    else if (entry.isDirectory()) {
      if (skipped.includes(entry.name.toLowerCase())) yield { is: 'skipped-folder', path: inner.path };
      else yield* walkFolder(inner, tree);
    }
  }
}

function skippedAmong(names: readonly string[]): readonly string[] {
  const hasProject = names.some((name) => /\.(?:cs|vb|fs)proj$/i.test(name));
  return hasProject ? [...skippedFolders, ...skippedBesideProjects] : skippedFolders;
}

/** Tells of a link that leads to what is not found otherwise. */
async function* linkAt(path: string, { roots }: Tree): AsyncGenerator<Found> {
  const target = await realpath(path).catch(() => undefined);
  const isInside = [...roots.keys()].some((root) => target === root || target?.startsWith(join(root, sep)));
  if (target !== undefined && !isInside) yield { is: 'outside-link', path };
}
