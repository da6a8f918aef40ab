// A cloud for tests: its own clock and skew guard, a log that nobody reads.
import { type Clock, createSkewGuard, type SkewTransition, systemClock } from '@cloud-gateway/clock';
import type { CloudCredentials } from '@cloud-gateway/contracts';
import { silentLog } from '@cloud-gateway/test-support';
import type { Cloud, SessionPlace } from '../src/cloud.ts';
import { createEc2Cloud } from '../src/ec2/create-ec2-cloud.ts';
import type { Ec2CloudOptions } from '../src/ec2/ec2-cloud-options.ts';

export const credentials = {
  kind: 'access-key',
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'a-secret-that-nobody-may-ever-read-anywhere',
} as const satisfies CloudCredentials;

export const role: Extract<CloudCredentials, { kind: 'role' }> = {
  kind: 'role',
  roleArn: 'arn:aws:iam::210987654321:role/gateway',
  externalId: 'an-external-id',
  source: {
    accessKeyId: credentials.accessKeyId,
    secretAccessKey: credentials.secretAccessKey,
  },
};

/** Where a session of a test is opened. */
export const place = {
  region: 'us-east-1',
  cloudAccountId: '123456789012',
  purpose: 'request',
} as const satisfies SessionPlace;

/** For what is never answered. */
export const impatient = { timeouts: { connectMs: 500, callMs: 400 } } as const;

export function testCloud(endpoint: string, options: Partial<Ec2CloudOptions> & { clock?: Clock } = {}) {
  const clock = options.clock ?? systemClock;
  const transitions: SkewTransition[] = [];
  const cloud = createEc2Cloud({
    id: 'ec2',
    regions: ['us-east-1', 'eu-west-1'],
    endpoint,
    publishedImageOwners: ['amazon'],
    publishedSnapshotOwners: [],
    clock,
    skewGuard: createSkewGuard({ clock, onTransition: (transition) => transitions.push(transition) }),
    log: silentLog,
    timeouts: { connectMs: 5_000, callMs: 5_000 }, // Enough on a busy machine, too.
    random: () => 0,
    ...options,
  });
  return { cloud, transitions };
}

/** Gives the error that a promise is rejected with; fails when it is not. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    (value) => {
      throw new Error(`expected a rejection, got ${JSON.stringify(value)}`);
    },
    (error: Error) => error,
  );
}

/** One whose calls never take too long on a busy machine, and that has no budget to keep; what it lost, it finds soon. */
export function patientCloud(endpoint: string): Cloud {
  return testCloud(endpoint, {
    timeouts: { connectMs: 10_000, callMs: 10_000 },
    budgetPercent: { poll: 10_000, request: 10_000 },
    lostAnswer: { believeAbsentAfterMs: 60, searchMs: 40, pauseMs: 10 },
  }).cloud;
}
