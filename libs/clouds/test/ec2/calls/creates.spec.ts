import type { CreatableType } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { Cloud, CloudSession, CreateOptions } from '../../../src/cloud.ts';
import { type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { keepLedger, type Ledger, type Maker } from '../../ledger.ts';
import { credentials, patientCloud, place, rejection } from '../../test-cloud.ts';

interface Case {
  readonly type: CreatableType;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly maker: Maker;
  /** True: EC2 knows a repetition by its token. */
  readonly hasToken?: boolean;
}

const own = { tags: {}, cloudAttributes: {} };
const copyOf = { region: 'eu-west-1' };
const publicKey = 'ssh-ed25519 AAAA me';
const image = { describe: 'DescribeImages', set: 'imagesSet' };
const imageItem = (id: string, tags: string) => `<item><imageId>${id}</imageId>${tags}</item>`;
const imageAnswer = (id: string) => `<imageId>${id}</imageId>`;
const snapshot = { describe: 'DescribeSnapshots', set: 'snapshotSet' };
const snapshotXml = (id: string, tags: string) => `<snapshotId>${id}</snapshotId>${tags}`;
const snapshotItem = (id: string, tags: string) => `<item>${snapshotXml(id, tags)}</item>`;
const key = { describe: 'DescribeKeyPairs', set: 'keySet' };
const keyXml = (id: string, tags: string) => `<keyPairId>${id}</keyPairId><keyName>k</keyName>${tags}`;
const keyItem = (id: string, tags: string) => `<item>${keyXml(id, tags)}</item>`;
const rule = { describe: 'DescribeSecurityGroupRules', set: 'securityGroupRuleSet' };
const ruleItem = (id: string, tags: string) =>
  `<item><securityGroupRuleId>${id}</securityGroupRuleId>${tags}</item>`;
const ruleAnswer = (id: string, tags: string) =>
  `<securityGroupRuleSet>${ruleItem(id, tags)}</securityGroupRuleSet>`;
const ruleSpec = {
  securityGroupId: 'sg-1',
  protocol: 'tcp',
  fromPort: 1,
  toPort: 1,
  cidrBlock: '10.0.0.0/8',
};

/** One that has the same XML in the answer as in the list. */
function maker(action: string, describe: string, set: string, wrap: string, xml: string): Maker {
  const inner = (id: string, tags: string) => `<${xml}>${id}</${xml}>${tags}`;
  return {
    action,
    describe,
    set,
    item: (id, tags) => `<item>${inner(id, tags)}</item>`,
    answer: (id, tags) => (wrap === '' ? inner(id, tags) : `<${wrap}>${inner(id, tags)}</${wrap}>`),
  };
}

const reservation = (inner: string) => `<ownerId>123456789012</ownerId><instancesSet>${inner}</instancesSet>`;
const instanceXml = (id: string, tags: string) => `<item><instanceId>${id}</instanceId>${tags}</item>`;

const cases: Readonly<Record<string, Case>> = {
  RunInstances: {
    type: 'instance',
    spec: { ...own, imageId: 'ami-1', instanceType: 't3.micro' },
    hasToken: true,
    maker: {
      action: 'RunInstances',
      describe: 'DescribeInstances',
      set: 'reservationSet',
      item: (id, tags) => `<item>${reservation(instanceXml(id, tags))}</item>`,
      answer: (id, tags) => reservation(instanceXml(id, tags)),
    },
  },
  CreateVolume: {
    type: 'volume',
    spec: { ...own, datacenter: 'us-east-1a', gigabytes: 1 },
    hasToken: true,
    maker: maker('CreateVolume', 'DescribeVolumes', 'volumeSet', '', 'volumeId'),
  },
  CopyImage: {
    type: 'image',
    spec: { ...own, name: 'mine', copyOf: { ...copyOf, imageId: 'ami-9' } },
    hasToken: true,
    maker: { action: 'CopyImage', ...image, item: imageItem, answer: imageAnswer },
  },
  CreateImage: {
    type: 'image',
    spec: { ...own, name: 'mine', instanceId: 'i-1' },
    maker: { action: 'CreateImage', ...image, item: imageItem, answer: imageAnswer },
  },
  RegisterImage: {
    type: 'image',
    spec: { ...own, name: 'mine', snapshotId: 'snap-1' },
    maker: { action: 'RegisterImage', ...image, item: imageItem, answer: imageAnswer },
  },
  CreateSnapshot: {
    type: 'volume-snapshot',
    spec: { ...own, volumeId: 'vol-1' },
    maker: { action: 'CreateSnapshot', ...snapshot, item: snapshotItem, answer: snapshotXml },
  },
  CopySnapshot: {
    type: 'volume-snapshot',
    spec: { ...own, copyOf: { ...copyOf, snapshotId: 'snap-9' } },
    maker: { action: 'CopySnapshot', ...snapshot, item: snapshotItem, answer: snapshotXml },
  },
  CreateVpc: {
    type: 'network',
    spec: { ...own, cidrBlock: '10.0.0.0/16' },
    maker: maker('CreateVpc', 'DescribeVpcs', 'vpcSet', 'vpc', 'vpcId'),
  },
  CreateSubnet: {
    type: 'subnet',
    spec: { ...own, networkId: 'vpc-1', cidrBlock: '10.0.0.0/24' },
    maker: maker('CreateSubnet', 'DescribeSubnets', 'subnetSet', 'subnet', 'subnetId'),
  },
  CreateSecurityGroup: {
    type: 'security-group',
    spec: { ...own, name: 'web', description: 'for the web' },
    maker: maker('CreateSecurityGroup', 'DescribeSecurityGroups', 'securityGroupInfo', '', 'groupId'),
  },
  AuthorizeSecurityGroupIngress: {
    type: 'security-group-rule',
    spec: { ...own, ...ruleSpec, direction: 'ingress' },
    maker: { action: 'AuthorizeSecurityGroupIngress', ...rule, item: ruleItem, answer: ruleAnswer },
  },
  AuthorizeSecurityGroupEgress: {
    type: 'security-group-rule',
    spec: { ...own, ...ruleSpec, direction: 'egress' },
    maker: { action: 'AuthorizeSecurityGroupEgress', ...rule, item: ruleItem, answer: ruleAnswer },
  },
  ImportKeyPair: {
    type: 'ssh-key',
    spec: { ...own, name: 'k', publicKey },
    maker: { action: 'ImportKeyPair', ...key, item: keyItem, answer: keyXml },
  },
  AllocateAddress: {
    type: 'ip-address',
    spec: own,
    maker: maker('AllocateAddress', 'DescribeAddresses', 'addressesSet', '', 'allocationId'),
  },
  CreatePlacementGroup: {
    type: 'placement-group',
    spec: { ...own, name: 'close', strategy: 'cluster' },
    maker: maker(
      'CreatePlacementGroup',
      'DescribePlacementGroups',
      'placementGroupSet',
      'placementGroup',
      'groupId',
    ),
  },
};

const newPair: Maker = {
  action: 'CreateKeyPair',
  ...key,
  item: keyItem,
  answer: (id, tags) => `${keyXml(id, tags)}<keyMaterial>private of ${id}</keyMaterial>`,
};

const wish: Omit<CreateOptions, 'signal'> = {
  dryRun: false,
  mayHaveBeenSent: false,
  sentAgoMs: null,
  idempotencyToken: 'client key',
  requestId: 'client/key',
};

describe('creates', () => {
  let aws: FakeAwsServer;
  let cloud: Cloud;
  let session: CloudSession;
  before(async () => {
    aws = await startFakeAwsServer();
    cloud = patientCloud(aws.url);
    session = cloud.open(credentials, place);
  });
  beforeEach(() => aws.calls.splice(0));
  after(async () => {
    cloud.close();
    await aws.close();
  });

  async function create({ type, spec }: Pick<Case, 'type' | 'spec'>, options: Partial<CreateOptions> = {}) {
    const signal = AbortSignal.timeout(60_000);
    return session.create(type, spec as never, { ...wish, signal, ...options });
  }

  const idsOf = ({ made }: Ledger) => [...made.keys()];

  for (const [action, theCase] of Object.entries(cases)) {
    describe(action, () => {
      it('makes one with the tag of the request, and answers with it', async () => {
        const ledger = keepLedger(aws, theCase.maker);

        const { resource } = await create(theCase);

        expect(resource).to.include({ type: theCase.type, cloudId: 'id-1' });
        expect([...ledger.made]).to.deep.equal([['id-1', 'client/key']]);
      });

      it('makes one when the answer is lost', async () => {
        const ledger = keepLedger(aws, theCase.maker);
        ledger.losses.push('after');

        const { resource } = await create(theCase);

        expect(idsOf(ledger)).to.deep.equal([resource?.cloudId]);
      });

      it('finds what an attempt made of which nobody has heard', async () => {
        const ledger = keepLedger(aws, theCase.maker);
        ledger.made.set('id-1', 'client/key');
        if (theCase.hasToken === true) {
          // EC2 finds it, so it has to have made it itself.
          ledger.made.clear();
          await create(theCase);
        }

        const { resource } = await create(theCase, { sentAgoMs: 20, mayHaveBeenSent: true });

        expect(resource?.cloudId).to.equal('id-1');
        expect(idsOf(ledger)).to.deep.equal(['id-1']);
        expect(ledger.sent()).to.equal(theCase.hasToken === true ? 2 : 0);
      });

      it('tells what it found by the tag, and sends nothing for that', async () => {
        const ledger = keepLedger(aws, theCase.maker);
        ledger.made.set('id-7', 'client/key').set('id-8', 'another/key');

        const found = await session.findCreated(theCase.type, 'client/key', AbortSignal.timeout(60_000));

        expect(found.map(({ cloudId }) => cloudId)).to.deep.equal(['id-7']);
        expect(ledger.sent()).to.equal(0);
      });

      it('makes nothing in a dry run', async () => {
        const ledger = keepLedger(aws, theCase.maker);

        expect(await create(theCase, { dryRun: true })).to.deep.equal({
          resource: null,
          alsoSeen: [],
          gone: [],
        });
        expect(idsOf(ledger)).to.deep.equal([]);
      });

      it('refuses an attribute that EC2 does not have, before anything is sent', async () => {
        keepLedger(aws, theCase.maker);
        const spec = { ...theCase.spec, cloudAttributes: { nonsense: 1 } } as never;

        expect(await rejection(create({ ...theCase, spec }))).to.include({ code: 'validation-failed' });
        expect(aws.calls).to.deep.equal([]);
      });
    });
  }

  describe('CreateKeyPair', () => {
    const pair = { type: 'ssh-key', spec: { ...own, name: 'k' } } as const;

    it('gives the private key, once', async () => {
      keepLedger(aws, newPair);

      expect(await create(pair)).to.include({ privateKey: 'private of id-1' });
    });

    it('makes another pair when the answer is lost, because nobody has the key of the first', async () => {
      const ledger = keepLedger(aws, newPair);
      ledger.losses.push('after');

      const change = await create(pair);

      expect(change.privateKey).to.equal(`private of ${change.resource?.cloudId}`);
      expect(idsOf(ledger)).to.deep.equal([change.resource?.cloudId]);
    });

    it('makes another pair when the one of an earlier attempt is there, and says that that is gone', async () => {
      const ledger = keepLedger(aws, newPair);
      ledger.made.set('id-old', 'client/key');

      const change = await create(pair, { sentAgoMs: 20, mayHaveBeenSent: true });

      expect(change.gone).to.deep.equal([{ type: 'ssh-key', cloudId: 'id-old' }]);
      expect(idsOf(ledger)).to.deep.equal([change.resource?.cloudId]);
    });
  });
});
