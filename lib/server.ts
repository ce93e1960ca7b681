/**
 * The public surface of `services88-chat/server`: a stand-in for the service, for development and tests, and the means
 * to serve it or any other transport, and to let either fail.
 */
export type { ServeTimeouts } from './server/http/serve-options.js';
export type { ServedCall } from './server/http/served-call.js';
export { type RestServer, type ServeRestOptions, serveRest } from './server/rest/serve-rest.js';
export { createSimulator, type Simulator, type SimulatorOptions, type SimulatorUser } from './server/simulator.js';
export { type ServeSoapOptions, type SoapServer, serveSoap } from './server/soap/serve-soap.js';
export { type TroubleOptions, trouble } from './server/trouble.js';
