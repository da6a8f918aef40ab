// The way to a key: the developer requests, the administrator approves, the developer takes the key and the secret.
import {
  accessRequestApproveRoute,
  accessRequestCreateRoute,
  accessRequestSecretRoute,
} from '@cloud-gateway/contracts';
import { rememberSecret } from '@cloud-gateway/test-support';
import type { ProxyWorld } from './proxy-world.ts';

export interface IssuedKey {
  readonly requestId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly recipes: readonly { readonly tool: string; readonly text: string }[];
}

export interface Wish {
  /** Names or ids. */
  readonly services: readonly string[];
  readonly credentialId?: string;
  readonly policyGroupId?: string;
}

type Parties = Pick<ProxyWorld, 'administrator' | 'developer' | 'environmentId' | 'credentialId'>;

export async function issueKey(parties: Parties, wish: Wish): Promise<IssuedKey> {
  const requestId = await requestAccess(parties, wish.services);
  await approveAccess(parties, requestId, wish);
  return takeKey(parties, requestId);
}

/** The id of the request. */
export async function requestAccess(
  { developer, environmentId }: Parties,
  services: readonly string[],
): Promise<string> {
  const { id } = await developer.call(accessRequestCreateRoute, {
    body: { environmentId, cloud: 'ec2', services, reason: 'acceptance' },
  });
  return id;
}

export async function approveAccess(
  { administrator, credentialId }: Parties,
  requestId: string,
  wish: Omit<Wish, 'services'> = {},
): Promise<void> {
  const { policyGroupId } = wish;
  await administrator.call(accessRequestApproveRoute, {
    params: { request: requestId },
    body: { credentialId: wish.credentialId ?? credentialId, ...(policyGroupId && { policyGroupId }) },
  });
}

export async function takeKey({ developer }: Parties, requestId: string): Promise<IssuedKey> {
  const { details, secretAccessKey } = await developer.call(accessRequestSecretRoute, {
    params: { request: requestId },
  });
  rememberSecret(secretAccessKey);
  const { accessKeyId, recipes } = details;
  return { requestId, accessKeyId, secretAccessKey, recipes };
}
