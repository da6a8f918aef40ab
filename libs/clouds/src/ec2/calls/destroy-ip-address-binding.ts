// DisassociateAddress. EC2 wants the id of the association, which is another one after each change: so it is asked for
// first, and an address that leads elsewhere by now is left alone.
import { GatewayError, type IpAddressBindingBody, type ResourceBody } from '@cloud-gateway/contracts';
import type { Change, Target } from '../../cloud.ts';
import { look } from '../look/look.ts';
import { DisassociateAddressCommand } from '../sdk/client-ec2.ts';
import { destroyOnce } from './destroy-once.ts';
import { noChange } from './looked-at.ts';
import type { Destroy } from './write-calls.ts';

export const destroyIpAddressBinding: Destroy = async (deps, target, options) => {
  const { cloudId } = target;
  const before = await look(deps, 'ip-address-binding', [cloudId], options.signal);
  const binding = before.find((body) => body.type === 'ip-address-binding' && body.cloudId === cloudId);
  if (binding === undefined) {
    if (options.mayHaveBeenSent && !options.dryRun) return unbound(target, before);
    throw new GatewayError('cloud-not-found', { message: `the cloud knows no binding ${cloudId}` });
  }
  const AssociationId = String(binding.cloudAttributes['associationId']);
  const { was } = await destroyOnce(
    deps,
    {
      action: 'DisassociateAddress',
      send: (http, dryRun) =>
        deps.ec2.send(new DisassociateAddressCommand({ AssociationId, ...dryRun }), http),
    },
    options,
  );
  if (was === 'dry-run') return noChange;
  const { ipAddressId } = binding as IpAddressBindingBody;
  const after = await look(deps, 'ip-address', [ipAddressId], options.signal).catch((): ResourceBody[] => []);
  return unbound(target, after);
};

// The address beside it, unless EC2 still shows it as bound.
function unbound({ cloudId }: Target, seen: readonly ResourceBody[]): Change {
  return {
    resource: null,
    alsoSeen: seen.filter(({ type, state }) => type === 'ip-address' && state === 'available'),
    gone: [{ type: 'ip-address-binding', cloudId }],
  };
}
