// EC2 TerminateInstances: all or none; safe to repeat.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findInstances } from '../compute/find-instances.ts';
import { terminateInstance } from '../compute/instance-lifecycle.ts';
import { writeStateChange } from '../compute/state-changes.ts';
import { requiredList } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const terminateInstances = defineAction({
  service: 'ec2',
  name: 'TerminateInstances',
  bucket: 'terminate',
  input: { ids: requiredList('InstanceId', text) },
  handle({ ids }, call) {
    const instances = findInstances(ids, call);
    const locked = instances.find(({ terminationProtected }) => terminationProtected);
    if (locked) {
      throw new AwsError(
        'OperationNotPermitted',
        `The instance '${locked.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
      );
    }
    call.charge('stop-terminate-instances', instances.length);
    const times = { nowMs: call.nowMs, transitionMs: call.settings.transitionMs };
    const changes = instances.map((before) => ({ before, after: terminateInstance(before, times) }));
    for (const { after } of changes) call.state.putInstance(after);
    return { instancesSet: call.shuffled(changes).map(writeStateChange) };
  },
});
