import type { EventSubscription } from '@cloud-gateway/test-support';
import type { Resources } from '../../src/resources.ts';
import type { Gateway } from '../../src/start-gateway.ts';

/** What the parts of complete-door.spec.ts work in: two clients, each of whom has proven an account of his own. */
export interface DoorWorld {
  readonly gateway: Gateway;
  /** Over HTTP. */
  readonly mine: Resources;
  /** The same client over AMQP. */
  readonly mineOverAmqp: Resources;
  /** Of the other account. */
  readonly theirs: Resources;
  /** All events of resources. */
  readonly events: EventSubscription;
}

export const region = 'us-east-1';
export const datacenter = 'us-east-1a';
