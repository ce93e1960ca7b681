/**
 * From the document of a SOAP request to the request of REST for the same call.
 */
import { toUtf8 } from '../../codec/encoding.js';
import type { Operation, RequestHeader } from '../../codec/operation.js';
import type { Release } from '../../codec/release.js';
import type { SoapVersion } from '../../codec/versions.js';
import { InputError } from '../../errors.js';
import { SoPrincipal } from '../../generated/so-principal.js';
import { requireBoolean, requireKnown, requireOneOf } from '../../options.js';
import type { RestStyle } from '../../rest/endpoints.js';
import { authorizationOf } from '../../rest/header.js';
import { encodeRestRequest, type RestRequest } from '../../rest/request.js';
import { plainUrl } from '../recording/head.js';
import { type Note, note } from './notes.js';
import { notesOnCall } from './notes-on-call.js';
import { notesOnDocument } from './notes-on-document.js';
import { notesOnInput, notesOnReply } from './notes-on-values.js';
import { placeholder, variables } from './placeholders.js';
import { printed } from './printed.js';
import { type Beside, type Recognised, recognise } from './recognise.js';
import { inputWithoutSecrets, withoutSecrets } from './secrets.js';

export interface TranslateOptions extends Beside {
  /** `'agent'` by default. A call that the entity style has no endpoint for goes in the agent style. */
  readonly style?: RestStyle | undefined;
  /** The folder of the REST API: `https://host/api`. Without one, a note says what it may be, where `url` has a place for it. */
  readonly baseUrl?: string | undefined;
  /** Whether tickets, passwords and tokens are kept; placeholders stand for them by default. */
  readonly keepSecrets?: boolean | undefined;
  /** The charset parameter of the Content-Type that came with the document. */
  readonly charset?: string | undefined;
}

/**
 * A recorded call, and the request of REST for it. Secrets are placeholders, which the renderers know, and which
 * `fillPlaceholders` replaces. Where it is logged or written as JSON, its operation is a name.
 */
export interface Translation {
  readonly operation: Operation;
  readonly release: Release;
  readonly version: SoapVersion;
  readonly header: RequestHeader;
  readonly input: unknown;
  /** Undefined for logins, which REST has no calls for. */
  readonly request: RestRequest | undefined;
  /** The folder of the REST API, where it was given. */
  readonly baseUrl: string | undefined;
  readonly notes: readonly Note[];
}

/**
 * Translates one request of Chat.svc or SoPrincipal.svc, of Services84 to 88 and either version of SOAP.
 * @param document the bytes of the envelope in their own encoding, or its text
 * @throws ProtocolError for what is no such request, and says what it is
 * @throws InputError for a value that no request can carry
 */
export function translateRequest(document: Uint8Array | string, options: TranslateOptions = {}): Translation {
  requireTranslateOptions(options);
  const bytes = toUtf8(fromMarkup(document), options.charset);
  const found = recognise(bytes, options);
  const { known, release, version } = found;
  const { input, notes } = withDefaults(known, found.input as object);
  const header = options.keepSecrets ? found.header : withoutSecrets(found.header);
  const said = options.keepSecrets ? input : inputWithoutSecrets(known, input);
  const request = requestFor(found, said, options);
  const baseUrl = options.baseUrl?.replace(/\/+$/, '');
  const inferred = baseUrl === undefined && request ? inferredBaseUrl(options.url) : undefined;
  return printed({
    operation: known,
    release,
    version,
    header,
    input: said,
    request,
    baseUrl,
    notes: [
      ...(release === 88 ? [] : [note('release', '', `The request is one of Services${release}. `)]),
      ...(inferred === undefined ? [] : [note('base-url', '', `It may be ${inferred}. `)]),
      ...notesOnCall(known, found.header, request, options.style),
      ...notes,
      ...notesOnInput(known, input),
      ...(request && known.service.name === 'Chat' ? notesOnReply(known) : []),
      ...notesOnDocument(bytes, version, found.operation),
    ],
  });
}

/** @throws InputError for options that are not right */
export function requireTranslateOptions(options: TranslateOptions): void {
  requireKnown('', options, ['style', 'baseUrl', 'keepSecrets', 'charset', 'url', 'soapAction']);
  const { style, keepSecrets, baseUrl } = options;
  requireOneOf('style', style, ['agent', 'entity']);
  requireBoolean('keepSecrets', keepSecrets);
  if (baseUrl === undefined) return;
  if (typeof baseUrl !== 'string' || !/^https?:\/\/[^?#]+$/i.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new InputError('baseUrl', 'not the address of a folder, as https://host/api');
  }
  const { username, password } = new URL(baseUrl);
  if (username || password) {
    throw new InputError('baseUrl', 'an address with a user name or password, which have no place in it');
  }
}

/** Nothing but white space stands before the markup of a recording that was edited. */
function fromMarkup(document: Uint8Array | string): Uint8Array | string {
  if (typeof document === 'string') return document.replace(/^\s+/, '');
  if (!(document instanceof Uint8Array)) return document;
  const begin = document.findIndex((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
  // In UTF-16, white space has zeros around it.
  return begin > 0 && document[begin] === 0x3c && document[begin + 1] !== 0 ? document.subarray(begin) : document;
}

/** A parameter that is left out means its default over SOAP, which the API is told. */
function withDefaults(
  { request }: Operation,
  input: object,
): { readonly input: object; readonly notes: readonly Note[] } {
  const missing = request.fields.filter(({ key, nillable }) => !nillable && Reflect.get(input, key) === undefined);
  const defaults = missing.map(({ key, type }) => [key, type.kind === 'boolean' ? false : 0] as const);
  return {
    input: { ...input, ...Object.fromEntries(defaults) },
    notes: defaults.map(([key, value]) => note('default-parameter', key, `It is left out; ${value} is sent. `)),
  };
}

function requestFor({ known, header }: Recognised, input: object, options: TranslateOptions): RestRequest | undefined {
  if (known === SoPrincipal.getSystemInfo) return SYSTEM_INFO;
  if (known.service.name !== 'Chat') return undefined;
  const { style, keepSecrets } = options;
  const kept = keepSecrets ? header : { timeZone: header.timeZone ?? null };
  const request = encodeRestRequest(known, input, { header: kept, style, unknownNames: 'pass' });
  return keepSecrets ? request : { ...request, headers: { ...request.headers, ...secretHeaders(header) } };
}

/** What tells a part of it: GET of the folder of the API. */
const SYSTEM_INFO: RestRequest = {
  method: 'GET',
  path: '',
  headers: { accept: 'application/json; charset=utf-8' },
  body: undefined,
  style: 'agent',
};

/** Those that have secrets in them, with placeholders, which no header of HTTP could carry. */
function secretHeaders({ credentials, applicationToken }: RequestHeader): Readonly<Record<string, string>> {
  const scheme = credentials?.ticket && authorizationOf(credentials.ticket.trim()).split(' ')[0];
  return {
    ...(scheme && { authorization: `${scheme} ${placeholder(variables.ticket)}` }),
    ...(applicationToken && { 'so-apptoken': placeholder(variables.applicationToken) }),
  };
}

/** Beside the SOAP services of an installation, by its documentation. */
function inferredBaseUrl(url: string | undefined): string | undefined {
  const plain = plainUrl(url ?? '') ?? '';
  return /^(https?:\/\/.*?)\/Remote\/Services\d+\/\w+\.svc\/?$/i.exec(plain)?.[1]?.concat('/api');
}
