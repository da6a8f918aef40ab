// An action of EC2 done by somebody in the web console: it takes effect as ever, but is no call of the API. Without a
// signature, without faults, token buckets and the log of calls.
import { z } from 'zod';
import { findAction } from '../actions.ts';
import type { Call } from '../call.ts';
import { userArn } from '../identity/principal.ts';
import { shuffle } from '../listing/shuffle.ts';
import { parseParams } from '../query/params.ts';
import { newRequestId } from '../random-source.ts';
import type { Simulation } from '../simulation.ts';
import { objectMadeNow, type XmlObject } from '../xml.ts';
import { placeSchema, stateAt } from './direct-changes.ts';

export const directCallSchema = placeSchema.extend({
  action: z.string(),
  /** As in the query protocol: `{ VpcId: …, 'TagSpecification.1.ResourceType': 'subnet' }`. */
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

export type DirectCall = z.input<typeof directCallSchema>;

/** Gives what the action answers, by the names of its XML elements. Throws as the API would refuse. */
export function callDirectly(
  { action: name, parameters, ...place }: z.infer<typeof directCallSchema>,
  simulation: Simulation,
): XmlObject {
  const action = findAction('ec2', name);
  if (!action) throw new Error(`There is no action ${name} of EC2.`);
  const form = new URLSearchParams(
    Object.entries(parameters).map(([parameter, value]): [string, string] => [parameter, String(value)]),
  );
  const unknown = [...form.keys()].find((key) => !action.parameters.has(key.split('.', 1)[0] ?? ''));
  if (unknown !== undefined) throw new Error(`${name} has no parameter ${unknown}.`);
  const params = parseParams('', form.toString());
  return objectMadeNow(action.run(params, { ...createDirectCall(place, simulation), params }));
}

function createDirectCall(
  { accountId, region }: z.infer<typeof placeSchema>,
  simulation: Simulation,
): Omit<Call, 'params'> {
  const { clock, random, config, parts } = simulation;
  const { world, identity, states, settings } = parts;
  return {
    principal: {
      kind: 'user',
      accountId,
      arn: userArn(accountId, 'console'),
      userId: 'AIDACONSOLE',
      name: 'console',
      deniedActions: [],
    },
    accountId,
    region,
    requestId: newRequestId(random),
    host: '',
    nowMs: clock.world.nowMs(),
    signature: undefined,
    world,
    state: stateAt({ accountId, region }, simulation),
    stateOf: (kind) => states.of(kind, { accountId, region }),
    identity,
    settings,
    random,
    config,
    noTags: false,
    listingFaults: { missing: [], isEmpty: false, repeats: false },
    zonesDown: new Set(),
    shuffled: (items) => shuffle(items, 0),
    charge: () => undefined,
  };
}
