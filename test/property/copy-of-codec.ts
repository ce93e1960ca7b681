/**
 * The codec as it is before any document was read.
 */
export type Codec = typeof import('../../lib/codec.js');

/** Another copy of all its modules, with classes and memories of its own. */
export function copyOfCodec(): Codec {
  let copy: Codec | undefined;
  jest.isolateModules(() => {
    copy = jest.requireActual<Codec>('../../lib/codec');
  });
  if (!copy) throw new Error('the codec was not loaded');
  return copy;
}
