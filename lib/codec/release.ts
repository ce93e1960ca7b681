/**
 * The same contract in the namespace of another release: Services84 to Services88 say the same things and differ in
 * their name. Which operations a server has is its own matter: those of 86 and 87 publish three of Chat's, those before
 * none.
 */
import { InputError } from '../errors.js';
import type { Operation, Operations, Service, Wrapper } from './operation.js';
import type { Field, Schema } from './schema.js';

/** The releases that installations still serve. */
export const RELEASES = [84, 85, 86, 87, 88] as const;

/** The number in `Services88`. */
export type Release = (typeof RELEASES)[number];

/**
 * The operations of a service as another release has them, for all that takes operations: the codec, transports and
 * servers. For the same release they are the same objects each time.
 * @param operations those of the generated tables, as `Chat`
 * @throws InputError for a release that there is not
 */
export function inRelease<O extends Operations>(operations: O, release: Release): O {
  if (!RELEASES.includes(release)) throw new InputError('release', `${release} is none of ${RELEASES.join(', ')}`);
  if (release === GENERATED) return operations;
  const known = renamed[release].get(operations) ?? renameAll(operations, release);
  renamed[release].set(operations, known);
  return known as O;
}

/** The namespace of a release. */
export const namespaceOf = (release: Release): string =>
  `http://www.superoffice.net/ws/crm/NetServer/Services${release}`;

/** That of the generated tables. */
const GENERATED = 88;

type Renamed = WeakMap<Operations, Operations>;

// What was made is kept as long as what it was made from.
const renamed: Readonly<Record<Release, Renamed>> = {
  84: new WeakMap(),
  85: new WeakMap(),
  86: new WeakMap(),
  87: new WeakMap(),
  88: new WeakMap(),
};

/** Types that hold each other find each other again by this. */
interface Renaming {
  readonly name: (uri: string) => string;
  readonly types: Map<Schema, Schema>;
}

function renameAll(operations: Operations, release: Release): Operations {
  const from = namespaceOf(GENERATED);
  const to = namespaceOf(release);
  const renaming: Renaming = {
    name: (uri) => (uri.startsWith(from) ? to + uri.slice(from.length) : uri),
    types: new Map(),
  };
  const services = new Map<Service, Service>();
  const entries = Object.entries(operations).map(([key, operation]) => {
    const { service } = operation;
    const same = services.get(service) ?? Object.freeze({ ...service, namespace: renaming.name(service.namespace) });
    services.set(service, same);
    return [key, renameOperation(renaming, operation, same)] as const;
  });
  return Object.freeze(Object.fromEntries(entries));
}

function renameOperation(renaming: Renaming, operation: Operation, service: Service): Operation {
  const fields = (each: readonly Field[]): readonly Field[] => each.map((field) => renameField(renaming, field));
  const wrapper = (each: Wrapper): Wrapper => ({ name: each.name, fields: fields(each.fields) });
  return Object.freeze({
    ...operation,
    service,
    soapAction: renaming.name(operation.soapAction),
    request: wrapper(operation.request),
    reply: wrapper(operation.reply),
    requestHeader: fields(operation.requestHeader),
    replyHeader: fields(operation.replyHeader),
  });
}

/** Its type is made when it is needed, since types hold themselves and a program uses few of them. */
function renameField(renaming: Renaming, field: Field): Field {
  const { name, key, nillable, required } = field;
  const copy = { name, namespace: renaming.name(field.namespace), key, nillable, required };
  return Object.defineProperty(copy, 'type', {
    enumerable: true,
    get: () => renameType(renaming, field.type),
  }) as unknown as Field;
}

function renameType(renaming: Renaming, type: Schema): Schema {
  const known = renaming.types.get(type) ?? copyOfType(renaming, type);
  renaming.types.set(type, known);
  return known;
}

function copyOfType(renaming: Renaming, type: Schema): Schema {
  const namespace = renaming.name(type.namespace);
  const field = (each: Field): Field => renameField(renaming, each);
  switch (type.kind) {
    case 'complex': {
      let fields: readonly Field[] | undefined;
      return {
        ...type,
        namespace,
        base: type.base && (renameType(renaming, type.base) as typeof type),
        get fields() {
          fields ??= type.fields.map(field);
          return fields;
        },
      };
    }
    case 'array':
      return { ...type, namespace, item: field(type.item) };
    case 'dictionary':
      return { ...type, namespace, entry: field(type.entry), key: field(type.key), value: field(type.value) };
    default:
      return { ...type, namespace };
  }
}
