/**
 * Headers of a signature that another one replaces: they are never signed again, and must be taken off the request
 * before the new ones are set. Date goes too, since x-amz-date takes its place.
 */
export const signatureHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'date',
  'x-amz-date',
  'x-amz-security-token',
]);
