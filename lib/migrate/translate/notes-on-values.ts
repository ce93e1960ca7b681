/**
 * Notes on the values of a request, and on those that its reply will have.
 */
import type { Operation } from '../../codec/operation.js';
import type { Field, Schema } from '../../codec/schema.js';
import { type Note, type NoteCode, note } from './notes.js';

/** Notes on what the input holds: each code once for a member, however many items of a list have it. */
export function notesOnInput({ request, retry }: Operation, input: object): readonly Note[] {
  const found = new Map<string, Note>();
  const add = (code: NoteCode, path: string, own?: string): void => {
    const key = `${code} ${path.replace(/\[\d+\]/g, '[]')}`;
    if (!found.has(key)) found.set(key, note(code, path, own));
  };
  for (const { key, type } of request.fields) {
    const value: unknown = Reflect.get(input, key);
    if (value === undefined) continue;
    visit(type, value, key, add);
    if (retry !== 'read' && type.kind === 'complex' && value !== null) noteOmitted(type.fields, value, key, add);
  }
  return [...found.values()];
}

type Add = (code: NoteCode, path: string, own?: string) => void;

function visit(type: Schema, value: unknown, path: string, add: Add): void {
  if (value === null && type.kind !== 'dateTime') return;
  switch (type.kind) {
    case 'complex':
      for (const field of type.fields) {
        const member: unknown = Reflect.get(value as object, field.key);
        if (member !== undefined) visit(field.type, member, `${path}.${field.key}`, add);
      }
      return;
    case 'array':
      for (const [index, item] of (value as readonly unknown[]).entries()) {
        visit(type.item.type, item, `${path}[${index}]`, add);
      }
      return;
    case 'dictionary':
      add('dictionary', path);
      for (const [key, item] of Object.entries(value as object)) visit(type.value.type, item, `${path}.${key}`, add);
      return;
    case 'flags':
      add('flags', path);
      for (const name of value as readonly string[]) noteName(type.values, name, path, add);
      return;
    case 'enum':
      noteName(type.values, value as string, path, add);
      return;
    case 'dateTime':
      if (value === null) add('no-value', path);
      else if ((value as { readonly zone?: string }).zone === undefined) add('local-time', path);
      return;
    case 'duration':
    case 'short':
      add(type.kind, path);
      return;
    default:
  }
}

function noteName(values: Readonly<Record<string, number>>, name: string, path: string, add: Add): void {
  if (!Object.hasOwn(values, name)) add('unknown-name', path, `${JSON.stringify(name.slice(0, LONGEST_NAME))}: `);
}

const LONGEST_NAME = 100;

function noteOmitted(fields: readonly Field[], value: unknown, path: string, add: Add): void {
  const names = fields.filter(({ key }) => Reflect.get(value as object, key) === undefined).map(({ name }) => name);
  if (names.length === 0) return;
  const some = names.slice(0, MOST_NAMES).join(', ');
  add(
    'omitted',
    path,
    `Left out: ${some}${names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''}. `,
  );
}

const MOST_NAMES = 4;

/** Notes on what the type of the reply can hold, each with the first place of it. */
export function notesOnReply({ reply }: Operation): readonly Note[] {
  const [field] = reply.fields;
  if (!field) return [note('empty-reply', 'reply')];
  const places = placesIn(field.type);
  const kinds = [
    ['flags', 'flags'],
    ['duration', 'duration'],
    ['dateTime', 'no-value'],
    ['short', 'short'],
    ['dictionary', 'dictionary'],
  ] as const;
  return kinds.flatMap(([kind, code]) => {
    const path = places.get(kind);
    return path === undefined ? [] : [note(code, path)];
  });
}

/** Whether times go over the wire, in either direction. */
export const hasTimes = ({ request, reply }: Operation): boolean =>
  [...request.fields, ...reply.fields].some(({ type }) => placesIn(type).has('dateTime'));

/** Messages are what somebody wrote; all other texts may come from a list with several languages. */
export const hasLanguages = ({ reply: { fields } }: Operation): boolean =>
  fields.some(({ type }) => placesIn(type).has('string') && typeNameOf(type) !== 'ChatMessage');

const typeNameOf = (type: Schema): string => (type.kind === 'array' ? typeNameOf(type.item.type) : type.name);

type Places = ReadonlyMap<Schema['kind'], string>;

// They follow from the type alone.
const placesOfTypes = new WeakMap<Schema, Places>();

function placesIn(type: Schema): Places {
  const known = placesOfTypes.get(type);
  if (known) return known;
  const places = new Map<Schema['kind'], string>();
  const seen = new Set<Schema>();
  // Members of an object come before those of objects in it.
  for (let level: [Schema, string][] = [[type, 'reply']]; level.length > 0; ) {
    const inner: [Schema, string][] = [];
    for (const [each, path] of level) {
      if (!places.has(each.kind)) places.set(each.kind, path);
      if (seen.has(each)) continue;
      seen.add(each);
      inner.push(...inside(each, path));
    }
    level = inner;
  }
  placesOfTypes.set(type, places);
  return places;
}

function inside(type: Schema, path: string): [Schema, string][] {
  if (type.kind === 'complex') return type.fields.map((field) => [field.type, `${path}.${field.key}`]);
  if (type.kind === 'array') return [[type.item.type, `${path}[]`]];
  return type.kind === 'dictionary' ? [[type.value.type, `${path}.*`]] : [];
}
