/**
 * The public surface of `services88-chat/server`: a stand-in for the service, for development and tests, and the means
 * to serve it or any other transport.
 */
export { type ServeSoapOptions, type SoapServer, serveSoap } from './server/serve-soap.js';
export { createSimulator, type Simulator, type SimulatorOptions, type SimulatorUser } from './server/simulator.js';
