// The parameters by which a query is signed. Signers that hoist headers into the query keep the header's lower-case
// spelling, so names are compared without case.
import { splitTarget } from './request.ts';
import { uriDecode } from './uri-encode.ts';

export const querySignatureParameters: ReadonlySet<string> = new Set([
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-signedheaders',
  'x-amz-signature',
  'x-amz-security-token',
]);

/** Takes the signature out of a raw target. All else stays as it was spelled; so does X-Amz-Content-Sha256. */
export function withoutQuerySignature(target: string): string {
  const { path, query } = splitTarget(target);
  const kept = query.split('&').filter((part) => {
    const name = uriDecode(part.split('=', 1)[0] ?? '').toLowerCase();
    return !querySignatureParameters.has(name);
  });
  return kept.every((part) => part === '') ? path : `${path}?${kept.join('&')}`;
}
