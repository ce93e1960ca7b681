/**
 * Tickets: issued at sign-in, renewed by each use, gone once they have expired.
 */
import { randomBytes } from 'node:crypto';
import { digestOf, type User } from './users.js';

export interface Tickets {
  readonly issue: (user: User) => string;
  /** The user whom a ticket or an access token stands for, if it is valid. This use renews a ticket. */
  readonly userOf: (ticket: string | null | undefined) => User | undefined;
  /** Makes all tickets invalid; access tokens stay as they are. */
  readonly expire: () => void;
}

/** Only digests are kept, so that a look-up takes no time that would tell anything about the secret itself. */
export function createTickets(users: readonly User[], now: () => Date, lifetimeMs: number): Tickets {
  const issued = new Map<string, { readonly user: User; expires: number }>();
  const accessTokens = new Map(users.filter(hasAccessToken).map((user) => [keyOf(user.accessToken), user]));

  const dropExpired = (time: number) => {
    for (const [key, { expires }] of issued) if (expires <= time) issued.delete(key);
  };
  return {
    issue: (user) => {
      const time = now().getTime();
      dropExpired(time);
      const ticket = `7T:${randomBytes(36).toString('base64')}`;
      issued.set(keyOf(ticket), { user, expires: time + lifetimeMs });
      return ticket;
    },
    userOf: (ticket) => {
      if (!ticket) return undefined;
      const time = now().getTime();
      dropExpired(time);
      const entry = issued.get(keyOf(ticket));
      if (entry) entry.expires = time + lifetimeMs;
      return entry?.user ?? accessTokens.get(keyOf(ticket));
    },
    expire: () => issued.clear(),
  };
}

const hasAccessToken = ({ accessToken }: User): boolean => accessToken.startsWith('8A:');

const keyOf = (secret: string): string => digestOf(secret).toString('base64');
