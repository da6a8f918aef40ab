// S3 ListObjectsV2: keys in the order of their bytes, cut into pages, with what follows a delimiter rolled up.
import { repeated } from '../../xml.ts';
import { findBucket } from './buckets-state.ts';
import type { S3Action } from './s3-action.ts';
import { xmlReply } from './s3-reply.ts';

export const listObjects: S3Action = {
  name: 'ListObjectsV2',
  handle({ bucket: name, query }, call) {
    const { objects } = findBucket(name, call);
    const prefix = query.get('prefix') ?? '';
    const delimiter = query.get('delimiter') ?? '';
    const keysMax = Math.min(1000, Number(query.get('max-keys') ?? 1000) || 0);
    const token = query.get('continuation-token');
    const after = token === undefined ? (query.get('start-after') ?? '') : readToken(token);
    const encode = query.get('encoding-type') === 'url' ? encodeKey : (key: string) => key;

    const entries = rollUp(
      [...objects.keys()].filter((key) => key.startsWith(prefix)),
      prefix,
      delimiter,
    )
      .filter((entry) => entry > after)
      .sort();
    const page = entries.slice(0, keysMax);
    const last = page.at(-1);
    const more = entries.length > page.length && last !== undefined;
    const contents = page.flatMap((entry) => objects.get(entry) ?? []);
    return xmlReply('ListBucketResult', {
      Name: name,
      Prefix: encode(prefix),
      Delimiter: delimiter === '' ? undefined : encode(delimiter),
      EncodingType: query.get('encoding-type'),
      MaxKeys: keysMax,
      KeyCount: page.length,
      IsTruncated: more,
      NextContinuationToken: more ? writeToken(last) : undefined,
      Contents: repeated(
        contents.map(({ key, length, etag, modifiedAtMs }) => ({
          Key: encode(key),
          LastModified: new Date(modifiedAtMs),
          ETag: etag,
          Size: length,
          StorageClass: 'STANDARD',
        })),
      ),
      CommonPrefixes: repeated(
        page.filter((entry) => !objects.has(entry)).map((entry) => ({ Prefix: encode(entry) })),
      ),
    });
  },
};

function rollUp(keys: readonly string[], prefix: string, delimiter: string): string[] {
  if (delimiter === '') return [...keys];
  const rolled = keys.map((key) => {
    const at = key.indexOf(delimiter, prefix.length);
    return at < 0 ? key : key.slice(0, at + delimiter.length);
  });
  return [...new Set(rolled)];
}

function encodeKey(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/');
}

function writeToken(key: string): string {
  return Buffer.from(key).toString('base64url');
}

function readToken(token: string): string {
  return Buffer.from(token, 'base64url').toString('utf8');
}
