import type { AccessRequestState } from '@cloud-gateway/contracts';

export interface NewAccessRequest {
  /** Sorts by time. */
  readonly id: string;
  readonly organizationId: string;
  readonly environmentId: string;
  readonly cloud: string;
  /** Ids of the catalogue of the cloud's services. */
  readonly services: readonly string[];
  readonly reason: string | null;
  /** The client that wants the access, and alone may take the key. */
  readonly requestedBy: string;
  readonly requestedAt: Date;
}

/** What an approval or a denial sets. */
interface Decision {
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly credentialId: string | null;
  /** The cloud account of these credentials. */
  readonly accountId: string | null;
  readonly policyGroupId: string | null;
  /** `service:Action` of calls that hand out real credentials and were allowed by name. */
  readonly allowedCredentialActions: readonly string[];
}

/** What taking the key sets. The secret is apart: only the proxy reads it. */
interface Activation {
  readonly accessKeyId: string | null;
  readonly activatedAt: Date | null;
}

/** What a revocation sets, or putting away what was not revoked. */
interface Ending {
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

export interface AccessRequest extends NewAccessRequest, Decision, Activation, Ending {
  readonly state: AccessRequestState;
  /** Grows with every change, so that the proxies see it. */
  readonly version: number;
}

/** What a change of state may set. */
export type AccessRequestChange = Partial<
  Decision &
    Activation &
    Ending & {
      /** Sealed by the vault under `accessKeyContext(id)`. */
      readonly secretSealed: string;
    }
>;
