// Who may use an image or a snapshot besides its owner: an attribute of each, which no listing tells.
import type { ResourceBody, ShareableType, Sharing } from '@cloud-gateway/contracts';
import { sleep } from '@cloud-gateway/runtime';
import type { Change } from '../../cloud.ts';
import { sortedTexts } from '../bodies/fields.ts';
import { look } from '../look/look.ts';
import {
  DescribeImageAttributeCommand,
  DescribeSnapshotAttributeCommand,
  ModifyImageAttributeCommand,
  ModifySnapshotAttributeCommand,
} from '../sdk/client-ec2.ts';
import type { WriteDeps } from './write-deps.ts';

interface Permission {
  readonly Group?: string | undefined;
  readonly UserId?: string | undefined;
}

/** As EC2 says at this moment. Organizations that EC2 may name too are left out. */
export async function sharingOf(
  deps: WriteDeps,
  type: ShareableType,
  cloudId: string,
  signal: AbortSignal,
): Promise<Sharing> {
  const permissions = await permissionsOf(deps, type, cloudId, signal);
  return {
    public: permissions.some(({ Group }) => Group === 'all'),
    accounts: sortedTexts(permissions.map(({ UserId }) => UserId)),
  };
}

async function permissionsOf(
  { ec2, call }: WriteDeps,
  type: ShareableType,
  cloudId: string,
  signal: AbortSignal,
): Promise<readonly Permission[]> {
  if (type === 'image') {
    const input = { ImageId: cloudId, Attribute: 'launchPermission' } as const;
    const answer = await call.read('DescribeImageAttribute', signal, (http) =>
      ec2.send(new DescribeImageAttributeCommand(input), http),
    );
    return answer.LaunchPermissions ?? [];
  }
  const input = { SnapshotId: cloudId, Attribute: 'createVolumePermission' } as const;
  const answer = await call.read('DescribeSnapshotAttribute', signal, (http) =>
    ec2.send(new DescribeSnapshotAttributeCommand(input), http),
  );
  return answer.CreateVolumePermissions ?? [];
}

/**
 * Sends the difference between what is and what is to be: EC2 takes additions and removals. Safe to repeat, as both name
 * what is to be. `resource` is null where EC2 did not tell how it is now.
 */
export async function share(
  deps: WriteDeps,
  type: ShareableType,
  cloudId: string,
  wanted: Sharing,
  signal: AbortSignal,
): Promise<Change> {
  const { Add, Remove } = difference(await sharingOf(deps, type, cloudId, signal), wanted);
  if (Add.length > 0 || Remove.length > 0) {
    const changes = {
      ...(Add.length > 0 && { Add }),
      ...(Remove.length > 0 && { Remove }),
    };
    await modify(deps, type, cloudId, changes, signal);
  }
  const resource = await lookUntilShared(deps, type, cloudId, wanted, signal);
  return { resource, alsoSeen: [], gone: [] };
}

type AccountPermission = { Group: 'all' } | { UserId: string };

function difference(
  now: Sharing,
  wanted: Sharing,
): { Add: AccountPermission[]; Remove: AccountPermission[] } {
  return { Add: permissionsIn(wanted, now), Remove: permissionsIn(now, wanted) };
}

function permissionsIn(these: Sharing, others: Sharing): AccountPermission[] {
  const accounts = new Set(these.accounts.filter((account) => !others.accounts.includes(account)));
  return [
    ...(these.public && !others.public ? [{ Group: 'all' as const }] : []),
    ...[...accounts].map((UserId) => ({ UserId })),
  ];
}

async function modify(
  { ec2, call }: WriteDeps,
  type: ShareableType,
  cloudId: string,
  changes: { Add?: AccountPermission[]; Remove?: AccountPermission[] },
  signal: AbortSignal,
): Promise<void> {
  if (type === 'image') {
    const command = new ModifyImageAttributeCommand({ ImageId: cloudId, LaunchPermission: changes });
    await call.write('ModifyImageAttribute', signal, (http) => ec2.send(command, http));
    return;
  }
  const command = new ModifySnapshotAttributeCommand({
    SnapshotId: cloudId,
    CreateVolumePermission: changes,
  });
  await call.write('ModifySnapshotAttribute', signal, (http) => ec2.send(command, http));
}

/** EC2 may describe it as it was for a moment more. Null where it does not tell, or not in time. */
async function lookUntilShared(
  deps: WriteDeps,
  type: ShareableType,
  cloudId: string,
  wanted: Sharing,
  signal: AbortSignal,
): Promise<ResourceBody | null> {
  const endsAtMs = performance.now() + deps.lostAnswer.searchMs;
  for (;;) {
    const [seen] = await look(deps, type, [cloudId], signal).catch((): ResourceBody[] => []);
    if (seen !== undefined && (seen.visibility === 'public') === wanted.public) return seen;
    if (performance.now() >= endsAtMs) return null;
    await sleep(deps.lostAnswer.pauseMs, signal).catch(() => {});
    if (signal.aborted) return null;
  }
}
