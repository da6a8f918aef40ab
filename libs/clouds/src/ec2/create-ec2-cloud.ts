// Amazon EC2, and everything that speaks its API: the cloud `ec2`.
import { type CloudCredentials, GatewayError } from '@cloud-gateway/contracts';
import type { Cloud } from '../cloud.ts';
import { type CallBudget, createCallBudgets } from './budget/call-budgets.ts';
import { lostAnswerDefaults } from './calls/lost-answer-times.ts';
import { ec2Capabilities } from './capabilities.ts';
import { type AwsCaller, createAwsCaller } from './client/aws-caller.ts';
import { createAwsClients } from './client/aws-clients.ts';
import { type AwsCredentials, awsCredentials, secretsOf } from './client/aws-credentials.ts';
import { createHttpHandler } from './client/create-http-handler.ts';
import { guardedRequestHandler } from './client/guarded-request-handler.ts';
import { createEc2Session } from './create-ec2-session.ts';
import { createKeySource } from './credentials/key-source.ts';
import type { Ec2CloudOptions } from './ec2-cloud-options.ts';
import { ec2PollGroups } from './poll-groups.ts';
import { isTransitional } from './states.ts';

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
  const { publishedImageOwners, publishedSnapshotOwners } = options;
  const pollGroups = ec2PollGroups({ publishedImageOwners, publishedSnapshotOwners });
  const [homeRegion] = regions;

  const budgets = createCallBudgets({
    clock: options.clock,
    percent: options.budgetPercent ?? { poll: 10, request: 50 },
    onThrottled: (throttled) => options.onThrottled?.(throttled),
  });

  const caller = (
    region: string,
    secrets: readonly AwsCredentials[],
    session: { readonly budget?: CallBudget; readonly requestId?: string | undefined } = {},
  ): AwsCaller =>
    createAwsCaller({
      where: `${id} ${region}`,
      ...session,
      secrets: secrets.flatMap(secretsOf),
      timeoutMs: options.timeouts.callMs,
      random,
      log: options.log,
    });

  const keys = createKeySource({
    clock: options.clock,
    async assumeRole(role, signal) {
      const { assumeRole } = await import('./credentials/assume-role.ts');
      const source = awsCredentials(role.source);
      const deps = { sts: await clients.sts(source, homeRegion), call: caller(homeRegion, [source]) };
      return assumeRole(deps, role, signal);
    },
  });

  // What is asked about credentials is to be true of them now, so a role is assumed anew for it.
  const identityDeps = async (credentials: CloudCredentials, signal: AbortSignal) => {
    const key = await keys.fresh(credentials, signal);
    return { key, sts: await clients.sts(key, homeRegion), call: caller(homeRegion, [key]) };
  };
  const accountDeps = async (credentials: CloudCredentials, signal: AbortSignal) => {
    const { key, ...deps } = await identityDeps(credentials, signal);
    return { ...deps, ec2: await clients.ec2(key, homeRegion), iam: await clients.iam(key, homeRegion) };
  };

  return {
    id,
    kind: 'ec2',
    regions,
    pollGroups,
    capabilities: () => ec2Capabilities({ id, regions, pollGroups }),
    isTransitional,

    async identify(credentials, signal) {
      const { identify } = await import('./credentials/identify.ts');
      return identify(await identityDeps(credentials, signal), signal);
    },

    async checkCredentials(credentials, signal) {
      const { checkCredentials } = await import('./credentials/check-credentials.ts');
      return checkCredentials(() => accountDeps(credentials, signal), signal);
    },

    async signingCredentials(credentials, signal) {
      const key = await keys.fresh(credentials, signal);
      const { accessKeyId, secretAccessKey, sessionToken } = key;
      const expiresAtMs = 'expiresAtMs' in key ? key.expiresAtMs : undefined;
      return { accessKeyId, secretAccessKey, sessionToken, expiresAtMs };
    },

    open(credentials, place) {
      const { region, cloudAccountId, requestId } = place;
      if (!regions.includes(region)) throw noSuchRegion(id, region, regions);
      const budget = budgets.of(place);
      const connect = async (signal: AbortSignal) => {
        const key = await keys.held(credentials, signal);
        return { ec2: await clients.ec2(key, region), call: caller(region, [key], { budget, requestId }) };
      };
      return createEc2Session({
        connect,
        cloudAccountId,
        pollGroups,
        publishedImageOwners,
        publishedSnapshotOwners,
        pageSize,
        onUnknownState,
        lostAnswer: options.lostAnswer ?? lostAnswerDefaults,
      });
    },

    close() {
      keys.close();
      clients.close();
      http.destroy();
    },
  };
}

function noSuchRegion(id: string, region: string, regions: readonly string[]): GatewayError {
  return new GatewayError('not-found', {
    message: `the cloud ${id} has no region ${region} here; it has ${regions.join(', ')}`,
  });
}
