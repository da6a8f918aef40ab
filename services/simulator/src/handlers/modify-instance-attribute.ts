// EC2 ModifyInstanceAttribute: one attribute a call, either under its own name or as Attribute and Value.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findInstances } from '../compute/find-instances.ts';
import type { Instance } from '../compute/instance.ts';
import { findInstanceType } from '../compute/instance-types.ts';
import { optional, required, structure } from '../query/fields.ts';
import { flag, oneOf, text } from '../query/scalars.ts';

const attributes = ['instanceType', 'disableApiTermination', 'instanceInitiatedShutdownBehavior'] as const;

export const modifyInstanceAttribute = defineAction({
  service: 'ec2',
  name: 'ModifyInstanceAttribute',
  bucket: 'mutating',
  input: {
    id: required('InstanceId', text),
    attribute: optional('Attribute', oneOf(attributes)),
    value: optional('Value', text),
    instanceType: structure('InstanceType', { value: required('Value', text) }),
    disableApiTermination: structure('DisableApiTermination', { value: required('Value', text) }),
    instanceInitiatedShutdownBehavior: structure('InstanceInitiatedShutdownBehavior', {
      value: required('Value', text),
    }),
  },
  handle(input, call) {
    const [instance] = findInstances([input.id], call);
    const changes = attributes.flatMap((attribute) => {
      const value = input[attribute]?.value ?? (input.attribute === attribute ? input.value : undefined);
      return value === undefined ? [] : [{ attribute, value }];
    });
    const [change] = changes;
    if (!instance || !change) throw new AwsError('InvalidParameterCombination', 'No attributes specified.');
    if (changes.length > 1) {
      throw new AwsError('InvalidParameterCombination', 'Fields for multiple attribute types specified.');
    }
    call.state.putInstance(modify(instance, change.attribute, change.value));
    return { return: true };
  },
});

function modify(instance: Instance, attribute: (typeof attributes)[number], value: string): Instance {
  switch (attribute) {
    case 'disableApiTermination':
      return { ...instance, terminationProtected: flag(value, 'DisableApiTermination.Value') };
    case 'instanceInitiatedShutdownBehavior':
      return {
        ...instance,
        shutdownBehavior: oneOf(['stop', 'terminate'])(value, 'InstanceInitiatedShutdownBehavior.Value'),
      };
    case 'instanceType':
      return { ...instance, instanceType: checkNewType(instance, value) };
  }
}

function checkNewType(instance: Instance, name: string): string {
  const type = findInstanceType(name);
  if (!type || type.architecture !== instance.architecture) {
    throw new AwsError(
      'InvalidInstanceAttributeValue',
      `Invalid value '${name.slice(0, 100)}' for InstanceType.`,
    );
  }
  if (instance.state !== 'stopped') {
    throw new AwsError(
      'IncorrectInstanceState',
      `The instance '${instance.id}' is not in the 'stopped' state.`,
    );
  }
  return name;
}
