import { expect } from 'chai';
import { one, place, useSimulator } from '../use-simulator.ts';
import { isInstalled, runProgram } from './run-program.ts';

describe('the AWS CLI', function () {
  this.timeout(180_000);
  const cloud = useSimulator({ paging: 'mild' });

  before(async function () {
    if (!(await isInstalled('aws', ['--version']))) this.skip();
  });

  const aws = async (args: string, env: Record<string, string> = {}) => {
    const { exitCode, stdout, stderr } = await runProgram(
      'aws',
      [...args.split(' '), '--output', 'json'],
      cloud.url,
      env,
    );
    return {
      exitCode,
      stderr,
      answer: (stdout.trim() === '' ? {} : JSON.parse(stdout)) as Record<string, unknown>,
    };
  };

  it('runs, pages, stops and tags instances', async () => {
    expect((await aws('sts get-caller-identity')).answer).to.deep.include({ Account: one.accountId });
    const launched = await aws(
      `ec2 run-instances --image-id ${await cloud.imageId()} --count 12 --tag-specifications ResourceType=instance,Tags=[{Key=Name,Value=cli}]`,
    );
    expect(launched.exitCode, launched.stderr).to.equal(0);
    cloud.simulator.advanceMs(1500);

    const listed = await aws(
      'ec2 describe-instances --page-size 5 --filters Name=tag:Name,Values=cli --query {ids:Reservations[].Instances[].InstanceId}',
    );
    const ids = listed.answer['ids'] as string[];
    expect(new Set(ids).size).to.equal(12);
    const stopped = await aws(`ec2 stop-instances --instance-ids ${ids[0]}`);
    expect(stopped.answer['StoppingInstances']).to.have.length(1);
    await aws(`ec2 create-tags --resources ${ids[0]} --tags Key=stage,Value=test`);

    const stored = cloud.simulator.snapshot(place).instances.find(({ id }) => id === ids[0]);
    expect(stored).to.deep.include({ state: 'stopping', tags: { Name: 'cli', stage: 'test' } });
  });

  it('understands every refusal', async () => {
    const wrongSecret = { AWS_SECRET_ACCESS_KEY: 'wrong' };
    for (const [args, env, code] of [
      ['ec2 describe-instances', wrongSecret, 'AuthFailure'],
      ['sts get-caller-identity', wrongSecret, 'SignatureDoesNotMatch'],
      ['sts get-caller-identity', { AWS_ACCESS_KEY_ID: 'SIMNOSUCHKEYATALL' }, 'InvalidClientTokenId'],
      ['ec2 describe-instances --instance-ids i-0123456789abcdef0', {}, 'InvalidInstanceID.NotFound'],
      ['ec2 describe-instances --dry-run', {}, 'DryRunOperation'],
      ['iam get-user --user-name nobody', {}, 'NoSuchEntity'],
    ] as const) {
      const { exitCode, stderr } = await aws(args, env);
      expect(exitCode, args).to.not.equal(0);
      expect(stderr, args).to.contain(`(${code})`);
    }
  });
});
