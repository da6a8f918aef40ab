import type { DestroyableType, ResourceBody } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { Cloud } from '../../../src/cloud.ts';
import { answerEc2 } from '../../ec2-answers.ts';
import { ec2Refusal, type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { credentials, patientCloud, place, rejection } from '../../test-cloud.ts';

/** The id of each, EC2's call that destroys it, and how EC2 says that it is not there. */
const cases: Readonly<Record<DestroyableType, [cloudId: string, action: string, notThere: string]>> = {
  image: ['ami-1', 'DeregisterImage', 'InvalidAMIID.Unavailable'],
  instance: ['i-1', 'TerminateInstances', 'InvalidInstanceID.NotFound'],
  network: ['vpc-1', 'DeleteVpc', 'InvalidVpcID.NotFound'],
  subnet: ['subnet-1', 'DeleteSubnet', 'InvalidSubnetID.NotFound'],
  'security-group': ['sg-1', 'DeleteSecurityGroup', 'InvalidGroup.NotFound'],
  'security-group-rule': ['sgr-1', 'RevokeSecurityGroupIngress', 'InvalidSecurityGroupRuleId.NotFound'],
  'ssh-key': ['key-1', 'DeleteKeyPair', 'InvalidKeyPair.NotFound'],
  'ip-address': ['eipalloc-1', 'ReleaseAddress', 'InvalidAllocationID.NotFound'],
  'ip-address-binding': ['eipalloc-1:i-1', 'DisassociateAddress', 'InvalidAssociationID.NotFound'],
  volume: ['vol-1', 'DeleteVolume', 'InvalidVolume.NotFound'],
  'volume-attachment': ['vol-1:i-1', 'DetachVolume', 'IncorrectState'],
  'volume-snapshot': ['snap-1', 'DeleteSnapshot', 'InvalidSnapshot.NotFound'],
  'placement-group': ['pg-1', 'DeletePlacementGroup', 'InvalidPlacementGroup.Unknown'],
};

const timesLost = (times: number, then: FakeAwsServer['answer']): FakeAwsServer['answer'] => {
  let left = times;
  return (call, response) => {
    left -= 1;
    if (left >= 0) response.socket?.destroy();
    else then(call, response);
  };
};
const refusing =
  (code: string): FakeAwsServer['answer'] =>
  (_call, response) =>
    response.writeHead(400).end(ec2Refusal(code, 'No.'));

describe('destroys', () => {
  let aws: FakeAwsServer;
  let cloud: Cloud;
  before(async () => {
    aws = await startFakeAwsServer();
    cloud = patientCloud(aws.url);
  });
  beforeEach(() => aws.calls.splice(0));
  after(async () => {
    cloud.close();
    await aws.close();
  });

  async function destroy(
    type: DestroyableType,
    {
      answer = answerEc2,
      ...options
    }: { answer?: FakeAwsServer['answer']; mayHaveBeenSent?: boolean; force?: boolean } = {},
  ) {
    const [cloudId, action] = cases[type];
    aws.answer = answerEc2;
    const session = cloud.open(credentials, place);
    const signal = AbortSignal.timeout(60_000);
    const seen = await session.look(type, [cloudId], signal);
    const known = seen.find((body) => body.type === type && body.cloudId === cloudId) as ResourceBody;
    aws.answer = (call, response) =>
      call.get('Action') === action ? answer(call, response) : answerEc2(call, response);
    const whole = { signal, dryRun: false, mayHaveBeenSent: false, force: false, ...options };
    return session.destroy(type, { cloudId, known }, whole);
  }

  for (const [type, [cloudId, action, notThere]] of Object.entries(cases) as [
    DestroyableType,
    (typeof cases)[DestroyableType],
  ][]) {
    it(`destroys ${type} by ${action}`, async () => {
      const { resource, gone } = await destroy(type);

      // What EC2 still shows is on its way; what it need not show any more is gone.
      if (resource === null) expect(gone).to.deep.include({ type, cloudId });
      else expect(resource).to.include({ type, cloudId });
      expect(aws.calls.filter((call) => call.get('Action') === action)).to.have.length(1);
    });

    it(`takes ${notThere} of ${type} for success only when an attempt of ours may have done it`, async () => {
      const answer = refusing(notThere);

      expect((await destroy(type, { answer, mayHaveBeenSent: true })).gone).to.deep.include({
        type,
        cloudId,
      });
      expect((await destroy(type, { answer: timesLost(1, answer) })).gone).to.deep.include({ type, cloudId });
      expect(await rejection(destroy(type, { answer })))
        .to.have.property('code')
        .that.is.oneOf(['cloud-not-found', 'cloud-conflict']);
    });
  }

  it('tells what is on its way as deleting, although EC2 still shows it as it was', async () => {
    expect((await destroy('volume')).resource).to.include({ state: 'deleting', rawState: 'in-use' });
  });

  it('names the rules that go with their security group', async () => {
    expect((await destroy('security-group')).gone).to.deep.equal([
      { type: 'security-group', cloudId: 'sg-1' },
      { type: 'security-group-rule', cloudId: 'sgr-1' },
    ]);
  });

  it('detaches by force only when told to', async () => {
    await destroy('volume-attachment');
    await destroy('volume-attachment', { force: true });

    const forced = aws.calls
      .filter((call) => call.get('Action') === 'DetachVolume')
      .map((call) => call.get('Force'));
    expect(forced).to.deep.equal([null, 'true']);
  });
});
