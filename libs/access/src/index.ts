export { allProvenAccounts } from './all-proven-accounts.ts';
export { type Act, type ActingRequest, type AuditAction, auditEntry, operatorEntry } from './audit-entry.ts';
export { findEarlierEffect } from './find-earlier-effect.ts';
export { createGrantChecker, type GrantChecker, type GrantCheckerOptions } from './grant-checker.ts';
export { type RunningTokenVerifier, startTokenVerifier } from './start-token-verifier.ts';
export {
  type RevocationSubscription,
  type RevocationSubscriptionOptions,
  subscribeToRevocations,
} from './subscribe-to-revocations.ts';
export { createTokenVerifier, type TokenVerifier, type TokenVerifierOptions } from './token-verifier.ts';
