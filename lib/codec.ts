/**
 * The public surface of `services88-chat/codec`: envelopes ⇄ typed values, pure and without any dependency, and the
 * contract that drives it.
 */
export { DateTime } from './codec/date-time.js';
export {
  type DecodedReply,
  type DecodedRequest,
  type DecodeOptions,
  decodeReply,
  decodeRequest,
} from './codec/decode.js';
export {
  type EncodeReplyOptions,
  type EncodeRequestOptions,
  encodeFault,
  encodeReply,
  encodeRequest,
} from './codec/encode.js';
export type { FaultContent } from './codec/fault.js';
export { decodeJson, encodeJson } from './codec/json.js';
export { type Attribute, defaultLimits, type XmlLimits } from './codec/lexer.js';
export type {
  ExceptionInfo,
  InputOf,
  Operation,
  Operations,
  OutputOf,
  ReplyHeader,
  RequestHeader,
  RetryClass,
  Sendable,
  Service,
  TimeZonePart,
} from './codec/operation.js';
export { qualifiedName } from './codec/operation.js';
export { inRelease, RELEASES, type Release } from './codec/release.js';
export { decodeReplyStream, type ItemOf } from './codec/stream.js';
export type { SoapVersion } from './codec/versions.js';
export type { IllegalCharacters } from './codec/writer.js';
export { type ParseOptions, parseXml, type XmlElement } from './codec/xml.js';
export * from './errors.js';
export * from './generated/chat.js';
export * from './generated/so-principal.js';
export type * from './generated/types.js';
