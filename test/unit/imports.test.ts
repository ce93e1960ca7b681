/**
 * Imports point one way, so that each part can be read, used and loaded without those above it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const lib = resolve(__dirname, '../../lib');

/** From the bottom up; a file may import from its own layer and from those before it. */
const layers = [
  'errors.ts',
  'options.ts',
  'codec',
  'call.ts',
  'secrets',
  'tickets',
  'generated',
  'codec.ts',
  'rest',
  'wsdl',
  'transports',
  'tickets',
  'interceptors',
  'client.ts',
  'reconcile.ts',
  'server',
  'migrate',
  'chat.ts',
  'index.ts',
  'server.ts',
  'migrate.ts',
  'cli',
];

const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

const layerOf = (file: string): number => layers.findIndex((layer) => file === layer || file.startsWith(`${layer}/`));

const importsOf = (file: string): string[] =>
  [...readFileSync(join(lib, file), 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => match[1] ?? '');

const targetOf = (file: string, specifier: string): string =>
  relative(lib, resolve(lib, file, '..', specifier)).replace(/\.js$/, '.ts');

it('every file belongs to a layer', () => {
  expect(files.filter((file) => layerOf(file) < 0)).toEqual([]);
});

it('no file imports from a layer above its own', () => {
  const upward = files.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => targetOf(file, specifier))
      .filter((target) => layerOf(target) > layerOf(file))
      .map((target) => `${file} imports ${target}`),
  );
  expect(upward).toEqual([]);
});

it('the codec imports errors, checks of options and itself, and nothing else but Node', () => {
  const foreign = files
    .filter((file) => file.startsWith('codec/'))
    .flatMap((file) =>
      importsOf(file).filter((specifier) => !/^(?:\.\/|\.\.\/(?:errors|options)\.js$|node:)/.test(specifier)),
    );
  expect(foreign).toEqual([]);
});

it('no file imports itself through others, types aside', () => {
  const graph = new Map(
    files.map((file) => {
      const text = readFileSync(join(lib, file), 'utf8').replace(/(?:import|export) type [^;]*;/g, '');
      const targets = [...text.matchAll(/from '(\.[^']+)'/g)].map((match) => targetOf(file, match[1] ?? ''));
      return [file, targets] as const;
    }),
  );
  const cycle = (file: string, path: readonly string[]): string[] => {
    if (path.includes(file)) return [[...path.slice(path.indexOf(file)), file].join(' → ')];
    return path.length > 30 ? [] : (graph.get(file) ?? []).flatMap((next) => cycle(next, [...path, file]));
  };
  expect([...new Set(files.flatMap((file) => cycle(file, [])))].slice(0, 5)).toEqual([]);
});
