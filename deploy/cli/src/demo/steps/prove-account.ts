import type { TourDeps } from '../tour-deps.ts';

export async function proveAccount({
  api,
  cloudCredentials,
  tell,
}: Pick<TourDeps, 'api' | 'cloudCredentials' | 'tell'>): Promise<string> {
  tell.step('prove-account', 'Prove a cloud account: POST /v1/accounts with its credentials');
  const { accessKeyId, secretAccessKey } = cloudCredentials;
  const account = await api.call('account-prove', {
    body: {
      cloud: 'ec2',
      name: 'demo',
      credentials: { kind: 'access-key', accessKeyId, secretAccessKey },
    },
  });
  tell.line(
    `the cloud says that these credentials belong to ${account.cloudAccountId}; it is granted as ${account.id}`,
  );
  tell.line(
    'they are kept encrypted and never shown again; from now on the poller keeps the account up to date',
  );
  tell.done({ account: account.id, cloudAccountId: account.cloudAccountId });
  return account.id;
}
