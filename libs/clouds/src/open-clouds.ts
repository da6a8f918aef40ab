// Builds the clouds that the configuration names. Nothing is connected yet: that happens with the first call.
import { type Clock, createSkewGuard, type SkewTransition } from '@cloud-gateway/clock';
import { ConfigurationError, type Logger } from '@cloud-gateway/runtime';
import type { Cloud } from './cloud.ts';
import { cloudIdOf } from './cloud-names.ts';
import type { CloudConfig } from './cloud-settings.ts';
import { type Clouds, createClouds } from './clouds.ts';
import { createEc2Cloud } from './ec2/create-ec2-cloud.ts';
import { readUpstream } from './read-upstream.ts';

export interface OpenCloudsDeps {
  readonly clock: Clock;
  readonly log: Logger;
  /** Called when an endpoint's clock gets out of sync with ours, and when it is back. */
  readonly onClockTransition: (transition: CloudClockTransition) => void;
  /** Called for each state that no table knows; count it. */
  readonly onUnknownState: (unknown: UnknownState) => void;
  /** Called for each call that a cloud refused as one too many; count it. */
  readonly onThrottled?: (throttled: ThrottledCloudCall) => void;
}

export interface CloudClockTransition extends SkewTransition {
  readonly cloud: string;
}

export interface UnknownState {
  readonly cloud: string;
  readonly type: string;
  readonly rawState: string;
}

export interface ThrottledCloudCall {
  readonly cloud: string;
  readonly region: string;
  readonly cloudAccountId: string;
  readonly purpose: 'poll' | 'request';
  /** The cloud's own name of the call. */
  readonly action: string;
}

/** Throws ConfigurationError for a cloud that is not known, and for a proxy or file that cannot be used. */
export function openClouds(config: CloudConfig, deps: OpenCloudsDeps): Clouds {
  const ids = new Set(config.GATEWAY_CLOUDS.map(cloudIdOf));
  return createClouds([...ids].map((id) => openCloud(id, config, deps)));
}

function openCloud(id: string, config: CloudConfig, deps: OpenCloudsDeps): Cloud {
  switch (id) {
    case 'ec2':
      return openEc2(id, config, deps);
    default:
      throw new ConfigurationError([
        {
          name: 'GATEWAY_CLOUDS',
          message: `no cloud ${JSON.stringify(id)} is known; expected aws, or ec2 for the same`,
        },
      ]);
  }
}

function openEc2(id: string, config: CloudConfig, deps: OpenCloudsDeps): Cloud {
  const [homeRegion, ...otherRegions] = config.GATEWAY_EC2_REGIONS;
  if (homeRegion === undefined) {
    throw new ConfigurationError([{ name: 'GATEWAY_EC2_REGIONS', message: 'expected at least one region' }]);
  }
  const { clock, log } = deps;
  return createEc2Cloud({
    id,
    regions: [homeRegion, ...otherRegions],
    endpoint: config.GATEWAY_EC2_ENDPOINT,
    caFile: config.GATEWAY_EC2_CA_FILE,
    ...readUpstream(config),
    publishedImageOwners: ownersOf(config.GATEWAY_EC2_PUBLISHED_IMAGE_OWNERS),
    publishedSnapshotOwners: ownersOf(config.GATEWAY_EC2_PUBLISHED_SNAPSHOT_OWNERS),
    clock,
    skewGuard: createSkewGuard({
      clock,
      onTransition: (transition) => deps.onClockTransition({ cloud: id, ...transition }),
    }),
    log,
    timeouts: {
      connectMs: config.GATEWAY_EC2_CONNECT_TIMEOUT_MS,
      callMs: config.GATEWAY_EC2_CALL_TIMEOUT_MS,
    },
    onUnknownState: (type, rawState) => deps.onUnknownState({ cloud: id, type, rawState }),
    onThrottled: (throttled) => deps.onThrottled?.({ cloud: id, ...throttled }),
    budgetPercent: {
      poll: config.GATEWAY_EC2_POLL_BUDGET_PERCENT,
      request: config.GATEWAY_EC2_REQUEST_BUDGET_PERCENT,
    },
    pageSize: config.GATEWAY_EC2_PAGE_SIZE,
  });
}

// A setting cannot be an empty list, so there is a word for it.
function ownersOf(setting: readonly string[]): string[] {
  return setting.filter((owner) => owner !== 'none');
}
