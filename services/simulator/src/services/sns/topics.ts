// SNS topics. What is published is taken and goes nowhere.
import { type Action, defineAction } from '../../action.ts';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { required } from '../../query/fields.ts';
import { text } from '../../query/scalars.ts';
import { newRequestId } from '../../random-source.ts';
import type { StateKind } from '../../states.ts';
import { repeated } from '../../xml.ts';

/** Their ARNs. */
const state: StateKind<Set<string>> = { name: 'topics', reach: 'region', create: () => new Set() };

const service = 'sns';
const byArn = { arn: required('TopicArn', text) };

const createTopic = defineAction({
  service,
  name: 'CreateTopic',
  input: { name: required('Name', text) },
  handle({ name }, call) {
    if (!/^[\w-]{1,256}(\.fifo)?$/.test(name)) {
      throw new AwsError('InvalidParameter', 'Invalid parameter: Topic Name');
    }
    const arn = `arn:aws:sns:${call.region}:${call.accountId}:${name}`;
    call.stateOf(state).add(arn);
    return { TopicArn: arn };
  },
});

const listTopics = defineAction({
  service,
  name: 'ListTopics',
  input: {},
  handle: (_input, call) => ({ Topics: [...call.stateOf(state)].map((TopicArn) => ({ TopicArn })) }),
});

const getTopicAttributes = defineAction({
  service,
  name: 'GetTopicAttributes',
  input: byArn,
  handle: ({ arn }, call) => ({
    Attributes: {
      entry: repeated([
        { key: 'TopicArn', value: findTopic(arn, call) },
        { key: 'Owner', value: call.accountId },
      ]),
    },
  }),
});

const publish = defineAction({
  service,
  name: 'Publish',
  input: { ...byArn, message: required('Message', text) },
  handle({ arn }, call) {
    findTopic(arn, call);
    return { MessageId: newRequestId(call.random) };
  },
});

/** Deleting what is not there is no error. */
const deleteTopic = defineAction({
  service,
  name: 'DeleteTopic',
  input: byArn,
  handle({ arn }, call) {
    call.stateOf(state).delete(arn);
    return {};
  },
});

function findTopic(arn: string, call: Call): string {
  if (call.stateOf(state).has(arn)) return arn;
  throw new AwsError('NotFound', 'Topic does not exist');
}

export const topicActions: readonly Action[] = [
  createTopic,
  listTopics,
  getTopicAttributes,
  publish,
  deleteTopic,
];
