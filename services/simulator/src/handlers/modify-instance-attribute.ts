// EC2 ModifyInstanceAttribute: one attribute a call, either under its own name or as Attribute and Value.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { chooseGroups } from '../compute/choose-groups.ts';
import { findInstances } from '../compute/find-instances.ts';
import type { Instance } from '../compute/instance.ts';
import { findInstanceType } from '../compute/instance-types.ts';
import type { RegionState } from '../compute/region-state.ts';
import { list, optional, required, structure } from '../query/fields.ts';
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
    groupIds: list('GroupId', text),
  },
  handle(input, call) {
    const [instance] = findInstances([input.id], call);
    const changes = attributes.flatMap((attribute) => {
      const value = input[attribute]?.value ?? (input.attribute === attribute ? input.value : undefined);
      return value === undefined ? [] : [{ attribute, value }];
    });
    const isOfGroups = input.groupIds.length > 0;
    if (!instance || (changes.length === 0 && !isOfGroups)) {
      throw new AwsError('InvalidParameterCombination', 'No attributes specified.');
    }
    if (changes.length + Number(isOfGroups) > 1) {
      throw new AwsError('InvalidParameterCombination', 'Fields for multiple attribute types specified.');
    }
    const [change] = changes;
    call.state.putInstance(
      change === undefined
        ? { ...instance, groups: newGroups(instance, input.groupIds, call.state) }
        : modify(instance, change.attribute, change.value),
    );
    return { return: true };
  },
});

function newGroups(
  { subnetId }: Instance,
  groupIds: readonly string[],
  state: RegionState,
): Instance['groups'] {
  const subnet = state.subnets.get(subnetId);
  if (!subnet) throw new AwsError('InvalidSubnetID.NotFound', `The subnet ID '${subnetId}' does not exist`);
  return chooseGroups({ groupIds, groupNames: [] }, subnet, state);
}

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
