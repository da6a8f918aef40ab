// What each administrative event tells, beside its subject and its scope. An event may be seen by every client that has
// proven the account, or may read the audit log: no secret is in it, and nothing that belongs to one client of several.
import { z } from 'zod';
import { accountId, cloudSlug } from '../routes/fields.ts';

const proof = z.object({ clientId: z.string(), account: accountId });

const credentials = z.object({
  account: accountId,
  credentialId: z.string(),
  reason: z.string().nullable().describe('What the cloud said; null where it accepts them.'),
});

const accessRequest = z.object({
  accessRequestId: z.string(),
  environmentId: z.string(),
  cloud: cloudSlug,
  services: z.array(z.string()),
  requestedBy: z.string().describe('The client that asked for access.'),
  by: z.string().describe('The client that did this.'),
  reason: z.string().nullable(),
});

const endpointClock = z.object({
  cloud: cloudSlug,
  endpoint: z.string(),
  skewSeconds: z.number().describe("The endpoint's clock minus ours."),
});

export const administrativeDetails = {
  'token.revoked': z.object({
    tokenIds: z.array(z.string()).optional().describe('These tokens are revoked;'),
    clientId: z.string().optional().describe('or the client is disabled, and all of its tokens are revoked.'),
  }),
  'account.proven': proof,
  'account.forgotten': proof,
  'subscription.dropped': z.object({
    subscriptionId: z.string(),
    dropped: z.int().min(0).describe('How many events were dropped since the last such notice.'),
    accounts: z
      .array(
        z.object({
          account: accountId,
          syncFrom: z.int().min(0).describe('Ask GET /v1/sync of this account with it as `since`.'),
        }),
      )
      .describe('Whose events were dropped.'),
  }),
  'credentials.invalid': credentials,
  'credentials.valid': credentials,
  'access-request.created': accessRequest,
  'access-request.approved': accessRequest,
  'access-request.denied': accessRequest,
  'access-request.activated': accessRequest,
  'access-request.revoked': accessRequest,
  'access-request.archived': accessRequest,
  'cloud.clock-skew': endpointClock,
  'cloud.clock-in-sync': endpointClock,
} as const;

/** What a producer has to tell, by subject. */
export type AdministrativeDetails = {
  readonly [Subject in keyof typeof administrativeDetails]: DeeplyReadonly<
    z.infer<(typeof administrativeDetails)[Subject]>
  >;
};

type DeeplyReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeeplyReadonly<T[Key]> } : T;
