import { z } from 'zod';
import { accountId, cloudSlug, timestamp } from '../fields.ts';

/** What may be done to a request in each state; nothing else is legal. */
export const accessRequestTransitions = {
  pending: { approve: 'approved', deny: 'denied', archive: 'archived' },
  approved: { 'take-secret': 'active', revoke: 'revoked', archive: 'archived' },
  active: { revoke: 'revoked', archive: 'archived' },
  denied: { archive: 'archived' },
  revoked: { archive: 'archived' },
  archived: {},
} as const;

export type AccessRequestState = keyof typeof accessRequestTransitions;
export type AccessRequestAction = 'approve' | 'deny' | 'take-secret' | 'revoke' | 'archive';

export const accessRequestStates = Object.keys(accessRequestTransitions) as [
  AccessRequestState,
  ...AccessRequestState[],
];

/** Where an action leads from a state; undefined where it is not legal. */
export function nextState(
  state: AccessRequestState,
  action: AccessRequestAction,
): AccessRequestState | undefined {
  const transitions: Partial<Record<AccessRequestAction, AccessRequestState>> =
    accessRequestTransitions[state];
  return transitions[action];
}

export const reason = z.string().trim().min(1).max(1000);
export const accessRequestParams = z.strictObject({ request: z.string().min(1).max(64) });

export const accessRequestSchema = z
  .object({
    id: z.string(),
    organizationId: z.string(),
    environmentId: z.string(),
    cloud: cloudSlug,
    services: z.array(z.string()).describe('Ids as `GET /v1/cloud-services` lists them.'),
    reason: reason.nullable(),
    state: z.enum(accessRequestStates),
    legalActions: z
      .array(z.enum(['approve', 'deny', 'take-secret', 'revoke', 'archive']))
      .describe('What may be done to it now.'),
    requestedBy: z.string().describe('The id of the client.'),
    requestedAt: timestamp,
    decidedBy: z.string().nullable(),
    decidedAt: timestamp.nullable(),
    decisionReason: z.string().nullable(),
    credentialId: z.string().nullable().describe('The cloud credentials that the proxy signs with.'),
    accountId: accountId.nullable().describe('The cloud account of these credentials.'),
    policyGroupId: z.string().nullable(),
    allowedCredentialActions: z
      .array(z.string())
      .describe('Actions that hand out real cloud credentials and were allowed by name: `sts:AssumeRole`.'),
    accessKeyId: z.string().nullable().describe('Known once the secret was taken.'),
    activatedAt: timestamp.nullable(),
    endedBy: z.string().nullable(),
    endedAt: timestamp.nullable(),
    endReason: z.string().nullable(),
  })
  .meta({ id: 'AccessRequest' });

export const accessDetailsSchema = z
  .object({
    proxyUrl: z.url().describe('For HTTPS_PROXY.'),
    certificateUrl: z.url().describe("Where the proxy's root certificate is downloaded."),
    accessKeyId: z.string(),
    cloudAccountId: z.string().describe("The cloud's own number of the account that is used."),
    recipes: z
      .array(z.object({ tool: z.string(), text: z.string() }))
      .describe('Copy and paste: set-up of the AWS CLI and the SDKs. Without the secret.'),
  })
  .meta({ id: 'AccessDetails' });
