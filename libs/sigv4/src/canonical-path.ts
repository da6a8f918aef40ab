// CanonicalURI. Two families disagree. S3 takes a key as it was sent, encoded once: `a//x/../y` is a legal key. All
// others remove dot segments and then encode the already encoded segments once more (`%3A` becomes `%253A`).
import { uriEncode, uriReencode } from './uri-encode.ts';
import { decodeWireText } from './wire-text.ts';

const s3Family: ReadonlySet<string> = new Set(['s3', 's3express', 's3-object-lambda', 's3-outposts']);
const plainPath = /^(?:\/[A-Za-z0-9\-_~]+)*\/?$/;

export function isS3Family(service: string): boolean {
  return s3Family.has(service);
}

/** `rawPath` is the part of the request target before the first `?`. */
export function canonicalPath(rawPath: string, service: string): string {
  if (rawPath === '') return '/';
  // Nothing to encode, no empty and no dot segment: the same in both families, and nearly every request.
  if (plainPath.test(rawPath)) return rawPath;
  const path = decodeWireText(rawPath);
  return isS3Family(service) ? encodedOnce(path) : encodedTwice(withoutDotSegments(path));
}

function encodedOnce(path: string): string {
  return path.split('/').map(uriReencode).join('/');
}

function encodedTwice(path: string): string {
  return path.split('/').map(uriEncode).join('/');
}

function withoutDotSegments(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') kept.pop();
    else kept.push(segment);
  }
  const last = path.endsWith('/') && kept.length > 0 ? '/' : '';
  return `/${kept.join('/')}${last}`;
}
