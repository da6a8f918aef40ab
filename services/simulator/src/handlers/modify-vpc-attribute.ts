// EC2 ModifyVpcAttribute: one attribute a call. Safe to repeat.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { idKinds } from '../network/id-kinds.ts';
import type { Vpc } from '../network/vpc.ts';
import { required, structure } from '../query/fields.ts';
import { flag, text } from '../query/scalars.ts';

const value = { value: required('Value', flag) };

export const modifyVpcAttribute = defineAction({
  service: 'ec2',
  name: 'ModifyVpcAttribute',
  bucket: 'mutating',
  input: {
    id: required('VpcId', text),
    dnsSupport: structure('EnableDnsSupport', value),
    dnsHostnames: structure('EnableDnsHostnames', value),
    usageMetrics: structure('EnableNetworkAddressUsageMetrics', value),
  },
  handle({ id, dnsSupport, dnsHostnames, usageMetrics }, { state }) {
    const [vpc] = findByIds([id], state.vpcs.get, idKinds.vpc);
    const changes: Partial<Vpc>[] = [
      ...(dnsSupport ? [{ dnsSupport: dnsSupport.value }] : []),
      ...(dnsHostnames ? [{ dnsHostnames: dnsHostnames.value }] : []),
      ...(usageMetrics ? [{ usageMetrics: usageMetrics.value }] : []),
    ];
    if (!vpc || changes.length === 0) {
      throw new AwsError('InvalidParameterCombination', 'No attributes specified.');
    }
    if (changes.length > 1) {
      throw new AwsError('InvalidParameterCombination', 'Fields for multiple attribute types specified.');
    }
    state.vpcs.put({ ...vpc, ...changes[0] });
    return { return: true };
  },
});
