// What the suites of the acceptance share: one world, the keys that are issued in it, and those who call with them.
import { serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { startBoto3Driver } from './boto3/start-boto3-driver.ts';
import type { Driver, Failure, SequenceCall } from './driver.ts';
import type { IssuedKey } from './issue-key.ts';
import { createJavascriptDriver } from './javascript/create-javascript-driver.ts';
import type { OriginalServiceId } from './original-services.ts';
import { providePython } from './provide-aws-tools.ts';
import { type ProxyWorld, startProxyWorld } from './proxy-world.ts';
import { type Subscription, subscribe } from './subscribe.ts';

/** The requests of the checklist: AR_AWS_1, AR_AWS_2, and AR_AWS_4, which is under a policy group. */
export const wishes = {
  first: ['apigateway', 'cognito-identity', 'cognito-idp', 'devicefarm', 'dynamodb', 'ecs', 'glacier'],
  second: ['lambda', 'mobile', 'pinpoint', 'redshift', 'route53', 'ses', 'sns', 'sqs'],
  governed: ['apigateway', 'cognito-identity', 'devicefarm', 'dynamodb', 'route53', 'ses', 'sqs'],
} as const satisfies Record<string, readonly OriginalServiceId[]>;

export type WishName = keyof typeof wishes;

export const driverNames = ['the SDK for JavaScript', 'boto3'] as const;
export type DriverName = (typeof driverNames)[number];

export const refusals = {
  'service-not-approved': 'Client is unknown or has no access to service',
  'not-active': 'Client is not Active',
  'policy-violation': 'violates policy',
} as const;

export interface Acceptance {
  readonly world: ProxyWorld;
  readonly events: Subscription;
  /** Filled by the suite of the way to a key. */
  readonly keys: Map<WishName, IssuedKey>;
  key(name: WishName): IssuedKey;
  /** Undefined where its SDK is not on the machine. */
  driver(name: DriverName): Driver | undefined;
  /** Why the gateway has refused calls of issued keys so far: as the list of calls should have it. */
  readonly refused: readonly (keyof typeof refusals)[];
  /** Runs a call of which nothing is expected. */
  run(driver: Driver, call: SequenceCall): Promise<Failure | undefined>;
  /** The SDK raises its own exception with this text, after one attempt, and the cloud hears nothing. */
  expectRefusal(driver: Driver, call: SequenceCall, text: string): Promise<void>;
}

/** Starts it for the tests of this `describe`, and stops it after them. Returns how to get at it. */
export function useAcceptance(): () => Acceptance {
  let stop = async (): Promise<void> => undefined;
  let acceptance: Acceptance | undefined;
  before(async function () {
    this.timeout(serverStartTimeoutMs * 3);
    const world = await startProxyWorld();
    stop = () => world.stop();
    const events = await subscribe(world.gateway.amqpUrl, 'v1.gateway.#');
    const drivers = await openDrivers(world);
    stop = async () => {
      for (const driver of drivers.values()) await driver.close();
      await events.close();
      await world.stop();
    };
    acceptance = createAcceptance({ world, events, drivers });
  });
  after(async function () {
    this.timeout(serverStartTimeoutMs);
    await stop();
  });
  return () => {
    if (!acceptance) throw new Error('It is there from `before` on');
    return acceptance;
  };
}

async function openDrivers({ gateway, rootPem, rootFile }: ProxyWorld): Promise<Map<DriverName, Driver>> {
  const { proxyUrl, folder } = gateway;
  const drivers = new Map<DriverName, Driver>();
  drivers.set('the SDK for JavaScript', createJavascriptDriver({ proxyUrl, rootPem }));
  const python = await providePython();
  if ('missing' in python) console.log(`    boto3 is skipped: ${python.missing}`);
  else drivers.set('boto3', startBoto3Driver({ python: python.program, proxyUrl, rootFile, folder }));
  return drivers;
}

function createAcceptance({
  world,
  events,
  drivers,
}: Pick<Acceptance, 'world' | 'events'> & { readonly drivers: ReadonlyMap<DriverName, Driver> }): Acceptance {
  const keys = new Map<WishName, IssuedKey>();
  const refused: (keyof typeof refusals)[] = [];
  const callsInCloud = () => world.simulator.calls().total;

  /** Calls of keys that nobody issued are nobody's: they are in no list. */
  const note = ({ key }: SequenceCall, failure: Failure | undefined) => {
    const isIssued = [...keys.values()].some(({ accessKeyId }) => accessKeyId === key.accessKeyId);
    for (const [kind, text] of Object.entries(refusals)) {
      if (isIssued && failure?.message.includes(text)) refused.push(kind as keyof typeof refusals);
    }
  };
  const run = async (driver: Driver, call: SequenceCall) => {
    const failure = await driver.run(call);
    note(call, failure);
    return failure;
  };

  return {
    world,
    events,
    keys,
    refused,
    key(name) {
      const key = keys.get(name);
      if (!key) throw new Error(`The key ${name} was not issued`);
      return key;
    },
    driver: (name) => drivers.get(name),
    run,
    async expectRefusal(driver, call, text) {
      const before = callsInCloud();
      const failure = await run(driver, call);
      const seen = JSON.stringify(failure);
      expect(failure?.message ?? 'it was answered', seen).to.include(text);
      expect(failure?.status, seen).to.be.within(400, 403);
      expect(failure?.attempts, seen).to.equal(1);
      expect(failure?.kind, seen).to.match(/^[A-Z]\w+$/);
      expect(failure?.kind, seen).to.not.match(/^(Error|Unknown|TypeError|SyntaxError)$/);
      expect(callsInCloud()).to.equal(before);
    },
  };
}
