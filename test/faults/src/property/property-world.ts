// The gateway and the cloud of a property test: two pollers that compete, and settings under which minutes are seconds.
import { type SharedWorld, startSharedWorld } from '../start-shared-world.ts';
import { region } from '../start-world.ts';
import { type CloudResource, type Place, resourcesInCloud } from './cloud-resource.ts';
import { startWitness, type Witness } from './witness.ts';

export interface PropertyWorld {
  readonly world: SharedWorld;
  readonly witness: Witness;
  /** The account in the cloud, and another one that shares things with it. */
  readonly place: Place;
  readonly otherAccountId: string;
  resources(): CloudResource[];
  /** Resolves to the number of dead letters. */
  stop(): Promise<number>;
}

export const pollerLeaseMs = 2_000;

const listings = [
  'instances',
  'volumes',
  'addresses',
  'security-groups',
  'networks',
  'ssh-keys',
  'placement-groups',
  'images',
  'snapshots',
];

const env = {
  GATEWAY_LOG_LEVEL: 'info',
  GATEWAY_POLLER_LEASE_MS: String(pollerLeaseMs),
  GATEWAY_POLLER_INTERVAL_PERCENT: '100',
  GATEWAY_POLLER_INTERVALS: listings.map((name) => `ec2.${name}=150ms/300ms/1s`).join(','),
  GATEWAY_POLLER_WATCH_MS: '200',
  // Longer than the cloud's longest lag, and soon over.
  GATEWAY_POLLER_GRACE_MS: '2500',
  GATEWAY_ADAPTER_RESOLVE_MS: '500',
  GATEWAY_ADAPTER_RESOLVE_AFTER_MS: '1s',
  GATEWAY_EC2_CALL_TIMEOUT_MS: '3s',
  // Nothing here is about the budget: the simulator throttles on order.
  GATEWAY_EC2_POLL_BUDGET_PERCENT: '10000',
  GATEWAY_EC2_REQUEST_BUDGET_PERCENT: '10000',
};

export async function startPropertyWorld(): Promise<PropertyWorld> {
  const world = await startSharedWorld({
    processes: { poller: 2 },
    simulator: { transitionMs: 300, terminatedLingerMs: 5_000, roles: [] },
    env,
  });
  const place = { accountId: world.place.accountId, region };
  const otherAccountId = '444455556666';
  const resources = () => resourcesInCloud(world.simulator, place, otherAccountId);
  const witness = startWitness(resources);
  return {
    world,
    witness,
    place,
    otherAccountId,
    resources,
    stop() {
      witness.stop();
      return world.stop();
    },
  };
}
