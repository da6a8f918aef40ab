// EC2 RebootInstances: nothing of it can be seen afterwards, as at AWS.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findInstances } from '../compute/find-instances.ts';
import { requiredList } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const rebootInstances = defineAction({
  service: 'ec2',
  name: 'RebootInstances',
  bucket: 'mutating',
  input: { ids: requiredList('InstanceId', text) },
  handle({ ids }, call) {
    const wrong = findInstances(ids, call).find(({ state }) => state !== 'running' && state !== 'pending');
    if (wrong) {
      throw new AwsError(
        'IncorrectInstanceState',
        `The instance '${wrong.id}' is not in a state from which it can be rebooted.`,
      );
    }
    return { return: true };
  },
});
