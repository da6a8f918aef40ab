// AttachVolume. EC2 has neither a token nor tags for it, but refuses to attach a volume a second time: whether it was us
// is seen on the volume.
import { GatewayError, type ResourceBody } from '@cloud-gateway/contracts';
import type { SpecOf } from '../../cloud.ts';
import { createAttributes } from '../attributes/create-attributes.ts';
import { readAttributes } from '../attributes/read-attributes.ts';
import { volumeAttachmentBody, volumeAttachmentId } from '../bodies/volume-attachment-body.ts';
import { look } from '../look/look.ts';
import { AttachVolumeCommand } from '../sdk/client-ec2.ts';
import { createOnce } from './create-once.ts';
import type { Create } from './write-calls.ts';
import type { WriteDeps } from './write-deps.ts';

export const createVolumeAttachment: Create<'volume-attachment'> = async (deps, spec, options) => {
  readAttributes(createAttributes['volume-attachment'], spec.cloudAttributes);
  const input = { VolumeId: spec.volumeId, InstanceId: spec.instanceId, Device: deviceOf(spec) };
  const { onUnknownState } = deps;
  return createOnce(
    deps,
    {
      type: 'volume-attachment',
      action: 'AttachVolume',
      mayArriveTwice: false,
      refusesSecond: true,
      duplicateCodes: ['VolumeInUse', 'IncorrectState', 'InvalidParameterValue'],
      find: () => findAttachment(deps, spec, options.signal),
      async send(http, dryRun) {
        const answer = await deps.ec2.send(new AttachVolumeCommand({ ...input, ...dryRun }), http);
        // Complete in itself; the look shows the volume beside it.
        const attachment = { ...input, ...answer };
        return {
          resource: volumeAttachmentBody(attachment, { owner: null, onUnknownState }),
          isComplete: false,
        };
      },
    },
    options,
  );
};

function deviceOf({ device }: SpecOf<'volume-attachment'>): string {
  if (device !== undefined) return device;
  throw new GatewayError('validation-failed', {
    message: 'EC2 wants to know under which name the instance sees the volume',
    issues: [{ path: 'body.device', message: 'is needed at EC2, for example /dev/sdf' }],
  });
}

async function findAttachment(
  deps: WriteDeps,
  spec: SpecOf<'volume-attachment'>,
  signal: AbortSignal,
): Promise<ResourceBody | undefined> {
  const cloudId = volumeAttachmentId(spec.volumeId, spec.instanceId);
  const seen = await look(deps, 'volume-attachment', [cloudId], signal);
  return seen.find(
    (body) => body.cloudId === cloudId && body['device'] === spec.device && isAttached(body.state),
  );
}

function isAttached(state: string): boolean {
  return state === 'attaching' || state === 'attached';
}
