// A presigned URL of S3, made by the signer of the SDK for JavaScript as its own presigner uses it.

import { S3 } from '@aws-sdk/client-s3';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ClientSettings } from './clients.ts';

export async function presign(
  settings: ClientSettings,
  { method, bucket, key }: { readonly method: 'GET' | 'PUT'; readonly bucket: string; readonly key: string },
): Promise<string> {
  const { region, credentials } = settings;
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials,
    sha256: new S3(settings).config.sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });
  const hostname = `${bucket}.s3.${region}.amazonaws.com`;
  const request = new HttpRequest({
    method,
    protocol: 'https:',
    hostname,
    path: `/${encodeURIComponent(key)}`,
    headers: { host: hostname, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  });
  const { path, query } = await signer.presign(request, { expiresIn: 300 });
  return `https://${hostname}${path}?${new URLSearchParams(query as Record<string, string>)}`;
}
