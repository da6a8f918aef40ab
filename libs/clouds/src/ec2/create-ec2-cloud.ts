// Amazon EC2, and everything that speaks its API: the cloud `ec2`.
import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Clock, SkewGuard } from '@cloud-gateway/clock';
import { type CloudCredentials, GatewayError } from '@cloud-gateway/contracts';
import type { Logger } from '@cloud-gateway/runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Cloud } from '../cloud.ts';
import { ec2Capabilities } from './capabilities.ts';
import { type AwsCaller, createAwsCaller } from './client/aws-caller.ts';
import { createAwsClients } from './client/aws-clients.ts';
import { awsCredentials, secretsOf } from './client/aws-credentials.ts';
import { guardedRequestHandler } from './client/guarded-request-handler.ts';
import { createEc2Session } from './create-ec2-session.ts';
import { checkCredentials } from './credentials/check-credentials.ts';
import { identify } from './credentials/identify.ts';
import { ec2PollGroups } from './poll-groups.ts';
import { type OnUnknownState, transitionalStates } from './states.ts';

export interface Ec2CloudOptions {
  readonly id: string;
  /** At least one. The first one also answers questions that no region is named for. */
  readonly regions: readonly [string, ...string[]];
  /** Serves EC2, STS and IAM alike, instead of AWS's own addresses. */
  readonly endpoint?: string | undefined;
  /** File with the certificates of an endpoint that no public authority has signed. */
  readonly caFile?: string | undefined;
  /** Account numbers, or aliases such as `amazon`. None: published images are not listed. */
  readonly publishedImageOwners: readonly string[];
  readonly clock: Clock;
  readonly skewGuard: SkewGuard;
  readonly log: Logger;
  readonly timeouts: Ec2Timeouts;
  /** Called for each state that EC2 says and the tables do not know. */
  readonly onUnknownState?: OnUnknownState;
  /** From 0 to below 1, for the pauses between attempts. Default: Math.random. */
  readonly random?: () => number;
  /** How many items a page of a listing may have. Default 1000, the most that EC2 gives. */
  readonly pageSize?: number;
}

export interface Ec2Timeouts {
  readonly connectMs: number;
  /** One attempt, from the first byte sent to the last one read. */
  readonly callMs: number;
}

export function createEc2Cloud(options: Ec2CloudOptions): Cloud {
  const { id, regions, onUnknownState = () => {}, random = Math.random, pageSize = 1_000 } = options;
  const http = createHttpHandler(options);
  const requestHandler = guardedRequestHandler({
    inner: http,
    guard: options.skewGuard,
    clock: options.clock,
    probeTimeoutMs: Math.min(5_000, options.timeouts.callMs),
  });
  const clients = createAwsClients({ endpoint: options.endpoint, requestHandler, clock: options.clock });
  const pollGroups = ec2PollGroups.filter(
    ({ scope }) => scope === 'account' || options.publishedImageOwners.length > 0,
  );
  const [homeRegion] = regions;

  const caller = (credentials: CloudCredentials, region: string): AwsCaller =>
    createAwsCaller({
      where: `${id} ${region}`,
      secrets: secretsOf(awsCredentials(credentials)),
      timeoutMs: options.timeouts.callMs,
      random,
      log: options.log,
    });

  const accountDeps = (credentials: CloudCredentials) => {
    const aws = awsCredentials(credentials);
    return {
      ec2: clients.ec2(aws, homeRegion),
      sts: clients.sts(aws, homeRegion),
      iam: clients.iam(aws, homeRegion),
      call: caller(credentials, homeRegion),
    };
  };

  return {
    id,
    kind: 'ec2',
    regions,
    pollGroups,
    capabilities: () => ec2Capabilities(id, regions),
    isTransitional: (body) => transitionalStates.has(body.state),
    identify: async (credentials, signal) => identify(accountDeps(credentials), signal),
    checkCredentials: async (credentials, signal) => checkCredentials(accountDeps(credentials), signal),

    open(credentials, region) {
      if (!regions.includes(region)) throw noSuchRegion(id, region, regions);
      const { publishedImageOwners } = options;
      const call = caller(credentials, region);
      const deps = { clients, call, pollGroups, publishedImageOwners, pageSize, onUnknownState };
      return createEc2Session(deps, credentials, region);
    },

    close() {
      clients.close();
      http.destroy();
    },
  };
}

// AWS closes a connection after some 20 s without a request; ours is closed before, so that a request does not meet
// a connection that is just being closed.
const idleConnectionMs = 10_000;

function createHttpHandler({ caFile, timeouts }: Ec2CloudOptions): NodeHttpHandler {
  const agentOptions = { keepAlive: true, maxSockets: 100, timeout: idleConnectionMs };
  return new NodeHttpHandler({
    connectionTimeout: timeouts.connectMs,
    requestTimeout: timeouts.callMs,
    throwOnRequestTimeout: true,
    httpAgent: new HttpAgent(agentOptions),
    httpsAgent: new HttpsAgent({
      ...agentOptions,
      ...(caFile !== undefined && { ca: readFileSync(caFile) }),
    }),
  });
}

function noSuchRegion(id: string, region: string, regions: readonly string[]): GatewayError {
  return new GatewayError('not-found', {
    message: `the cloud ${id} has no region ${region} here; it has ${regions.join(', ')}`,
  });
}
