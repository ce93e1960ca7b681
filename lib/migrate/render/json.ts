/**
 * A translation as JSON, with all that is known of it.
 */
import { qualifiedName } from '../../codec/operation.js';
import { escapeSteering } from '../../codec/steering.js';
import { shown } from '../translate/placeholders.js';
import type { Translation } from '../translate/translate.js';
import type { RenderOptions } from './comments.js';
import { addressOf, headersOf } from './request-parts.js';

/** An object whose `request` is null for logins, which REST has no calls for. */
export function asJson(translation: Translation, { from }: RenderOptions = {}): string {
  const { operation, release, version, header, input, request, notes } = translation;
  const whole = {
    operation: qualifiedName(operation),
    ...(from !== undefined && { from }),
    release,
    soapVersion: version,
    request: request
      ? {
          method: request.method,
          url: addressOf(translation, request),
          style: request.style,
          headers: Object.fromEntries(headersOf(request)),
          body: request.body ?? null,
        }
      : null,
    header,
    input,
    notes,
  };
  return `${shown(escapeSteering(JSON.stringify(whole, null, 2)))}\n`;
}
