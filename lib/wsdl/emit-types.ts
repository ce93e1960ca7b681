/**
 * The interfaces: what values of each type are in TypeScript.
 */
import { keyOf } from '../codec/schema.js';
import { type ComplexType, type EnumType, localOf } from './contract.js';
import { docComment, memberType, shapeOf, type Types } from './names.js';

export function emitTypes(types: Types): string {
  const blocks = types.ordered.map((type) => (type.kind === 'complex' ? emitInterface(type, types) : emitUnion(type)));
  return `import type { DateTime } from '../codec/date-time.js';\n\n${blocks.filter(Boolean).join('\n')}`;
}

/** Arrays and dictionaries get no name of their own. */
function emitInterface(type: ComplexType, types: Types): string {
  if (shapeOf(type).kind !== 'members') return '';
  const heritage = type.base === null ? '' : ` extends ${localOf(type.base)}`;
  const members = type.members.map(
    (each) =>
      `${docComment(each.doc, '  ')}  ${keyOf(each.name)}${each.required ? '' : '?'}: ${memberType(each, types)};\n`,
  );
  return `${docComment(type.doc)}export interface ${localOf(type.name)}${heritage} {\n${members.join('')}}\n`;
}

/** Open to names that a newer server adds. */
function emitUnion({ name, kind, values, doc }: EnumType): string {
  const list = values
    .map((value) => `\n *   - \`${value.name}\` ${value.number}${value.doc && `: ${value.doc}`}`)
    .join('');
  const about = `${doc}${kind === 'flags' ? ' Any number of these.' : ''}`.trim();
  const union = values.map((value) => `\n  | '${value.name}'`).join('');
  return `/**\n * ${about}${list}\n */\nexport type ${localOf(name)} =${union}\n  | (string & {});\n`;
}
