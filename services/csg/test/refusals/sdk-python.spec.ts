// What boto3 makes of our refusals: its own ClientError with our code and message, after one attempt, or after two where
// the call may be repeated.
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ErrorProtocol } from '@cloud-gateway/aws-services';
import { expect } from 'chai';
import type { RefusalKind } from '../../src/refusals/refusal.ts';
import { type RefusalServer, requestId, startRefusalServer } from './refusal-server.ts';

const run = promisify(execFile);
const deadlineMs = 120_000;

const script = `
import sys, json, boto3
from concurrent.futures import ThreadPoolExecutor
from botocore.config import Config
from botocore.exceptions import ClientError
config = Config(retries={'mode': 'standard', 'total_max_attempts': 2}, s3={'addressing_style': 'path'})
def client(url, service):
    return boto3.client(service, endpoint_url=url, region_name='us-east-1', config=config,
                        aws_access_key_id='AKIDEXAMPLE', aws_secret_access_key='example')
def error(client, call):
    arguments = {'Bucket': 'bucket', 'Key': 'key'} if call == 'head_object' else {}
    try:
        getattr(client, call)(**arguments)
    except ClientError as e:
        meta = e.response['ResponseMetadata']
        return [e.response['Error']['Code'], e.response['Error'].get('Message'), meta['HTTPStatusCode'], meta.get('RequestId')]
calls = [(client(url, service), call) for url, service, call in json.loads(sys.argv[1])]
with ThreadPoolExecutor(8) as pool:
    print(json.dumps(list(pool.map(lambda each: error(*each), calls))))
`;

describe('refusals, read by boto3', function () {
  this.timeout(deadlineMs);
  const servers: RefusalServer[] = [];
  let errors: unknown[];

  const calls: readonly (readonly [
    service: string,
    call: string,
    protocol: ErrorProtocol,
    kind: RefusalKind,
    code: string,
    status: number,
    attempts: number,
  ])[] = [
    ['sqs', 'list_queues', 'json-1.0', 'policy-violation', 'AccessDenied', 400, 1],
    ['dynamodb', 'list_tables', 'json-1.0', 'unknown-client', 'UnrecognizedClientException', 400, 1],
    ['dynamodb', 'list_tables', 'json-1.0', 'clock-skew', 'InvalidSignatureException', 400, 1],
    ['dynamodb', 'list_tables', 'json-1.0', 'cloud-unreachable', 'ServiceUnavailableException', 503, 2],
    ['ecs', 'list_clusters', 'json-1.1', 'policy-violation', 'AccessDeniedException', 400, 1],
    ['cloudwatch', 'list_metrics', 'json-1.0', 'policy-violation', 'AccessDenied', 400, 1],
    ['cloudwatch', 'list_metrics', 'json-1.0', 'rate-limited', 'Throttling', 400, 2],
    ['sns', 'list_topics', 'query', 'policy-violation', 'AccessDenied', 403, 1],
    ['sns', 'list_topics', 'query', 'cloud-timeout', 'ServiceUnavailable', 504, 2],
    ['ec2', 'describe_regions', 'ec2', 'policy-violation', 'UnauthorizedOperation', 403, 1],
    ['ec2', 'describe_regions', 'ec2', 'rate-limited', 'RequestLimitExceeded', 429, 2],
    ['route53', 'list_hosted_zones', 'rest-xml', 'signature-mismatch', 'SignatureDoesNotMatch', 403, 1],
    ['lambda', 'list_functions', 'rest-json', 'policy-violation', 'AccessDeniedException', 403, 1],
    ['lambda', 'list_functions', 'rest-json', 'rate-limited', 'ThrottlingException', 429, 2],
    ['s3', 'list_buckets', 's3', 'not-active', 'InvalidAccessKeyId', 403, 1],
    ['s3', 'list_buckets', 's3', 'scope-mismatch', 'AuthorizationHeaderMalformed', 400, 1],
    ['s3', 'list_buckets', 's3', 'rate-limited', 'SlowDown', 429, 2],
    ['s3', 'list_buckets', 's3', 'upstream-broke-off', 'ServiceUnavailable', 502, 2],
    ['s3', 'head_object', 's3', 'not-active', '403', 403, 1],
  ];

  const message = `Action 'X<&>"é' violates policy 'csg.actions'`;

  // One interpreter for all calls, each to a server of its own: starting one takes longer than all of them.
  before(async function () {
    if (!(await isInstalled())) this.skip();
    for (const [, , protocol, kind] of calls) {
      servers.push(Object.assign(await startRefusalServer(), { protocol, refusal: { kind, message } }));
    }
    const targets = calls.map(([service, call], i) => [servers[i]?.url, service, call]);
    errors = JSON.parse(await python(script, JSON.stringify(targets))) as unknown[];
  });
  after(() => Promise.all(servers.map((server) => server.close())));

  for (const [i, [service, call, , kind, code, status, attempts]] of calls.entries()) {
    it(`${service}.${call}: ${kind} is ${code}, after ${attempts}`, () => {
      const text = call === 'head_object' ? 'Forbidden' : message;

      expect(errors[i]).to.deep.equal([code, text, status, requestId]);
      expect(servers[i]?.requests).to.equal(attempts);
    });
  }
});

/** What it wrote. Nothing of the machine's AWS set-up is used. */
async function python(program: string, ...args: string[]): Promise<string> {
  const { PATH, HOME } = process.env as { PATH?: string; HOME?: string };
  const none = join(tmpdir(), 'none');
  const env = { PATH, HOME, AWS_CONFIG_FILE: none, AWS_SHARED_CREDENTIALS_FILE: none };
  return (await run('python3', ['-c', program, ...args], { timeout: deadlineMs, env })).stdout;
}

function isInstalled(): Promise<boolean> {
  return python('import boto3').then(
    () => true,
    () => false,
  );
}
