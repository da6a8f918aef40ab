// EC2 StopInstances: all or none. Force changes nothing here, as nothing ever hangs.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findInstances } from '../compute/find-instances.ts';
import { stopInstance } from '../compute/instance-lifecycle.ts';
import { type StateChange, writeStateChange } from '../compute/state-changes.ts';
import { requiredList, withDefault } from '../query/fields.ts';
import { flag, text } from '../query/scalars.ts';

export const stopInstances = defineAction({
  service: 'ec2',
  name: 'StopInstances',
  bucket: 'mutating',
  input: {
    ids: requiredList('InstanceId', text),
    force: withDefault('Force', flag, false),
    hibernate: withDefault('Hibernate', flag, false),
  },
  handle({ ids, hibernate }, call) {
    const instances = findInstances(ids, call);
    call.charge('stop-terminate-instances', instances.length);
    const times = { nowMs: call.nowMs, transitionMs: call.settings.transitionMs };
    const changes = instances.map((before): StateChange => {
      if (hibernate && !before.hibernationConfigured) {
        throw new AwsError(
          'UnsupportedHibernationConfiguration',
          `Instance ${before.id} is not configured for hibernation.`,
        );
      }
      const step = stopInstance(before, hibernate, times);
      if (step.ok) return { before, after: step.instance };
      throw new AwsError(
        'IncorrectInstanceState',
        `The instance '${before.id}' is not in a state from which it can be stopped.`,
      );
    });
    for (const { after } of changes) call.state.putInstance(after);
    return { instancesSet: call.shuffled(changes).map(writeStateChange) };
  },
});
