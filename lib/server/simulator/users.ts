/**
 * The people who can sign in, and how they are referred to.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Associate, associateWith } from './defaults.js';
import { found } from './faults.js';

/** A user as a program states one. */
export interface SimulatorUser {
  /** What the user signs in with; capitals make no difference. */
  readonly userName: string;
  readonly password: string;
  /** The user name if left out. */
  readonly fullName?: string;
  /** A token that begins with `8A:` and stands for this user, at sign-in or in the place of a ticket. */
  readonly accessToken?: string;
  /** The user group, by which GetUserAgentList sorts. */
  readonly group?: string;
}

export interface User extends Required<SimulatorUser> {
  readonly associate: Associate;
}

/** The demo company's users with those of the program, who take the place of a demo user of the same name. */
export function usersOf(demo: readonly SimulatorUser[], given: readonly SimulatorUser[]): readonly User[] {
  const byName = new Map<string, SimulatorUser>();
  for (const user of [...demo, ...given]) {
    const name = user.userName.toLowerCase();
    byName.set(name, { ...byName.get(name), ...user });
  }
  const all = [...byName.values()];
  const groups = [...new Set(all.map(groupOf))];
  return all.map((user, index) => userWith(user, index, groups.indexOf(groupOf(user)) + 1));
}

/** The user by user name, or by the associate number as text; names go first. */
export function findUser(users: readonly User[], reference: string | null): User | undefined {
  const name = reference?.toLowerCase();
  return (
    users.find((user) => user.userName.toLowerCase() === name) ??
    users.find((user) => String(user.associate.associateId) === name)
  );
}

export function userNamed(users: readonly User[], reference: string | null): User {
  return found(`User ${JSON.stringify(reference)}`, findUser(users, reference));
}

/**
 * The associate that one in an input means. Inferred: the number decides, then the name, and one with neither is none;
 * what else the input says of the associate is not taken over.
 */
export function associateMeant(users: readonly User[], given: Associate | null): Associate | null {
  if (given === null) return null;
  const reference = given.associateId === 0 ? given.userName || given.name : String(given.associateId);
  return reference ? userNamed(users, reference).associate : null;
}

/** Whether two secrets are the same, in a time that does not tell how much of them is. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(digestOf(one), digestOf(other));
}

export const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const groupOf = ({ group }: SimulatorUser): string => group ?? 'Agents';

/** The numbers of the associate, of the service user and of the person are three different ones, as in a real installation. */
function userWith(user: SimulatorUser, index: number, groupIdx: number): User {
  const { userName, fullName = userName, accessToken = '' } = user;
  const associate = associateWith({
    associateId: 11 + index,
    name: userName.toUpperCase(),
    personId: 201 + index,
    rank: index + 1,
    tooltip: fullName,
    type: 'InternalAssociate',
    groupIdx,
    fullName,
    formalName: fullName,
    ejUserId: 101 + index,
    userName,
    extraFields: {},
    customFields: {},
  });
  return { userName, password: user.password, fullName, accessToken, group: groupOf(user), associate };
}
