import { type Instance, resourceCreateRoute } from '@cloud-gateway/contracts';
import type { TourDeps } from '../tour-deps.ts';
import { written } from '../written.ts';

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
  const collections = `/v1/clouds/ec2/accounts/${account}`;
  const headers = { prefer: 'wait=20' };
  const { cloudId: instanceId, region, datacenter } = instance;
  const volume = written(
    await api.call(resourceCreateRoute('volume'), `${collections}/volumes`, {
      body: { region, datacenter: datacenter ?? `${region}a`, gigabytes: 8, name: 'demo data' },
      headers,
    }),
  );
  tell.line(`answered when it was there: ${volume.cloudId} is ${volume.state}`);
  const attachment = written(
    await api.call(resourceCreateRoute('volume-attachment'), `${collections}/volume-attachments`, {
      body: { region, volumeId: volume.cloudId, instanceId, device: '/dev/sdf' },
      headers,
    }),
  );
  tell.line(`and when it was attached: ${attachment.cloudId} is ${attachment.state}`);
  tell.done({
    volume: volume.cloudId,
    state: volume.state,
    attachment: attachment.cloudId,
    attachmentState: attachment.state,
  });
  return { volumeId: volume.cloudId, attachmentId: attachment.cloudId };
}
