/**
 * The public surface of `services88-chat/server`: a stand-in for the service, for development and tests, and the means
 * to serve it or any other transport, and to let either fail.
 */
export type { ServeTimeouts } from './server/serve-options.js';
export { type RestServer, type ServeRestOptions, serveRest } from './server/serve-rest.js';
export { type ServeSoapOptions, type SoapServer, serveSoap } from './server/serve-soap.js';
export type { ServedCall } from './server/served-call.js';
export { createSimulator, type Simulator, type SimulatorOptions, type SimulatorUser } from './server/simulator.js';
export { type TroubleOptions, trouble } from './server/trouble.js';
