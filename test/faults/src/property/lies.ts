// What a cloud does to those who ask it: it lies in its listings, refuses, and loses answers.
import type { CreatableType } from '@cloud-gateway/contracts';
import type { FaultRule, Simulator } from '@cloud-gateway/simulator';
import type { Store } from '@cloud-gateway/store';
import { ownResources, zoneIn } from './client-writes.ts';
import type { Place } from './cloud-resource.ts';
import type { Random } from './random.ts';

/** The calls of each listing of the poller. */
const listings: Readonly<Record<string, readonly string[]>> = {
  instances: ['DescribeInstances'],
  volumes: ['DescribeVolumes'],
  addresses: ['DescribeAddresses'],
  'security-groups': ['DescribeSecurityGroups', 'DescribeSecurityGroupRules'],
  networks: ['DescribeVpcs', 'DescribeSubnets'],
  'ssh-keys': ['DescribeKeyPairs'],
  'placement-groups': ['DescribePlacementGroups'],
  images: ['DescribeImages'],
  snapshots: ['DescribeSnapshots'],
};

export interface Liar {
  /** Orders one lie or failure, and says which; undefined when the chosen one would not be fair now. */
  lie(): Promise<string | undefined>;
  /** Orders that the answer to the next create of the type is lost, after it has taken effect. */
  loseAnswerOf(type: CreatableType): string;
}

interface LiarDeps {
  readonly random: Random;
  readonly simulator: Simulator;
  readonly store: Store;
  /** The account at the gateway. */
  readonly account: string;
  readonly place: Place;
  /** Also what is only found out half a minute later: creates of which it is not clear whether they arrived. */
  readonly isPatient: boolean;
}

export function createLiar(deps: LiarDeps): Liar {
  const { random, simulator } = deps;
  const order = (rule: FaultRule) => {
    simulator.setFaults([...simulator.faults(), rule]);
    return JSON.stringify(rule);
  };
  const isFair = createFairness(deps);

  async function leaveOut(): Promise<string | undefined> {
    const group = random.pick(Object.keys(listings)) ?? '';
    const action = random.pick(listings[group] ?? []) ?? '';
    const targets = ownResources(simulator.snapshot(deps.place));
    const ids = random.some(targets, 30).map(({ id }) => id);
    const isEmpty = random.chance(0.4);
    if (!(await isFair(group))) return undefined;
    return order(
      isEmpty
        ? { kind: 'empty-listing', action, times: 1 }
        : { kind: 'missing-items', action, ids, times: 1 },
    );
  }

  const harmlessLie = () => {
    const action = random.pick(Object.values(listings).flat()) ?? '';
    const kind = random.pick(['no-tags', 'repeated-items'] as const) ?? 'no-tags';
    return order({ kind, action, times: random.int(1, 2) });
  };

  const failure = () => {
    const writes = deps.isPatient ? [...repeatable, ...findable, ...unclear] : repeatable;
    const action = random.pick([...Object.values(listings).flat(), ...writes]);
    const kind = random.pick(failures) ?? 'throttle';
    return order({ kind, action: action ?? '', times: random.int(1, 2) });
  };

  const lose = (action: string) => {
    const kind = random.pick(['reset-after', 'reset-mid-answer', 'reset-after', 'hang-after'] as const);
    return order({ kind: kind ?? 'reset-after', action, times: 1 });
  };

  const lostAnswer = () => lose(random.pick([...unclear, ...findable, ...repeatable]) ?? '');

  const oddPages = () => {
    const mode = random.pick(['none', 'mild', 'harsh'] as const) ?? 'mild';
    simulator.setPaging(mode);
    return `pages: ${mode}`;
  };

  const slowness = () => order({ kind: 'delay', ms: random.int(50, 500), times: random.int(1, 10) });

  const zoneDown = () => {
    const zone = zoneIn(random);
    return order({ kind: 'zone-down', zone, times: random.int(2, 20) });
  };

  return {
    loseAnswerOf: (type) => lose(random.pick(creates[type]) ?? ''),
    lie: async () =>
      random.weighted<() => Promise<string | undefined> | string>([
        [6, leaveOut],
        [2, harmlessLie],
        [4, failure],
        [4, lostAnswer],
        [2, oddPages],
        [2, slowness],
        [2, zoneDown],
      ])(),
  };
}

const failures = ['throttle', 'fail', 'reset-before', 'reset-mid-answer', 'hang-before'] as const;

const creates: Readonly<Record<CreatableType, readonly string[]>> = {
  image: ['CreateImage', 'CopyImage'],
  instance: ['RunInstances'],
  network: ['CreateVpc'],
  subnet: ['CreateSubnet'],
  'security-group': ['CreateSecurityGroup'],
  'security-group-rule': ['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress'],
  'ssh-key': ['ImportKeyPair', 'CreateKeyPair'],
  'ip-address': ['AllocateAddress'],
  'ip-address-binding': ['AssociateAddress'],
  volume: ['CreateVolume'],
  'volume-attachment': ['AttachVolume'],
  'volume-snapshot': ['CreateSnapshot'],
  'placement-group': ['CreatePlacementGroup'],
};

/** EC2 makes as many as are asked for: whether one arrived shows late. */
const unclear = ['CreateSnapshot', 'AllocateAddress', 'CreateVpc'];

/** EC2 refuses a second one of the name, the addresses, the rule, the place. */
const findable = [
  'CreateImage',
  'CreateSubnet',
  'CreateSecurityGroup',
  'CreateKeyPair',
  'ImportKeyPair',
  'CreatePlacementGroup',
  'AuthorizeSecurityGroupIngress',
  'AuthorizeSecurityGroupEgress',
  'AttachVolume',
];

/** What may simply be sent again. */
const repeatable = [
  'RunInstances',
  'CreateVolume',
  'CopyImage',
  'DetachVolume',
  'AssociateAddress',
  'DisassociateAddress',
  'TerminateInstances',
  'StopInstances',
  'StartInstances',
  'CreateTags',
  'DeleteTags',
  'DeleteVolume',
  'DeleteSecurityGroup',
  'ReleaseAddress',
  'DeregisterImage',
  'ModifyImageAttribute',
  'ModifySnapshotAttribute',
];

/**
 * What is missing from two complete listings in a row is gone as far as anybody can know. So a listing may leave
 * something out again only after one that did not, of which the poller has read the end.
 */
function createFairness({ simulator, store, account }: LiarDeps): (group: string) => Promise<boolean> {
  const spentByMs = new Map<string, number>();
  return async (group) => {
    const isOrdered = simulator
      .faults()
      .some(
        ({ kind, action }) =>
          (kind === 'empty-listing' || kind === 'missing-items') && listings[group]?.includes(action ?? ''),
      );
    if (isOrdered) {
      spentByMs.delete(group);
      return false;
    }
    const units = await store.read.pollUnits.listFor({ accountIds: [account], limit: 100 });
    const listedAtMs = units.find((unit) => unit.group === group)?.fullyListedAt?.getTime() ?? 0;
    if (listedAtMs === 0) return false;
    const spentMs = spentByMs.get(group);
    if (spentMs === undefined) {
      spentByMs.set(group, Date.now());
      return false;
    }
    if (listedAtMs <= spentMs) return false;
    spentByMs.delete(group);
    return true;
  };
}
