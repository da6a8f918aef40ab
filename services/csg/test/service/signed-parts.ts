// What a signature of a request covers, in one text: two requests of which it is the same mean the same to the cloud.
// Left out is what the proxy signs anew: date, token, signature.

export interface SentRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** Paths of S3 are taken as they are; those of others are normalized (RFC 3986 section 5.2.4). */
export function signedParts({ method, target, headers, body }: SentRequest): string {
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    values.set(key, [...(values.get(key) ?? []), value.trim().replace(/ +/g, ' ')]);
  }
  const signedHeaders = namesOfSigned(target, values.get('authorization')?.[0] ?? '');
  const covered = [...values.keys()]
    .filter((name) => !signedAnew.has(name) && (signedHeaders.includes(name) || name.startsWith('x-amz-')))
    .sort()
    .map((name) => `${name}:${values.get(name)?.join(',')}`);
  const isS3 = /(^|\.)s3\./.test(values.get('host')?.[0] ?? '');
  const isUnsigned =
    values.get('x-amz-content-sha256')?.[0]?.includes('UNSIGNED-PAYLOAD') ||
    target.includes('X-Amz-Signature');
  const content = isUnsigned
    ? 'any'
    : body.toString('latin1').replaceAll(/chunk-signature=[0-9a-f]{64}/g, 'chunk-signature=');
  return [method, partsOfTarget(target, isS3), ...covered, content].join('\n');
}

function namesOfSigned(target: string, authorization: string): readonly string[] {
  const [, inHeader] = /SignedHeaders=([^,\s]+)/.exec(authorization) ?? [];
  const [, inQuery] = /X-Amz-SignedHeaders=([^&]+)/.exec(target) ?? [];
  return (inHeader ?? decoded(inQuery ?? '')).split(';');
}

const signedAnew: ReadonlySet<string> = new Set(['x-amz-date', 'x-amz-security-token']);
const queryParametersSignedAnew = /^X-Amz-(Date|Credential|Signature|Security-Token)$/i;

function partsOfTarget(target: string, isS3: boolean): string {
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  const query =
    at < 0
      ? []
      : target
          .slice(at + 1)
          .split('&')
          .filter((part) => part !== '');
  const parameters = query
    .map((part) => {
      const equals = part.indexOf('=');
      const name = equals < 0 ? part : part.slice(0, equals);
      return [decoded(name), decoded(equals < 0 ? '' : part.slice(equals + 1))] as const;
    })
    .filter(([name]) => !queryParametersSignedAnew.test(name))
    .map(([name, value]) => JSON.stringify([name, value]))
    .sort();
  return [isS3 ? decoded(path) : withoutDots(decoded(path)), ...parameters].join('\n');
}

function withoutDots(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}${path.endsWith('/') && segments.length > 0 ? '/' : ''}`;
}

function decoded(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
