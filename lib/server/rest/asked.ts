/**
 * A request of REST for something that there is.
 */
import type { Serving } from '../http/answer-call.js';
import type { Exchange } from '../http/exchange.js';
import type { Answer } from '../http/http-answer.js';
import type { Caller } from './callers.js';
import type { RestSettings } from './rest-options.js';

export interface Asked {
  readonly exchange: Exchange;
  /** Who asks; undefined for what is open to all. */
  readonly caller: Caller | undefined;
  readonly query: URLSearchParams;
  /** `''` where there is none. */
  readonly body: string;
}

/** What is at a path for a method. */
export interface Resource {
  /** Whether it is for everybody, without credentials. */
  readonly open?: true;
  /** @throws ProtocolError for what is wrong with the request */
  readonly answer: (asked: Asked) => Promise<Answer> | Answer;
}

/** By what calls are carried and answered. */
export type RestServing = Serving & { readonly settings: RestSettings };

/** The URL of the folder that is served, at the address that it was asked for at. */
export const baseOf = ({ settings: { path } }: RestServing, { exchange }: Asked): string =>
  `http://${exchange.request.headers.host ?? 'localhost'}${path}`;
