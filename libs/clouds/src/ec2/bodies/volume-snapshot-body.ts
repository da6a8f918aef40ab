// An EBS snapshot as a body. EC2 does not say on a snapshot who may use it; the listing that it came from tells.
import type { Snapshot } from '@aws-sdk/client-ec2';
import type { VolumeSnapshotBody } from '@cloud-gateway/contracts';
import { normalisedState, type OnUnknownState, volumeSnapshotStates } from '../states.ts';
import { present, tagsOf, textOrNull, timeOrNull } from './fields.ts';

export interface VolumeSnapshotBodyOptions {
  readonly visibility: 'private' | 'shared' | 'public';
  readonly onUnknownState: OnUnknownState;
}

export function volumeSnapshotBody(
  snapshot: Snapshot,
  { visibility, onUnknownState }: VolumeSnapshotBodyOptions,
): VolumeSnapshotBody {
  // A published one is kept once for everybody, so it says what everybody is told: tags are the owner's own matter.
  const isPublished = visibility === 'public';
  const tags = isPublished ? {} : tagsOf(snapshot.Tags);
  return {
    type: 'volume-snapshot',
    cloudId: snapshot.SnapshotId ?? '',
    name: textOrNull(tags['Name']),
    state: normalisedState(volumeSnapshotStates, snapshot.State, (raw) =>
      onUnknownState('volume-snapshot', raw),
    ),
    rawState: textOrNull(snapshot.State),
    stateReason: textOrNull(snapshot.StateMessage),
    owner: snapshot.OwnerId ?? snapshot.OwnerAlias ?? 'unknown',
    visibility,
    tags,
    createdAt: timeOrNull(snapshot.StartTime),
    description: textOrNull(snapshot.Description),
    volumeId: textOrNull(snapshot.VolumeId),
    gigabytes: snapshot.VolumeSize ?? null,
    progressPercent: percentOf(snapshot.Progress),
    encrypted: snapshot.Encrypted ?? null,
    cloudAttributes: {
      ...present({
        outpostArn: snapshot.OutpostArn,
        ownerAlias: snapshot.OwnerAlias,
        storageTier: snapshot.StorageTier,
      }),
      ...(!isPublished && onlyForItsUsers(snapshot)),
    },
  };
}

function onlyForItsUsers(snapshot: Snapshot): Record<string, unknown> {
  return present({
    completedAt: timeOrNull(snapshot.CompletionTime),
    completionDurationMinutes: snapshot.CompletionDurationMinutes,
    kmsKeyId: snapshot.KmsKeyId,
    restoreExpiresAt: timeOrNull(snapshot.RestoreExpiryTime),
    sseType: snapshot.SseType,
    transferType: snapshot.TransferType,
  });
}

// `45%`, and nothing for some that were copied.
function percentOf(progress: string | undefined): number | null {
  const percent = Number.parseInt(progress ?? '', 10);
  return Number.isNaN(percent) ? null : percent;
}
