// AssociateAddress. Safe to send twice: EC2 does nothing about an address that leads there already. Unless the client
// says allowReassociation, one that leads elsewhere is not taken away.
import type { ResourceBody } from '@cloud-gateway/contracts';
import type { SpecOf } from '../../cloud.ts';
import { createAttributes } from '../attributes/create-attributes.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { ipAddressBindingBody } from '../bodies/ip-address-binding-body.ts';
import { look } from '../look/look.ts';
import { AssociateAddressCommand } from '../sdk/client-ec2.ts';
import { createOnce } from './create-once.ts';
import type { Create } from './write-calls.ts';
import type { WriteDeps } from './write-deps.ts';

export const createIpAddressBinding: Create<'ip-address-binding'> = async (deps, spec, options) => {
  const attributes = readAttributes(createAttributes['ip-address-binding'], spec.cloudAttributes);
  const { allowReassociation = false, networkInterfaceId } = attributes;
  const input = {
    AllocationId: spec.ipAddressId,
    // EC2 takes one of the two; the interface is the finer word.
    ...(networkInterfaceId === undefined
      ? { InstanceId: spec.instanceId }
      : { NetworkInterfaceId: networkInterfaceId }),
    PrivateIpAddress: spec.privateAddress,
    AllowReassociation: allowReassociation,
  };
  return createOnce(
    deps,
    {
      type: 'ip-address-binding',
      action: 'AssociateAddress',
      mayArriveTwice: true,
      duplicateCodes: ['Resource.AlreadyAssociated', 'InvalidIPAddress.InUse'],
      find: () => findBinding(deps, spec, options.signal),
      async send(http, dryRun) {
        const { AssociationId } = await deps.ec2.send(
          new AssociateAddressCommand({ ...input, ...dryRun }),
          http,
        );
        const answered = { ...input, InstanceId: spec.instanceId, AssociationId };
        return { resource: bindingOf(answered), isComplete: false };
      },
    },
    options,
  );
};

// The answer has the id of the association alone; the look shows which address and interface it is.
function bindingOf(answered: Parameters<typeof ipAddressBindingBody>[0]): ResourceBody {
  return ipAddressBindingBody(answered) as ResourceBody;
}

async function findBinding(
  deps: WriteDeps,
  spec: SpecOf<'ip-address-binding'>,
  signal: AbortSignal,
): Promise<ResourceBody | undefined> {
  const seen = await look(deps, 'ip-address', [spec.ipAddressId], signal);
  return seen.find(
    (body) =>
      body.type === 'ip-address-binding' &&
      body['instanceId'] === spec.instanceId &&
      (spec.privateAddress === undefined || body['privateAddress'] === spec.privateAddress),
  );
}
