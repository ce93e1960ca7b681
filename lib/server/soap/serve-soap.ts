/**
 * Serves any transport as the .svc files of an installation, in the manner of the WCF services it stands in for.
 */
import type { Transport } from '../../call.js';
import type { Operations } from '../../codec/operation.js';
import { type Listening, listen } from '../http/listen.js';
import { answerer } from './answer-soap.js';
import { type ServeSoapOptions, soapSettingsOf } from './soap-options.js';
import { servicesByPath } from './soap-services.js';

export type { ServeSoapOptions };

export type SoapServer = Listening;

/**
 * Listens on HTTP and passes each call to the transport, with a signal that is aborted when the client has gone or
 * `callMs` are over. `GET …/Chat.svc?wsdl` and `?singleWsdl` give the WSDL with the address that it was asked for at.
 * @throws InputError for options that are not right
 */
export async function serveSoap(
  services: readonly Operations[],
  transport: Transport,
  options: ServeSoapOptions = {},
): Promise<SoapServer> {
  const settings = soapSettingsOf(options);
  const byPath = servicesByPath(services, transport, settings);
  return listen(transport, settings, (carrier) => answerer(byPath, { carrier, settings }));
}
