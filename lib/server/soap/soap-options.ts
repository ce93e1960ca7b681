/**
 * The options of a SOAP server beside those of every server.
 */
import { RELEASES, type Release } from '../../codec/release.js';
import { type SoapVersion, versions } from '../../codec/versions.js';
import { ILLEGAL_CHARACTERS, type IllegalCharacters } from '../../codec/writer.js';
import { InputError } from '../../errors.js';
import { requireOneOf } from '../../options.js';
import { type ServeOptions, settingsOf } from '../http/serve-options.js';

export interface ServeSoapOptions extends ServeOptions {
  /** The folder of the .svc files; `/Remote/Services88` by default. */
  readonly path?: string | undefined;
  /**
   * How a refused call is answered, as the service's own setting WrapExceptions decides: by a reply with the header
   * parts ExceptionInfo and Succeeded=false under HTTP 200 (the default), or by a soap:Fault under HTTP 500.
   */
  readonly errors?: 'exception-info' | 'soap-fault' | undefined;
  /** The versions that are answered; only `'1.1'` by default, as the service's WSDL binds. */
  readonly versions?: readonly SoapVersion[] | undefined;
  /**
   * The releases whose callers are answered, each in its own folder and namespace; only 88 by default. The others differ
   * in nothing else.
   */
  readonly releases?: readonly Release[] | undefined;
  /** What becomes of characters in a reply that XML cannot carry: a Fault (`'refuse'`, the default), or U+FFFD for each. */
  readonly illegalCharacters?: IllegalCharacters | undefined;
}

/** All that holds for a SOAP server. */
export type SoapSettings = ReturnType<typeof soapSettingsOf>;

export function soapSettingsOf(options: ServeSoapOptions) {
  const settings = settingsOf(options, '/Remote/Services88', ['errors', 'versions', 'releases', 'illegalCharacters']);
  const { errors = 'exception-info', versions: answered = ['1.1'], releases = [88], illegalCharacters } = options;
  requireOneOf('errors', errors, ['exception-info', 'soap-fault']);
  requireVersions(answered);
  requireReleases(releases);
  requireOneOf('illegalCharacters', illegalCharacters, ILLEGAL_CHARACTERS);
  return { ...settings, errors, versions: answered, releases, illegalCharacters };
}

function requireVersions(given: readonly SoapVersion[]): void {
  if (!Array.isArray(given) || given.length === 0) throw new InputError('versions', 'not a list of versions');
  for (const [index, version] of given.entries()) requireOneOf(`versions[${index}]`, version, Object.keys(versions));
}

function requireReleases(given: readonly Release[]): void {
  const known = Array.isArray(given) && given.length > 0 && given.every((release) => RELEASES.includes(release));
  if (!known) throw new InputError('releases', `not a list of ${RELEASES.join(', ')}`);
}
