import type { AccessRequestState, PolicyRule } from '@cloud-gateway/contracts';
import type { SigningSecret } from '@cloud-gateway/sigv4';

/** A key that was issued here, with all that the proxy goes by. */
export interface AccessKey {
  readonly accessKeyId: string;
  /** Its id changes with the secret. */
  readonly secret: SigningSecret;
  readonly accessRequestId: string;
  readonly organizationId: string;
  readonly environmentId: string;
  /** The client that requested the access. */
  readonly userId: string;
  readonly cloud: string;
  /** Only `active` may be let through. */
  readonly state: AccessRequestState;
  /** Ids of the approved services. */
  readonly services: ReadonlySet<string>;
  /** The cloud credentials to sign with. */
  readonly credentialId: string;
  /** Grows when these credentials are replaced: older ones must not be lent any more. */
  readonly credentialVersion: number;
  /** `service:Action` of the calls that hand out credentials and were allowed by name. */
  readonly allowedCredentialActions: ReadonlySet<string>;
  readonly rules: readonly PolicyRule[];
  /** Names these very rules: what is compiled from them may be kept under it. */
  readonly rulesVersion: string;
}
