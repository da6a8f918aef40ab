// The fifteen services of the original, as its acceptance test used them: the gateway's id, the name on the tile, and the
// host of the calls.
const rows = [
  ['apigateway', 'Api Gateway', 'apigateway.us-east-1.amazonaws.com'],
  ['cognito-identity', 'Cognito Identity', 'cognito-identity.us-east-1.amazonaws.com'],
  ['cognito-idp', 'Cognito User Pools', 'cognito-idp.us-east-1.amazonaws.com'],
  ['devicefarm', 'Device Farm', 'devicefarm.us-west-2.amazonaws.com'],
  ['dynamodb', 'DynamoDb', 'dynamodb.us-east-1.amazonaws.com'],
  ['ecs', 'Ecs', 'ecs.us-east-1.amazonaws.com'],
  ['glacier', 'Glacier', 'glacier.us-east-1.amazonaws.com'],
  ['lambda', 'Lambda', 'lambda.us-east-1.amazonaws.com'],
  ['mobile', 'Mobile', 'mobile.us-east-1.amazonaws.com'],
  ['pinpoint', 'Pinpoint', 'pinpoint.us-east-1.amazonaws.com'],
  ['redshift', 'Redshift', 'redshift.us-east-1.amazonaws.com'],
  ['route53', 'Route53', 'route53.amazonaws.com'],
  ['ses', 'Ses', 'email.us-east-1.amazonaws.com'],
  ['sns', 'Sns', 'sns.us-east-1.amazonaws.com'],
  ['sqs', 'Sqs', 'sqs.us-east-1.amazonaws.com'],
] as const;

export type OriginalServiceId = (typeof rows)[number][0];

export interface OriginalService {
  readonly id: OriginalServiceId;
  readonly tile: string;
  readonly host: string;
}

export const originalServices: readonly OriginalService[] = rows.map(([id, tile, host]) => ({
  id,
  tile,
  host,
}));

export function tilesOf(ids: readonly OriginalServiceId[]): readonly string[] {
  return originalServices.filter(({ id }) => ids.includes(id)).map(({ tile }) => tile);
}
