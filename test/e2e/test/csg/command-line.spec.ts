// The AWS CLI with nothing but the environment variables of docs/proxy.md: one call of each protocol.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cloudServiceAllowRoute } from '@cloud-gateway/contracts';
import { type CommandResult, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { type IssuedKey, issueKey } from '../../src/csg/issue-key.ts';
import { provideAwsCli } from '../../src/csg/provide-aws-tools.ts';
import { runAsUser } from '../../src/csg/run-as-user.ts';
import { useProxyWorld } from '../../src/csg/use-proxy-world.ts';

describe('the proxy door: the AWS CLI', function () {
  this.timeout(60_000);
  let program: string;
  before(async function () {
    this.timeout(serverStartTimeoutMs * 3);
    const cli = await provideAwsCli();
    if ('program' in cli) {
      program = cli.program;
      return;
    }
    console.log(`      the AWS CLI is skipped: ${cli.missing}`);
    this.skip();
  });

  const world = useProxyWorld();
  let key: IssuedKey;
  before(async () => {
    for (const service of ['ec2', 's3']) {
      await world().administrator.call(cloudServiceAllowRoute, { params: { cloud: 'ec2', service } });
    }
    key = await issueKey(world(), { services: ['sns', 'dynamodb', 'lambda', 'route53', 'ec2', 's3'] });
  });
  afterEach(() => expect(world().gateway.errors()).to.deep.equal([]));

  it('query: sns', async () => {
    const { TopicArn } = await answer('sns', 'create-topic', '--name', 'by-cli');
    expect((await answer('sns', 'list-topics'))['Topics']).to.deep.equal([{ TopicArn }]);
  });

  it('JSON: dynamodb', async () => {
    expect(await answer('dynamodb', 'list-tables')).to.deep.equal({ TableNames: [] });
  });

  it('REST with JSON: lambda', async () => {
    expect(await answer('lambda', 'list-functions')).to.deep.equal({ Functions: [] });
  });

  it('REST with XML: route53', async () => {
    const { DelegationSets } = await answer('route53', 'list-reusable-delegation-sets');
    expect(DelegationSets).to.deep.equal([]);
  });

  it('EC2', async () => {
    const { Regions } = await answer('ec2', 'describe-regions');
    expect((Regions as { RegionName: string }[]).map(({ RegionName }) => RegionName)).to.include('us-east-1');
  });

  it('S3: 20 MB up and down', async () => {
    const { folder } = world().gateway;
    const file = path.join(folder, 'up');
    await writeFile(file, Buffer.alloc(20_000_000, 'x'));
    await succeed('s3', 'mb', 's3://by-cli');
    await succeed('s3', 'cp', '--no-progress', file, 's3://by-cli/up');
    await succeed('s3', 'cp', '--no-progress', 's3://by-cli/synthetic-20000000', path.join(folder, 'down'));

    const { ContentLength } = await answer('s3api', 'head-object', '--bucket', 'by-cli', '--key', 'up');
    expect(ContentLength).to.equal(20_000_000);
  });

  it('says what was refused, and ends with the status of its client errors', async () => {
    const { status, stderr } = await aws('sqs', 'list-queues');
    expect(status).to.be.oneOf([254, 255]);
    expect(stderr).to.match(/An error occurred \(\w+\) when calling the ListQueues operation: /);
    expect(stderr).to.include('Client is unknown or has no access to service');
  });

  function aws(...args: string[]): Promise<CommandResult> {
    return runAsUser(world(), key, [program, ...args, '--output', 'json']);
  }

  async function succeed(...args: string[]): Promise<string> {
    const { status, stdout, stderr } = await aws(...args);
    expect(status, stderr).to.equal(0);
    return stdout;
  }

  async function answer(...args: string[]): Promise<Record<string, unknown>> {
    return JSON.parse(await succeed(...args)) as Record<string, unknown>;
  }
});
