import { connect } from 'node:net';
import { expect } from 'chai';
import { send, signCall } from './raw-call.ts';
import { one, useSimulator } from './use-simulator.ts';

describe('the server, given garbage', () => {
  // Before useSimulator, so that it runs before the simulator is stopped.
  afterEach('it still answers', async () => {
    expect((await cloud.sts().getCallerIdentity({})).Account).to.equal(one.accountId);
  });

  const cloud = useSimulator({ bodyBytesMax: 100_000 });

  const ec2 = (body: string) => send(cloud.url, signCall(cloud.url, body, { service: 'ec2' }));
  const version = 'Version=2016-11-15';

  for (const [name, body, status, code] of [
    ['no parameters at all', '', 400, 'MissingAction'],
    ['no version', 'Action=DescribeRegions', 400, 'MissingParameter'],
    ['another version', 'Action=DescribeRegions&Version=1999-01-01', 400, 'NoSuchVersion'],
    ['an unknown action', `Action=Explode&${version}`, 400, 'InvalidAction'],
    ['an action of another service', `Action=GetCallerIdentity&${version}`, 400, 'InvalidAction'],
    ['an action named like a method of objects', `Action=constructor&${version}`, 400, 'InvalidAction'],
    [
      'a parameter twice',
      `Action=DescribeRegions&${version}&DryRun=true&DryRun=false`,
      400,
      'InvalidQueryParameter',
    ],
    ['deep nesting', `Action=DescribeRegions&${version}&${'a.'.repeat(5000)}=1`, 400, 'MalformedQueryString'],
    ['too many parameters', `Action=DescribeRegions&${version}&${'a&'.repeat(30_000)}`, 400, undefined],
    [
      'a huge number',
      `Action=RunInstances&${version}&ImageId=ami-0123456789abcdef0&MinCount=1&MaxCount=${'9'.repeat(400)}`,
      400,
      'InvalidParameterValue',
    ],
    [
      'a negative count',
      `Action=RunInstances&${version}&ImageId=ami-0123456789abcdef0&MinCount=-1&MaxCount=1`,
      400,
      'InvalidParameterValue',
    ],
    [
      'a count in words',
      `Action=RunInstances&${version}&ImageId=ami-0123456789abcdef0&MinCount=one&MaxCount=1`,
      400,
      'InvalidParameterValue',
    ],
    [
      'a flag that is none',
      `Action=DescribeRegions&${version}&AllRegions=maybe`,
      400,
      'InvalidParameterValue',
    ],
    [
      'broken escapes',
      `Action=DescribeRegions&${version}&RegionName.1=%zz%ff%`,
      400,
      'InvalidParameterValue',
    ],
    [
      'list numbers out of order',
      `Action=DescribeRegions&${version}&RegionName.9=us-west-2&RegionName.1=us-east-1`,
      200,
      undefined,
    ],
    [
      'a prototype in a name',
      `Action=DescribeRegions&${version}&__proto__.polluted=1&constructor.prototype.x=1`,
      200,
      undefined,
    ],
    [
      'a filter without name',
      `Action=DescribeInstances&${version}&Filter.1.Value.1=x`,
      400,
      'MissingParameter',
    ],
    [
      'a filter without value',
      `Action=DescribeInstances&${version}&Filter.1.Name=vpc-id`,
      400,
      'InvalidParameterValue',
    ],
    [
      'a filter that would explode a backtracking matcher',
      `Action=DescribeRegions&${version}&Filter.1.Name=region-name&Filter.1.Value.1=${'*a'.repeat(2000)}`,
      200,
      undefined,
    ],
    [
      'control characters in a value',
      `Action=DescribeRegions&${version}&RegionName.1=%00%01%1b%0d`,
      400,
      'InvalidParameterValue',
    ],
    ['bytes that are no text', '\u0000\u0001\ufffd', 400, 'MissingAction'],
  ] as const) {
    it(`answers ${name} with ${status} ${code ?? ''}`, async () => {
      const answer = await ec2(body);

      expect(answer.status, answer.body).to.equal(status);
      if (code) expect(answer.code).to.equal(code);
      expect(answer.body).to.match(/^<\?xml /);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(answer.body).to.not.match(/[\0-\x08\x0b\x0c\x0e-\x1f]/);
      expect(Object.hasOwn(Object.prototype, 'polluted')).to.equal(false);
    });
  }

  it('answers a body that is too large with 413', async () => {
    const answer = await ec2(`Action=DescribeRegions&${version}&Pad=${'x'.repeat(200_000)}`).catch(
      (err: Error) => err,
    );

    // The rest of the body is not read, so the client may meet a reset instead of the answer.
    if (!(answer instanceof Error))
      expect([answer.status, answer.code]).to.deep.equal([413, 'RequestEntityTooLarge']);
  });

  it('answers what is no HTTP with 400', async () => {
    expect(await talk('nonsense\r\n\r\n')).to.match(/^HTTP\/1\.1 400 /);
    expect(await talk(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)).to.match(
      /^HTTP\/1\.1 4\d\d /,
    );
  });

  it('lives through a body that is cut off', async () => {
    await talk('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nAction=Desc', 'hang up');
  });

  it('survives 300 requests of random bytes', async () => {
    let seed = 42;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed;
    };
    const alphabet = '&=.%+;[]{}<>"\'\\/?#@!0123456789abcXYZ\u00e4\u{1f642}\u0000\n';
    const letters = [...alphabet];
    for (let i = 0; i < 300; i++) {
      const noise = Array.from({ length: random() % 200 }, () => letters[random() % letters.length]).join('');
      const answer = await ec2(`Action=DescribeInstances&${version}&${noise}`);
      expect(answer.status, noise).to.be.oneOf([200, 400]);
    }
  }).timeout(30_000);

  function talk(text: string, afterwards?: 'hang up'): Promise<string> {
    return new Promise((resolve) => {
      let answer = '';
      const socket = connect(cloud.simulator.port, '127.0.0.1', () => {
        socket.write(text);
        if (afterwards) socket.end(() => socket.destroy());
      });
      socket.on('data', (chunk) => {
        answer += chunk.toString('latin1');
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(answer));
    });
  }
});
