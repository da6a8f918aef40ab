import type { Instance } from '@cloud-gateway/contracts';
import type { TourDeps } from '../tour-deps.ts';

/** The ids in the cloud. */
export interface AttachedVolume {
  readonly volumeId: string;
  readonly attachmentId: string;
}

/** Makes a volume and attaches it, each answered when it is ready. */
export async function attachVolume({
  api,
  account,
  instance,
  tell,
}: Pick<TourDeps, 'api' | 'tell'> & { account: string; instance: Instance }): Promise<AttachedVolume> {
  tell.step('attach-volume', 'Create a volume and attach it: POST …/volumes with Prefer: wait=20');
  const params = { cloud: 'ec2', account };
  const headers = { prefer: 'wait=20' };
  const { cloudId: instanceId, region, datacenter } = instance;
  const volume = await api.call('volume-create', {
    params,
    body: { region, datacenter: datacenter ?? `${region}a`, gigabytes: 8, name: 'demo data' },
    headers,
  });
  tell.line(`answered when it was there: ${volume.cloudId} is ${volume.state}`);
  const attachment = await api.call('volume-attachment-create', {
    params,
    body: { region, volumeId: volume.cloudId, instanceId, device: '/dev/sdf' },
    headers,
  });
  tell.line(`and when it was attached: ${attachment.cloudId} is ${attachment.state}`);
  tell.done({
    volume: volume.cloudId,
    state: volume.state,
    attachment: attachment.cloudId,
    attachmentState: attachment.state,
  });
  return { volumeId: volume.cloudId, attachmentId: attachment.cloudId };
}
