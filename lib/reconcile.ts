/**
 * Finding out what became of a message whose sending ended with the outcome `unknown`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { abortedBy } from './call.js';
import type { Client } from './client.js';
import type { InputOf } from './codec/operation.js';
import { replaceUnwritable } from './codec/writer.js';
import { InputError } from './errors.js';
import type { Chat } from './generated/chat.js';
import type { ChatMessage } from './generated/types.js';
import { LONGEST_TIMER, requireCount, requireKnown, requireMilliseconds } from './options.js';

export interface ReconcileOptions {
  /** The highest ChatMessageId of the session that was known before the message was sent; 0 for none. */
  readonly after: number;
  /** Milliseconds after which a message that was not there is looked for once more; 2 s by default. */
  readonly settleMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** `not-stored` is no proof: a request that is still on its way may be executed later. */
export type Reconciled =
  | { readonly state: 'stored'; readonly message: ChatMessage }
  | { readonly state: 'not-stored' }
  | { readonly state: 'unknown'; readonly candidates: readonly ChatMessage[] };

/**
 * Looks for a message among those that came after `after`. It takes what is the same in text, and in author and type as
 * far as they were sent, for the message: one such is `stored`, several leave it `unknown`, since somebody may have
 * written the same, and none, not even after a while, is `not-stored`. Nothing is sent again.
 * @param sent what AddChatMessage was called with
 * @throws whatever reading the messages throws
 */
export async function reconcile(
  chat: Pick<Client<typeof Chat>, 'getChatMessages'>,
  { chatSessionId, message: sent }: InputOf<typeof Chat.addChatMessage>,
  options: ReconcileOptions,
): Promise<Reconciled> {
  requireKnown('', options, ['after', 'settleMs', 'signal']);
  const { after, settleMs = 2000, signal } = options;
  if (!sent) throw new InputError('message', 'missing; it says which message is looked for');
  if (after === undefined) throw new InputError('after', 'missing; it says which messages were there before');
  requireCount('after', after, 0);
  requireMilliseconds('settleMs', settleMs);
  const find = async (): Promise<readonly ChatMessage[]> =>
    ((await chat.getChatMessages({ chatSessionId, after }, { signal })) ?? []).filter(
      (found): found is ChatMessage => found !== null && isSame(sent, found),
    );
  let candidates = await find();
  if (candidates.length === 0) {
    await delay(Math.min(settleMs, LONGEST_TIMER), undefined, { signal }).catch((error: unknown) => {
      throw signal?.aborted ? abortedBy(signal, 'not-sent', 'Chat.GetChatMessages') : error;
    });
    candidates = await find();
  }
  const [only, more] = candidates;
  if (!only) return { state: 'not-stored' };
  return more ? { state: 'unknown', candidates } : { state: 'stored', message: only };
}

type Sent = NonNullable<InputOf<typeof Chat.addChatMessage>['message']>;

const isSame = (sent: Sent, found: ChatMessage): boolean =>
  lines(sent.message) === lines(found.message) &&
  (sent.type === undefined || sent.type === found.type) &&
  (!sent.author || sent.author === found.author);

/** A server may keep line ends in another form; what XML cannot carry may have been replaced when it was sent. */
const lines = (text: string | null | undefined): string => replaceUnwritable(text ?? '').replace(/\r\n?/g, '\n');
