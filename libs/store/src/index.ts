export {
  type AccessKeyVersion,
  accessKeyContext,
  type StoredAccessKey,
} from './access/access-key-repository.ts';
export type { AccessRequest, AccessRequestChange, NewAccessRequest } from './access/access-request.ts';
export type { AllowedService } from './access/allowed-service-repository.ts';
export type { CertificateAuthority } from './access/certificate-authority-repository.ts';
export type { CredentialUses } from './access/credential-uses.ts';
export type { Environment } from './access/environment-repository.ts';
export type { PolicyGroup } from './access/policy-group-repository.ts';
export type { Endpoint, EndpointState } from './endpoint-repository.ts';
export { administrativeEntry } from './events/administrative-entry.ts';
export type { StoredCursor } from './events/list-stored.ts';
export { listingEntry } from './events/listing-entry.ts';
export type { OutboxEntry } from './events/outbox-entry.ts';
export type { Backlog } from './events/outbox-repository.ts';
export type { StoredEvent, WaitingEvent } from './events/outbox-row.ts';
export type { ReplayFrom, ReplayStart } from './events/replay-start.ts';
export { resourceEntry } from './events/resource-entry.ts';
export { accountIdOf } from './identity/account-id-of.ts';
export type { Account } from './identity/account-repository.ts';
export type { AuditEntry, NewAuditEntry } from './identity/audit-log.ts';
export type { BrokerLogin, OverLogin } from './identity/broker-login-repository.ts';
export type { Client } from './identity/client-repository.ts';
export {
  type Credential,
  type CredentialStatus,
  credentialContext,
  type NewCredential,
} from './identity/credential-repository.ts';
export { credentialStatusEntry } from './identity/credential-status-entry.ts';
export type { Grant, ProvenAccount } from './identity/grant-repository.ts';
export { createIdempotencyStore, type IdempotencyStoreDeps } from './identity/idempotency-store.ts';
export type { Organization } from './identity/organization-repository.ts';
export type { Token } from './identity/token-repository.ts';
export type { MigrationProgress } from './migrations/migrate.ts';
export { openStore, type Store, type StoreOptions } from './open-store.ts';
export type {
  LeasedUnit,
  NewPollUnit,
  PollUnit,
  PollUnitName,
  PollUnitStatus,
  UnitLease,
} from './polling/poll-unit.ts';
export type {
  PollCompletion,
  PollFailure,
  PollUnitQuery,
  WakeFilter,
} from './polling/poll-unit-repository.ts';
export { isStaleEpoch, StaleEpochError } from './polling/stale-epoch-error.ts';
export type { NewWatch, Watch, WatchGroup, WatchReport } from './polling/watch.ts';
export type { Repositories } from './repositories.ts';
export { applyChanges, type ChangeCounts, type Observation } from './resources/apply-changes.ts';
export { bodyHash } from './resources/canonical-body.ts';
export {
  type Absence,
  type AbsenceReason,
  type KnownResource,
  mayRemove,
  type ResourceChange,
} from './resources/diff-resources.ts';
export type { ResourceFindQuery } from './resources/find-resource.ts';
export { isForeign } from './resources/is-foreign.ts';
export type { Fingerprint, ListingScope } from './resources/known-resources.ts';
export type { ResourceListQuery, ResourcePage } from './resources/list-resources.ts';
export type { PastListQuery } from './resources/list-resources-at.ts';
export type { PublishedRow } from './resources/published-rows.ts';
export type { ResourceDocument } from './resources/resource-document.ts';
export {
  looksLikeResourceId,
  publishedAccountId,
  type ResourceScope,
  resourceIdOf,
  resourceKey,
} from './resources/resource-id.ts';
export type { Revision } from './resources/revision-repository.ts';
export type { SyncAnswer, SyncQuery } from './resources/sync-changes.ts';
export type {
  NewSubscription,
  SubscribedAccount,
  Subscription,
  SubscriptionAccount,
  SubscriptionDifferences,
  SubscriptionFilter,
} from './subscriptions/subscription.ts';
export {
  accountPatternCount,
  accountPatterns,
  scopePatterns,
} from './subscriptions/subscription-patterns.ts';
export { subscriptionQueueName } from './subscriptions/subscription-queue-name.ts';
export type { EndedSubscription, LostFrom } from './subscriptions/subscription-repository.ts';
export type { WebhookDeadLetter } from './subscriptions/webhook-dead-letter-repository.ts';
export type { Trace } from './trace-repository.ts';
export type { CallCount } from './usage/call-counts.ts';
export type { UsageCall } from './usage/usage-call.ts';
export type { UsageFilters } from './usage/usage-filters.ts';
export type { PurgedUsage, UsageBatch } from './usage/usage-repository.ts';
export type { UsageSum } from './usage/usage-sums.ts';
export type {
  IntentLease,
  NewWriteIntent,
  WriteIntent,
  WriteIntentKey,
} from './writes/write-intent.ts';
