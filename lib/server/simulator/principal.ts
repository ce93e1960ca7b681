/**
 * SoPrincipal: who are you, and what is this installation.
 */
import * as schemas from '../../generated/schemas.js';
import type { AuthenticateResponse } from '../../generated/so-principal.js';
import type { SoPrincipalCarrier, SoSystemInfoCarrier } from '../../generated/types.js';
import { complete } from './complete.js';
import type { PrincipalHandlers } from './handlers.js';
import type { Tickets } from './tickets.js';
import { findUser, isSameSecret, type User } from './users.js';

/** @param implicit the user whom AuthenticateImplicit signs in, if any */
export function principalHandlers(
  users: readonly User[],
  tickets: Tickets,
  implicit: string | undefined,
): PrincipalHandlers {
  const signIn = (user: User | undefined): AuthenticateResponse =>
    user ? accepted(user, tickets.issue(user)) : refused;
  const signInByPassword = (userName: string | null, password: string | null) => {
    const user = findUser(users, userName);
    // Compared in any case, so that the time does not tell whether there is such a user.
    const same = isSameSecret(user?.password ?? '', password ?? '');
    return signIn(same ? user : undefined);
  };
  return {
    getSystemInfo: () => systemInfo,
    // The simulator sees no Windows account, so that this is refused unless an option names the user.
    authenticateImplicit: () => signIn(implicit === undefined ? undefined : findUser(users, implicit)),
    authenticateUsernamePassword: ({ userName, password }) => {
      // A ticket with an empty password is accepted wherever a user name is, and it stays the same ticket.
      const owner = password ? undefined : tickets.userOf(userName);
      return owner && userName ? accepted(owner, userName) : signInByPassword(userName, password);
    },
    // Inferred: the names of the pairs, since those that credential plug-ins expect are not published.
    authenticateGeneric: ({ authenticationData: data }) =>
      signInByPassword(data?.UserName ?? null, data?.Password ?? null),
    authenticateWithAccessToken: ({ accessToken }) =>
      signIn(accessToken?.startsWith('8A:') ? tickets.userOf(accessToken) : undefined),
  };
}

/** Inferred: refused credentials are no error of the call. */
const refused: AuthenticateResponse = Object.freeze({
  response: null,
  credentials: null,
  authenticationSucceeded: false,
});

const accepted = (user: User, ticket: string): AuthenticateResponse => ({
  response: principalOf(user),
  credentials: { ticket },
  authenticationSucceeded: true,
});

function principalOf({ associate, userName, fullName }: User): SoPrincipalCarrier {
  const given: SoPrincipalCarrier = {
    userType: 'InternalAssociate',
    associate: associate.name,
    associateId: associate.associateId,
    isPerson: true,
    personId: associate.personId,
    countryId: 578,
    homeCountryId: 578,
    contactId: 1,
    groupId: associate.groupIdx,
    roleId: 1,
    roleName: 'User level 1',
    roleDescription: 'Ordinary user',
    roleType: 'Employee',
    licenses: [],
    fullName,
    eMailAddress: `${userName}@fjellrad.example.com`,
    functionRights: [],
    ejUserId: associate.ejUserId,
    ejUserStatus: 'StatusNormal',
    providedCredentials: [],
    secondaryGroups: [],
    databaseContextIdentifier: 'Simulator',
  };
  return complete(schemas.SoPrincipalCarrier, given);
}

const systemInfo: SoSystemInfoCarrier = Object.freeze({
  branchName: 'simulator',
  buildLabel: 'Services88 simulator',
  description: 'A simulator, not a SuperOffice installation',
  buildType: 'Release',
  isUnicode: true,
  companyName: 'Fjellrad Sykkelverk AS',
  companyId: 1,
  databaseType: 'Memory',
  databaseName: 'fjellrad',
  license: Object.freeze({ companyName: 'Fjellrad Sykkelverk AS', serialNr: '0000000000', moduleLicenses: [] }),
});
