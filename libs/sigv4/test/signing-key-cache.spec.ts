import { expect } from 'chai';
import { deriveSigningKey } from '../src/signing-key.ts';
import { createSigningKeyCache } from '../src/signing-key-cache.ts';

describe('createSigningKeyCache', () => {
  const secret = { id: '1', secretAccessKey: 'secret' };
  const scope = { day: '20150830', region: 'us-east-1', service: 'ec2' };

  it('gives the derived key, and the same one again', () => {
    const cache = createSigningKeyCache();

    const key = cache.get(secret, scope);

    expect(key.equals(deriveSigningKey('secret', scope))).to.equal(true);
    expect(cache.get(secret, scope)).to.equal(key);
    expect(cache.size).to.equal(1);
  });

  it('keeps secrets, days, regions and services apart, also when their names run together', () => {
    const cache = createSigningKeyCache();
    const keys = [
      cache.get(secret, scope),
      cache.get({ id: '2', secretAccessKey: 'other' }, scope),
      cache.get(secret, { ...scope, day: '20150831' }),
      cache.get(secret, { ...scope, region: 'us-east-1/ec2' }),
      cache.get(secret, { ...scope, service: 'iam' }),
    ];

    expect(new Set(keys.map((key) => key.toString('hex'))).size).to.equal(5);
  });

  it('stays within its bound and drops the least recently used', () => {
    const cache = createSigningKeyCache({ keysMax: 2 });
    const day = (n: number) => ({ ...scope, day: `2015083${n}` });
    const first = cache.get(secret, day(1));
    const second = cache.get(secret, day(2));
    cache.get(secret, day(1));
    cache.get(secret, day(3));

    expect(cache.size).to.equal(2);
    expect(cache.get(secret, day(1))).to.equal(first);
    expect(cache.get(secret, day(2))).to.not.equal(second);
  });

  it('forgets a secret', () => {
    const cache = createSigningKeyCache();
    cache.get(secret, scope);
    cache.get(secret, { ...scope, service: 'iam' });
    cache.get({ id: '2', secretAccessKey: 'other' }, scope);

    cache.forget('1');

    expect(cache.size).to.equal(1);
  });
});
