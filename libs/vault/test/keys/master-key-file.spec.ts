import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { createVault } from '../../src/envelope/create-vault.ts';
import { createMasterKeyWrapper } from '../../src/keys/create-master-key-wrapper.ts';
import { openMasterKeyFile, retireMasterKey, rotateMasterKey } from '../../src/keys/master-key-file.ts';
import { VaultError } from '../../src/vault-error.ts';

describe('master key file', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vault-'));
    file = path.join(folder, 'keys', 'master.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made at the first start, for its owner only, and found at the second', async () => {
    const first = await openMasterKeyFile(file);
    const second = await openMasterKeyFile(file);

    expect(second.activeKeyId).to.equal(first.activeKeyId);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).to.equal(0o700);
    expect(await readdir(path.dirname(file))).to.deep.equal(['master.json']);
  });

  it('leaves the permissions of a folder alone that was there', async () => {
    await chmod(folder, 0o755);

    await openMasterKeyFile(path.join(folder, 'master.json'));

    expect((await stat(folder)).mode & 0o777).to.equal(0o755);
  });

  it('gives the same key to all calls that make it at once', async () => {
    const keyrings = await Promise.all(Array.from({ length: 20 }, () => openMasterKeyFile(file)));

    expect(new Set(keyrings.map(({ activeKeyId }) => activeKeyId)).size).to.equal(1);
    expect(await readdir(path.dirname(file))).to.deep.equal(['master.json']);
  });

  it('gives the same key to processes that start at once', async () => {
    const fixture = fileURLToPath(new URL('./create-key-file.fixture.js', import.meta.url));
    const start = () => promisify(execFile)(process.execPath, [fixture, file]);

    const outputs = await Promise.all([start(), start(), start()]);

    const { active } = JSON.parse(await readFile(file, 'utf8')) as { active: string };
    expect(outputs.map(({ stdout }) => stdout)).to.deep.equal([active, active, active]);
  });

  for (const mode of [0o640, 0o604, 0o660, 0o620]) {
    it(`is refused with mode ${mode.toString(8)}, with the command that corrects it`, async () => {
      await openMasterKeyFile(file);
      await chmod(file, mode);

      expect((await refusalOf(openMasterKeyFile(file))).message)
        .to.contain(`chmod 600 ${file}`)
        .and.not.to.contain('\n');
    });
  }

  const damages: readonly (readonly [name: string, damage: (text: string) => string])[] = [
    ['empty', () => ''],
    ['cut', (text) => text.slice(0, -20)],
    ['not an object', () => '[]'],
    ['without keys', () => '{"active":"k-1","keys":{}}'],
    ['with keys that are no texts', () => '{"active":"k-1","keys":{"k-1":7}}'],
    ['with a key of the wrong length', (text) => text.replace(/: "[^"]{44}"/, ': "AAAA"')],
    [
      'with a changed key',
      (text) => text.replace(/: "([^"]{44})"/, `: "${Buffer.alloc(32).toString('base64')}"`),
    ],
    [
      'with an active key that is not there',
      (text) => text.replace(/"active": "k-.{4}/, '"active": "k-zzzz'),
    ],
  ];

  for (const [name, damage] of damages) {
    it(`is refused when it is ${name}, without showing its content`, async () => {
      await openMasterKeyFile(file);
      const text = await readFile(file, 'utf8');
      const [, key = ''] = /: "([^"]{44})"/.exec(text) ?? [];
      await writeFile(file, damage(text));

      const err = await refusalOf(openMasterKeyFile(file));

      expect(err.code).to.equal('keyring');
      expect(`${err.message} ${String(err.cause)}`).not.to.contain(key.slice(0, 8));
    });
  }

  it('keeps the older keys when it is rotated, so that nothing sealed is lost', async () => {
    const before = await openMasterKeyFile(file);
    const sealed = await createVault({ wrapper: createMasterKeyWrapper(before) }).seal('hunter2', 'row:1');

    const after = await rotateMasterKey(file);

    expect(after.activeKeyId).not.to.equal(before.activeKeyId);
    expect((await openMasterKeyFile(file)).activeKeyId).to.equal(after.activeKeyId);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    const vault = createVault({ wrapper: createMasterKeyWrapper(after) });
    expect(String(await vault.open(sealed, 'row:1'))).to.equal('hunter2');
  });

  it('is read again by a running process that meets a key it does not know', async () => {
    const running = createVault({
      wrapper: createMasterKeyWrapper(await openMasterKeyFile(file), () => openMasterKeyFile(file)),
    });
    const rotated = await rotateMasterKey(file);
    const sealed = await createVault({ wrapper: createMasterKeyWrapper(rotated) }).seal('hunter2', 'row:1');

    expect(String(await running.open(sealed, 'row:1'))).to.equal('hunter2');
    expect(running.keyIdOf(await running.seal('x', 'row:2'))).to.equal(rotated.activeKeyId);
  });

  it('loses a key when it is retired, but never the active one', async () => {
    const { activeKeyId: oldId } = await openMasterKeyFile(file);
    const { activeKeyId: newId } = await rotateMasterKey(file);

    expect((await refusalOf(retireMasterKey(file, newId))).message).to.contain('rotate first');
    expect((await refusalOf(retireMasterKey(file, 'k-unknown'))).message).to.contain(
      'holds no key k-unknown',
    );
    expect([...(await retireMasterKey(file, oldId)).keys.keys()]).to.deep.equal([newId]);
  });

  it('is changed by one process at a time', async () => {
    await openMasterKeyFile(file);

    const outcomes = await Promise.allSettled([
      rotateMasterKey(file),
      rotateMasterKey(file),
      rotateMasterKey(file),
    ]);

    const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(done).to.be.at.least(1);
    expect((await openMasterKeyFile(file)).keys.size).to.equal(1 + done);
    expect(await readdir(path.dirname(file))).to.deep.equal(['master.json']);
  });

  it('says which lock to remove after a change that was killed', async () => {
    await openMasterKeyFile(file);
    await writeFile(`${file}.lock`, '');

    expect((await refusalOf(rotateMasterKey(file))).message).to.contain(`remove ${file}.lock`);
  });

  it('is not made by a rotation', async () => {
    await openMasterKeyFile(file);
    await rm(file);

    expect((await refusalOf(rotateMasterKey(file))).message).to.contain('There is no key file');
  });
});

async function refusalOf(promise: Promise<unknown>): Promise<VaultError> {
  const outcome: unknown = await promise.catch((err: unknown) => err);
  if (outcome instanceof VaultError) return outcome;
  throw new Error(`expected a VaultError, got ${String(outcome)}`);
}
