/**
 * Serves any transport as the REST API of an installation, in both of its styles: the simulator, or a SOAP service.
 */
import type { Transport } from '../../call.js';
import { type Listening, listen } from '../http/listen.js';
import { restAnswerer } from './answer-rest.js';
import { restCallers } from './callers.js';
import { restSettingsOf, type ServeRestOptions } from './rest-options.js';

export type { ServeRestOptions };

export type RestServer = Listening;

/**
 * Listens on HTTP and passes each call to the transport, with a signal that is aborted when the client has gone or
 * `callMs` are over. All operations of Chat are there, as agents (`POST …/v1/Agents/Chat/GetChatMessages`) and as
 * entities (`GET …/v1/ChatSession/42/Messages`), and of SoPrincipal what REST has of it.
 *
 * Credentials come with each request. A ticket or access token is handed on with the call; a user name and password are
 * signed in at the transport once for all their calls, and good for as long as the ticket of that is.
 *
 * Texts and times are those of the transport: whichever language is asked for, texts of several languages come raw, and
 * `includeTZOffset` changes nothing.
 * @throws InputError for options that are not right
 */
export async function serveRest(transport: Transport, options: ServeRestOptions = {}): Promise<RestServer> {
  const settings = restSettingsOf(options);
  const callerOf = restCallers(transport);
  return listen(transport, settings, (carrier) => restAnswerer({ carrier, settings }, callerOf));
}
