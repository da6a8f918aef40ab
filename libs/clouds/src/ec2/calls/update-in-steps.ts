// Changes a resource. EC2 has a call for each kind of change, so one wish can be several calls; each names what is to be,
// and the whole can be sent again.
import { GatewayError, isGatewayError, type ResourceBody } from '@cloud-gateway/contracts';
import type { Change, Target, WriteOptions } from '../../cloud.ts';
import { dryRunOnce } from './dry-run-once.ts';
import { lookedAt, noChange } from './looked-at.ts';
import type { Step } from './step.ts';
import { type TagPatch, taggedWith, tagSteps } from './tag-steps.ts';
import type { WriteDeps } from './write-deps.ts';

export interface Plan {
  /** What is particular to the type; the tags come last. */
  readonly steps: readonly Step[];
  readonly tags: TagPatch;
  /** What the body says when all is done, for as long as EC2 still describes it as it was. */
  readonly becomes: Partial<ResourceBody>;
}

export async function updateInSteps(
  deps: WriteDeps,
  { cloudId, known }: Target,
  { steps, tags, becomes }: Plan,
  options: WriteOptions,
): Promise<Change> {
  const all = [...steps, ...tagSteps(deps, cloudId, tags)];
  if (options.dryRun) {
    for (const step of all) await dryRunStep(deps, step, options.signal);
    return noChange;
  }
  for (const step of all) await takeStep(deps, step, options.signal);
  const { resource, alsoSeen } = await lookedAt(deps, known, options.signal);
  return { resource: taggedWith({ ...resource, ...becomes }, tags), alsoSeen, gone: [] };
}

async function takeStep({ call }: WriteDeps, step: Step, signal: AbortSignal): Promise<void> {
  try {
    await call.write(step.action, signal, (http) => step.send(http, {}));
  } catch (error) {
    // Whoever cannot find out whether it is done takes the refusal as it is.
    const isDone = isGatewayError(error) && (await step.isDone?.(error).catch(() => false));
    if (isDone !== true) throw error;
  }
}

async function dryRunStep(deps: WriteDeps, step: Step, signal: AbortSignal): Promise<void> {
  if (step.hasNoDryRun === true) {
    throw new GatewayError('not-supported', {
      message: `EC2 has no dry run of ${step.action}: it cannot tell whether this change would work`,
    });
  }
  await dryRunOnce(deps, step.action, signal, (http) => step.send(http, { DryRun: true }));
}
