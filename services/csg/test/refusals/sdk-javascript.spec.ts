// What the SDK for JavaScript makes of our refusals, client by client: its own exceptions, after one attempt, or after
// three where the call may be repeated.
import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import { HeadObjectCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import type { ErrorProtocol } from '@cloud-gateway/aws-services';
import { ConfiguredRetryStrategy } from '@smithy/util-retry';
import { expect } from 'chai';
import type { RefusalKind } from '../../src/refusals/refusal.ts';
import { type RefusalServer, requestId, startRefusalServer } from './refusal-server.ts';

const attempts = 3;

describe('refusals, read by the SDK for JavaScript', () => {
  let server: RefusalServer;
  before(async () => {
    server = await startRefusalServer();
  });
  after(() => server.close());

  const config = () => ({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    retryStrategy: new ConfiguredRetryStrategy(attempts, () => 1),
  });
  const s3Config = () => ({ ...config(), forcePathStyle: true });

  const clients: readonly {
    readonly service: string;
    readonly protocol: ErrorProtocol;
    readonly call: () => Promise<unknown>;
    readonly names: Partial<Record<RefusalKind, string>>;
  }[] = [
    {
      service: 'sqs',
      protocol: 'json-1.0',
      call: () => new SQSClient(config()).send(new ListQueuesCommand({})),
      // The client reads the codes of the query protocol, because it says so in its request.
      names: { 'policy-violation': 'AccessDenied', 'unknown-client': 'InvalidClientTokenId' },
    },
    {
      service: 'dynamodb',
      protocol: 'json-1.0',
      call: () => new DynamoDBClient(config()).send(new ListTablesCommand({})),
      names: {
        'policy-violation': 'AccessDeniedException',
        'unknown-client': 'UnrecognizedClientException',
        'signature-mismatch': 'InvalidSignatureException',
        'rate-limited': 'ThrottlingException',
        'cloud-unreachable': 'ServiceUnavailableException',
      },
    },
    {
      service: 'cloudwatch',
      protocol: 'json-1.0',
      call: () => new CloudWatchClient(config()).send(new ListMetricsCommand({})),
      names: { 'policy-violation': 'AccessDenied' },
    },
    {
      service: 'cloudwatch in CBOR',
      protocol: 'cbor',
      call: () =>
        new CloudWatchClient({ ...config(), protocol: AwsSmithyRpcV2CborProtocol }).send(
          new ListMetricsCommand({}),
        ),
      names: {
        'policy-violation': 'AccessDenied',
        'rate-limited': 'Throttling',
        unavailable: 'ServiceUnavailable',
      },
    },
    {
      service: 'sns',
      protocol: 'query',
      call: () => new SNSClient(config()).send(new ListTopicsCommand({})),
      names: {
        'policy-violation': 'AccessDenied',
        'unknown-client': 'InvalidClientTokenId',
        'signature-mismatch': 'SignatureDoesNotMatch',
        'rate-limited': 'Throttling',
        'cloud-timeout': 'ServiceUnavailable',
      },
    },
    {
      service: 'ec2',
      protocol: 'ec2',
      call: () => new EC2Client(config()).send(new DescribeRegionsCommand({})),
      names: {
        'policy-violation': 'UnauthorizedOperation',
        'unknown-client': 'AuthFailure',
        'rate-limited': 'RequestLimitExceeded',
        unavailable: 'Unavailable',
      },
    },
    {
      service: 'route53',
      protocol: 'rest-xml',
      call: () => new Route53Client(config()).send(new ListHostedZonesCommand({})),
      names: {
        'policy-violation': 'AccessDenied',
        'signature-mismatch': 'SignatureDoesNotMatch',
        'upstream-broke-off': 'ServiceUnavailable',
      },
    },
    {
      service: 'lambda',
      protocol: 'rest-json',
      call: () => new LambdaClient(config()).send(new ListFunctionsCommand({})),
      names: {
        'policy-violation': 'AccessDeniedException',
        'signature-mismatch': 'InvalidSignatureException',
        'rate-limited': 'ThrottlingException',
        overloaded: 'ServiceUnavailableException',
      },
    },
    {
      service: 's3',
      protocol: 's3',
      call: () => new S3Client(s3Config()).send(new ListBucketsCommand({})),
      names: {
        'policy-violation': 'AccessDenied',
        'unknown-client': 'InvalidAccessKeyId',
        'signature-mismatch': 'SignatureDoesNotMatch',
        'scope-mismatch': 'AuthorizationHeaderMalformed',
        'rate-limited': 'SlowDown',
        'body-timeout': 'RequestTimeout',
        overloaded: 'SlowDown',
      },
    },
  ];

  const repeated: ReadonlySet<RefusalKind> = new Set<RefusalKind>([
    'rate-limited',
    'body-timeout',
    'unavailable',
    'cloud-unreachable',
    'cloud-timeout',
    'upstream-broke-off',
    'overloaded',
  ]);

  for (const { service, protocol, call, names } of clients) {
    for (const [kind, name] of Object.entries(names) as [RefusalKind, string][]) {
      const tries = repeated.has(kind) ? attempts : 1;
      it(`${service}: ${kind} is ${name}, after ${tries}`, async () => {
        const message = `Action 'X<&>"é' violates policy 'csg.actions'`;
        Object.assign(server, { protocol, refusal: { kind, message }, aheadMs: 0, requests: 0 });

        const error = await errorOf(call);

        expect(error.name).to.equal(name);
        expect(error.message).to.equal(message);
        expect(error.$metadata?.requestId).to.equal(requestId);
        expect(server.requests).to.equal(tries);
      });
    }
  }

  it('s3: tells HEAD by the status alone', async () => {
    Object.assign(server, {
      protocol: 's3',
      refusal: { kind: 'not-active', message: 'Client is not Active' },
      requests: 0,
    });

    const error = await errorOf(() =>
      new S3Client(s3Config()).send(new HeadObjectCommand({ Bucket: 'bucket', Key: 'key' })),
    );

    expect(error.$metadata?.httpStatusCode).to.equal(403);
    expect(server.requests).to.equal(1);
  });

  const aheadMs = 3_600_000;
  const skewed: readonly {
    readonly service: string;
    readonly protocol: ErrorProtocol;
    /** The client's idea of how far its clock is off, after the call. */
    readonly call: () => Promise<{ readonly offsetMs: number; readonly message: string }>;
  }[] = [
    {
      service: 's3',
      protocol: 's3',
      call: async () => {
        const client = new S3Client(s3Config());
        const { message } = await errorOf(() => client.send(new ListBucketsCommand({})));
        return { offsetMs: client.config.systemClockOffset, message };
      },
    },
    {
      service: 'dynamodb',
      protocol: 'json-1.0',
      call: async () => {
        const client = new DynamoDBClient(s3Config());
        const { message } = await errorOf(() => client.send(new ListTablesCommand({})));
        return { offsetMs: client.config.systemClockOffset, message };
      },
    },
    {
      service: 'sns',
      protocol: 'query',
      call: async () => {
        const client = new SNSClient(s3Config());
        const { message } = await errorOf(() => client.send(new ListTopicsCommand({})));
        return { offsetMs: client.config.systemClockOffset, message };
      },
    },
  ];

  for (const { service, protocol, call } of skewed) {
    it(`${service}: a client whose clock is wrong sets it by our Date, and tries again`, async () => {
      const refusal = { kind: 'clock-skew', message: 'Signature expired: 1 is now earlier than 2' };
      Object.assign(server, { protocol, refusal, aheadMs, requests: 0 });

      const { offsetMs, message } = await call();

      expect(message).to.equal(refusal.message);
      expect(server.requests).to.be.greaterThan(1);
      expect(Math.abs(offsetMs - aheadMs)).to.be.lessThan(300_000);
    });
  }
});

interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

async function errorOf(call: () => Promise<unknown>): Promise<SdkError> {
  try {
    await call();
  } catch (error) {
    return error as SdkError;
  }
  throw new Error('The call was answered.');
}
