/**
 * The Content-Type header, as replies and requests have it.
 */

export interface ContentType {
  /** Media type in lower case, without parameters; `''` where there is none. */
  readonly mediaType: string;
  readonly charset: string | undefined;
}

export function parseContentType(value = ''): ContentType {
  const [mediaType = '', ...parameters] = value.split(';').map((part) => part.trim());
  const charset = parameters
    .find((parameter) => /^charset\s*=/i.test(parameter))
    ?.replace(/^charset\s*=\s*"?([^"]*)"?$/i, '$1');
  return { mediaType: mediaType.toLowerCase(), charset: charset || undefined };
}

/** The same, which keeps the last one: a server says the same of all that it sends. */
export function contentTypeReader(): (value: string | undefined) => ContentType {
  let last: string | undefined;
  let read = parseContentType();
  return (value) => {
    if (value !== last) {
      read = parseContentType(value);
      last = value;
    }
    return read;
  };
}
