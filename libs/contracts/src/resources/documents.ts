// The document that a client reads, per type: the body from the cloud, and the gateway's record of it.
import { z } from 'zod';
import { datacenterBodySchema } from './datacenter.ts';
import { imageBodySchema, imageCreateSchema, imageUpdateSchema } from './image.ts';
import { instanceBodySchema, instanceCreateSchema, instanceUpdateSchema } from './instance.ts';
import { instanceTypeBodySchema } from './instance-type.ts';
import { ipAddressBodySchema, ipAddressCreateSchema, ipAddressUpdateSchema } from './ip-address.ts';
import { ipAddressBindingBodySchema, ipAddressBindingCreateSchema } from './ip-address-binding.ts';
import { networkBodySchema, networkCreateSchema, networkUpdateSchema } from './network.ts';
import {
  placementGroupBodySchema,
  placementGroupCreateSchema,
  placementGroupUpdateSchema,
} from './placement-group.ts';
import { recordSchema } from './resource.ts';
import type { CreatableType, ResourceType, UpdatableType } from './resource-types.ts';
import {
  securityGroupBodySchema,
  securityGroupCreateSchema,
  securityGroupUpdateSchema,
} from './security-group.ts';
import {
  securityGroupRuleBodySchema,
  securityGroupRuleCreateSchema,
  securityGroupRuleUpdateSchema,
} from './security-group-rule.ts';
import { sshKeyBodySchema, sshKeyCreateSchema, sshKeyUpdateSchema } from './ssh-key.ts';
import { subnetBodySchema, subnetCreateSchema, subnetUpdateSchema } from './subnet.ts';
import { volumeBodySchema, volumeCreateSchema, volumeUpdateSchema } from './volume.ts';
import { volumeAttachmentBodySchema, volumeAttachmentCreateSchema } from './volume-attachment.ts';
import {
  volumeSnapshotBodySchema,
  volumeSnapshotCreateSchema,
  volumeSnapshotUpdateSchema,
} from './volume-snapshot.ts';
import { volumeTypeBodySchema } from './volume-type.ts';

export const bodySchemas = {
  datacenter: datacenterBodySchema,
  'instance-type': instanceTypeBodySchema,
  image: imageBodySchema,
  instance: instanceBodySchema,
  network: networkBodySchema,
  subnet: subnetBodySchema,
  'security-group': securityGroupBodySchema,
  'security-group-rule': securityGroupRuleBodySchema,
  'ssh-key': sshKeyBodySchema,
  'ip-address': ipAddressBodySchema,
  'ip-address-binding': ipAddressBindingBodySchema,
  'volume-type': volumeTypeBodySchema,
  volume: volumeBodySchema,
  'volume-attachment': volumeAttachmentBodySchema,
  'volume-snapshot': volumeSnapshotBodySchema,
  'placement-group': placementGroupBodySchema,
} as const;

const connectAddress = z
  .string()
  .nullable()
  .describe('The address to connect to, by the connection policy; null when it allows none.');

export const documentSchemas = {
  datacenter: recordSchema.extend(datacenterBodySchema.shape).meta({ id: 'Datacenter' }),
  'instance-type': recordSchema.extend(instanceTypeBodySchema.shape).meta({ id: 'InstanceType' }),
  image: recordSchema.extend(imageBodySchema.shape).meta({ id: 'Image' }),
  instance: recordSchema.extend({ ...instanceBodySchema.shape, connectAddress }).meta({ id: 'Instance' }),
  network: recordSchema.extend(networkBodySchema.shape).meta({ id: 'Network' }),
  subnet: recordSchema.extend(subnetBodySchema.shape).meta({ id: 'Subnet' }),
  'security-group': recordSchema.extend(securityGroupBodySchema.shape).meta({ id: 'SecurityGroup' }),
  'security-group-rule': recordSchema
    .extend(securityGroupRuleBodySchema.shape)
    .meta({ id: 'SecurityGroupRule' }),
  'ssh-key': recordSchema.extend(sshKeyBodySchema.shape).meta({ id: 'SshKey' }),
  'ip-address': recordSchema.extend(ipAddressBodySchema.shape).meta({ id: 'IpAddress' }),
  'ip-address-binding': recordSchema
    .extend(ipAddressBindingBodySchema.shape)
    .meta({ id: 'IpAddressBinding' }),
  'volume-type': recordSchema.extend(volumeTypeBodySchema.shape).meta({ id: 'VolumeType' }),
  volume: recordSchema.extend(volumeBodySchema.shape).meta({ id: 'Volume' }),
  'volume-attachment': recordSchema.extend(volumeAttachmentBodySchema.shape).meta({ id: 'VolumeAttachment' }),
  'volume-snapshot': recordSchema.extend(volumeSnapshotBodySchema.shape).meta({ id: 'VolumeSnapshot' }),
  'placement-group': recordSchema.extend(placementGroupBodySchema.shape).meta({ id: 'PlacementGroup' }),
} as const satisfies Record<ResourceType, z.ZodType>;

/** What `POST` on the collection takes. */
export const createSchemas = {
  image: imageCreateSchema,
  instance: instanceCreateSchema,
  network: networkCreateSchema,
  subnet: subnetCreateSchema,
  'security-group': securityGroupCreateSchema,
  'security-group-rule': securityGroupRuleCreateSchema,
  'ssh-key': sshKeyCreateSchema,
  'ip-address': ipAddressCreateSchema,
  'ip-address-binding': ipAddressBindingCreateSchema,
  volume: volumeCreateSchema,
  'volume-attachment': volumeAttachmentCreateSchema,
  'volume-snapshot': volumeSnapshotCreateSchema,
  'placement-group': placementGroupCreateSchema,
} as const satisfies Record<CreatableType, z.ZodType>;

/** What `PATCH` on a resource takes. */
export const updateSchemas = {
  image: imageUpdateSchema,
  instance: instanceUpdateSchema,
  network: networkUpdateSchema,
  subnet: subnetUpdateSchema,
  'security-group': securityGroupUpdateSchema,
  'security-group-rule': securityGroupRuleUpdateSchema,
  'ssh-key': sshKeyUpdateSchema,
  'ip-address': ipAddressUpdateSchema,
  volume: volumeUpdateSchema,
  'volume-snapshot': volumeSnapshotUpdateSchema,
  'placement-group': placementGroupUpdateSchema,
} as const satisfies Record<UpdatableType, z.ZodType>;

/** The document and the body of each type, and what its create and its update take. */
export type DocumentOf<T extends ResourceType> = z.infer<(typeof documentSchemas)[T]>;
export type BodyOf<T extends ResourceType> = z.infer<(typeof bodySchemas)[T]>;
export type CreateOf<T extends CreatableType> = z.output<(typeof createSchemas)[T]>;
export type UpdateOf<T extends UpdatableType> = z.output<(typeof updateSchemas)[T]>;
type CreateSchemaOf<T extends CreatableType> = z.ZodType<CreateOf<T>, z.input<(typeof createSchemas)[T]>>;
type UpdateSchemaOf<T extends UpdatableType> = z.ZodType<UpdateOf<T>, z.input<(typeof updateSchemas)[T]>>;

// zod's types lose themselves in a schema that is chosen by a type parameter; these say what comes out.
export function documentSchemaOf<T extends ResourceType>(type: T): z.ZodType<DocumentOf<T>> {
  return documentSchemas[type] as unknown as z.ZodType<DocumentOf<T>>;
}

export function bodySchemaOf<T extends ResourceType>(type: T): z.ZodType<BodyOf<T>> {
  return bodySchemas[type] as unknown as z.ZodType<BodyOf<T>>;
}

export function createSchemaOf<T extends CreatableType>(type: T): CreateSchemaOf<T> {
  return createSchemas[type] as unknown as CreateSchemaOf<T>;
}

export function updateSchemaOf<T extends UpdatableType>(type: T): UpdateSchemaOf<T> {
  return updateSchemas[type] as unknown as UpdateSchemaOf<T>;
}

export type Instance = z.infer<typeof documentSchemas.instance>;
