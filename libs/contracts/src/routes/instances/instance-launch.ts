import { z } from 'zod';
import { cloudErrorCodes } from '../../errors/error-codes.ts';
import { documentSchemas } from '../../resources/documents.ts';
import { accountId, cloudId, cloudSlug, name, nothing, region } from '../fields.ts';
import { defineRoute } from '../route.ts';

const instanceLaunchBody = z.strictObject({
  region,
  imageId: cloudId,
  instanceType: z.string().min(1).max(64),
  name: name.optional(),
  datacenter: z.string().max(64).optional(),
  subnetId: cloudId.optional(),
  securityGroupIds: z.array(cloudId).max(16).optional(),
  sshKeyName: z.string().min(1).max(255).optional(),
  userData: z
    .string()
    .max(16_384)
    .optional()
    .describe('Plain text; the gateway encodes it as the cloud wants it.'),
  tags: z.record(z.string().min(1).max(128), z.string().max(256)).default({}),
});

export type InstanceLaunch = z.infer<typeof instanceLaunchBody>;

export const instanceLaunchRoute = defineRoute({
  name: 'instance-launch',
  method: 'POST',
  path: '/v1/clouds/:cloud/accounts/:account/instances',
  tag: 'Instances',
  summary: 'Launch an instance',
  description:
    'Send an Idempotency-Key: the same request with the same key launches one instance, however often it is sent. The answer holds the id that the cloud gave, and the instance is in the store before you read it.',
  auth: 'token',
  permission: 'resources:write',
  params: z.strictObject({ cloud: cloudSlug, account: accountId }),
  query: nothing,
  body: instanceLaunchBody,
  answer: {
    status: 202,
    description: 'The instance, usually still pending',
    schema: documentSchemas.instance,
  },
  errors: ['account-not-proven', 'not-supported', 'outcome-unknown', ...cloudErrorCodes],
});
