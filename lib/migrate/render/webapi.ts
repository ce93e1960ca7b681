/**
 * A translation as a program in TypeScript that makes the call by the vendor's `@superoffice/webapi`.
 */
import { type Field, keyOf } from '../../codec/schema.js';
import { lexicalForms } from '../../codec/values.js';
import { BASE_URL, placeholder, variables } from '../translate/placeholders.js';
import type { Translation } from '../translate/translate.js';
import type { RenderOptions } from './comments.js';
import { braced, type Dialect, literal, quoted } from './literals.js';
import { type Library, type ProgramPart, singleProgram, systemInfo } from './program.js';

/**
 * A whole program, of which the call is what is wanted. The library calls agents only, whatever the style.
 */
export const asWebApi = (translation: Translation, options: RenderOptions = {}): string =>
  singleProgram(vendorsLibrary, translation, options);

export const vendorsLibrary: Library = {
  module: '@superoffice/webapi',
  remarks: ['Node runs this as CommonJS; the ES modules of @superoffice/webapi are for bundlers.'],
  closes: false,
  partOf,
};

function partOf(translation: Translation): ProgramPart | undefined {
  const { operation, request, input } = translation;
  if (!request) return undefined;
  if (operation.service.name !== 'Chat') return systemInfo(translation);
  const used: Used = { imports: new Set(['ChatAgent']), asWritten: false };
  const dialect = dialectOf(used);
  const given = operation.request.fields.map((field) =>
    argument(dialect, field, Reflect.get(input as object, field.key)),
  );
  return {
    imports: used.imports,
    helpers: used.asWritten ? AS_WRITTEN : [],
    client: `new ChatAgent(${braced('{', '}', '  ', agentOptions(translation))})`,
    statement: (client) => {
      const call = `await ${client}.${keyOf(operation.name)}Async(${given.join(', ')})`;
      return operation.reply.fields.length === 0 ? `${call};` : `console.log(${call});`;
    },
  };
}

/** What the program needs for its values. */
interface Used {
  readonly imports: Set<string>;
  asWritten: boolean;
}

/** Dates of the library are instants, and lose the zone and the digits that a text has. */
const AS_WRITTEN = [
  '',
  '/** Sent as the text that it is; a Date would lose its zone and digits. */',
  'const asWritten = <Value>(text: string): Value => text as unknown as Value;',
];

/** Arguments go by their places, so that there is one for each. */
const argument = (dialect: Dialect, { type }: Field, value: unknown): string =>
  value === undefined ? dialect.nothing : literal(dialect, type, value, '  ');

function agentOptions({ baseUrl, header, request }: Translation): readonly string[] {
  const { applicationToken, timeZone } = header;
  const authorization = request?.headers.authorization ?? `SOTicket ${placeholder(variables.ticket)}`;
  const zone = timeZone?.soTimeZoneLocationCode || (timeZone?.soTimeZoneId ? String(timeZone.soTimeZoneId) : '');
  const headers = [
    `Authorization: ${quoted(authorization)}`,
    ...(applicationToken ? [`'SO-AppToken': ${quoted(applicationToken)}`] : []),
  ];
  return [
    `baseUrl: ${quoted(baseUrl ?? placeholder(BASE_URL))}`,
    `axiosConfig: { headers: ${braced('{', '}', '    ', headers)} }`,
    ...(zone === '' ? [] : [`timezone: ${quoted(zone)}`]),
  ];
}

/** Null is in none of the library's types, though the service takes it. */
const NOTHING = 'null!';

function dialectOf(used: Used): Dialect {
  const asWritten = (text: string): string => {
    used.asWritten = true;
    return `asWritten(${quoted(text)})`;
  };
  const member = (type: string, name: string): string => {
    used.imports.add(type);
    return `${type}.${name}`;
  };
  return {
    dateTime: (value) => asWritten(lexicalForms.dateTime.write(value) ?? ''),
    duration: asWritten,
    name: (type, name) => (Object.hasOwn(type.values, name) ? member(type.name, name) : asWritten(name)),
    flags: (type, names) => {
      if (names.some((name) => !Object.hasOwn(type.values, name))) return asWritten(names.join(', '));
      return names.length === 0 ? '0' : names.map((name) => member(type.name, name)).join(' | ');
    },
    bytes: (value) => asWritten(Buffer.from(value).toString('base64')),
    number: (value) => asWritten(String(value)),
    nothing: NOTHING,
  };
}
