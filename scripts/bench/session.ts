/**
 * A chat session with all that can be in it: the user, the person, the company, the project, the sale and the request.
 */
import type { Field, Schema } from '../../lib/codec/schema.js';
import type { ChatSessionEntity } from '../../lib/generated/types.js';
import { codec } from './built.js';
import { randomFrom } from './messages.js';

const names = ['Anna Berg', 'Jan Møller', 'Nordic Bikes & Parts', 'København', 'Delivery of order 4711', 'Straße 12'];

/** The same seed gives the same session. */
export function sessionOf(seed: number): ChatSessionEntity {
  const [result] = codec.Chat.getChatSessionEntity.reply.fields;
  return anyOf((result as Field).type, randomFrom(seed)) as ChatSessionEntity;
}

/** Every member has a value but for the rights, which are nil. */
function memberOf({ key, type }: Field, random: () => number): unknown {
  return key === 'tableRight' || key === 'fieldProperties' ? null : anyOf(type, random);
}

function anyOf(type: Schema, random: () => number): unknown {
  const upTo = (limit: number): number => Math.floor(random() * limit);
  switch (type.kind) {
    case 'complex':
      return Object.fromEntries(type.fields.map((field) => [field.key, memberOf(field, random)]));
    case 'array':
      return [anyOf(type.item.type, random), anyOf(type.item.type, random)];
    case 'dictionary':
      return Object.fromEntries(['x_first', 'x_second'].map((key) => [key, anyOf(type.value.type, random)]));
    case 'enum':
      return Object.keys(type.values)[upTo(Object.keys(type.values).length)];
    case 'flags':
      return Object.keys(type.values).slice(0, 2);
    case 'dateTime':
      return codec.DateTime.from(new Date(Date.UTC(2026, upTo(12), 1 + upTo(28), upTo(24))).toISOString());
    case 'boolean':
      return random() < 0.5;
    case 'string':
      return names[upTo(names.length)];
    case 'double':
      return upTo(1_000_000) / 100;
    default:
      return upTo(30_000);
  }
}
