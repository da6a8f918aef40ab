// A simulator per test, with a clock that the test holds, and clients of the real SDK in front of it.
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { createTestClock, type TestClock } from '@cloud-gateway/clock';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
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

/** What differs from client to client. */
interface OwnOptions {
  /** S3 only. */
  readonly forcePathStyle?: boolean;
  readonly requestHandler?: NodeHttpHandler;
}

interface ClientConfig extends OwnOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

interface ClientOptions extends OwnOptions {
  readonly credentials?: Credentials;
  readonly region?: string;
}

export class SimulatedCloud {
  simulator!: Simulator; // set before each test
  clock!: TestClock;
  private clients: { destroy(): void }[] = [];

  get url(): string {
    return this.simulator.url;
  }

  /** Any client of the SDK; of account one, unless said otherwise. */
  client<T extends { destroy(): void }>(
    Client: new (config: ClientConfig) => T,
    { credentials = one, region: inRegion = region, ...own }: ClientOptions = {},
  ): T {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const client = new Client({
      ...own,
      endpoint: this.url,
      region: inRegion,
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    });
    this.clients.push(client);
    return client;
  }

  ec2(credentials: Credentials = one, inRegion = region): EC2 {
    return this.client(EC2, { credentials, region: inRegion });
  }

  sts(credentials: Credentials = one, inRegion = region): STS {
    return this.client(STS, { credentials, region: inRegion });
  }

  iam(credentials: Credentials = one): IAM {
    return this.client(IAM, { credentials });
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
