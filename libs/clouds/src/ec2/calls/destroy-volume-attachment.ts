// DetachVolume. EC2 shows how far it is on the volume; with Force it does not wait for the instance to let go.
import type { VolumeAttachmentBody } from '@cloud-gateway/contracts';
import { volumeAttachmentBody } from '../bodies/volume-attachment-body.ts';
import { look } from '../look/look.ts';
import { DetachVolumeCommand } from '../sdk/client-ec2.ts';
import { destroyOnce } from './destroy-once.ts';
import { noChange } from './looked-at.ts';
import type { Destroy } from './write-calls.ts';

export const destroyVolumeAttachment: Destroy = async (deps, { cloudId, known }, options) => {
  const { volumeId: VolumeId, instanceId: InstanceId } = known as VolumeAttachmentBody;
  const outcome = await destroyOnce(
    deps,
    {
      action: 'DetachVolume',
      send: (http, dryRun) =>
        deps.ec2.send(
          new DetachVolumeCommand({
            VolumeId,
            InstanceId,
            ...(options.force && { Force: true }),
            ...dryRun,
          }),
          http,
        ),
      // "It is not attached", or not to this instance.
      goneCodes: ['IncorrectState', 'InvalidAttachment.NotFound'],
    },
    options,
  );
  if (outcome.was === 'dry-run') return noChange;
  const gone = { resource: null, alsoSeen: [], gone: [{ type: known.type, cloudId }] };
  if (outcome.was === 'gone already') return gone;
  const answered = volumeAttachmentBody(
    { VolumeId, InstanceId, ...outcome.answer },
    { owner: known.owner, onUnknownState: deps.onUnknownState },
  );
  const seen = await look(deps, 'volume', [VolumeId], options.signal).catch(() => [answered]);
  const attachment = seen.find((body) => body.type === known.type && body.cloudId === cloudId);
  const alsoSeen = seen.filter((body) => body !== attachment);
  // Where EC2 still shows it as attached, the answer knows better.
  if (attachment?.state === 'attached') return { resource: answered, alsoSeen: [], gone: [] };
  if (attachment === undefined || attachment.state === 'detached') return { ...gone, alsoSeen };
  return { resource: attachment, alsoSeen, gone: [] };
};
