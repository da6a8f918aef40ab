// EC2 DescribeVpcAttribute: one attribute a call.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { idKinds } from '../network/id-kinds.ts';
import { required } from '../query/fields.ts';
import { oneOf, text } from '../query/scalars.ts';

export const describeVpcAttribute = defineAction({
  service: 'ec2',
  name: 'DescribeVpcAttribute',
  bucket: 'describe',
  input: {
    id: required('VpcId', text),
    attribute: required(
      'Attribute',
      oneOf(['enableDnsSupport', 'enableDnsHostnames', 'enableNetworkAddressUsageMetrics']),
    ),
  },
  handle({ id, attribute }, { state }) {
    const [vpc] = findByIds([id], state.vpcs.seen, idKinds.vpc);
    if (!vpc) throw new AwsError('InvalidVpcID.NotFound', `The vpc ID '${id}' does not exist`);
    const values = {
      enableDnsSupport: vpc.dnsSupport,
      enableDnsHostnames: vpc.dnsHostnames,
      enableNetworkAddressUsageMetrics: vpc.usageMetrics,
    };
    return { vpcId: id, [attribute]: { value: values[attribute] } };
  },
});
