/**
 * Callers of SOAP go on as they are, while their calls go out as REST: a transport for `serveSoap`, in which each operation
 * has its way.
 */
import { intercept, type Transport } from '../call.js';
import { InputError } from '../errors.js';
import { requireFunction, requireKnown } from '../options.js';
import { naming, type Routes, route } from '../transports/route.js';
import { type ShadowCounts, type ShadowOptions, shadow } from './shadow.js';

/**
 * Over which wire an operation goes: `'rest'` and `'soap'` answer themselves; with `'shadow'` SOAP answers, and a read is made
 * over REST as well, by the way, and compared.
 */
export type BridgeRoute = 'rest' | 'soap' | 'shadow';

export interface BridgeOptions extends Pick<ShadowOptions, 'sample' | 'pending' | 'timeoutMs' | 'allowLanguage'> {
  readonly rest: Transport;
  /** For what is to go over SOAP still; logins go there where it is given, unless the routes name them. */
  readonly soap?: Transport | undefined;
  /**
   * One for all, or one for each method with a `default`. What is not named goes the safe way: `'shadow'` where there is SOAP,
   * in which nothing changes for anybody, else `'rest'`.
   */
  readonly routes?: Routes<BridgeRoute> | undefined;
  /** Is told of each comparison of a shadowed call. */
  readonly onComparison?: ShadowOptions['onComparison'] | undefined;
}

export interface Bridge extends Transport {
  /** What became of the comparisons. */
  readonly comparisons: () => ShadowCounts;
  /** Waits for comparisons under way; the transports are the owner's to close. */
  readonly close: () => Promise<void>;
}

/**
 * The transport of a bridge: `serveSoap([Chat, SoPrincipal], bridge({ rest: restTransport({ baseUrl }) }))`. Replies and
 * errors say by `servedBy` whether SOAP or REST answered, which `serveSoap` puts into the header `x-served-by`.
 * @throws InputError for options that are not right, and for routes over SOAP where there is none
 */
export function bridge(options: BridgeOptions): Bridge {
  requireKnown('', options, OPTIONS);
  const { rest, soap, routes = {}, onComparison = () => {}, ...shadowing } = options;
  for (const [path, value] of Object.entries({ rest, soap, onComparison })) requireFunction(path, value);
  if (rest === undefined) throw new InputError('rest', 'missing; it is the transport to the REST API');
  if (!soap) {
    const none = { compared: 0, different: 0, skipped: 0, pending: 0 };
    return Object.assign(route({ rest }, routes as Routes<'rest'>, { others: 'rest' }, 'routes'), {
      comparisons: () => none,
      close: async () => {},
    });
  }
  // SOAP answers what is shadowed, and is named for it.
  const shadowed = shadow({ ...shadowing, onComparison, primary: intercept(soap, naming('soap')), secondary: rest });
  const routed = route({ rest, soap, shadow: shadowed }, routes, { logins: 'soap', others: 'shadow' }, 'routes');
  return Object.assign(routed, { comparisons: shadowed.counts, close: shadowed.close });
}

const OPTIONS = ['rest', 'soap', 'routes', 'onComparison', 'sample', 'pending', 'timeoutMs', 'allowLanguage'];
