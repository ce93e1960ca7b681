/**
 * What answers an operation. A file of the simulator says by name which operations it answers, and the compiler checks
 * that none is missing when they are put together.
 */
import type { Operation, OutputOf } from '../../codec/operation.js';
import type { Chat } from '../../generated/chat.js';
import type { SoPrincipal } from '../../generated/so-principal.js';
import type { Complete } from './complete.js';
import type { User } from './users.js';

/** All members of the input are there. The output may be the store's own: the dispatch copies it. */
type Handler<O extends Operation, Context extends unknown[]> = (
  input: Complete<NonNullable<O['~input']>>,
  ...context: Context
) => OutputOf<O>;

/** The operations of Chat, or those of them that are named, each told which user calls. */
export type ChatHandlers<Name extends keyof typeof Chat = keyof typeof Chat> = {
  readonly [Key in Name]: Handler<(typeof Chat)[Key], [caller: User]>;
};

/** The operations of SoPrincipal, which need no ticket and so have no caller. */
export type PrincipalHandlers = {
  readonly [Key in keyof typeof SoPrincipal]: Handler<(typeof SoPrincipal)[Key], []>;
};
