/**
 * The built package, as a program that depends on it gets it, typed by the sources that it was built from.
 */
// A name that is not literal is not looked up by the compiler, which would need dist/ before it can check anything.
const packageName: string = 'services88-chat/codec';

export const codec = (await import(packageName)) as typeof import('../../lib/codec.js');
