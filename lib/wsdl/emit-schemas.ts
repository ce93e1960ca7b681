/**
 * The schemas: what the codec is driven by.
 */
import { type EnumType, localOf, namespaceOf, type QName } from './contract.js';
import { memberCall, shapeOf, type Types } from './names.js';

export function emitSchemas(types: Types): string {
  const namespaces = [...new Set(types.ordered.map((type) => namespaceOf(type.name)))].sort();
  const makers = new Map(namespaces.map((namespace) => [namespace, makerName(namespace)]));
  const done = new Set<QName>();
  // A type that is declared further down can only be named in a function.
  const refer = (name: QName): string => (done.has(name) ? localOf(name) : `() => ${localOf(name)}`);
  const tables = types.ordered.map((type) => {
    const call = emitSchema(type, types, refer);
    const annotation = schemaTypes[call.slice(0, call.indexOf('('))];
    done.add(type.name);
    return `export const ${localOf(type.name)}: ${annotation} = ${makers.get(namespaceOf(type.name))}.${call};\n`;
  });
  const consts = namespaces.map((namespace) => `const ${makers.get(namespace)} = schemasOf('${namespace}');\n`);
  const names = [
    ...Object.values(schemaTypes).map((name) => `type ${name}`),
    'member',
    'nillable',
    'required',
    'schemasOf',
    'xs',
  ];
  return `import {
${names.map((name) => `  ${name},\n`).join('')}} from '../codec/schema.js';

${consts.join('')}
${tables.join('\n')}`;
}

const schemaTypes: Readonly<Record<string, string>> = {
  enumeration: 'EnumSchema',
  flags: 'FlagsSchema',
  complex: 'ComplexSchema',
  array: 'ArraySchema',
  dictionary: 'DictionarySchema',
};

function emitSchema(type: Types['ordered'][number], types: Types, refer: (name: QName) => string): string {
  const name = `'${localOf(type.name)}'`;
  if (type.kind !== 'complex') return emitNames(type, name);
  const shape = shapeOf(type);
  if (shape.kind === 'array') return `array(${name}, ${memberCall(shape.item, types, refer)})`;
  if (shape.kind === 'dictionary') {
    const pair = [shape.key, shape.value].map((each) => memberCall(each, types, refer));
    return `dictionary(${name}, '${shape.entry}', ${pair.join(', ')})`;
  }
  const members = type.members.map((each) => `  ${memberCall(each, types, localOf)},\n`);
  return `complex(${name}, ${type.base === null ? 'null' : localOf(type.base)}, () => [\n${members.join('')}])`;
}

const emitNames = ({ kind, underlying, values }: EnumType, name: string): string =>
  `${kind === 'enum' ? 'enumeration' : 'flags'}(${name}, '${underlying}', {\n${values
    .map((value) => `  ${value.name}: ${value.number},\n`)
    .join('')}})`;

/** `http://schemas.microsoft.com/2003/10/Serialization/Arrays` → `arrays` */
function makerName(namespace: string): string {
  const last = namespace.split(/[/.]/).filter(Boolean).pop() ?? '';
  return last.charAt(0).toLowerCase() + last.slice(1);
}
