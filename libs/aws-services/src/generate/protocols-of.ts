import type { ServiceModel } from './service-model.ts';

const names: Readonly<Record<string, string>> = {
  'smithy-rpc-v2-cbor': 'cbor',
  query: 'query',
  ec2: 'ec2',
  'rest-json': 'rest-json',
  'rest-xml': 'rest-xml',
};

/** Every protocol that the service answers in, its first choice first, as libs/aws-services names them. */
export function protocolsOf({ metadata }: ServiceModel): readonly string[] {
  const { protocol, protocols = [], jsonVersion = '1.1', awsQueryCompatible } = metadata;
  const all = [protocol, ...protocols].map((name) => (name === 'json' ? `json-${jsonVersion}` : names[name]));
  // Query-compatible services were query services once, and still answer the clients of that time.
  if (awsQueryCompatible) all.push('query');
  return [...new Set(all.filter((name) => name !== undefined))];
}
