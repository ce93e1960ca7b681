/**
 * Writes values by their schema: members in the order of the contract whatever order the caller used, and nothing that
 * the contract does not have.
 */
import type { Member } from './members.js';
import { describe, isOwn, objectOf, type Place, refuse, refuseUnknown, requireName } from './place.js';
import type { Direction, EnumSchema, FlagsSchema } from './schema.js';
import { lexicalForms } from './values.js';

/** A document that is being written. */
export interface Sheet {
  /** A request has names that the contract knows only; a reply passes others on. */
  readonly direction: Direction;
  readonly illegalCharacters: IllegalCharacters | undefined;
  /** The namespaces that were used so far. */
  declarations: string;
}

/**
 * What becomes of characters in a text that XML cannot carry, as control characters and halves of surrogate pairs:
 * `'refuse'` is an InputError, `'replace'` writes U+FFFD for each. Names and the keys of dictionaries are always refused.
 */
export type IllegalCharacters = (typeof ILLEGAL_CHARACTERS)[number];

export const ILLEGAL_CHARACTERS = ['refuse', 'replace'] as const;

/** The element for a member: null is nil. */
function writeElement(sheet: Sheet, member: Member, value: unknown, place: Place): string {
  const { kind, start } = member;
  declare(sheet, member.declaration);
  if (value === null && kind !== 'dateTime') {
    if (!member.nillable) refuse(place, `null, but ${member.name} cannot be nil`);
    declare(sheet, member.declarationOfNil);
    return member.nil;
  }
  let content: string;
  switch (kind) {
    case 'complex':
      content = writeMembers(sheet, member.members(), value, place);
      break;
    case 'array':
      content = writeItems(sheet, member.members()[0] as Member, value, place);
      break;
    case 'dictionary':
      content = writeEntries(sheet, member.members()[0] as Member, value, place);
      break;
    default:
      return start + writeText(sheet, member, value, place) + member.end;
  }
  return start + content + (content === '' ? member.end : member.endOfElements);
}

function declare(sheet: Sheet, declaration: string): void {
  if (declaration !== '' && !sheet.declarations.includes(declaration)) sheet.declarations += declaration;
}

/** The members of an object; what is undefined is left out. */
export function writeMembers(sheet: Sheet, members: readonly Member[], value: unknown, place: Place | null): string {
  const object = objectOf(value, place);
  let out = '';
  let known = 0;
  for (const member of members) {
    const { key } = member;
    if (!isOwn(object, key, place)) continue;
    known++;
    const item = object[key];
    if (item !== undefined) out += writeElement(sheet, member, item, { parent: place, key });
  }
  for (const _ in object) known--;
  if (known < 0) refuseUnknown(members, Object.keys(object), place);
  return out;
}

function writeItems(sheet: Sheet, item: Member, value: unknown, place: Place): string {
  if (!Array.isArray(value)) refuse(place, `${describe(value)}, not an array`);
  let out = '';
  for (let index = 0; index < value.length; index++) {
    const at = { parent: place, key: index };
    if (value[index] === undefined) refuse(at, 'undefined in an array');
    out += writeElement(sheet, item, value[index], at);
  }
  return out;
}

function writeEntries(sheet: Sheet, entry: Member, value: unknown, place: Place): string {
  const [keyMember, valueMember] = entry.members() as [Member, Member];
  let out = '';
  for (const [key, item] of Object.entries(objectOf(value, place))) {
    const at = { parent: place, key };
    if (item === undefined) refuse(at, 'undefined in a dictionary');
    // A key is given as text, also where its type is dateTime.
    if (keyMember.kind === 'dateTime' && lexicalForms.dateTime.read(key) === undefined) {
      refuse(at, 'the key is not an xs:dateTime');
    }
    declare(sheet, entry.declaration);
    const keyElement = keyMember.start + escapeText(key, at) + keyMember.end;
    out += entry.start + keyElement + writeElement(sheet, valueMember, item, at) + entry.endOfElements;
  }
  return out;
}

function writeText(sheet: Sheet, { kind, type }: Member, value: unknown, place: Place): string {
  switch (kind) {
    case 'string':
      if (typeof value !== 'string') refuse(place, `${describe(value)}, not a string`);
      return escapeText(sheet.illegalCharacters === 'replace' ? replaceUnwritable(value) : value, place);
    case 'enum':
      return nameText(sheet, type as EnumSchema, value, place);
    case 'flags':
      if (!Array.isArray(value)) refuse(place, `${describe(value)}, not an array of ${type.name} names`);
      return value
        .map((name, index) => nameText(sheet, type as FlagsSchema, name, { parent: place, key: index }))
        .join(' ');
    case 'int':
    case 'short':
    case 'boolean':
    case 'double':
    case 'dateTime':
    case 'duration':
    case 'base64Binary':
    case 'QName': {
      const { write, wanted } = lexicalForms[kind];
      return write(value) ?? refuse(place, `${describe(value)}, not ${wanted}`);
    }
    default:
      return refuse(place, `${type.name} cannot be written`);
  }
}

const nameText = ({ direction }: Sheet, type: EnumSchema | FlagsSchema, name: unknown, place: Place): string =>
  escapeText(requireName(direction, type, name, place), place);

/** Anything but the characters that stand for themselves in text. */
const special = /[^\t\n\x20-\x25\x27-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd]/;

/** Text as element content. A character that XML cannot carry is refused. */
export function escapeText(text: string, place: Place | null): string {
  if (!special.test(text)) return text;
  let out = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x3e) {
      if (code >= 0xd800 && code < 0xdc00 && isLowSurrogate(text.charCodeAt(at + 1))) at++;
      else if (code >= 0xd800 && (code < 0xe000 || code > 0xfffd)) refuseCharacter(code, at, place);
      continue;
    }
    if (code >= 0x20 && code !== 0x26 && code !== 0x3c && code !== 0x3e) continue;
    if (code === 9 || code === 10) continue;
    const escaped = escapes[code];
    if (escaped === undefined) refuseCharacter(code, at, place);
    out += text.slice(from, at) + escaped;
    from = at + 1;
  }
  return out + text.slice(from);
}

/** By character code. */
const escapes: Readonly<Record<number, string>> = { 38: '&amp;', 60: '&lt;', 62: '&gt;', 13: '&#xD;' };

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code < 0xe000;

function refuseCharacter(code: number, at: number, place: Place | null): never {
  const what = code >= 0xd800 && code < 0xe000 ? 'half of a surrogate pair' : 'a character that XML cannot carry';
  refuse(place, `${what}, U+${code.toString(16).toUpperCase().padStart(4, '0')}, at index ${at}`);
}

/** The text with U+FFFD for each character that XML cannot carry. */
export const replaceUnwritable = (text: string): string =>
  special.test(text)
    ? text.toWellFormed().replace(/[^\t\n\r\x20-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd')
    : text;
