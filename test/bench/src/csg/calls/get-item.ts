// The small call: what boto3 sends for DynamoDB's GetItem, and an answer of 1 KB.
import { formatAmzDate, type SigningKeyCache, sha256Hex, signRequest } from '@cloud-gateway/sigv4';
import { requestText } from '../http1/request-text.ts';
import type { AccessKey } from './access-key.ts';
import { databaseHost, region } from './hosts.ts';

/** The whole request. The hash of its body is in the signature only: whoever checks it has to read the body first. */
export function getItemRequest(
  itemId: string,
  key: AccessKey,
  nowMs: number,
  signingKeys?: SigningKeyCache,
): Buffer {
  const body = JSON.stringify({
    TableName: 'orders',
    Key: { customer: { S: 'customer-000042' }, order: { S: itemId } },
    ConsistentRead: true,
    ReturnConsumedCapacity: 'NONE',
  });
  const request = {
    method: 'POST',
    target: '/',
    headers: {
      Host: databaseHost,
      'X-Amz-Target': 'DynamoDB_20120810.GetItem',
      'Content-Type': 'application/x-amz-json-1.0',
      'User-Agent': 'Boto3/1.43.11 md/Botocore#1.43.11 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.11.2',
      'Accept-Encoding': 'identity',
      'Content-Length': String(body.length),
      'amz-sdk-invocation-id': '5f0b5a2e-0c1d-4c8f-9a55-6f4f0c6c6d11',
      'amz-sdk-request': 'attempt=1',
    },
  };
  const signature = signRequest({
    request: { ...request, headers: Object.entries(request.headers) },
    credentials: {
      accessKeyId: key.accessKeyId,
      secret: { id: key.accessKeyId, secretAccessKey: key.secretAccessKey },
    },
    region,
    service: 'dynamodb',
    amzDate: formatAmzDate(nowMs),
    payloadHash: sha256Hex(body),
    signingKeys,
  });
  return Buffer.from(
    requestText({ ...request, headers: { ...request.headers, ...signature } }) + body,
    'latin1',
  );
}

/** The same for every item, so that whoever gets it can compare it at once. */
export const getItemAnswer = JSON.stringify({
  Item: {
    customer: { S: 'customer-000042' },
    state: { S: 'shipped' },
    total: { N: '149.90' },
    lines: {
      L: Array.from({ length: 8 }, (_, at) => ({
        M: { article: { S: `article-${1000 + at}` }, count: { N: String(at + 1) }, price: { N: '14.99' } },
      })),
    },
    address: { S: '1 Example Street, 12345 Exampletown, Exampleland, care of the reception desk' },
  },
});
