/**
 * Notes on what stands in the document of a request and is read in another way than it looks: elements that nobody reads,
 * and elements in an order that a service does not see them in.
 */
import { unknownBlocks } from '../../codec/must-understand.js';
import type { Operation } from '../../codec/operation.js';
import type { Field, Schema } from '../../codec/schema.js';
import type { SoapVersion } from '../../codec/versions.js';
import { parseXml, type XmlElement } from '../../codec/xml.js';
import { isCallError } from '../../errors.js';
import { type Note, note } from './notes.js';

/** @param operation that of the request's own release */
export function notesOnDocument(document: Buffer, version: SoapVersion, operation: Operation): readonly Note[] {
  const blocks = unknownBlocks(document, version, operation.requestHeader)
    .filter(({ mandatory, namespace }) => mandatory || !OF_THE_CARRIER.test(namespace))
    .map(({ name, mandatory }) =>
      note(mandatory ? 'must-understand' : 'header-block', `Envelope/Header/${name.slice(0, LONGEST_NAME)}`),
    );
  const wrapper = wrapperIn(document, operation);
  return wrapper ? [...blocks, ...notesOnMembers(wrapper, operation)] : blocks;
}

/** Namespaces of blocks that say where a message goes, and who looks on. */
const OF_THE_CARRIER = /\/addressing(?:\/none)?$|\/ServiceModel\/Diagnostics$|\/servicemodelsink$/;

const LONGEST_NAME = 100;

/** More of the kind would tell nobody more. */
const MOST_NOTES = 10;

function wrapperIn(document: Buffer, { request }: Operation): XmlElement | undefined {
  try {
    const body = elementsIn(parseXml(document)).find(({ name }) => name === 'Body');
    return body && elementsIn(body).find(({ name }) => name === request.name);
  } catch (error) {
    // What this reader refuses, as references to control characters, others may send.
    if (isCallError(error)) return undefined;
    throw error;
  }
}

function notesOnMembers(wrapper: XmlElement, { request }: Operation): readonly Note[] {
  const found: Note[] = [];
  const add = (code: 'unknown-member' | 'member-order', path: string): void => {
    if (found.length < MOST_NOTES) found.push(note(code, path));
  };
  const path = `Envelope/Body/${request.name}`;
  // Those of the message itself are found in any order.
  visitMembers(wrapper, request.fields, path, (code, at) => code === 'member-order' || add(code, at));
  for (const element of elementsIn(wrapper)) {
    const field = fieldOf(element, request.fields);
    if (field) visit(element, field.type, `${path}/${field.name}`, add);
  }
  return found;
}

type Add = (code: 'unknown-member' | 'member-order', path: string) => unknown;

function visit(element: XmlElement, type: Schema, path: string, add: Add): void {
  const fields = fieldsOf(type);
  if (fields.length === 0) return;
  visitMembers(element, fields, path, add);
  for (const child of elementsIn(element)) {
    const field = fieldOf(child, fields);
    if (field) visit(child, field.type, `${path}/${field.name}`, add);
  }
}

/** The elements in one, against the members of its type. */
function visitMembers(element: XmlElement, fields: readonly Field[], path: string, add: Add): void {
  let last = -1;
  for (const child of elementsIn(element)) {
    const field = fieldOf(child, fields);
    const index = field ? fields.indexOf(field) : last;
    if (!field) add('unknown-member', `${path}/${child.name.slice(0, LONGEST_NAME)}`);
    else if (index < last) add('member-order', `${path}/${child.name}`);
    last = Math.max(last, index);
  }
}

const elementsIn = ({ children }: XmlElement): readonly XmlElement[] =>
  children.filter((child) => typeof child !== 'string');

const fieldOf = ({ name, namespace }: XmlElement, fields: readonly Field[]): Field | undefined =>
  fields.find((field) => field.name === name && field.namespace === namespace);

function fieldsOf(type: Schema): readonly Field[] {
  if (type.kind === 'complex') return type.fields;
  if (type.kind === 'array') return [type.item];
  return type.kind === 'dictionary' ? [type.entry] : [];
}
