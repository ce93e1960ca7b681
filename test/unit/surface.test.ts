/**
 * The public names. A change here is a change for users, and wants a line in the CHANGELOG.
 */
import * as codec from '../../lib/codec.js';
import * as index from '../../lib/index.js';
import * as migrate from '../../lib/migrate.js';
import * as server from '../../lib/server.js';

it.each([
  ['services88-chat', index],
  ['services88-chat/codec', codec],
  ['services88-chat/server', server],
  ['services88-chat/migrate', migrate],
])('%s exports the same names as before', (_name, exported) => {
  expect(Object.keys(exported).sort()).toMatchSnapshot();
});

it('the services have the same methods as before', () => {
  expect({ Chat: Object.keys(codec.Chat), SoPrincipal: Object.keys(codec.SoPrincipal) }).toMatchSnapshot();
});
