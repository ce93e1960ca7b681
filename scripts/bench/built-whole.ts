/**
 * All of the built package. What is measured at starting or by its memory does with less: built.ts.
 */
const [clientName, serverName]: string[] = ['services88-chat', 'services88-chat/server'];

export const client = (await import(clientName ?? '')) as typeof import('../../lib/index.js');
export const server = (await import(serverName ?? '')) as typeof import('../../lib/server.js');
