// EC2 DisassociateAddress: by association id, or by the address.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { disassociate } from '../network/disassociate.ts';
import { findAddress } from '../network/find-address.ts';
import { optional } from '../query/fields.ts';
import { text } from '../query/scalars.ts';

export const disassociateAddress = defineAction({
  service: 'ec2',
  name: 'DisassociateAddress',
  bucket: 'mutating',
  input: { associationId: optional('AssociationId', text), publicIp: optional('PublicIp', text) },
  handle({ associationId, publicIp }, call) {
    const address =
      associationId === undefined
        ? findAddress({ publicIp }, call)
        : call.state.addresses.all().find(({ association }) => association?.id === associationId);
    if (!address) {
      throw new AwsError(
        'InvalidAssociationID.NotFound',
        `The association ID '${associationId?.slice(0, 100)}' does not exist`,
      );
    }
    disassociate(address, call);
    return { return: true };
  },
});
