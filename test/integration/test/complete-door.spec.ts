// Every call of the gateway door once, as a client makes it, with the poller at work beside it and a cloud behind it.
import { subscribeToEvents } from '@cloud-gateway/test-support';
import { openAmqpDoor } from '../src/amqp-client.ts';
import { createApiClient, newClient, prove } from '../src/api-client.ts';
import { openHttpDoor } from '../src/http-client.ts';
import { resourcesOf } from '../src/resources.ts';
import { useDoor, useGateway } from '../src/use-gateway.ts';
import { describeCapabilities } from './complete-door/capabilities.ts';
import { describeConnectionPolicy } from './complete-door/connection-policy.ts';
import type { DoorWorld } from './complete-door/door-world.ts';
import { describeReading } from './complete-door/reading.ts';
import { describeSharing } from './complete-door/sharing.ts';
import { describeSyncAndRefresh } from './complete-door/sync-and-refresh.ts';
import { describeWriting } from './complete-door/writing.ts';

describe('the complete door', function () {
  this.timeout(60_000);
  const gateway = useGateway({
    // Of `aws`, which is another name of ec2, and before that of the gateway.
    GATEWAY_CONNECTION_POLICY: 'auto',
    GATEWAY_CONNECTION_POLICIES: 'aws=local',
  });
  const http = useDoor(openHttpDoor, gateway);
  const amqp = useDoor(openAmqpDoor, gateway);
  let world: DoorWorld;
  before(async () => {
    const events = await subscribeToEvents(gateway().amqpUrl, 'v1.ec2.#');
    gateway().closeFirst('subscription', () => events.close());
    const [client, other] = [await newClient(gateway(), http()), await newClient(gateway(), http())];
    await prove(gateway(), client);
    await prove({ user: gateway().otherUser }, other);
    world = {
      gateway: gateway(),
      mine: resourcesOf(client, gateway().account),
      mineOverAmqp: resourcesOf(createApiClient(amqp(), client.token), gateway().account),
      theirs: resourcesOf(other, `ec2-${gateway().otherUser.accountId}`),
      events,
    };
  });

  for (const describePart of [
    describeCapabilities,
    describeWriting,
    describeReading,
    describeSyncAndRefresh,
    describeConnectionPolicy,
    describeSharing,
  ]) {
    describePart(() => world);
  }
});
