import { expect } from 'chai';
import { hashSecret, needsRehash, verifySecret } from '../../src/hashing/hash-secret.ts';
import { parseScrypt } from '../../src/hashing/scrypt-text.ts';
import { VaultError } from '../../src/vault-error.ts';

// Cheap, for the tests that are not about the cost.
const cheap = { N: 2 ** 4, r: 8, p: 1 };

describe('hashSecret', () => {
  it('stores its parameters: N=2^15, r=8, p=1 by default', async () => {
    const stored = await hashSecret('hunter2');

    expect(stored).to.match(/^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(await verifySecret('hunter2', stored)).to.equal(true);
  });

  it('gives another text each time', async () => {
    expect(await hashSecret('hunter2', cheap)).not.to.equal(await hashSecret('hunter2', cheap));
  });
});

describe('verifySecret', () => {
  it('takes the secret that was hashed and no other', async () => {
    const stored = await hashSecret('hunter2', cheap);

    expect(await verifySecret('hunter2', stored)).to.equal(true);
    for (const wrong of ['hunter3', 'hunter2 ', 'Hunter2', '', stored]) {
      expect(await verifySecret(wrong, stored), wrong).to.equal(false);
    }
  });

  it('takes the same letters in another encoding of Unicode', async () => {
    const stored = await hashSecret('caf\u00e9', cheap);

    expect(await verifySecret('cafe\u0301', stored)).to.equal(true);
  });

  it('agrees with the vectors of RFC 7914', async () => {
    const stored = (salt: string, parameters: string, hex: string): string =>
      `scrypt$${parameters}$${Buffer.from(salt).toString('base64url')}$${Buffer.from(hex, 'hex').toString('base64url')}`;

    const vector = stored(
      'SodiumChloride',
      '16384$8$1',
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
    );

    expect(await verifySecret('pleaseletmein', vector)).to.equal(true);
  });

  it('gives false for a client that does not exist, and takes as long as for one that does', async () => {
    const stored = await hashSecret('hunter2');
    const timesMs = { known: [] as number[], unknown: [] as number[] };

    for (let round = 0; round < 3; round += 1) {
      timesMs.known.push(await timed(() => verifySecret('wrong', stored)));
      timesMs.unknown.push(await timed(() => verifySecret('wrong', undefined)));
    }

    expect(await verifySecret('', undefined)).to.equal(false);
    const ratio = Math.min(...timesMs.unknown) / Math.min(...timesMs.known);
    expect(ratio).to.be.within(0.4, 2.5);
  });

  const damaged = [
    '',
    'hunter2',
    'bcrypt$1$1$1$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAA',
    'scrypt$32768$8$1$AAAAAAAAAAAAAAAAAAAAAA',
    'scrypt$32767$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'scrypt$4194304$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'scrypt$0$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  ];
  for (const stored of damaged) {
    it(`refuses the damaged row ${JSON.stringify(stored.slice(0, 24))}`, () => {
      expect(() => parseScrypt(stored))
        .to.throw(VaultError)
        .with.property('code', 'malformed');
    });
  }
});

describe('needsRehash', () => {
  it('tells that a row was made with other parameters', async () => {
    const stored = await hashSecret('hunter2', cheap);

    expect(needsRehash(stored)).to.equal(true);
    expect(needsRehash(stored, cheap)).to.equal(false);
  });
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
}
