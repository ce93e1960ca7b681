/**
 * A translation as a program in TypeScript that makes the call by this library.
 */
import type { Schema } from '../../codec/schema.js';
import { keyOf } from '../../codec/schema.js';
import { BASE_URL, placeholder, variables } from '../translate/placeholders.js';
import type { Translation } from '../translate/translate.js';
import type { RenderOptions } from './comments.js';
import { braced, type Dialect, literal, quoted } from './literals.js';
import { type Library, type ProgramPart, singleProgram, systemInfo } from './program.js';

/** A whole program, of which the call is what is wanted. */
export const asTypeScript = (translation: Translation, options: RenderOptions = {}): string =>
  singleProgram(thisPackage, translation, options);

export const thisPackage: Library = { module: 'services88-chat', remarks: [], closes: true, partOf };

function partOf(translation: Translation): ProgramPart | undefined {
  const { operation, request, input } = translation;
  if (!request) return undefined;
  if (operation.service.name !== 'Chat') return systemInfo(translation);
  const imports = new Set(['createChatClient']);
  const given = operation.request.fields.length === 0 ? '' : inputLiteral(imports, translation, input as object);
  return {
    imports,
    client: `createChatClient(${braced('{', '}', '  ', clientOptions(translation))})`,
    statement: (client) => {
      const call = `await ${client}.${keyOf(operation.name)}(${given})`;
      return operation.reply.fields.length === 0 ? `${call};` : `console.log(${call});`;
    },
  };
}

function inputLiteral(imports: Set<string>, { operation }: Translation, input: object): string {
  const type: Schema = {
    kind: 'complex',
    name: '',
    namespace: '',
    base: null,
    fields: operation.request.fields,
  };
  return literal(dialectOf(imports), type, input, '    ');
}

function clientOptions({ baseUrl, header, request }: Translation): readonly string[] {
  const { credentials, applicationToken, timeZone } = header;
  const { soTimeZoneId, soTimeZoneLocationCode } = timeZone ?? {};
  const style = request?.style === 'entity' ? ", style: 'entity'" : '';
  const zone = soTimeZoneLocationCode
    ? `soTimeZoneLocationCode: ${quoted(soTimeZoneLocationCode)}`
    : soTimeZoneId && `soTimeZoneId: ${soTimeZoneId}`;
  return [
    `rest: { baseUrl: ${quoted(baseUrl ?? placeholder(BASE_URL))}${style} }`,
    `credentials: { ticket: ${quoted(credentials?.ticket || placeholder(variables.ticket))} }`,
    ...(applicationToken ? [`applicationToken: ${quoted(applicationToken)}`] : []),
    ...(zone ? [`timeZone: { ${zone} }`] : []),
  ];
}

const dialectOf = (imports: Set<string>): Dialect => ({
  dateTime: (value) => {
    if (value === null) return 'null';
    imports.add('DateTime');
    return `DateTime.from(${quoted(String(value.toJSON()))})`;
  },
  duration: quoted,
  name: (_, name) => quoted(name),
  flags: (_, names) => braced('[', ']', '', names.map(quoted)),
  bytes: (value) => `Buffer.from('${Buffer.from(value).toString('base64')}', 'base64')`,
  number: (value) => (Number.isNaN(value) ? 'Number.NaN' : `Number.${value > 0 ? 'POSITIVE' : 'NEGATIVE'}_INFINITY`),
  nothing: 'null',
});
