import { expect } from 'chai';
import { expectAwsError, useSimulator } from '../use-simulator.ts';

const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMLKAEsr2KT/Y4u1Pd78YFmYRvhejkvpOluoi0pwryj0 x';

describe('key pairs', () => {
  const cloud = useSimulator();

  it('are made, with the private half in that answer only', async () => {
    const ec2 = cloud.ec2();
    const made = await ec2.createKeyPair({
      KeyName: 'mine',
      KeyType: 'ed25519',
      TagSpecifications: [{ ResourceType: 'key-pair', Tags: [{ Key: 'a', Value: '1' }] }],
    });

    expect(made.KeyPairId).to.match(/^key-[0-9a-f]{17}$/);
    expect(made.KeyMaterial).to.match(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
    const { KeyPairs } = await ec2.describeKeyPairs({ KeyNames: ['mine'], IncludePublicKey: true });
    expect(KeyPairs?.[0]).to.deep.include({
      KeyPairId: made.KeyPairId,
      KeyFingerprint: made.KeyFingerprint,
      KeyType: 'ed25519',
      Tags: [{ Key: 'a', Value: '1' }],
    });
    expect(KeyPairs?.[0]?.PublicKey).to.match(/^ssh-ed25519 \S+ mine$/);
    const usual = await ec2.describeKeyPairs({ KeyPairIds: [made.KeyPairId ?? ''] });
    expect(usual.KeyPairs?.[0]?.PublicKey).to.equal(undefined);
  });

  it('are imported, if they are keys', async () => {
    const ec2 = cloud.ec2();
    const { KeyFingerprint } = await ec2.importKeyPair({
      KeyName: 'mine',
      PublicKeyMaterial: Buffer.from(publicKey),
    });

    expect(KeyFingerprint).to.equal('ZEg4EvoiIVZHv5rAQ1LMI0MizQGaki4sui4nss8oCww=');
    await expectAwsError(
      ec2.importKeyPair({ KeyName: 'other', PublicKeyMaterial: Buffer.from('what is this') }),
      'InvalidKey.Format',
      400,
    );
  });

  it('have names that are unique, and can be deleted twice', async () => {
    const ec2 = cloud.ec2();
    const PublicKeyMaterial = Buffer.from(publicKey);
    const { KeyPairId } = await ec2.importKeyPair({ KeyName: 'mine', PublicKeyMaterial });

    await expectAwsError(ec2.createKeyPair({ KeyName: 'mine' }), 'InvalidKeyPair.Duplicate', 400);
    await expectAwsError(
      ec2.importKeyPair({ KeyName: 'mine', PublicKeyMaterial }),
      'InvalidKeyPair.Duplicate',
      400,
    );
    expect(await ec2.deleteKeyPair({ KeyPairId })).to.include({ Return: true, KeyPairId });
    expect((await ec2.deleteKeyPair({ KeyName: 'mine' })).Return).to.equal(true);
    await expectAwsError(ec2.describeKeyPairs({ KeyNames: ['mine'] }), 'InvalidKeyPair.NotFound', 400);
    expect((await ec2.describeKeyPairs({})).KeyPairs).to.deep.equal([]);
  });
});
