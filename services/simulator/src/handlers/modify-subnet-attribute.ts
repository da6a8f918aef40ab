// EC2 ModifySubnetAttribute: one attribute a call. Safe to repeat.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { findByIds } from '../compute/find-by-ids.ts';
import { idKinds } from '../network/id-kinds.ts';
import type { Subnet } from '../network/subnet.ts';
import { optional, required, structure } from '../query/fields.ts';
import { flag, oneOf, text } from '../query/scalars.ts';

const value = { value: required('Value', flag) };

export const modifySubnetAttribute = defineAction({
  service: 'ec2',
  name: 'ModifySubnetAttribute',
  bucket: 'mutating',
  input: {
    id: required('SubnetId', text),
    mapPublicIp: structure('MapPublicIpOnLaunch', value),
    assignIpv6: structure('AssignIpv6AddressOnCreation', value),
    dns64: structure('EnableDns64', value),
    hostnameType: optional('PrivateDnsHostnameTypeOnLaunch', oneOf(['ip-name', 'resource-name'])),
    dnsA: structure('EnableResourceNameDnsARecordOnLaunch', value),
    dnsAaaa: structure('EnableResourceNameDnsAAAARecordOnLaunch', value),
  },
  handle({ id, mapPublicIp, assignIpv6, dns64, hostnameType, dnsA, dnsAaaa }, { state }) {
    const [subnet] = findByIds([id], state.subnets.get, idKinds.subnet);
    const changes: Partial<Subnet>[] = [
      ...(mapPublicIp ? [{ mapPublicIpOnLaunch: mapPublicIp.value }] : []),
      ...(assignIpv6 ? [{ assignIpv6OnCreation: assignIpv6.value }] : []),
      ...(dns64 ? [{ dns64: dns64.value }] : []),
      ...(hostnameType ? [{ hostnameType }] : []),
      ...(dnsA ? [{ resourceNameDnsA: dnsA.value }] : []),
      ...(dnsAaaa ? [{ resourceNameDnsAaaa: dnsAaaa.value }] : []),
    ];
    if (!subnet || changes.length === 0) {
      throw new AwsError('InvalidParameterCombination', 'No attributes specified.');
    }
    if (changes.length > 1) {
      throw new AwsError('InvalidParameterCombination', 'Fields for multiple attribute types specified.');
    }
    state.subnets.put({ ...subnet, ...changes[0] });
    return { return: true };
  },
});
