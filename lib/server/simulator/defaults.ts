/**
 * The entities that the simulator makes, each complete whatever part of it is given.
 */
import type { ComplexSchema } from '../../codec/schema.js';
import * as schemas from '../../generated/schemas.js';
import type * as types from '../../generated/types.js';
import { type Complete, complete } from './complete.js';

export type Associate = Complete<types.Associate>;
export type ChatSession = Complete<types.ChatSessionEntity>;
export type ChatTopic = Complete<types.ChatTopicEntity>;
export type ChatTopicAgent = Complete<types.ChatTopicAgent>;
export type ChatMessage = Complete<types.ChatMessage>;

const entity =
  <T>(schema: ComplexSchema) =>
  (given: T): Complete<T> =>
    complete(schema, given);

export const associateWith = entity<types.Associate>(schemas.Associate);
export const sessionWith = entity<types.ChatSessionEntity>(schemas.ChatSessionEntity);
export const topicWith = entity<types.ChatTopicEntity>(schemas.ChatTopicEntity);
export const topicAgentWith = entity<types.ChatTopicAgent>(schemas.ChatTopicAgent);
export const messageWith = entity<types.ChatMessage>(schemas.ChatMessage);
