/**
 * The XML declarations that nearly all services write, which are known by their bytes.
 */
const usual = ['<?xml version="1.0" encoding="utf-8"?>', '<?xml version="1.0" encoding="UTF-8"?>'].map((text) =>
  Buffer.from(text),
);

/** The length of the declaration of UTF-8 that the document begins with, 0 where it is another one or none. */
export function usualDeclaration(document: Buffer): number {
  for (const each of usual) {
    let at = 0;
    while (at < each.length && document[at] === each[at]) at++;
    if (at === each.length) return at;
  }
  return 0;
}
