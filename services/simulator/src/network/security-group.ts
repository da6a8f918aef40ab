// A security group without its rules, which are resources of their own (security-group-rule.ts).
import type { Tags } from '../listing/filters.ts';

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly ownerId: string;
  readonly region: string;
  readonly vpcId: string;
  readonly createdAtMs: number;
  readonly tags: Tags;
}

export function securityGroupArn({ ownerId, region, id }: SecurityGroup): string {
  return `arn:aws:ec2:${region}:${ownerId}:security-group/${id}`;
}
