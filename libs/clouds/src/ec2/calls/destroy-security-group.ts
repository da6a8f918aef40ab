// DeleteSecurityGroup. Its rules go with it, so they are asked for before.
import type { ResourceBody } from '@cloud-gateway/contracts';
import { look } from '../look/look.ts';
import { DeleteSecurityGroupCommand } from '../sdk/client-ec2.ts';
import { destroyOnce } from './destroy-once.ts';
import { noChange } from './looked-at.ts';
import type { Destroy } from './write-calls.ts';

export const destroySecurityGroup: Destroy = async (deps, { cloudId: GroupId, known }, options) => {
  // Not knowing them is no reason not to do it: then the next listing tells.
  const seen = options.dryRun
    ? []
    : await look(deps, 'security-group', [GroupId], options.signal).catch((): ResourceBody[] => []);
  const { was } = await destroyOnce(
    deps,
    {
      action: 'DeleteSecurityGroup',
      send: (http, dryRun) => deps.ec2.send(new DeleteSecurityGroupCommand({ GroupId, ...dryRun }), http),
    },
    options,
  );
  if (was === 'dry-run') return noChange;
  const rules = seen.filter(({ type }) => type === 'security-group-rule');
  return {
    resource: null,
    alsoSeen: [],
    gone: [known, ...rules].map(({ type, cloudId }) => ({ type, cloudId })),
  };
};
