import { instanceBody } from '../bodies/instance-body.ts';
import { DescribeInstancesCommand } from '../sdk/client-ec2.ts';
import type { Describe, Which } from './describe.ts';
import { pages } from './pages.ts';

export interface WhichInstances extends Which {
  readonly InstanceIds?: string[];
}

/** Instances, terminated ones too for as long as EC2 shows them (about an hour). */
export const describeInstances: Describe<WhichInstances> = async function* (deps, which, signal) {
  const { ec2, call, pageSize, onUnknownState } = deps;
  // EC2 takes either ids or a page size.
  const paged = which.InstanceIds === undefined ? { MaxResults: pageSize } : {};
  const answers = pages((token) =>
    call.read('DescribeInstances', signal, (http) =>
      ec2.send(new DescribeInstancesCommand({ ...which, ...paged, ...token }), http),
    ),
  );
  for await (const { Reservations = [] } of answers) {
    yield Reservations.flatMap((reservation) =>
      (reservation.Instances ?? []).map((instance) => instanceBody(instance, reservation, onUnknownState)),
    );
  }
};
