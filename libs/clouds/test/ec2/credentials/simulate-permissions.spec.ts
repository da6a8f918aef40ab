import { expect } from 'chai';
import { policyPrincipal } from '../../../src/ec2/credentials/simulate-permissions.ts';

describe('policyPrincipal', () => {
  for (const [identity, principal] of [
    ['arn:aws:iam::123456789012:user/alice', 'arn:aws:iam::123456789012:user/alice'],
    ['arn:aws:iam::123456789012:user/ops/alice', 'arn:aws:iam::123456789012:user/ops/alice'],
    ['arn:aws:sts::123456789012:assumed-role/deploy/session-1', 'arn:aws:iam::123456789012:role/deploy'],
    ['arn:aws-cn:sts::123456789012:assumed-role/deploy/s', 'arn:aws-cn:iam::123456789012:role/deploy'],
    ['arn:aws:iam::123456789012:root', undefined],
    ['arn:aws:sts::123456789012:federated-user/bob', undefined],
  ] as const) {
    it(`asks about ${principal ?? 'nobody'} for ${identity}`, () => {
      expect(policyPrincipal(identity)).to.equal(principal);
    });
  }
});
