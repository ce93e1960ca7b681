/**
 * What stands for a secret in a translation: the name of the environment variable that has it. In texts it stands between
 * two characters that no envelope can carry, so that nothing which a customer wrote is taken for one.
 */

/** The variables, by the members of requests that are secrets. */
export const variables = {
  ticket: 'SUPEROFFICE_TICKET',
  applicationToken: 'SUPEROFFICE_APPLICATION_TOKEN',
  password: 'SUPEROFFICE_PASSWORD',
  accessToken: 'SUPEROFFICE_ACCESS_TOKEN',
  authenticationData: 'SUPEROFFICE_AUTHENTICATION_DATA',
  sessionKey: 'SUPEROFFICE_SESSION_KEY',
} as const;

/** For an address that nobody named. */
export const BASE_URL = 'SUPEROFFICE_REST_URL';

export const placeholder = (variable: string): string => `\ufffe${variable}\uffff`;

/**
 * A text of a translation with something else in the place of each placeholder, as the value of the variable in the
 * environment. What is put into a body has to be escaped for JSON.
 * @param by gives it for the name of a variable: `SUPEROFFICE_TICKET`
 */
export const fillPlaceholders = (text: string, by: (variable: string) => string): string =>
  text.replace(PLACEHOLDER, (_, variable: string) => by(variable));

/** As people write it down: `$SUPEROFFICE_TICKET`. */
export const shown = (text: string): string => fillPlaceholders(text, (variable) => `$${variable}`);

/** The text in pieces: those at odd places are the variables between the texts around them. */
export const pieces = (text: string): readonly string[] => text.split(PLACEHOLDER);

const PLACEHOLDER = /\ufffe([A-Z_]+)\uffff/g;
