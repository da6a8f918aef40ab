import { z } from 'zod';
import { cloudErrorCodes } from '../../errors/error-codes.ts';
import { resourceTypes, type ShareableType } from '../../resources/resource-types.ts';
import { noBody } from '../fields.ts';
import { defineRoute } from '../route.ts';
import { oneQuery, resourceParams } from './resource-query.ts';

export const sharingSchema = z
  .object({
    public: z.boolean().describe('Everybody may use it: it is published.'),
    accounts: z.array(z.string()).describe("The cloud's own numbers of the accounts that may use it."),
  })
  .meta({ id: 'Sharing' });
export type Sharing = z.infer<typeof sharingSchema>;

/** Who may use an image or a snapshot besides its owner: asked of the cloud at that moment, because no listing has it. */
export function resourceSharingRoute<T extends ShareableType>(type: T) {
  return defineRoute({
    name: `${type}-sharing`,
    method: 'GET',
    path: `/v1/clouds/:cloud/accounts/:account/${resourceTypes[type].collection}/:id/sharing`,
    tag: 'Sharing',
    summary: `Show with whom one ${resourceTypes[type].noun} is shared`,
    auth: 'token',
    permission: 'resources:read',
    params: resourceParams,
    query: oneQuery,
    body: noBody,
    answer: { status: 200, description: 'Who may use it', schema: sharingSchema },
    errors: ['account-not-proven', 'gone', 'not-owner', ...cloudErrorCodes],
  });
}
