// The short words in which the tests speak of a session.
import type { CloudSession } from '@cloud-gateway/clouds';
import type { InstanceBody, ResourceBody } from '@cloud-gateway/contracts';
import { eventually } from '@cloud-gateway/test-support';
import type { CloudUnderTest } from './cloud-under-test.ts';

/** Long enough for everything that is not about deadlines. */
export function patience(): AbortSignal {
  return AbortSignal.timeout(20_000);
}

export function open({ cloud, credentials, region }: CloudUnderTest): CloudSession {
  return cloud.open(credentials, region);
}

export async function listed(session: CloudSession, pollGroup: string): Promise<ResourceBody[]> {
  const all: ResourceBody[] = [];
  for await (const page of session.list(pollGroup, patience())) all.push(...page);
  return all;
}

export async function launched(examined: CloudUnderTest, token: string): Promise<InstanceBody> {
  return open(examined).launchInstance(examined.spec, {
    idempotencyToken: token,
    requestId: token,
    signal: patience(),
  });
}

/** Waits until the cloud shows the instance in that state. */
export async function reached(session: CloudSession, cloudId: string, state: string): Promise<InstanceBody> {
  return eventually(
    async () => {
      const body = await session.showInstance(cloudId, patience());
      return body.state === state ? body : undefined;
    },
    { message: `${cloudId} did not become ${state}` },
  );
}
