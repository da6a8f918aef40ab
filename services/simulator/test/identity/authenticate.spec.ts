import { expect } from 'chai';
import { presignCall, type RawCall, send, signCall } from '../raw-call.ts';
import { expectAwsError, one, place, useSimulator } from '../use-simulator.ts';

describe('the check of a signature', () => {
  const cloud = useSimulator();
  const describeRegions = 'Action=DescribeRegions&Version=2016-11-15';

  it('lets the right one in, by POST, by GET and presigned', async () => {
    for (const call of [
      signCall(cloud.url),
      signCall(cloud.url, undefined, { method: 'GET' }),
      presignCall(cloud.url, 60),
      signCall(cloud.url, describeRegions, { service: 'ec2' }),
    ]) {
      expect((await send(cloud.url, call)).status).to.equal(200);
    }
  });

  describe('refuses one wrong byte', () => {
    const flip = (text: string, at: number) => {
      const other = text[at] === 'a' ? 'b' : 'a';
      return text.slice(0, at) + other + text.slice(at + 1);
    };
    const changes: [string, (call: RawCall) => RawCall, string][] = [
      ['in the path', (call) => ({ ...call, target: '/x' }), 'SignatureDoesNotMatch'],
      ['in the query', (call) => ({ ...call, target: '/?x=1' }), 'SignatureDoesNotMatch'],
      ['in the body', (call) => ({ ...call, body: `${call.body.toString()}&x=1` }), 'SignatureDoesNotMatch'],
      ['in the method', (call) => ({ ...call, method: 'PUT' }), 'SignatureDoesNotMatch'],
      ['in a signed header', (call) => header(call, 'content-type', 'text/plain'), 'SignatureDoesNotMatch'],
      ['in the host', (call) => header(call, 'host', 'sts.amazonaws.com'), 'SignatureDoesNotMatch'],
      [
        'in the signature',
        (call) => authorization(call, (text) => flip(text, text.length - 1)),
        'SignatureDoesNotMatch',
      ],
      [
        'in the region',
        (call) => authorization(call, (text) => text.replace('us-east-1', 'us-west-2')),
        'SignatureDoesNotMatch',
      ],
      [
        'in the service',
        (call) => authorization(call, (text) => text.replace('/sts/', '/iam/')),
        'SignatureDoesNotMatch',
      ],
      [
        'in the key id',
        (call) => authorization(call, (text) => text.replace('SIMDEMO', 'SIMDEMP')),
        'InvalidClientTokenId',
      ],
    ];
    for (const [where, change, code] of changes) {
      it(where, async () => {
        const answer = await send(cloud.url, change(signCall(cloud.url)));
        expect(answer.code).to.equal(code);
        expect(answer.status).to.equal(403);
      });
    }

    it('in a presigned request', async () => {
      const call = presignCall(cloud.url, 60);
      const answer = await send(cloud.url, {
        ...call,
        target: call.target.replace('X-Amz-Expires=60', 'X-Amz-Expires=61'),
      });
      expect(answer.code).to.equal('SignatureDoesNotMatch');
    });

    it('at EC2 in its own words', async () => {
      const call = signCall(cloud.url, describeRegions, { service: 'ec2' });
      const answer = await send(cloud.url, { ...call, body: `${call.body.toString()}&x=1` });
      expect(answer.status).to.equal(401);
      expect(answer.body).to.match(
        /^<\?xml version="1.0" encoding="UTF-8"\?>\n<Response><Errors><Error><Code>AuthFailure<\/Code><Message>[^<]+<\/Message><\/Error><\/Errors><RequestID>[0-9a-f-]{36}<\/RequestID><\/Response>$/,
      );
      expect(answer.headers['x-amzn-requestid']).to.match(/^[0-9a-f-]{36}$/);
    });
  });

  describe('holds the time against its own clock', () => {
    for (const [offsetSeconds, passes] of [
      [-300, true],
      [300, true],
      [-301, false],
      [301, false],
    ] as const) {
      it(`${passes ? 'passes' : 'refuses'} a request signed ${offsetSeconds} s off`, async () => {
        const nowMs = cloud.clock.nowMs() + offsetSeconds * 1000;
        const sts = await send(cloud.url, signCall(cloud.url, undefined, { nowMs }));
        const ec2 = await send(cloud.url, signCall(cloud.url, describeRegions, { service: 'ec2', nowMs }));

        expect([sts.status, ec2.status]).to.deep.equal(passes ? [200, 200] : [403, 400]);
        if (passes) return;
        expect(ec2.code).to.equal('RequestExpired');
        expect(sts.code).to.equal('SignatureDoesNotMatch');
        expect(sts.body).to.match(
          offsetSeconds < 0
            ? /Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)/
            : /Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 5 min\.\)/,
        );
      });
    }

    it('refuses everybody when its clock is wrong, and says its time in the Date header', async () => {
      cloud.simulator.setClockOffsetSeconds(-3600);

      const answer = await send(cloud.url, signCall(cloud.url));

      expect(answer.code).to.equal('SignatureDoesNotMatch');
      expect(Date.parse(answer.headers.date ?? '')).to.equal(
        Math.floor((cloud.clock.nowMs() - 3_600_000) / 1000) * 1000,
      );
    });

    it('lets a presigned request live exactly as long as it says', async () => {
      const call = presignCall(cloud.url, 600, cloud.clock.nowMs());

      cloud.clock.advance(600_000);
      expect((await send(cloud.url, call)).status).to.equal(200);
      cloud.clock.advance(1000);
      expect((await send(cloud.url, call)).code).to.equal('SignatureDoesNotMatch');
    });
  });

  it('refuses what is not signed, or signed in another way', async () => {
    const call = signCall(cloud.url);
    const { authorization: _dropped, ...unsigned } = call.headers;

    expect((await send(cloud.url, { ...call, headers: unsigned })).code).to.equal(
      'MissingAuthenticationToken',
    );
    expect((await send(cloud.url, header(call, 'authorization', 'Bearer abc'))).code).to.equal(
      'MissingAuthenticationToken',
    );
    expect((await send(cloud.url, header(call, 'authorization', 'AWS key:sig'))).code).to.equal(
      'IncompleteSignature',
    );
    expect((await send(cloud.url, header(call, 'authorization', 'AWS4-HMAC-SHA256 nonsense'))).code).to.equal(
      'IncompleteSignature',
    );
  });

  it('refuses a region that does not exist, a region other than the host’s, and an unknown service', async () => {
    expect((await send(cloud.url, signCall(cloud.url, undefined, { region: 'mars-1' }))).body).to.contain(
      'valid region',
    );
    expect((await send(cloud.url, signCall(cloud.url, undefined, { service: 'athena' }))).body).to.contain(
      'correct service',
    );
    const regional = signCall('http://ec2.us-west-2.amazonaws.com', describeRegions, { service: 'ec2' });
    expect((await send(cloud.url, regional)).code).to.equal('AuthFailure');
  });

  describe('keys that come and go', () => {
    it('refuses a disabled and a deleted key, and takes a second key of the same user', async () => {
      await cloud.sts().getCallerIdentity({});

      cloud.simulator.disableAccessKey(one.accessKeyId);
      await expectAwsError(cloud.sts().getCallerIdentity({}), 'InvalidClientTokenId', 403);
      await expectAwsError(cloud.ec2().describeRegions({}), 'AuthFailure', 401);
      cloud.simulator.enableAccessKey(one.accessKeyId);
      const second = { ...one, accessKeyId: 'SIMSECONDKEYOFONE', secretAccessKey: 'second' };
      cloud.simulator.addAccessKey(second);
      const [first, other] = await Promise.all([
        cloud.sts().getCallerIdentity({}),
        cloud.sts(second).getCallerIdentity({}),
      ]);
      expect(other.Arn).to.equal(first.Arn);
      cloud.simulator.deleteAccessKey(one.accessKeyId);
      await expectAwsError(cloud.sts().getCallerIdentity({}), 'InvalidClientTokenId', 403);
      expect((await cloud.sts(second).getCallerIdentity({})).Account).to.equal(one.accountId);
    });

    it('forgets the old secret when a key is deleted and made again', async () => {
      await cloud.sts().getCallerIdentity({});
      cloud.simulator.deleteAccessKey(one.accessKeyId);
      cloud.simulator.addAccessKey({ ...one, secretAccessKey: 'another secret' });

      await expectAwsError(cloud.sts().getCallerIdentity({}), 'SignatureDoesNotMatch', 403);
      await cloud.sts({ ...one, secretAccessKey: 'another secret' }).getCallerIdentity({});
    });
  });

  it('denies single actions to a user, each service in its own words', async () => {
    cloud.simulator.setDeniedActions({
      ...place,
      userName: one.userName,
      deniedActions: ['ec2:Describe*', 'iam:GetUser', 'sts:*'],
    });

    const error = await expectAwsError(cloud.ec2().describeInstances({}), 'UnauthorizedOperation', 403);
    expect(error.message).to.contain('ec2:DescribeInstances').and.contain(`user/${one.userName}`);
    await expectAwsError(cloud.iam().getUser({}), 'AccessDenied', 403);
    expect((await cloud.sts().getCallerIdentity({})).Account).to.equal(one.accountId);
  });

  function header(call: RawCall, name: string, value: string): RawCall {
    return { ...call, headers: { ...call.headers, [name]: value } };
  }

  function authorization(call: RawCall, change: (text: string) => string): RawCall {
    return header(call, 'authorization', change(call.headers['authorization'] ?? ''));
  }
});
