import { placementGroupBody } from '../bodies/placement-group-body.ts';
import { DescribePlacementGroupsCommand } from '../sdk/client-ec2.ts';
import type { Describe } from './describe.ts';

/** Placement groups. EC2 gives them in one piece; an account has 500 in a region at the most. */
export const describePlacementGroups: Describe = async function* (deps, which, signal) {
  const { ec2, call, onUnknownState } = deps;
  const { PlacementGroups = [] } = await call.read('DescribePlacementGroups', signal, (http) =>
    ec2.send(new DescribePlacementGroupsCommand({ ...which }), http),
  );
  yield PlacementGroups.map((group) => placementGroupBody(group, onUnknownState));
};
