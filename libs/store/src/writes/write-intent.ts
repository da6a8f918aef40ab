import type { CreatableType } from '@cloud-gateway/contracts';

/** What names an intent: who asked, and the key by which he may ask again. */
export interface WriteIntentKey {
  readonly clientId: string;
  /** The idempotency key; any text. */
  readonly key: string;
}

/** A resource that is to be made, written down before the cloud is asked. */
export interface NewWriteIntent extends WriteIntentKey {
  readonly cloud: string;
  readonly accountId: string;
  readonly region: string;
  readonly type: CreatableType;
  /** On the resource as its tag: equal for every attempt. */
  readonly requestId: string;
  /** The client whose proof of the account the calls are made with. */
  readonly credentialClientId: string;
  /** Of what is to be made, to tell another wish under the same key; 64 ASCII characters at the most. */
  readonly specHash: string;
}

/** A lease of an intent: its owner may go on with it until another lease raises the epoch. */
export interface IntentLease extends WriteIntentKey {
  readonly epoch: number;
}

export interface WriteIntent extends NewWriteIntent, IntentLease {
  readonly createdAt: Date;
  /** When a call was or may have been sent first and last; null: none was. */
  readonly firstSentAt: Date | null;
  readonly lastSentAt: Date | null;
  /** How long ago the last one was, by the database's clock. */
  readonly sentAgoMs: number | null;
}
