/** The fifteen that Cloud Service Gateway offered in the original, in the order of its tiles, with the names of these. */
export const originalServices = [
  { id: 'lambda', displayName: 'Lambda' },
  { id: 'ecs', displayName: 'ECS' },
  { id: 'route53', displayName: 'Route53' },
  { id: 'glacier', displayName: 'Glacier' },
  { id: 'apigateway', displayName: 'API Gateway' },
  { id: 'sqs', displayName: 'SQS' },
  { id: 'sns', displayName: 'SNS' },
  { id: 'ses', displayName: 'SES' },
  { id: 'redshift', displayName: 'Redshift' },
  { id: 'dynamodb', displayName: 'DynamoDB' },
  { id: 'cognito-identity', displayName: 'Cognito Identity' },
  { id: 'cognito-idp', displayName: 'Cognito User Pools' },
  { id: 'devicefarm', displayName: 'Device Farm' },
  { id: 'mobile', displayName: 'Mobile' },
  { id: 'pinpoint', displayName: 'Pinpoint' },
] as const satisfies readonly { readonly id: string; readonly displayName: string }[];
