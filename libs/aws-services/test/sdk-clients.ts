// The clients of the SDK that are installed: an independent opinion on endpoints and operations.
import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CognitoIdentityClient } from '@aws-sdk/client-cognito-identity';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DeviceFarmClient } from '@aws-sdk/client-device-farm';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { GlacierClient } from '@aws-sdk/client-glacier';
import { IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { MobileClient } from '@aws-sdk/client-mobile';
import { PinpointClient } from '@aws-sdk/client-pinpoint';
import { RedshiftClient } from '@aws-sdk/client-redshift';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { createRecorder, type Recorder } from './recorder.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-secret-of-the-tests' };

/** What the tests call of a client. Each has types of its own for its commands; here any command goes to any client. */
interface SdkClient {
  readonly config: { readonly endpointProvider: (parameters: EndpointParameters) => SdkEndpoint };
  send(command: unknown): Promise<unknown>;
  destroy(): void;
}

export interface EndpointParameters {
  readonly Region: string;
  readonly UseFIPS: boolean;
  readonly UseDualStack: boolean;
  readonly Bucket?: string;
}

export interface SdkEndpoint {
  readonly url: URL;
  readonly properties?: {
    readonly authSchemes?: readonly { readonly signingName?: string; readonly signingRegion?: string }[];
  };
}

export interface InstalledClient {
  /** Our id of the service. */
  readonly service: string;
  readonly signingName: string;
  readonly client: SdkClient;
  readonly recorder: Recorder;
}

type ClientClass = new (options: {
  region: string;
  credentials: typeof credentials;
  requestHandler: Recorder['handler'];
  maxAttempts: number;
}) => unknown;

const classes: readonly (readonly [service: string, signingName: string, client: unknown])[] = [
  ['apigateway', 'apigateway', APIGatewayClient],
  ['cloudwatch', 'monitoring', CloudWatchClient],
  ['cognito-identity', 'cognito-identity', CognitoIdentityClient],
  ['cognito-idp', 'cognito-idp', CognitoIdentityProviderClient],
  ['devicefarm', 'devicefarm', DeviceFarmClient],
  ['dynamodb', 'dynamodb', DynamoDBClient],
  ['ec2', 'ec2', EC2Client],
  ['ecs', 'ecs', ECSClient],
  ['glacier', 'glacier', GlacierClient],
  ['iam', 'iam', IAMClient],
  ['kinesis', 'kinesis', KinesisClient],
  ['lambda', 'lambda', LambdaClient],
  ['mobile', 'AWSMobileHubService', MobileClient],
  ['pinpoint', 'mobiletargeting', PinpointClient],
  ['redshift', 'redshift', RedshiftClient],
  ['route53', 'route53', Route53Client],
  ['s3', 's3', S3Client],
  ['ses', 'ses', SESClient],
  ['sns', 'sns', SNSClient],
  ['sqs', 'sqs', SQSClient],
  ['sts', 'sts', STSClient],
];

/** One of each, to be destroyed by the caller. They send nothing: their requests end in the recorder. */
export function installedClients(region = 'us-east-1'): readonly InstalledClient[] {
  return classes.map(([service, signingName, clientClass]) => {
    const recorder = createRecorder();
    const client = new (clientClass as ClientClass)({
      region,
      credentials,
      requestHandler: recorder.handler,
      maxAttempts: 1,
    });
    return { service, signingName, client: client as SdkClient, recorder };
  });
}
