import { z } from 'zod';
import { cloudErrorCodes } from '../../errors/error-codes.ts';
import {
  createSchemaOf,
  type DocumentOf,
  documentSchemaOf,
  documentSchemas,
} from '../../resources/documents.ts';
import { type CreatableType, resourceTypes } from '../../resources/resource-types.ts';
import { defineRoute } from '../route.ts';
import { collectionParams, dryRunAnswer, flag } from './resource-query.ts';

/** One create route per type. */
export function resourceCreateRoute<T extends CreatableType>(type: T) {
  const { collection, one } = resourceTypes[type];
  return defineRoute({
    name: `${type}-create`,
    method: 'POST',
    path: `/v1/clouds/:cloud/accounts/:account/${collection}`,
    tag: 'Resources',
    summary: type === 'instance' ? 'Launch an instance' : `Create ${one}`,
    description:
      'Send an Idempotency-Key: the same request with the same key makes one resource, however often it is sent. The answer has the id that the cloud gave, and the resource is in the store before you read it. 201 when it is ready, 202 while it is being made; `Prefer: wait=<seconds>` waits for the next stable state.',
    auth: 'token',
    permission: 'resources:write',
    params: collectionParams,
    query: z.strictObject({
      dryRun: flag.describe('Asks the cloud whether it would work, and makes nothing.'),
    }),
    body: createSchemaOf(type),
    answer: {
      status: 201,
      description: 'The resource; of a key pair that the cloud made, `privateKey` too, this once',
      schema: z.union([madeSchemaOf(type), dryRunAnswer]),
      others: { 200: 'It would succeed (`dryRun`)', 202: 'The same while it is being made' },
    },
    headers: ['prefer'],
    errors: [
      'account-not-proven',
      'gone',
      'not-owner',
      'not-supported',
      'outcome-pending',
      ...cloudErrorCodes,
    ],
  });
}

const madeSshKey = documentSchemas['ssh-key']
  .extend({
    privateKey: z.string().optional().describe('Of a pair that the cloud made: only here and only now.'),
  })
  .meta({ id: 'MadeSshKey' });

// zod's types lose themselves in a schema that is chosen by a type parameter; this says what comes out.
function madeSchemaOf<T extends CreatableType>(
  type: T,
): z.ZodType<DocumentOf<T> & { readonly privateKey?: string | undefined }> {
  const schema = type === 'ssh-key' ? madeSshKey : documentSchemaOf(type);
  return schema as unknown as z.ZodType<DocumentOf<T> & { readonly privateKey?: string | undefined }>;
}
