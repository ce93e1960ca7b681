/**
 * A request as xmlbuilder2 writes it, from the schema tables and with nothing of the project's own writer.
 */
import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { Field, Schema } from '../../lib/codec/schema.js';
import type { Operation } from '../../lib/codec.js';
import { writtenDate } from './told.js';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** The envelope of a call in SOAP 1.1; there is a Header only where it holds something. */
export function builtRequest({ service, request, requestHeader }: Operation, input: object, header: object): string {
  const envelope = create().ele(SOAP, 's:Envelope');
  if (Object.values(header).some((part) => part !== undefined)) {
    addMembers(envelope.ele(SOAP, 's:Header'), requestHeader, header);
  }
  addMembers(envelope.ele(SOAP, 's:Body').ele(service.namespace, request.name), request.fields, input);
  // It leaves carriage returns as they are, which a reader would take for line feeds.
  return envelope.end().replaceAll('\r', '&#13;');
}

function addMembers(to: XMLBuilder, fields: readonly Field[], value: object): void {
  for (const field of fields) {
    const member: unknown = Reflect.get(value, field.key);
    if (member !== undefined) addElement(to, field, member);
  }
}

function addElement(to: XMLBuilder, { name, namespace, type }: Field, value: unknown): void {
  const element = to.ele(namespace, name);
  if (value === null && type.kind !== 'dateTime') element.att(XSI, 'i:nil', 'true');
  else if (type.kind === 'complex') addMembers(element, type.fields, value as object);
  else if (type.kind === 'array') for (const item of value as unknown[]) addElement(element, type.item, item);
  else if (type.kind === 'dictionary') {
    for (const [key, item] of Object.entries(value as object)) {
      const entry = element.ele(type.entry.namespace, type.entry.name);
      addText(entry.ele(type.key.namespace, type.key.name), key);
      addElement(entry, type.value, item);
    }
  } else addText(element, textOf(type, value));
}

/** The builder takes an ampersand for the begin of a reference where it can, so that it must be given one. */
const addText = (to: XMLBuilder, text: string): XMLBuilder => to.txt(text.replaceAll('&', '&amp;'));

function textOf({ kind }: Schema, value: unknown): string {
  if (value === null) return '0001-01-01T00:00:00';
  if (value instanceof Date) return writtenDate(value);
  if (value instanceof Uint8Array) return btoa(String.fromCharCode(...value));
  if (kind === 'flags') return (value as string[]).join(' ');
  if (typeof value !== 'number') return String(value);
  return Object.is(value, -0) && kind === 'double' ? '-0' : String(value).replace('Infinity', 'INF');
}
