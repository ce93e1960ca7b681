/**
 * Our values as a stack without knowledge of this library holds them: the wire's names, ArrayOfX as an object with its
 * items in a member, a dictionary as pairs. Null is nil, and what is absent is not there.
 */
import { lexicalOf, NO_VALUE } from '../../lib/codec/date-time.js';
import type { Field, Schema } from '../../lib/codec/schema.js';
import type { Operation } from '../../lib/index.js';

export type Form = string | number | boolean | null | readonly Form[] | { readonly [name: string]: Form };

/** How a peer spells what is neither text nor number. */
export interface Spelling {
  readonly dateTime: (text: string) => string;
  readonly duration: (text: string) => string;
  readonly flags: (names: readonly string[]) => Form;
}

export interface FormsOf {
  readonly input: (operation: Operation, input: unknown) => Form;
  /** With the wrapper around it. */
  readonly output: (operation: Operation, output: unknown) => Form;
  readonly replyHeader: (operation: Operation, header: unknown) => Form;
}

export function formsIn(spelling: Spelling): FormsOf {
  const members = (fields: readonly Field[], value: unknown): Form => {
    const object = value as Readonly<Record<string, unknown>>;
    const there = fields.filter(({ key }) => object[key] !== undefined);
    return Object.fromEntries(there.map(({ name, key, type }) => [name, form(type, object[key])]));
  };
  const form = (type: Schema, value: unknown): Form => {
    if (value === null) return type.kind === 'dateTime' ? spelling.dateTime(NO_VALUE) : null;
    switch (type.kind) {
      case 'complex':
        return members(type.fields, value);
      case 'array':
        return list(
          type.item.name,
          (value as readonly unknown[]).map((item) => form(type.item.type, item)),
        );
      case 'dictionary': {
        const pair = ([key, item]: [string, unknown]): Form => ({
          [type.key.name]: type.key.type.kind === 'dateTime' ? spelling.dateTime(key) : key,
          [type.value.name]: form(type.value.type, item),
        });
        return list(type.entry.name, Object.entries(value as object).map(pair));
      }
      case 'flags':
        return spelling.flags(value as readonly string[]);
      case 'dateTime':
        return spelling.dateTime(lexicalOf(value as Date));
      case 'duration':
        return spelling.duration(value as string);
      case 'base64Binary':
        return Buffer.from(value as Uint8Array).toString('latin1');
      default:
        return value as Form;
    }
  };
  return {
    input: ({ request }, input) => members(request.fields, input),
    output: ({ reply: { fields } }, output) => {
      const [only, more] = fields;
      return members(fields, only && !more ? { [only.key]: output } : (output ?? {}));
    },
    replyHeader: ({ replyHeader }, header) => members(replyHeader, header),
  };
}

/** A list that is empty has no member. */
const list = (name: string, items: readonly Form[]): Form => (items.length === 0 ? {} : { [name]: items });

/** What remains where nil, empty and absent are one: members without content are left out, at any depth. */
export function withoutEmpties(form: Form): Form {
  return contentOf(form) ?? {};
}

function contentOf(form: Form): Form | undefined {
  if (form === null || form === '') return undefined;
  if (typeof form !== 'object') return form;
  if (isList(form)) return form.length === 0 ? undefined : form.map((item) => contentOf(item) ?? null);
  const members = Object.entries(form).flatMap(([name, value]) => {
    const content = contentOf(value);
    return content === undefined ? [] : [[name, content]];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

const isList = (form: Form): form is readonly Form[] => Array.isArray(form);
