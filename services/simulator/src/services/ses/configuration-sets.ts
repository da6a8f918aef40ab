// SES configuration sets: their names.
import { type Action, defineAction } from '../../action.ts';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { required } from '../../query/fields.ts';
import { text } from '../../query/scalars.ts';
import type { StateKind } from '../../states.ts';

const state: StateKind<Set<string>> = {
  name: 'configuration-sets',
  reach: 'region',
  create: () => new Set(),
};

const service = 'ses';
const byName = { name: required('ConfigurationSetName', text) };

const createConfigurationSet = defineAction({
  service,
  name: 'CreateConfigurationSet',
  input: { name: required('ConfigurationSet.Name', text) },
  handle({ name }, call) {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
      throw new AwsError('InvalidConfigurationSet', `The name ${name.slice(0, 64)} is not valid.`);
    }
    const sets = call.stateOf(state);
    if (sets.has(name)) {
      throw new AwsError('ConfigurationSetAlreadyExists', `Configuration set <${name}> already exists.`);
    }
    sets.add(name);
    return {};
  },
});

const listConfigurationSets = defineAction({
  service,
  name: 'ListConfigurationSets',
  input: {},
  handle: (_input, call) => ({ ConfigurationSets: [...call.stateOf(state)].map((Name) => ({ Name })) }),
});

const describeConfigurationSet = defineAction({
  service,
  name: 'DescribeConfigurationSet',
  input: byName,
  handle: ({ name }, call) => ({ ConfigurationSet: { Name: findSet(name, call) } }),
});

const deleteConfigurationSet = defineAction({
  service,
  name: 'DeleteConfigurationSet',
  input: byName,
  handle({ name }, call) {
    call.stateOf(state).delete(findSet(name, call));
    return {};
  },
});

function findSet(name: string, call: Call): string {
  if (call.stateOf(state).has(name)) return name;
  throw new AwsError(
    'ConfigurationSetDoesNotExist',
    `Configuration set <${name.slice(0, 64)}> does not exist.`,
  );
}

export const configurationSetActions: readonly Action[] = [
  createConfigurationSet,
  listConfigurationSets,
  describeConfigurationSet,
  deleteConfigurationSet,
];
