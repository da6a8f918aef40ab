// The services that are simulated, and what tells them apart on the wire. A service is called by its signing name: the
// one in the scope of a signature, and not always the one in its host name.

export const serviceNames = [
  'ec2',
  'sts',
  'iam',
  'AWSMobileHubService',
  'apigateway',
  'cognito-identity',
  'cognito-idp',
  'devicefarm',
  'dynamodb',
  'ecs',
  'glacier',
  'kinesis',
  'lambda',
  'mobiletargeting',
  'monitoring',
  'redshift',
  'route53',
  's3',
  'ses',
  'sns',
  'sqs',
] as const;

export type ServiceName = (typeof serviceNames)[number];

interface ServiceFacts {
  /** The labels that tell the service in a host of amazonaws.com; a label may go on after a dash. */
  readonly hostLabels: readonly string[];
  /** Where the scope must say another region than the caller's, or the service is not everywhere. */
  readonly regions?: readonly string[];
  /** Of the query protocol. */
  readonly query?: QueryFacts;
  /** Of the JSON protocols that name the action in X-Amz-Target. */
  readonly json?: JsonFacts;
  /** Of the protocols that name the action by method and path. */
  readonly rest?: 'json' | 'xml';
}

export interface QueryFacts {
  readonly version: string;
  readonly namespace: string;
  /** What the entries of a list are called. */
  readonly itemName: string;
}

interface JsonFacts {
  readonly version: '1.0' | '1.1';
  /** X-Amz-Target is this, a dot and the action. */
  readonly target: string;
}

const query = (host: string, version: string): QueryFacts => ({
  version,
  namespace: `${host}/doc/${version}/`,
  itemName: 'member',
});

const json = (version: JsonFacts['version'], target: string): JsonFacts => ({ version, target });

export const serviceFacts: Readonly<Record<ServiceName, ServiceFacts>> = {
  ec2: {
    hostLabels: ['ec2'],
    query: { ...query('http://ec2.amazonaws.com', '2016-11-15'), itemName: 'item' },
  },
  sts: { hostLabels: ['sts'], query: query('https://sts.amazonaws.com', '2011-06-15') },
  iam: {
    hostLabels: ['iam'],
    regions: ['us-east-1'],
    query: query('https://iam.amazonaws.com', '2010-05-08'),
  },
  AWSMobileHubService: { hostLabels: ['mobile'], rest: 'json' },
  apigateway: { hostLabels: ['apigateway'], rest: 'json' },
  'cognito-identity': { hostLabels: ['cognito-identity'], json: json('1.1', 'AWSCognitoIdentityService') },
  'cognito-idp': { hostLabels: ['cognito-idp'], json: json('1.1', 'AWSCognitoIdentityProviderService') },
  devicefarm: {
    hostLabels: ['devicefarm'],
    regions: ['us-west-2'],
    json: json('1.1', 'DeviceFarm_20150623'),
  },
  dynamodb: { hostLabels: ['dynamodb', 'ddb'], json: json('1.0', 'DynamoDB_20120810') },
  ecs: { hostLabels: ['ecs'], json: json('1.1', 'AmazonEC2ContainerServiceV20141113') },
  glacier: { hostLabels: ['glacier'], rest: 'json' },
  kinesis: {
    hostLabels: ['kinesis', 'control-kinesis', 'data-kinesis'],
    json: json('1.1', 'Kinesis_20131202'),
  },
  lambda: { hostLabels: ['lambda'], rest: 'json' },
  mobiletargeting: { hostLabels: ['pinpoint'], rest: 'json' },
  monitoring: {
    hostLabels: ['monitoring'],
    json: json('1.0', 'GraniteServiceVersion20100801'),
    query: query('http://monitoring.amazonaws.com', '2010-08-01'),
  },
  redshift: { hostLabels: ['redshift'], query: query('http://redshift.amazonaws.com', '2012-12-01') },
  route53: { hostLabels: ['route53'], regions: ['us-east-1'], rest: 'xml' },
  s3: { hostLabels: ['s3'] },
  ses: { hostLabels: ['email'], query: query('http://ses.amazonaws.com', '2010-12-01') },
  sns: { hostLabels: ['sns'], query: query('http://sns.amazonaws.com', '2010-03-31') },
  sqs: { hostLabels: ['sqs', 'queue'], json: json('1.0', 'AmazonSQS') },
};

export function isServiceName(name: string): name is ServiceName {
  return Object.hasOwn(serviceFacts, name);
}

/** The service that speaks this version of the query protocol. */
export function serviceOfVersion(version: string | undefined): ServiceName | undefined {
  return serviceNames.find((name) => version !== undefined && serviceFacts[name].query?.version === version);
}
