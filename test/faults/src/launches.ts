// Launches by key, and what must be true of them whatever has broken meanwhile.
import type { Instance } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { type Answer, type Call, problemOf, servedBody } from './api-client.ts';
import { region, type World } from './start-world.ts';

/** The tag by which what was made names the request: `<client id>/<idempotency key>`. */
export const requestTag = 'cloud-gateway:request';

export function launchCall(world: World, key: string, where = region): Call {
  return {
    method: 'POST',
    path: `/v1/clouds/ec2/accounts/${world.account}/instances`,
    idempotencyKey: key,
    body: { region: where, imageId: world.imageIn(where), instanceType: 't3.micro', name: key },
  };
}

/** The instance that the last of these answers names. */
export function launchedInstance(answers: readonly Answer[]): Instance {
  return servedBody<Instance>(answers.at(-1));
}

/** Ids of the instances that the cloud really has, by the key of their launch. */
export function instancesByKey(world: World, where = region): Map<string, string[]> {
  const byKey = new Map<string, string[]>();
  for (const { id, tags } of world.simulator.snapshot({ ...world.place, region: where }).instances) {
    // `<client id>/<idempotency key>`
    const [, key] = /^[^/]+\/(.*)$/s.exec(tags[requestTag] ?? '') ?? [];
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), id]);
  }
  return byKey;
}

/** Every answer is the instance, or a problem that says: repeat it. What broke off is only right at a closing door. */
export function expectClearAnswers(
  answers: readonly Answer[],
  { closedDoors = [] as readonly string[] } = {},
) {
  for (const answer of answers) {
    if (answer.kind === 'refused') {
      expect(closedDoors, `a broken connection (${answer.reason}) is only right at`).to.include(
        answer.edgeUrl,
      );
      continue;
    }
    const problem = problemOf(answer);
    if (!problem) continue;
    expect(problem, JSON.stringify(problem)).to.include({ retryable: true });
    expect(problem.status, JSON.stringify(problem)).to.be.oneOf([503, 504]);
  }
}

/** The cloud has one instance per key, it is the one that was answered, and the gateway shows it. */
export async function expectOneInstancePerKey(
  world: World,
  launches: readonly { readonly key: string; readonly answers: readonly Answer[] }[],
): Promise<string[]> {
  const inCloud = instancesByKey(world);
  const answered = new Map(launches.map(({ key, answers }) => [key, [launchedInstance(answers).cloudId]]));
  expect(Object.fromEntries(inCloud)).to.deep.equal(Object.fromEntries(answered));
  const cloudIds = [...answered.values()].flat();
  for (const cloudId of cloudIds) {
    const path = `/v1/clouds/ec2/accounts/${world.account}/instances/${cloudId}`;
    const answers = await world.api.sendUntilServed({ method: 'GET', path });
    expect(launchedInstance(answers)).to.include({ cloudId, deletedAt: null });
  }
  return cloudIds;
}
