/**
 * Finds out what a recorded document is: a request of one of the releases, or something that can be named.
 */
import { type DecodedRequest, requestOf } from '../../codec/decode.js';
import type { Operation, Operations } from '../../codec/operation.js';
import { inRelease, namespaceOf, RELEASES, type Release } from '../../codec/release.js';
import { parseXml, type XmlElement } from '../../codec/xml.js';
import { type CallError, isCallError, ProtocolError } from '../../errors.js';
import { Chat } from '../../generated/chat.js';
import { SoPrincipal } from '../../generated/so-principal.js';

/** What is known of a request beside its document. */
export interface Beside {
  readonly url?: string | undefined;
  readonly soapAction?: string | undefined;
}

export interface Recognised extends DecodedRequest {
  readonly release: Release;
  /** The operation as the generated tables have it. */
  readonly known: Operation;
}

/**
 * Reads a request of any release.
 * @param document in UTF-8
 * @throws ProtocolError that says what the document is, where it is no such request
 */
export function recognise(document: Buffer, beside: Beside): Recognised {
  try {
    // Nearly all are of this one.
    return read(document, 88);
  } catch (error) {
    if (!isCallError(error)) throw error;
    const body = bodyOf(document, error);
    const release = RELEASES.find((each) => namespaceOf(each) === body.namespace);
    if (release === undefined || !operationNamed(body.name))
      throw new ProtocolError('envelope', whatElse(body, beside));
    if (release === 88) throw error;
    return read(document, release);
  }
}

function read(document: Buffer, release: Release): Recognised {
  const request = requestOf(servicesOf(release), document, {
    controls: true,
    place: (at) => placeOf(document, at),
  });
  return { ...request, release, known: operationNamed(request.operation.name) ?? request.operation };
}

const servicesOf = (release: Release): readonly Operations[] => [
  inRelease(Chat, release),
  inRelease(SoPrincipal, release),
];

const operations: readonly Operation[] = [...Object.values(Chat), ...Object.values(SoPrincipal)];

const operationNamed = (name: string): Operation | undefined => operations.find(({ request }) => request.name === name);

/** A document may be a part of a recording. */
const placeOf = (document: Buffer, at: number): string =>
  `line ${document.toString('latin1', 0, at).split('\n').length} of the envelope`;

interface Body {
  readonly name: string;
  readonly namespace: string;
  /** The addressing header of the request, which says the action too. */
  readonly action: string | undefined;
}

/**
 * The element in the Body of a document that was refused.
 * @throws the error, for a document in which there is none
 */
function bodyOf(document: Buffer, error: CallError): Body {
  if (document[0] !== 0x3c) throw new ProtocolError('envelope', 'not SOAP: it is no XML');
  const envelope = treeOf(document);
  if (envelope && envelope.name !== 'Envelope') {
    throw new ProtocolError('envelope', `not SOAP: the root element is <${envelope.name.slice(0, LONGEST_NAME)}>`);
  }
  const [found] = childrenOf(childNamed(envelope, 'Body'));
  if (!found) throw error;
  const action = childNamed(childNamed(envelope, 'Header'), 'Action')?.children.find(
    (child) => typeof child === 'string',
  );
  return { name: found.name, namespace: found.namespace, action };
}

/** Undefined for what is not well-formed. */
function treeOf(document: Buffer): XmlElement | undefined {
  try {
    return parseXml(document);
  } catch (error) {
    if (isCallError(error)) return undefined;
    throw error;
  }
}

const childrenOf = (element: XmlElement | undefined): readonly XmlElement[] =>
  (element?.children ?? []).filter((child) => typeof child !== 'string');

const childNamed = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  childrenOf(element).find((child) => child.name === name);

/** Says what an element in a Body is that is no request of the two services. */
function whatElse({ name, namespace, action }: Body, { url, soapAction }: Beside): string {
  const shown = name.slice(0, LONGEST_NAME);
  if (/(?:Response|Fault)$/.test(name)) return `a reply (${shown}), not a request`;
  const number = /^http:\/\/www\.superoffice\.net\/ws\/crm\/NetServer\/Services(\d{1,4})$/.exec(namespace)?.[1];
  if (number === undefined) return `<${shown}> is no request of SuperOffice's services`;
  if (!RELEASES.some((release) => String(release) === number)) {
    return `a request of Services${number}; those of Services84 to 88 are read`;
  }
  const service = serviceOf(soapAction) ?? serviceOf(action) ?? /\/(\w{1,100})\.svc(?:$|[/?])/i.exec(url ?? '')?.[1];
  if (service !== undefined && !/^(?:Chat|SoPrincipal)$/i.test(service)) {
    return `${shown} is an operation of ${service}.svc, and only those of Chat.svc and SoPrincipal.svc are translated`;
  }
  return `${shown} is no operation of Chat.svc or SoPrincipal.svc`;
}

const LONGEST_NAME = 100;

/** `…/Services88/Contact/GetContactEntity` */
const serviceOf = (action: string | undefined): string | undefined =>
  /\/Services\d+\/(\w{1,100})\/\w+\s*$/.exec(action ?? '')?.[1];
