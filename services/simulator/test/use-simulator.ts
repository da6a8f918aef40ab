// A simulator per test, with a clock that the test holds, and clients of the real SDK in front of it.
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { createTestClock, type TestClock } from '@cloud-gateway/clock';
import { expect } from 'chai';
import { demoUsers, type SimulatorSettings } from '../src/config.ts';
import { type Simulator, start } from '../src/service.ts';

export const [one, two] = demoUsers;
export const region = 'us-east-1';
export const place = { accountId: one.accountId, region };

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export class SimulatedCloud {
  simulator!: Simulator; // set before each test
  clock!: TestClock;
  private clients: { destroy(): void }[] = [];

  get url(): string {
    return this.simulator.url;
  }

  ec2(credentials: Credentials = one, inRegion = region): EC2 {
    return this.keep(new EC2(this.clientConfig(credentials, inRegion)));
  }

  sts(credentials: Credentials = one, inRegion = region): STS {
    return this.keep(new STS(this.clientConfig(credentials, inRegion)));
  }

  iam(credentials: Credentials = one): IAM {
    return this.keep(new IAM(this.clientConfig(credentials, region)));
  }

  /** An image that account one may launch. */
  async imageId(): Promise<string> {
    const { Images } = await this.ec2().describeImages({ Owners: ['self'] });
    return Images?.map((image) => image.ImageId ?? '').sort()[0] ?? '';
  }

  /** Launches instances of account one and waits, in the simulator's time, until they run. */
  async running(count = 1): Promise<string[]> {
    const { instanceIds } = this.simulator.createInstanceDirectly({ ...place, count });
    this.simulator.advanceMs(1500);
    return [...instanceIds];
  }

  async reset(settings: SimulatorSettings): Promise<void> {
    // The SDK signs with the clock of the machine, so that is where the test's clock starts.
    this.clock = createTestClock(Date.now());
    this.simulator = await start({ paging: 'none', ...settings }, { clock: this.clock });
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.destroy();
    this.clients = [];
    await this.simulator.stop();
  }

  private clientConfig(credentials: Credentials, inRegion: string) {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    return {
      endpoint: this.url,
      region: inRegion,
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    };
  }

  private keep<T extends { destroy(): void }>(client: T): T {
    this.clients.push(client);
    return client;
  }
}

/** Starts a simulator before each test of the surrounding describe and stops it afterwards. */
export function useSimulator(settings: SimulatorSettings = {}): SimulatedCloud {
  const cloud = new SimulatedCloud();
  beforeEach(() => cloud.reset(settings));
  afterEach(() => cloud.stop());
  return cloud;
}

/** Expects the SDK to raise AWS's error of this name, and gives the error. */
export async function expectAwsError(
  promise: Promise<unknown>,
  name: string,
  status?: number,
): Promise<Error & { $metadata?: { httpStatusCode?: number; requestId?: string } }> {
  try {
    await promise;
  } catch (err) {
    const error = err as Error & { $metadata?: { httpStatusCode?: number; requestId?: string } }; // what the SDK throws
    expect(error.name, error.message).to.equal(name);
    if (status !== undefined) expect(error.$metadata?.httpStatusCode).to.equal(status);
    return error;
  }
  throw new Error(`Expected ${name}, but the call succeeded.`);
}
