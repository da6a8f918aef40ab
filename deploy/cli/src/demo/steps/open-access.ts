import type { TourDeps } from '../tour-deps.ts';

export interface OpenedAccess {
  readonly requestId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Both sides of the proxy door: a developer requests, an administrator approves, the developer takes the key. */
export async function openAccess({
  api,
  cloudCredentials,
  tell,
}: Pick<TourDeps, 'api' | 'cloudCredentials' | 'tell'>): Promise<OpenedAccess> {
  tell.step('open-access', 'Request AWS services, approve them, take the key: POST /v1/access-requests');
  const environment = await api.call('environment-create', {
    body: { name: `demo ${new Date().toISOString()}` },
  });
  const { accessKeyId, secretAccessKey } = cloudCredentials;
  const credentials = await api.call('cloud-credentials-create', {
    body: {
      cloud: 'ec2',
      name: 'demo account',
      credentials: { kind: 'access-key', accessKeyId, secretAccessKey },
      environmentIds: [environment.id],
    },
  });
  const { id } = await api.call('access-request-create', {
    body: {
      environmentId: environment.id,
      cloud: 'ec2',
      services: ['DynamoDB', 'SNS'],
      reason: 'to see how it works',
    },
  });
  tell.line(`a developer requests DynamoDB and SNS: ${id} is pending`);
  await api.call('access-request-approve', {
    params: { request: id },
    body: { credentialId: credentials.id },
  });
  tell.line(`an administrator approves it with the cloud credentials ${credentials.id}`);
  const taken = await api.call('access-request-secret', { params: { request: id } });
  tell.line(`the developer takes the key ${taken.details.accessKeyId} and its secret, once; it is active`);
  tell.done({ accessRequest: id, accessKeyId: taken.details.accessKeyId });
  return { requestId: id, accessKeyId: taken.details.accessKeyId, secretAccessKey: taken.secretAccessKey };
}
