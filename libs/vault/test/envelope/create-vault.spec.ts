import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { createVault } from '../../src/envelope/create-vault.ts';
import type { KeyWrapper } from '../../src/envelope/key-wrapper.ts';
import { createMasterKeyWrapper } from '../../src/keys/create-master-key-wrapper.ts';
import { keyringFromText } from '../../src/keys/keyring.ts';
import { VaultError, type VaultErrorCode } from '../../src/vault-error.ts';

const context = 'cloud-credentials:crd_1';

describe('createVault', () => {
  it('opens what it sealed, text and bytes', async () => {
    const vault = createVault({ wrapper: newWrapper() });
    const bytes = randomBytes(1000);

    expect(String(await vault.open(await vault.seal('höhö', context), context))).to.equal('höhö');
    expect((await vault.open(await vault.seal(bytes, context), context)).equals(bytes)).to.equal(true);
    expect((await vault.open(await vault.seal('', context), context)).length).to.equal(0);
  });

  it('takes 1 MB', async () => {
    const vault = createVault({ wrapper: newWrapper() });
    const bytes = randomBytes(1024 * 1024);

    const sealed = await vault.seal(bytes, context);

    expect((await vault.open(sealed, context)).equals(bytes)).to.equal(true);
  });

  it('writes a compact text of five parts, another one each time', async () => {
    const vault = createVault({ wrapper: newWrapper() });

    const [first, second] = [await vault.seal('hunter2', context), await vault.seal('hunter2', context)];

    expect(first).to.match(/^v1\.k-[0-9a-f]{16}\.[\w-]{80}\.[\w-]{16}\.[\w-]+$/);
    const parts = [first.split('.'), second.split('.')] as const;
    for (const part of [2, 3, 4]) expect(parts[0][part]).not.to.equal(parts[1][part]);
  });

  it('does not open in another place', async () => {
    const vault = createVault({ wrapper: newWrapper() });
    const sealed = await vault.seal('hunter2', context);

    const err = await refusalOf(vault.open(sealed, 'cloud-credentials:crd_2'));

    expect(err.code).to.equal('not-authentic');
    expect(err.message).to.contain('cloud-credentials:crd_2');
    expect(inspect(err)).not.to.contain('hunter2');
  });

  it('wants a context', async () => {
    expect((await refusalOf(createVault({ wrapper: newWrapper() }).seal('x', ''))).code).to.equal(
      'malformed',
    );
  });

  it('does not open under another master key', async () => {
    const sealed = await createVault({ wrapper: newWrapper() }).seal('hunter2', context);

    const err = await refusalOf(createVault({ wrapper: newWrapper() }).open(sealed, context));

    expect(err.code).to.equal('unknown-key');
    expect(err.message).to.contain(sealed.split('.')[1]);
  });

  describe('when the sealed text was tampered with', () => {
    const wrapper = newWrapper();
    const vault = createVault({ wrapper });

    const changes: readonly (readonly [
      name: string,
      change: (parts: string[], other: string[]) => string[],
      code: VaultErrorCode,
    ])[] = [
      ['another version', ([, ...rest]) => ['v2', ...rest], 'malformed'],
      ['no version', ([, ...rest]) => rest, 'malformed'],
      ['a part too many', (parts) => [...parts, 'AAAA'], 'malformed'],
      ['a part too few', (parts) => parts.slice(0, 4), 'malformed'],
      ['an unknown master key', (parts) => parts.with(1, 'k-0000000000000000'), 'unknown-key'],
      ['an empty master key', (parts) => parts.with(1, ''), 'malformed'],
      ['an empty wrapped key', (parts) => parts.with(2, ''), 'malformed'],
      ['a cut wrapped key', (parts) => parts.with(2, parts[2]?.slice(0, 20) ?? ''), 'not-authentic'],
      ["another value's wrapped key", (parts, other) => parts.with(2, other[2] ?? ''), 'not-authentic'],
      ["another value's nonce", (parts, other) => parts.with(3, other[3] ?? ''), 'not-authentic'],
      ["another value's ciphertext", (parts, other) => parts.with(4, other[4] ?? ''), 'not-authentic'],
      ['a cut nonce', (parts) => parts.with(3, 'AAAA'), 'malformed'],
      ['an empty ciphertext', (parts) => parts.with(4, ''), 'malformed'],
      ['a ciphertext without its tag', (parts) => parts.with(4, 'AAAA'), 'malformed'],
      ['a cut ciphertext', (parts) => parts.with(4, parts[4]?.slice(0, -3) ?? ''), 'not-authentic'],
      ['characters of another alphabet', (parts) => parts.with(4, `${parts[4]}+/==`), 'malformed'],
      ['white space', (parts) => parts.with(4, `${parts[4]}\n`), 'malformed'],
    ];

    for (const [name, change, code] of changes) {
      it(`refuses ${name} as ${code}`, async () => {
        const parts = (await vault.seal('hunter2', context)).split('.');
        const other = (await vault.seal('hunter3', context)).split('.');

        const err = await refusalOf(vault.open(change(parts, other).join('.'), context));

        expect(err.code).to.equal(code);
        expect(err.message).not.to.contain('hunter');
      });
    }

    it('refuses any single flipped bit', async () => {
      const sealed = await vault.seal('hunter2', context);
      // A vault that remembers no data keys: each refusal comes from the ciphers, not from a miss.
      const forgetful = createVault({ wrapper, unwrapCacheSize: 0 });

      for (const [part, text] of sealed.split('.').entries()) {
        if (part < 2) continue;
        const bytes = Buffer.from(text, 'base64url');
        for (let bit = 0; bit < bytes.length * 8; bit += 1) {
          const flipped = Buffer.from(bytes);
          flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          const changed = sealed.split('.').with(part, flipped.toString('base64url')).join('.');
          expect((await refusalOf(forgetful.open(changed, context))).code).to.equal('not-authentic');
        }
      }
    });

    it('refuses every other spelling of the same bytes', async () => {
      // 8 bytes of ciphertext and tag end in a character of which only some bits count.
      const sealed = await vault.seal('12345678', context);
      const last = sealed.slice(-1);
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

      for (const letter of alphabet.replace(last, '')) {
        expect((await refusalOf(vault.open(sealed.slice(0, -1) + letter, context))).code).to.match(
          /malformed|not-authentic/,
        );
      }
    });
  });

  describe('rewrap', () => {
    const [oldKey, newKey] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
    const before = createVault({ wrapper: createMasterKeyWrapper(keyringFromText(oldKey)) });
    const between = createVault({ wrapper: createMasterKeyWrapper(keyringFromText(`${newKey},${oldKey}`)) });
    const after = createVault({ wrapper: createMasterKeyWrapper(keyringFromText(newKey)) });

    it('moves a value under the active master key without touching its ciphertext', async () => {
      const sealed = await before.seal('hunter2', context);

      const moved = await between.rewrap(sealed);

      expect(moved.split('.').slice(3)).to.deep.equal(sealed.split('.').slice(3));
      expect(between.keyIdOf(moved)).not.to.equal(between.keyIdOf(sealed));
      expect(String(await after.open(moved, context))).to.equal('hunter2');
      expect((await refusalOf(after.open(sealed, context))).code).to.equal('unknown-key');
    });

    it('leaves a value alone that is there already', async () => {
      const sealed = await between.seal('hunter2', context);

      expect(await between.rewrap(sealed)).to.equal(sealed);
    });
  });

  describe('when data keys may be reused', () => {
    it('wraps one per so many values, each value still with its own nonce', async () => {
      const counting = countingWrapper();
      const vault = createVault({ wrapper: counting.wrapper, dataKeyUses: 3 });

      const sealed = await Promise.all(
        Array.from({ length: 7 }, (_, n) => vault.seal(`value ${n}`, context)),
      );

      expect(counting.wraps()).to.equal(3);
      expect(new Set(sealed.map((text) => text.split('.')[3])).size).to.equal(7);
      expect(String(await vault.open(sealed[6] ?? '', context))).to.equal('value 6');
    });

    it('takes a new one after its time', async () => {
      const counting = countingWrapper();
      let nowMs = 0;
      const vault = createVault({
        wrapper: counting.wrapper,
        dataKeyUses: 1000,
        dataKeyMaxAgeMs: 50,
        nowMs: () => nowMs,
      });

      await vault.seal('a', context);
      nowMs = 49;
      await vault.seal('b', context);
      expect(counting.wraps()).to.equal(1);
      nowMs = 50;
      await vault.seal('c', context);
      expect(counting.wraps()).to.equal(2);
    });

    it('tries again after a wrapper that failed', async () => {
      const counting = countingWrapper();
      let away = true;
      const wrapper: KeyWrapper = {
        activeKeyId: 'kms',
        wrap: async (dataKey) => {
          if (away) throw new Error('the KMS is away');
          return counting.wrapper.wrap(dataKey);
        },
        unwrap: counting.wrapper.unwrap,
      };
      const vault = createVault({ wrapper, dataKeyUses: 10 });

      expect(await vault.seal('a', context).catch((err: unknown) => err)).to.have.property(
        'message',
        'the KMS is away',
      );
      away = false;

      expect(String(await vault.open(await vault.seal('b', context), context))).to.equal('b');
    });
  });

  it('asks the wrapper once for a value that is opened again, and forgets the one used longest ago', async () => {
    const counting = countingWrapper();
    const vault = createVault({ wrapper: counting.wrapper, unwrapCacheSize: 2 });
    const [a = '', b = '', c = ''] = await Promise.all(
      ['a', 'b', 'c'].map((text) => vault.seal(text, context)),
    );

    for (const sealed of [a, b, a, c, a]) await vault.open(sealed, context);
    expect(counting.unwraps()).to.equal(3);

    await vault.open(b, context);
    expect(counting.unwraps()).to.equal(4);
  });

  it('works with a key id as a KMS gives it', async () => {
    const { wrapper } = countingWrapper();
    const keyId = 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const vault = createVault({
      wrapper: {
        activeKeyId: keyId,
        wrap: async (dataKey) => ({ keyId, bytes: (await wrapper.wrap(dataKey)).bytes }),
        unwrap: ({ bytes }) => wrapper.unwrap({ keyId: wrapper.activeKeyId, bytes }),
      },
    });

    const sealed = await vault.seal('hunter2', context);

    expect(vault.keyIdOf(sealed)).to.equal(keyId);
    expect(String(await vault.open(sealed, context))).to.equal('hunter2');
  });

  it('refuses a wrapper whose key id would break the text', async () => {
    const { wrapper } = countingWrapper();
    const vault = createVault({ wrapper: { ...wrapper, wrap: async (bytes) => ({ keyId: 'a.b', bytes }) } });

    expect((await refusalOf(vault.seal('x', context))).code).to.equal('keyring');
  });
});

function newWrapper(): KeyWrapper {
  return createMasterKeyWrapper(keyringFromText(randomBytes(32).toString('base64')));
}

function countingWrapper() {
  const inner = newWrapper();
  let wraps = 0;
  let unwraps = 0;
  const wrapper: KeyWrapper = {
    activeKeyId: inner.activeKeyId,
    wrap: (dataKey) => {
      wraps += 1;
      return inner.wrap(dataKey);
    },
    unwrap: (wrapped) => {
      unwraps += 1;
      return inner.unwrap(wrapped);
    },
  };
  return { wrapper, wraps: () => wraps, unwraps: () => unwraps };
}

async function refusalOf(promise: Promise<unknown>): Promise<VaultError> {
  const outcome: unknown = await promise.catch((err: unknown) => err);
  if (outcome instanceof VaultError) return outcome;
  throw new Error(`expected a VaultError, got ${inspect(outcome)}`);
}
