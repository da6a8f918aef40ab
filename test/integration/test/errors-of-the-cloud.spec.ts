import {
  accountProveRoute,
  credentialsCheckRoute,
  type ErrorCode,
  errorCodes,
  instanceActionRoute,
  type Problem,
  resourceCreateRoute,
  resourceListRoute,
} from '@cloud-gateway/contracts';
import { eventually, subscribeToEvents } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { openAmqpDoor } from '../src/amqp-client.ts';
import { type ApiClient, createApiClient, newClient, proofOf, prove } from '../src/api-client.ts';
import { openHttpDoor } from '../src/http-client.ts';
import { instancesInCloud, launch, launchBody, pathOf } from '../src/launches.ts';
import { useDoor, useGateway } from '../src/use-gateway.ts';

describe('errors of the cloud', function () {
  this.timeout(30_000);
  const gateway = useGateway();
  const http = useDoor(openHttpDoor, gateway);
  const amqp = useDoor(openAmqpDoor, gateway);
  let client: ApiClient;
  let callers: readonly ApiClient[];
  before(async () => {
    client = await newClient(gateway(), http());
    callers = [client, createApiClient(amqp(), client.token)];
    await prove(gateway(), client);
  });
  afterEach(() => {
    const { simulator } = gateway();
    simulator.setFaults([]);
    simulator.setTransitionMs(100);
    simulator.setClockOffsetSeconds(0);
    deny();
  });

  it('an image that does not exist', async () => {
    for (const caller of callers) {
      const refused = await refusedLaunch(caller, { imageId: 'ami-00000000000000000' });
      expectCarried(refused, 'cloud-not-found', 'InvalidAMIID.NotFound');
    }
  });

  it('a type that does not exist', async () => {
    for (const caller of callers) {
      const refused = await refusedLaunch(caller, { instanceType: 'x9.gigantic' });
      expectCarried(refused, 'cloud-refused', 'InvalidParameterValue');
    }
  });

  it('an instance in the wrong state', async () => {
    gateway().simulator.setTransitionMs(600_000);
    const { id } = await launch(gateway(), client);
    for (const caller of callers) {
      const refused = await caller.refusal(instanceActionRoute('stop'), {
        params: { ...pathOf(gateway()), id },
      });
      expectCarried(refused, 'cloud-conflict', 'IncorrectInstanceState');
    }
  });

  it('an action that the user is denied', async () => {
    deny('ec2:RunInstances');
    for (const caller of callers) {
      const refused = await refusedLaunch(caller);
      expectCarried(refused, 'cloud-forbidden', 'UnauthorizedOperation');
    }
  });

  it('a cloud that limits the rate', async () => {
    gateway().simulator.setFaults([{ kind: 'throttle', action: 'RunInstances' }]);
    for (const caller of callers) {
      const refused = await refusedLaunch(caller);
      expectCarried(refused, 'cloud-throttled', 'RequestLimitExceeded');
      expect(refused.retryAfterSeconds).to.be.greaterThan(0);
    }
  });

  it('a cloud that fails, perhaps after it had its effect', async () => {
    gateway().simulator.setFaults([{ kind: 'fail', action: 'RunInstances' }]);
    for (const caller of callers) {
      expectCarried(await refusedLaunch(caller), 'outcome-pending', 'InternalError');
    }
  });

  it('a wrong secret, and a key that the cloud does not know, prove nothing', async () => {
    const { credentials } = proofOf(gateway());
    const { account } = gateway();
    for (const door of [http(), amqp()]) {
      const stranger = await newClient(gateway(), door);
      for (const [wrong, cloudCode] of [
        [{ secretAccessKey: 'not-the-secret-of-this-key-at-all' }, 'SignatureDoesNotMatch'],
        [{ accessKeyId: 'AKIAOFNOBODYATALL' }, 'InvalidClientTokenId'],
      ] as const) {
        const body = { cloud: 'ec2', credentials: { ...credentials, ...wrong } };
        expectCarried(await stranger.refusal(accountProveRoute, { body }), 'credentials-rejected', cloudCode);
        const check = await stranger.ask(credentialsCheckRoute, { body });
        expect(check).to.include({ valid: false, account: null, cloudAccountId: null });
        expect(check.message).to.be.a('string');
      }
      const refused = await stranger.refusal(resourceListRoute('instance'), {
        params: { cloud: 'ec2', account },
      });
      expect(refused).to.include({ code: 'account-not-proven' });
    }
  });

  it('credentials-check names what is missing', async () => {
    for (const caller of callers) {
      const whole = await caller.ask(credentialsCheckRoute, { body: proofOf(gateway()) });
      expect(whole).to.deep.include({ valid: true, account: gateway().account, missingPermissions: [] });

      deny('ec2:RunInstances', 'ec2:StopInstances');
      const partial = await caller.ask(credentialsCheckRoute, { body: proofOf(gateway()) });
      expect(partial.valid).to.equal(true);
      expect(partial.missingPermissions).to.have.members(['ec2:RunInstances', 'ec2:StopInstances']);
      deny();
    }
  });

  for (const seconds of [301, -301]) {
    it(`an endpoint whose clock is ${seconds} s off is refused and announced, and served when it is back`, async () => {
      const { simulator, amqpUrl } = gateway();
      const events = await subscribeToEvents(amqpUrl, 'v1.gateway.#');
      try {
        simulator.setClockOffsetSeconds(seconds);
        for (const caller of callers) {
          // Clocks on the wire have whole seconds: over the turn of a second, 301 look like 300. And what was on its way
          // when the clock went wrong may have had its effect: that is outcome-pending.
          const refused = await eventually(async () => {
            const problem = await refusedLaunch(caller);
            expect(problem).to.include({ status: 502, code: 'cloud-clock-skew', retryable: true });
            return problem;
          });
          expect(refused.detail).to.contain('clock');
        }
        const stranger = await newClient(gateway(), http());
        const proof = await eventually(() =>
          stranger.refusal(accountProveRoute, { body: proofOf(gateway()) }),
        );
        expect(proof).to.include({ status: 502, code: 'cloud-clock-skew' });
        const { items } = await client.ask(resourceListRoute('instance'), { params: pathOf(gateway()) });
        expect(items, 'reads come from the store').to.be.an('array');
        await events.next(({ routingKey }) => routingKey.endsWith('.cloud.clock-skew.none'));

        simulator.setClockOffsetSeconds(0);
        const { cloudId } = await launch(gateway(), client);
        expect(instancesInCloud(gateway())).to.include(cloudId);
        await prove(gateway(), stranger);
        await events.next(({ routingKey }) => routingKey.endsWith('.cloud.clock-in-sync.none'));
      } finally {
        await events.close();
      }
    });
  }

  function refusedLaunch(caller: ApiClient, changes = {}): Promise<Problem> {
    return caller.refusal(resourceCreateRoute('instance'), {
      params: pathOf(gateway()),
      body: launchBody(gateway(), changes),
    });
  }

  function deny(...deniedActions: string[]): void {
    const { simulator, user } = gateway();
    simulator.setDeniedActions({ accountId: user.accountId, userName: user.userName, deniedActions });
  }

  /** The code and the request id of the cloud are those that the cloud has given. */
  function expectCarried(problem: Problem, code: ErrorCode, cloudCode: string): void {
    expect(problem, JSON.stringify(problem)).to.include({ code, status: errorCodes[code].status });
    expect(problem.cloud?.code).to.equal(cloudCode);
    const { calls } = gateway().simulator.calls();
    const call = calls.find(({ requestId }) => requestId === problem.cloud?.requestId);
    expect(call, `the cloud knows the request ${problem.cloud?.requestId}`).to.include({
      errorCode: cloudCode,
    });
  }
});
