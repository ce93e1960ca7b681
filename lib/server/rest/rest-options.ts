/**
 * The options of a REST server beside those of every server.
 */
import { requireOneOf } from '../../options.js';
import { type ServeOptions, settingsOf } from '../http/serve-options.js';

export interface ServeRestOptions extends ServeOptions {
  /** The folder of the API; `/api` by default. */
  readonly path?: string | undefined;
  /**
   * How a refused call is answered: under the status that fits, with `{"Error":true,"ErrorType":…,"ErrorMessage":…,
   * "ErrorSource":…}` (`'status'`, the default). For agents two more ways are documented, both under HTTP 200: with
   * `{"Message":…,"MessageDetail":…}` (`'message'`), or with `null` (`'null'`); entities are answered by status in any
   * case, and so are refused credentials and what is no call.
   */
  readonly errors?: 'status' | 'message' | 'null' | undefined;
}

/** All that holds for a REST server. */
export type RestSettings = ReturnType<typeof restSettingsOf>;

export function restSettingsOf(options: ServeRestOptions) {
  const settings = settingsOf(options, '/api', ['errors']);
  const { errors = 'status' } = options;
  requireOneOf('errors', errors, ['status', 'message', 'null']);
  return { ...settings, errors };
}
