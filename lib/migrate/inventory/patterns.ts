/**
 * The forms in which a source file may name the services, as one pattern, so that what belongs to a longer form is not
 * found once more as a shorter one. Each form is bounded, so that the time to look through a text grows with its length
 * and nothing else.
 */
import { knownOperations, operationAt, serviceName } from './operations.js';

/** Something in a text, before it is known what else the file says. */
export interface Sighting {
  readonly form: Form;
  readonly release?: string | undefined;
  readonly service?: string | undefined;
  readonly operation?: string | undefined;
  /** Whether the operation is written as in the contract. */
  readonly exact: boolean;
  readonly text: string;
}

/** A slash, which JSON may escape. */
const S = String.raw`\\?/`;
const OPERATION = `(?<operation>${[...knownOperations.keys()].join('|')})`;
const KNOWN_SERVICE = '(?<service>Chat|SoPrincipal)';
const SERVICE = String.raw`(?<service>[a-z]\w{0,63})`;
const RELEASE = String.raw`(?<release>\d{2,3})`;

const forms = {
  action: String.raw`(?:http:${S}${S})?www\.superoffice\.net${S}ws${S}crm${S}NetServer${S}Services${RELEASE}(?:${S}${SERVICE}${S}(?<operation>[a-z]\w{0,127}))?`,
  agents: `\\bAgents${S}(?<service>Chat)${S}(?<operation>[a-z]\\w{0,127})`,
  resource: `\\bv1${S}(?:ChatSession|ChatTopic|Presence)(?![\\w-])(?:${S}[\\w\\-.~%$:{}<>]{0,64}){0,5}`,
  // Before the endpoint, which begins like it.
  thisPackage: `(?<=["'])services88-chat(?=["'/])`,
  endpoint: String.raw`(?:\bRemote${S})?\bServices${RELEASE}\b(?:${S}${SERVICE}\.svc\b)?`,
  svc: String.raw`\b${SERVICE}\.svc\b`,
  element: String.raw`(?:<|&lt;|\\u003c)\\?/?(?:[a-z_][\w.-]{0,63}:)?${OPERATION}(?![\w.-])`,
  path: `\\b${KNOWN_SERVICE}${S}${OPERATION}\\b`,
  call: String.raw`(?:\.|->|::)(?:Begin)?${OPERATION}(?:Async)?\s{0,8}\(`,
  quoted: String.raw`(?<=["'])${OPERATION}(?=\\?["'])`,
  name: String.raw`\b${OPERATION}(?:Async)?\b`,
  wcf: String.raw`\bWcf(?<service>[a-z]\w{0,60}?)Service\b`,
  wcfWsdl: String.raw`\bWcf(?<service>[a-z]\w{0,60})\.wsdl\b`,
  binding: String.raw`\bBasicHttpBinding_${SERVICE}`,
  wsdl: String.raw`\b(?<service>[a-z]\w{0,60})\.wsdl\b`,
  agent: String.raw`\bnew\s{1,8}(?:\w{1,40}\.){0,6}(?<service>[a-z]\w{0,40})Agent\s{0,8}\(`,
  client: String.raw`\b(?:I?${KNOWN_SERVICE}(?:Agent|Client)|I(?<service2>Chat|SoPrincipal))\b`,
  // Of the names below it, those of carriers are in what REST answers too.
  netServer: String.raw`\b(?:using|imports)\s{1,8}SuperOffice\.CRM\.Services\b|\bSuperOffice\.(?:CRM\.Services\.(?=\w{1,60}Agent\b)|Services(?<release>\d{2,3})\b)`,
  restProxy: String.raw`\bSuperOffice[./]WebApi\b`,
} as const;

export type Form = keyof typeof forms;

const names = Object.keys(forms) as readonly Form[];

/** No match is longer; as far before one the text is looked at. */
export const REACH = 512;

const source = names
  .map((form) => `(?<${form}>${forms[form].replace(/\(\?<(release|service2?|operation)>/g, `(?<${form}_$1>`)})`)
  .join('|');

/** A pattern of one's own, since where it stands is a part of it. */
export const newPattern = (): RegExp => new RegExp(source, 'gi');

/** What a match says; undefined where its letters are in the wrong case, or it is none of the services after all. */
export function sightingOf({ 0: text, index, groups = {}, input }: RegExpExecArray): Sighting | undefined {
  const form = names.find((name) => groups[name] !== undefined);
  if (!form) return undefined;
  const written = groups[`${form}_operation`];
  const service = groups[`${form}_service`] ?? groups[`${form}_service2`];
  const sighting = {
    form,
    release: groups[`${form}_release`],
    service: service && serviceName(service),
    operation: written,
    exact: true,
    text,
  };
  if (form === 'endpoint') return withAddress(sighting, input, index);
  if (form === 'resource') return ofResource(sighting, input, index);
  if (form === 'svc') return withAddress({ ...sighting, release: '' }, input, index);
  if (form === 'element') return /^(?:<|&lt;|\\u003c)\\?\//i.test(text) ? undefined : ofKnown(sighting, false);
  if (form === 'call' || form === 'quoted' || form === 'name' || form === 'path') {
    return ofKnown(sighting, form === 'call');
  }
  // Words of this kind are only names where they are written like names.
  if ((form === 'client' || form === 'agent') && !/[A-Z]/.test(service?.[0] ?? '')) return undefined;
  return sighting;
}

/** With the operation and its service as the contract writes them. Some languages do not tell the case of letters. */
function ofKnown(sighting: Sighting, anyCase: boolean): Sighting | undefined {
  const written = sighting.operation ?? '';
  const operation = knownOperations.get(written) ?? (anyCase ? byLowerCase.get(written.toLowerCase()) : undefined);
  if (!operation || (sighting.service && sighting.service !== operation.service.name)) return undefined;
  return {
    ...sighting,
    operation: operation.name,
    service: operation.service.name,
    exact: operation.name === written,
  };
}

const byLowerCase = new Map(
  [...knownOperations.values()].map((operation) => [operation.name.toLowerCase(), operation]),
);

/** With all of the address that the name of the service or folder is the end of. */
function withAddress(sighting: Sighting, input: string, index: number): Sighting | undefined {
  let start = index;
  while (start > Math.max(0, index - REACH) && IN_ADDRESS.test(input.charAt(start - 1))) start--;
  const text = input.slice(start, index) + sighting.text;
  const isFolder = sighting.service === undefined;
  if (isFolder && !/^remote/i.test(sighting.text) && !/:\\?\/\\?\//.test(text)) return undefined;
  return { ...sighting, release: sighting.release || undefined, text };
}

/** Without a method some are of several operations. Others have a `v1/Presence` too. */
function ofResource(sighting: Sighting, input: string, index: number): Sighting | undefined {
  const whole = withAddress({ ...sighting, service: 'Chat' }, input, index);
  const start = index + sighting.text.length - (whole?.text.length ?? 0);
  const method = METHOD.exec(input.slice(Math.max(0, start - REACH), start))?.[1];
  const operation = operationAt(sighting.text.replaceAll('\\', ''), method);
  return whole && (operation || /^v1\W+chat/i.test(sighting.text)) ? { ...whole, operation } : undefined;
}

/** Right before an address: `GET `, `.post('`, `PutAsync($"{base}`. */
const METHOD = /\b(get|post|put|delete)(?:Async)?\W{1,4}(?:\$?\{[\w.]{1,64}\})?$/i;

const IN_ADDRESS = /[^\s"'`<>(){}[\]|,;=]/;
