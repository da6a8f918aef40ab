import { createClouds } from '@cloud-gateway/clouds';
import { GatewayError } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { createAccountAccess } from '../src/account-access.ts';

describe('createAccountAccess', () => {
  const access = createAccountAccess({
    clouds: createClouds([]),
    grants: {
      check: async () => {
        throw new GatewayError('account-not-proven', { message: 'not proven' });
      },
    },
    provenAccounts: { listOf: async () => [] },
  });

  it('says first that there is no such cloud', async () => {
    const error = await access
      .check({ caller: { clientId: 'cli_1' }, requestId: 'req-1' }, { cloud: 'azure', account: 'azure-1' })
      .then(
        () => undefined,
        (reason: Error) => reason,
      );

    expect(error).to.include({ code: 'not-found' });
    expect(error?.message).to.include('azure');
  });
});
