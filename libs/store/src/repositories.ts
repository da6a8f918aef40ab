// The one place that says which repositories there are. All of them are bound to one executor: the pool, or one
// transaction; none takes a transaction as a parameter, so none can be called outside by mistake.
import type { Knex } from 'knex';
import { createAccessKeyRepository } from './access/access-key-repository.ts';
import { createAccessRequestRepository } from './access/access-request-repository.ts';
import { createAllowedServiceRepository } from './access/allowed-service-repository.ts';
import { createCertificateAuthorityRepository } from './access/certificate-authority-repository.ts';
import { createEnvironmentRepository } from './access/environment-repository.ts';
import { createPolicyGroupRepository } from './access/policy-group-repository.ts';
import { createEndpointRepository } from './endpoint-repository.ts';
import { createOutboxRepository } from './events/outbox-repository.ts';
import { createAccountRepository } from './identity/account-repository.ts';
import { createAuditLog } from './identity/audit-log.ts';
import { createBrokerLoginRepository } from './identity/broker-login-repository.ts';
import { createClientRepository } from './identity/client-repository.ts';
import { createCredentialRepository } from './identity/credential-repository.ts';
import { createGrantRepository } from './identity/grant-repository.ts';
import { createIdempotencyRepository } from './identity/idempotency-repository.ts';
import { createOrganizationRepository } from './identity/organization-repository.ts';
import { createTokenRepository } from './identity/token-repository.ts';
import { createLeaseRepository } from './lease-repository.ts';
import { createPollUnitRepository } from './polling/poll-unit-repository.ts';
import { createWatchRepository } from './polling/watch-repository.ts';
import { createResourceRepository } from './resources/resource-repository.ts';
import { createRevisionRepository } from './resources/revision-repository.ts';
import { createSequenceRepository } from './resources/sequence-repository.ts';
import { createSubscriptionRepository } from './subscriptions/subscription-repository.ts';
import { createWebhookDeadLetterRepository } from './subscriptions/webhook-dead-letter-repository.ts';
import { createTraceRepository } from './trace-repository.ts';
import { createUsageRepository } from './usage/usage-repository.ts';
import { createWriteIntentRepository } from './writes/write-intent-repository.ts';

export type Repositories = ReturnType<typeof createRepositories>;

export function createRepositories(db: Knex) {
  return {
    organizations: createOrganizationRepository(db),
    clients: createClientRepository(db),
    tokens: createTokenRepository(db),
    accounts: createAccountRepository(db),
    credentials: createCredentialRepository(db),
    grants: createGrantRepository(db),
    audit: createAuditLog(db),
    idempotency: createIdempotencyRepository(db),
    resources: createResourceRepository(db),
    revisions: createRevisionRepository(db),
    sequences: createSequenceRepository(db),
    outbox: createOutboxRepository(db),
    pollUnits: createPollUnitRepository(db),
    watches: createWatchRepository(db),
    writeIntents: createWriteIntentRepository(db),
    endpoints: createEndpointRepository(db),
    leases: createLeaseRepository(db),
    environments: createEnvironmentRepository(db),
    allowedServices: createAllowedServiceRepository(db),
    policyGroups: createPolicyGroupRepository(db),
    accessRequests: createAccessRequestRepository(db),
    certificateAuthorities: createCertificateAuthorityRepository(db),
    accessKeys: createAccessKeyRepository(db),
    usage: createUsageRepository(db),
    subscriptions: createSubscriptionRepository(db),
    webhookDeadLetters: createWebhookDeadLetterRepository(db),
    brokerLogins: createBrokerLoginRepository(db),
    traces: createTraceRepository(db),
  };
}
