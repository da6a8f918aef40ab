// EC2 ModifySnapshotAttribute: who may make volumes of it. Safe to repeat.
import { defineAction } from '../action.ts';
import { AwsError } from '../aws-error.ts';
import { permissionFields } from '../compute/permission-field.ts';
import { changeSharing } from '../compute/sharing.ts';
import { findOwnSnapshot } from '../compute/storage/find-snapshot.ts';
import { optional, required } from '../query/fields.ts';
import { oneOf, text } from '../query/scalars.ts';

export const modifySnapshotAttribute = defineAction({
  service: 'ec2',
  name: 'ModifySnapshotAttribute',
  bucket: 'storage-write',
  input: {
    snapshotId: required('SnapshotId', text),
    attribute: optional('Attribute', oneOf(['createVolumePermission'])),
    ...permissionFields('CreateVolumePermission'),
  },
  handle({ snapshotId, ...order }, call) {
    const snapshot = findOwnSnapshot(snapshotId, 'ModifySnapshotAttribute', call);
    const sharing = changeSharing(snapshot, order);
    if (!sharing) throw new AwsError('InvalidParameterCombination', 'No attributes specified.');
    if (sharing.isPublic && snapshot.encrypted) {
      throw new AwsError('OperationNotPermitted', 'Encrypted snapshots cannot be shared publicly.');
    }
    call.state.snapshots.put({ ...snapshot, ...sharing });
    return { return: true };
  },
});
