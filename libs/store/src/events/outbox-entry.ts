import type { OutgoingEvent } from '@cloud-gateway/contracts';

export interface OutboxEntry extends OutgoingEvent {
  /** Whose events come in order: a cloud account, or the scope of an administrative event. */
  readonly accountId: string;
  /** Of a change of a resource: that of the account. */
  readonly sequence?: number;
}
