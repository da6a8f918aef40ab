import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { isGatewayError } from '@cloud-gateway/contracts';
import { credentialContext } from '@cloud-gateway/store';
import { createMasterKeyWrapper, createVault, keyringFromText } from '@cloud-gateway/vault';
import { expect } from 'chai';
import { unsealCredentials } from '../src/unseal-credentials.ts';
import { credentials, rejection, role } from './test-cloud.ts';

const id = 'crd_1';

describe('unsealCredentials', () => {
  const vault = newVault();
  const sealed = (text: string) => vault.seal(text, credentialContext(id));

  for (const known of [credentials, role]) {
    it(`gives what was sealed: ${known.kind}`, async () => {
      const row = { id, sealed: await sealed(JSON.stringify(known)) };

      expect(await unsealCredentials(vault, row)).to.deep.equal(known);
    });
  }

  it("refuses another row's, another master key's and what is not credentials, without a word of it", async () => {
    const good = await sealed(JSON.stringify(credentials));
    const other = newVault();
    const attempts = [
      unsealCredentials(vault, { id: 'crd_2', sealed: good }),
      unsealCredentials(other, { id, sealed: good }),
      unsealCredentials(vault, { id, sealed: `${good.slice(0, -4)}AAAA` }),
      unsealCredentials(vault, { id, sealed: await sealed('a-secret that is no JSON') }),
      unsealCredentials(vault, { id, sealed: await sealed('{"kind":"a-secret","accessKeyId":1}') }),
    ];

    for (const attempt of attempts) {
      const error = await rejection(attempt);
      expect(isGatewayError(error) && error.code).to.equal('internal');
      expect(error.message).to.match(/^The stored cloud credentials crd_\d cannot be opened$/);
      expect(inspect(error, { depth: 9 })).not.to.contain('a-secret');
    }
  });
});

function newVault() {
  const keyring = keyringFromText(randomBytes(32).toString('base64'));
  return createVault({ wrapper: createMasterKeyWrapper(keyring) });
}
