import { bodySchemas } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { sshKeyBody } from '../../../src/ec2/bodies/ssh-key-body.ts';

describe('sshKeyBody', () => {
  it('gives a body that fits the contract, under the id of the pair', () => {
    const body = sshKeyBody({
      KeyPairId: 'key-1',
      KeyName: 'laptop',
      KeyType: 'ed25519',
      KeyFingerprint: 'aa:bb',
      PublicKey: 'ssh-ed25519 AAAA laptop\n',
      CreateTime: new Date('2026-11-22T10:00:00Z'),
    });

    expect(bodySchemas['ssh-key'].parse(body)).to.deep.equal(body);
    expect(body).to.include({
      cloudId: 'key-1',
      name: 'laptop',
      keyType: 'ed25519',
      publicKey: 'ssh-ed25519 AAAA laptop',
      createdAt: '2026-11-22T10:00:00.000Z',
    });
  });

  it('says null for what EC2 does not tell', () => {
    expect(sshKeyBody({ KeyPairId: 'key-1' })).to.include({
      keyType: null,
      publicKey: null,
      fingerprint: null,
    });
  });
});
