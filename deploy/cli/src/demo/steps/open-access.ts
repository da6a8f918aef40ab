import {
  accessRequestApproveRoute,
  accessRequestCreateRoute,
  accessRequestSecretRoute,
  cloudCredentialsCreateRoute,
  environmentCreateRoute,
} from '@cloud-gateway/contracts';
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
  const environment = await api.call(environmentCreateRoute, environmentCreateRoute.path, {
    body: { name: `demo ${new Date().toISOString()}` },
  });
  const { accessKeyId, secretAccessKey } = cloudCredentials;
  const credentials = await api.call(cloudCredentialsCreateRoute, cloudCredentialsCreateRoute.path, {
    body: {
      cloud: 'ec2',
      name: 'demo account',
      credentials: { kind: 'access-key', accessKeyId, secretAccessKey },
      environmentIds: [environment.id],
    },
  });
  const { id } = await api.call(accessRequestCreateRoute, accessRequestCreateRoute.path, {
    body: {
      environmentId: environment.id,
      cloud: 'ec2',
      services: ['DynamoDB', 'SNS'],
      reason: 'to see how it works',
    },
  });
  tell.line(`a developer requests DynamoDB and SNS: ${id} is pending`);
  await api.call(accessRequestApproveRoute, `/v1/access-requests/${id}/approve`, {
    body: { credentialId: credentials.id },
  });
  tell.line(`an administrator approves it with the cloud credentials ${credentials.id}`);
  const taken = await api.call(accessRequestSecretRoute, `/v1/access-requests/${id}/secret`);
  tell.line(`the developer takes the key ${taken.details.accessKeyId} and its secret, once; it is active`);
  tell.done({ accessRequest: id, accessKeyId: taken.details.accessKeyId });
  return { requestId: id, accessKeyId: taken.details.accessKeyId, secretAccessKey: taken.secretAccessKey };
}
