import type { DescribeSnapshotsCommandInput, Snapshot } from '@aws-sdk/client-ec2';
import { DescribeSnapshotsCommand } from '../sdk/client-ec2.ts';
import type { DescribeDeps } from './describe.ts';
import { pages } from './pages.ts';

export type WhichSnapshots = Omit<DescribeSnapshotsCommandInput, 'MaxResults' | 'NextToken'>;

/** Snapshots as EC2 tells them: who may use them is not in it. */
export async function* snapshotPages(
  { ec2, call, pageSize }: DescribeDeps,
  which: WhichSnapshots,
  signal: AbortSignal,
): AsyncGenerator<readonly Snapshot[], void, undefined> {
  // EC2 takes either ids or a page size.
  const paged = which.SnapshotIds === undefined ? { MaxResults: pageSize } : {};
  const answers = pages((token) =>
    call.read('DescribeSnapshots', signal, (http) =>
      ec2.send(new DescribeSnapshotsCommand({ ...which, ...paged, ...token }), http),
    ),
  );
  for await (const { Snapshots = [] } of answers) yield Snapshots;
}
