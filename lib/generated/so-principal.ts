// Generated from wsdl/ by `npm run generate`; changes made here are lost.

import { type NoInput, operationsOf, type Service } from '../codec/operation.js';
import { member, nillable, xs } from '../codec/schema.js';
import * as schemas from './schemas.js';
import type * as types from './types.js';

/** What AuthenticateResponse holds. */
export interface AuthenticateResponse {
  /** The signed-in user. */
  response?: types.SoPrincipalCarrier | null;
  /**
   * Ticket for further calls. It is in the body here, not in a header. Inferred: nil or empty if the sign-in
   * failed.
   */
  credentials?: types.SoCredentials | null;
  /** False for refused credentials, even where the Succeeded header is true. */
  authenticationSucceeded?: boolean;
}

/** What AuthenticateUsernamePassword takes. */
export interface AuthenticateUsernamePasswordInput {
  /** User name, or a ticket if Password is empty. */
  userName?: string | null;
  /** Secret, sent in clear text. */
  password?: string | null;
}

/** What AuthenticateGeneric takes. */
export interface AuthenticateGenericInput {
  /** Treat all values as secret. */
  authenticationData?: Record<string, string | null> | null;
}

/** What AuthenticateWithAccessToken takes. */
export interface AuthenticateWithAccessTokenInput {
  /** Secret. Token of the sign-in service. */
  accessToken?: string | null;
}

const service: Service = {
  name: 'SoPrincipal',
  namespace: 'http://www.superoffice.net/ws/crm/NetServer/Services88',
  path: 'SoPrincipal.svc',
  wsdlService: 'WcfSoPrincipalService',
  wsdlPort: 'BasicHttpBinding_SoPrincipal',
};

const { operation, wrapper } = operationsOf(service, {
  request: [nillable('ApplicationToken', xs.string)],
  reply: [nillable('ExceptionInfo', schemas.SoExceptionInfo), nillable('ExtraInfo', schemas.SoExtraInfo), member('Succeeded', xs.boolean), nillable('TimeZone', schemas.SoTimeZone)],
});

export const SoPrincipal = Object.freeze({
  /**
   * Returns version, licence and database of the installation. No ticket is needed. The result is named
   * SystemInfo, not Response.
   */
  getSystemInfo: operation<NoInput, types.SoSystemInfoCarrier | null>({
    name: 'GetSystemInfo',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/SoPrincipal/GetSystemInfo',
    retry: 'read',
    request: wrapper('GetSystemInfo'),
    reply: wrapper('GetSystemInfoResponse', nillable('SystemInfo', schemas.SoSystemInfoCarrier)),
  }),

  /**
   * Signs in with the identity that the HTTP connection carries, as a rule a Windows account. Success needs both
   * the Succeeded header and AuthenticationSucceeded in the body. The reply element is AuthenticateResponse for
   * all four operations that sign in.
   */
  authenticateImplicit: operation<NoInput, AuthenticateResponse>({
    name: 'AuthenticateImplicit',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/SoPrincipal/AuthenticateImplicit',
    retry: 'login',
    request: wrapper('AuthenticateImplicit'),
    reply: wrapper('AuthenticateResponse', nillable('Response', schemas.SoPrincipalCarrier), nillable('Credentials', schemas.SoCredentials), member('AuthenticationSucceeded', xs.boolean)),
  }),

  /**
   * Signs in with user name and password, on site only. The password travels in clear text, so use HTTPS.
   * Inferred: a refused password is no error of the call, which means Succeeded is true and
   * AuthenticationSucceeded is false; check both.
   */
  authenticateUsernamePassword: operation<AuthenticateUsernamePasswordInput, AuthenticateResponse>({
    name: 'AuthenticateUsernamePassword',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/SoPrincipal/AuthenticateUsernamePassword',
    retry: 'login',
    request: wrapper('AuthenticateUsernamePassword', nillable('UserName', xs.string), nillable('Password', xs.string)),
    reply: wrapper('AuthenticateResponse', nillable('Response', schemas.SoPrincipalCarrier), nillable('Credentials', schemas.SoCredentials), member('AuthenticationSucceeded', xs.boolean)),
  }),

  /**
   * Signs in through a credential plug-in with the names and values that it expects. The names are not published.
   * Check both the Succeeded header and AuthenticationSucceeded in the body.
   */
  authenticateGeneric: operation<AuthenticateGenericInput, AuthenticateResponse>({
    name: 'AuthenticateGeneric',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/SoPrincipal/AuthenticateGeneric',
    retry: 'login',
    request: wrapper('AuthenticateGeneric', nillable('AuthenticationData', schemas.AuthenticationGenericData)),
    reply: wrapper('AuthenticateResponse', nillable('Response', schemas.SoPrincipalCarrier), nillable('Credentials', schemas.SoCredentials), member('AuthenticationSucceeded', xs.boolean)),
  }),

  /**
   * Signs in with an access token and returns a ticket. From Services86 on the access token can also be sent as
   * the ticket itself. Check both the Succeeded header and AuthenticationSucceeded in the body.
   */
  authenticateWithAccessToken: operation<AuthenticateWithAccessTokenInput, AuthenticateResponse>({
    name: 'AuthenticateWithAccessToken',
    soapAction: 'http://www.superoffice.net/ws/crm/NetServer/Services88/SoPrincipal/AuthenticateWithAccessToken',
    retry: 'login',
    request: wrapper('AuthenticateWithAccessToken', nillable('AccessToken', xs.string)),
    reply: wrapper('AuthenticateResponse', nillable('Response', schemas.SoPrincipalCarrier), nillable('Credentials', schemas.SoCredentials), member('AuthenticationSucceeded', xs.boolean)),
  }),
});
