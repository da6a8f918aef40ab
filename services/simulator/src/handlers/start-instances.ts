// EC2 StartInstances: all or none.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findInstances } from '../compute/find-instances.ts';
import { startInstance } from '../compute/instance-lifecycle.ts';
import { newPublicIp } from '../compute/launch.ts';
import { type StateChange, writeStateChange } from '../compute/state-changes.ts';
import { requiredList } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const startInstances = defineAction({
  service: 'ec2',
  name: 'StartInstances',
  bucket: 'run-start',
  input: { ids: requiredList('InstanceId', text) },
  handle({ ids }, call) {
    const instances = findInstances(ids, call);
    call.charge('run-start-instances', instances.length);
    const times = { nowMs: call.nowMs, transitionMs: call.settings.transitionMs };
    const changes = instances.map((before): StateChange => {
      const step = startInstance(before, newPublicIp(call.random), times);
      if (step.ok) return { before, after: step.instance };
      throw new AwsError(
        'IncorrectInstanceState',
        `The instance '${before.id}' is not in a state from which it can be started.`,
      );
    });
    for (const { after } of changes) call.state.putInstance(after);
    return { instancesSet: call.shuffled(changes).map(writeStateChange) };
  },
});
