/** How a service takes requests and gives errors. `cbor` is Smithy's rpc-v2-cbor. */
export type Protocol = 'json-1.0' | 'json-1.1' | 'query' | 'ec2' | 'rest-json' | 'rest-xml' | 'cbor';

export interface AwsService {
  /** boto3's name: `dynamodb`, `cognito-idp`, `ses`. Stable, and what is stored. */
  readonly id: string;
  /** For people: `Amazon DynamoDB`. */
  readonly displayName: string;
  /** The service part of the credential scopes that its requests may carry, the usual one first. */
  readonly signingNames: readonly string[];
  /** The first is the one that today's SDKs choose. */
  readonly protocols: readonly Protocol[];
  /** `2012-08-10`: the newest version of the API, and the `Version` of the query protocol. */
  readonly apiVersion: string;
}
