import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { keyringFromText } from '../../src/keys/keyring.ts';
import { VaultError } from '../../src/vault-error.ts';

describe('keyringFromText', () => {
  const text = Buffer.alloc(32, 7).toString('base64');

  // printf 'cloud-gateway master key id v1\\0' and 32 bytes of 7, through sha256sum (checked with Python's hashlib).
  it('gives the same id for the same key in every process', () => {
    expect(keyringFromText(text).activeKeyId).to.equal('k-26351a7f541db399');
    expect(keyringFromText(Buffer.alloc(32, 7).toString('base64url')).activeKeyId).to.equal(
      'k-26351a7f541db399',
    );
  });

  it('makes the first of several active', () => {
    const other = randomBytes(32).toString('base64');

    const keyring = keyringFromText(`${other}, ${text}`);

    expect(keyring.activeKeyId).to.equal(keyringFromText(other).activeKeyId);
    expect([...keyring.keys.keys()]).to.include(keyringFromText(text).activeKeyId);
  });

  it('does not show its keys when it is printed', () => {
    const printed =
      inspect(keyringFromText(text), { depth: 9 }) + JSON.stringify([...keyringFromText(text).keys]);

    expect(printed)
      .not.to.contain(text)
      .and.not.to.match(/07 07|7,7/);
  });

  for (const wrong of [
    '',
    'hunter2',
    randomBytes(31).toString('base64'),
    randomBytes(33).toString('base64'),
    `${text},`,
  ]) {
    it(`refuses ${JSON.stringify(wrong.slice(0, 10))} of ${wrong.length} characters without showing it`, () => {
      expect(() => keyringFromText(wrong))
        .to.throw(VaultError, 'openssl rand -base64 32')
        .with.property('message')
        .that.does.not.contain(wrong || 'undefined');
    });
  }
});
