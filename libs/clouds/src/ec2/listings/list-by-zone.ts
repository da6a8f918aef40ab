// DescribeInstances and the like can fail as a whole while one zone is disrupted; asked zone by zone, the healthy ones
// answer. What was listed before the failure comes a second time then, which does no harm: it is only newer. Everything
// that is listed so is in some zone; what had none would be missing here without a word.
import { type GatewayError, isGatewayError } from '@cloud-gateway/contracts';
import type { Describe } from '../describe/describe.ts';
import { describeDatacenters } from '../describe/describe-datacenters.ts';
import type { Listing, ListingDeps } from './listing.ts';

export function listByZone(describe: Describe): Listing {
  return async function* (deps, signal) {
    let failure: GatewayError;
    try {
      for await (const items of describe(deps, {}, signal)) yield { items };
      return;
    } catch (error) {
      if (!isDisruption(error)) throw error;
      failure = error;
    }
    yield* zonewise(describe, failure)(deps, signal);
  };
}

function zonewise(describe: Describe, failure: GatewayError): Listing {
  return async function* (deps, signal) {
    const zones = await zonesOf(deps, failure, signal);
    const missingZones: string[] = [];
    for (const zone of zones) {
      try {
        const which = { Filters: [{ Name: 'availability-zone', Values: [zone] }] };
        for await (const items of describe(deps, which, signal)) yield { items };
      } catch (error) {
        if (!isDisruption(error)) throw error;
        missingZones.push(zone);
      }
    }
    if (missingZones.length === zones.length) throw failure;
    if (missingZones.length > 0) yield { items: [], missingZones };
  };
}

// A cloud that cannot even name its zones is not disrupted in one of them.
async function zonesOf(deps: ListingDeps, failure: GatewayError, signal: AbortSignal): Promise<string[]> {
  const zones: string[] = [];
  try {
    for await (const page of describeDatacenters(deps, {}, signal)) {
      zones.push(...page.map(({ cloudId }) => cloudId));
    }
  } catch (error) {
    if (!isDisruption(error)) throw error;
    throw failure;
  }
  return zones.sort();
}

const disruptionCodes: ReadonlySet<string> = new Set([
  'InternalError',
  'InternalFailure',
  'ServiceUnavailable',
  'Unavailable',
]);

function isDisruption(error: unknown): error is GatewayError {
  return isGatewayError(error) && disruptionCodes.has(error.cloud?.code ?? '');
}
