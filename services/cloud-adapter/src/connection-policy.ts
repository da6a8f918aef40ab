// Which of its addresses an instance is connected to: what the environment says that the caller names, else what is set
// for the cloud, else what is set for the gateway.
import { cloudIdOf } from '@cloud-gateway/clouds';
import { type ConnectionPolicy, connectionPolicies, GatewayError } from '@cloud-gateway/contracts';
import type { Caller } from '@cloud-gateway/messaging';
import { ConfigurationError } from '@cloud-gateway/runtime';
import type { Repositories } from '@cloud-gateway/store';

export interface ConnectionPolicies {
  /** Where no environment is named. `cloud` is an id. */
  ofCloud(cloud: string): ConnectionPolicy;
  /** Throws not-found for an environment that the caller's organization does not have. */
  resolve(
    caller: Pick<Caller, 'organizationId'>,
    place: { readonly cloud: string; readonly environment?: string | undefined },
  ): Promise<ConnectionPolicy>;
}

export interface ConnectionPolicyDeps {
  readonly environments: Pick<Repositories['environments'], 'find'>;
  readonly gateway: ConnectionPolicy;
  /** By the cloud's id. */
  readonly clouds: ReadonlyMap<string, ConnectionPolicy>;
}

export function createConnectionPolicies(deps: ConnectionPolicyDeps): ConnectionPolicies {
  const { environments, gateway, clouds } = deps;
  const ofCloud = (cloud: string) => clouds.get(cloud) ?? gateway;
  return {
    ofCloud,
    async resolve({ organizationId }, { cloud, environment: id }) {
      if (id === undefined) return ofCloud(cloud);
      const environment = await environments.find(id);
      if (environment?.organizationId !== organizationId) throw noSuchEnvironment(id);
      return environment.connectionPolicy ?? ofCloud(cloud);
    },
  };
}

/** Reads `aws=local,openstack=auto`. Throws ConfigurationError for a cloud that is not in `served`, and for no policy. */
export function readCloudPolicies(
  items: readonly string[],
  served: readonly string[],
): ReadonlyMap<string, ConnectionPolicy> {
  return new Map(items.map((item) => readCloudPolicy(item, served)));
}

function readCloudPolicy(item: string, served: readonly string[]): [string, ConnectionPolicy] {
  const [name = '', word = '', ...rest] = item.split('=').map((part) => part.trim());
  const policy = connectionPolicies.find((known) => known === word);
  const id = cloudIdOf(name);
  if (policy !== undefined && rest.length === 0 && served.includes(id)) return [id, policy];
  throw new ConfigurationError([
    {
      name: 'GATEWAY_CONNECTION_POLICIES',
      message: `${JSON.stringify(item)} cannot be read; expected <cloud>=<policy>, with a cloud of ${served.join(', ')} and a policy of ${connectionPolicies.join(', ')}`,
    },
  ]);
}

function noSuchEnvironment(id: string): GatewayError {
  return new GatewayError('not-found', {
    message: `There is no environment ${id} in your organization; GET /v1/environments lists them.`,
  });
}
