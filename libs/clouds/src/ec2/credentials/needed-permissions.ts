// What the gateway needs to be allowed, in AWS's own names: one row per call that calls/, describe/ and look/ make.
import { computeWrites } from './dry-runs/compute-writes.ts';
import type { DryRun } from './dry-runs/dry-run.ts';
import { networkWrites } from './dry-runs/network-writes.ts';
import { reads } from './dry-runs/reads.ts';

interface NeededPermission {
  readonly name: string;
  /** Undefined: EC2 has no dry run of it, so only IAM can tell. */
  readonly dryRun: DryRun | undefined;
}

export const neededPermissions: readonly NeededPermission[] = Object.entries({
  ...reads,
  ...computeWrites,
  ...networkWrites,
}).map(([action, dryRun]) => ({ name: `ec2:${action}`, dryRun }));
