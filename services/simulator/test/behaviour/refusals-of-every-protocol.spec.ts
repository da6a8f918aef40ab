// The refusals that every service has, as the real clients read them: each protocol has its own shape, and a client that
// is given another one finds no code in it.
import { APIGateway } from '@aws-sdk/client-api-gateway';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Route53 } from '@aws-sdk/client-route-53';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { expect } from 'chai';
import type { ServiceName } from '../../src/service-name.ts';
import { send, signCall } from '../raw-call.ts';
import { expectAwsError, one, place, type SimulatedCloud, useSimulator } from '../use-simulator.ts';

type Options = Parameters<SimulatedCloud['client']>[1];

interface Protocol {
  readonly name: string;
  readonly service: ServiceName;
  readonly action: string;
  call(options: Options): Promise<unknown>;
  readonly signature: string;
  readonly key: string;
  readonly token: string;
  readonly denied: string;
  readonly throttled: string;
  readonly status: number;
}

const json = {
  signature: 'InvalidSignatureException',
  key: 'UnrecognizedClientException',
  token: 'UnrecognizedClientException',
  denied: 'AccessDeniedException',
};
const xml = {
  signature: 'SignatureDoesNotMatch',
  key: 'InvalidClientTokenId',
  token: 'InvalidClientTokenId',
  denied: 'AccessDenied',
  throttled: 'Throttling',
  status: 403,
};

describe('a refusal', () => {
  const cloud = useSimulator();

  const protocols: Protocol[] = [
    {
      name: 'JSON 1.0',
      service: 'dynamodb',
      action: 'ListTables',
      call: (options) => cloud.client(DynamoDB, options).listTables({}),
      ...json,
      throttled: 'ThrottlingException',
      status: 400,
    },
    {
      name: 'JSON with the codes of the query protocol',
      service: 'sqs',
      action: 'ListQueues',
      call: (options) => cloud.client(SQS, options).listQueues({}),
      ...xml,
      status: 400,
    },
    {
      name: 'REST with JSON',
      service: 'apigateway',
      action: 'GetRestApis',
      call: (options) => cloud.client(APIGateway, options).getRestApis({}),
      ...json,
      throttled: 'TooManyRequestsException',
      status: 403,
    },
    {
      name: 'query',
      service: 'sns',
      action: 'ListTopics',
      call: (options) => cloud.client(SNS, options).listTopics({}),
      ...xml,
    },
    {
      name: 'REST with XML',
      service: 'route53',
      action: 'ListReusableDelegationSets',
      call: (options) => cloud.client(Route53, options).listReusableDelegationSets({}),
      ...xml,
    },
    {
      name: 'S3',
      service: 's3',
      action: 'ListBuckets',
      call: (options) => cloud.client(S3, { ...options, forcePathStyle: true }).listBuckets({}),
      signature: 'SignatureDoesNotMatch',
      key: 'InvalidAccessKeyId',
      token: 'InvalidToken',
      denied: 'AccessDenied',
      throttled: 'SlowDown',
      status: 403,
    },
  ];

  for (const { name, service, action, call, status, ...codes } of protocols) {
    describe(`in the protocol ${name}`, () => {
      it('of a wrong secret, an unknown key, and a token that nobody gave out', async () => {
        const wrongSecret = { ...one, secretAccessKey: 'wrong' };
        await expectAwsError(call({ credentials: wrongSecret }), codes.signature, status);
        const unknown = { ...one, accessKeyId: 'SIMNOSUCHKEYATALL' };
        await expectAwsError(call({ credentials: unknown }), codes.key, status);
        const withToken = { ...one, sessionToken: 'made up' };
        await expectAwsError(call({ credentials: withToken }), codes.token, name === 'S3' ? 400 : status);

        for (const logged of cloud.simulator.calls().calls) {
          expect(logged).to.deep.include({ service, action, accountId: '', accessKeyId: '' });
          expect(logged.errorCode).to.be.a('string');
        }
      });

      it('of what is denied by name', async () => {
        const deniedActions = [`${service}:${action}`];
        cloud.simulator.setDeniedActions({ ...place, userName: one.userName, deniedActions });
        const error = await expectAwsError(call({}), codes.denied, status);
        expect(error.message).to.contain(`is not authorized to perform: ${service}:${action}`);
      });

      it('on order, and lets the next call pass', async () => {
        cloud.simulator.setFaults([{ kind: 'throttle', service, action, times: 1 }]);
        await expectAwsError(call({}), codes.throttled);
        cloud.simulator.setFaults([
          { kind: 'fail', action, code: 'Custom', status: 418, message: 'told so', times: 1 },
        ]);
        expect((await expectAwsError(call({}), 'Custom', 418)).message).to.equal('told so');
        for (const kind of ['reset-before', 'reset-after'] as const) {
          cloud.simulator.setFaults([{ kind, action, times: 1 }]);
          const error = await call({}).then(
            () => undefined,
            (err: unknown) => err,
          );
          expect(error).to.have.property('code', 'ECONNRESET');
        }
        await call({});
        expect(cloud.simulator.calls().calls.at(-1)).to.deep.include({
          service,
          action,
          status: 200,
          accessKeyId: one.accessKeyId,
          accountId: one.accountId,
          host: new URL(cloud.url).host,
        });
      });
    });
  }

  it('of a host that is another service’s', async () => {
    const headers = { host: 'sns.us-east-1.amazonaws.com', 'x-amz-target': 'DynamoDB_20120810.ListTables' };
    const wrong = await send(cloud.url, signCall(cloud.url, '{}', { service: 'dynamodb', headers }));
    expect(wrong.body).to.contain('InvalidSignatureException').and.contain('correct service');
    const right = { ...headers, host: 'dynamodb.us-east-1.amazonaws.com' };
    const answer = await send(cloud.url, signCall(cloud.url, '{}', { service: 'dynamodb', headers: right }));
    expect(answer.status, answer.body).to.equal(200);
  });

  it('of a body that is declared unsigned, by all but S3', async () => {
    const headers = {
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    };
    const payloadHash = 'UNSIGNED-PAYLOAD';
    const call = signCall(cloud.url, '{}', { service: 'dynamodb', headers, payloadHash });
    const answer = await send(cloud.url, call);
    expect(answer.body).to.contain('InvalidSignatureException');
  });

  it('of a request that names no service, in the shape it looks like', async () => {
    const ask = async (method: string, target: string, headers: Record<string, string> = {}) =>
      (await send(cloud.url, { method, target, headers, body: '' })).body;
    expect(await ask('GET', '/bucket/key')).to.match(/<Error><Code>AccessDenied</);
    expect(await ask('POST', '/', { 'x-amz-target': 'AmazonSQS.ListQueues' })).to.contain(
      '"__type":"MissingAuthenticationTokenException"',
    );
    expect(await ask('GET', '/?Action=ListUsers&Version=2010-05-08')).to.match(
      /<ErrorResponse .*MissingAuthenticationToken/,
    );
  });
});
