import { expect } from 'chai';
import { answerEc2, filtersOf } from '../../ec2-answers.ts';
import { type FakeAwsServer, startFakeAwsServer } from '../../fake-aws-server.ts';
import { credentials, testCloud } from '../../test-cloud.ts';

const [we, friend] = ['123456789012', '210987654321'];
const place = { region: 'us-east-1', cloudAccountId: we, purpose: 'poll' } as const;

const snapshots = [
  { id: 'snap-own', owner: we, isPublic: false, sharedWith: [we] },
  { id: 'snap-own-public', owner: we, isPublic: true, sharedWith: [] },
  { id: 'snap-shared', owner: friend, isPublic: false, sharedWith: [we] },
  { id: 'snap-shared-public', owner: friend, isPublic: true, sharedWith: [we] },
  { id: 'snap-public', owner: friend, isPublic: true, sharedWith: [] },
];

// As EC2 selects: `self` finds what one owns and what one was given by name, `all` what is public.
function selected(call: URLSearchParams): typeof snapshots {
  const ids = filtersOf(call)['snapshot-id'];
  const owner = call.get('Owner.1') === 'self' ? we : call.get('Owner.1');
  const restorableBy = call.get('RestorableBy.1');
  return snapshots
    .filter(({ id }) => ids === undefined || ids.includes(id))
    .filter((snapshot) => owner === null || snapshot.owner === owner)
    .filter(({ isPublic, sharedWith, owner: of }) => {
      if (restorableBy === null) return true;
      return restorableBy === 'all' ? isPublic : of === we || sharedWith.includes(we);
    });
}

describe('listSnapshots', () => {
  let aws: FakeAwsServer;
  before(async () => {
    aws = await startFakeAwsServer();
    aws.answer = (call, response) => {
      const items = selected(call).map(
        ({ id, owner }) => `<item><snapshotId>${id}</snapshotId><ownerId>${owner}</ownerId>
          <status>completed</status><tagSet><item><key>Name</key><value>secret plan</value></item></tagSet></item>`,
      );
      answerEc2(call, response, `<snapshotSet>${items.join('')}</snapshotSet>`);
    };
  });
  after(() => aws.close());

  async function list(group: string): Promise<[cloudId: string, visibility: string, name: string | null][]> {
    const { cloud } = testCloud(aws.url, { publishedSnapshotOwners: [friend] });
    const found: [string, string, string | null][] = [];
    try {
      for await (const page of cloud.open(credentials, place).list(group, AbortSignal.timeout(5_000))) {
        for (const { cloudId, visibility, name } of page.items) found.push([cloudId, visibility, name]);
      }
    } finally {
      cloud.close();
    }
    return found;
  }

  it('lists each snapshot of the account and each shared with it once, and says what it is', async () => {
    expect(await list('snapshots')).to.have.deep.members([
      ['snap-own', 'private', 'secret plan'],
      // No tags: its row is for everybody.
      ['snap-own-public', 'public', null],
      ['snap-shared', 'shared', 'secret plan'],
    ]);
  });

  it('lists what is public of the owners that the operator chose', async () => {
    expect(await list('published-snapshots')).to.have.deep.members([
      ['snap-shared-public', 'public', null],
      ['snap-public', 'public', null],
    ]);
  });
});
