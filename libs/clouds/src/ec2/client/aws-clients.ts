// The SDK's clients, one per credentials and region, thrown out when too many. They are cheap: the connections belong
// to the shared request handler, so throwing one out never ends a call that is under way. Their code is not, so each
// service's is loaded when its first client is wanted.
import { createHash } from 'node:crypto';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { STSClient } from '@aws-sdk/client-sts';
import type { Clock } from '@cloud-gateway/clock';
import type { AwsCredentials } from './aws-credentials.ts';
import type { GuardedRequestHandler } from './guarded-request-handler.ts';
import { signWithClock } from './sign-with-clock.ts';

export interface AwsClientsOptions {
  /** Used for every service instead of AWS's own addresses. */
  readonly endpoint: string | undefined;
  readonly requestHandler: GuardedRequestHandler;
  readonly clock: Clock;
  /** How many are kept. Default 500. */
  readonly max?: number;
}

export interface AwsClients {
  ec2(credentials: AwsCredentials, region: string): Promise<EC2Client>;
  sts(credentials: AwsCredentials, region: string): Promise<STSClient>;
  iam(credentials: AwsCredentials, region: string): Promise<IAMClient>;
  close(): void;
}

type Client = EC2Client | STSClient | IAMClient;
type ClientConfig = ReturnType<typeof clientConfig>;

export function createAwsClients(options: AwsClientsOptions): AwsClients {
  const { max = 500 } = options;
  // A Map keeps the order of insertion: what is used is put at the end, so the first one is the longest unused.
  const clients = new Map<string, Client>();

  function cached<C extends Client>(
    service: string,
    credentials: AwsCredentials,
    region: string,
    Client: new (config: ClientConfig) => C,
  ): C {
    const key = cacheKey(service, credentials, region);
    // The key names the service, so what is under it has that service's type.
    let client = clients.get(key) as C | undefined;
    if (client === undefined) {
      client = new Client(clientConfig(options, credentials, region));
      signWithClock(client, options.clock);
      leaveOutLogging(client);
    }
    clients.delete(key);
    clients.set(key, client);
    if (clients.size > max) throwOutLongestUnused(clients);
    return client;
  }

  return {
    async ec2(credentials, region) {
      const { EC2Client } = await import('../sdk/client-ec2.ts');
      return cached('ec2', credentials, region, EC2Client);
    },
    async sts(credentials, region) {
      const { STSClient } = await import('../sdk/client-sts.ts');
      return cached('sts', credentials, region, STSClient);
    },
    async iam(credentials, region) {
      const { IAMClient } = await import('../sdk/client-iam.ts');
      return cached('iam', credentials, region, IAMClient);
    },
    close() {
      for (const client of clients.values()) client.destroy();
      clients.clear();
    },
  };
}

// The SDK copies each answer, all of it, for a log that nobody writes: a fourteenth of the time that a listing takes.
function leaveOutLogging({ middlewareStack }: { middlewareStack: { remove(name: string): boolean } }): void {
  middlewareStack.remove('loggerMiddleware');
}

function clientConfig(
  { endpoint, requestHandler }: AwsClientsOptions,
  credentials: AwsCredentials,
  region: string,
) {
  return {
    region,
    credentials,
    requestHandler,
    maxAttempts: 1,
    // The skew guard decides; a client that quietly signs with the endpoint's idea of the time would go around it.
    // (signWithClock sees to it that it signs with ours.)
    disableClockSkewCorrection: true,
    // What is set here is not read from the environment or ~/.aws: the gateway has one place for its settings.
    retryMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    ignoreConfiguredEndpointUrls: true,
    ...(endpoint !== undefined && { endpoint }),
  };
}

// A hash, so that no secret is kept a second time; with all of the credentials, so that the same key id with a wrong
// secret never gets the client of the right one.
function cacheKey(service: string, credentials: AwsCredentials, region: string): string {
  const { accessKeyId, secretAccessKey, sessionToken = '' } = credentials;
  return createHash('sha256')
    .update(JSON.stringify([service, region, accessKeyId, secretAccessKey, sessionToken]))
    .digest('base64');
}

function throwOutLongestUnused(clients: Map<string, Client>): void {
  const [first] = clients;
  if (first === undefined) return;
  first[1].destroy();
  clients.delete(first[0]);
}
