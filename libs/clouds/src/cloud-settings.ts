// The settings of the clouds, to be spread into the configuration of each service that talks to one.
import { setting } from '@cloud-gateway/runtime';

export const cloudSettings = {
  GATEWAY_CLOUDS: setting.list({
    default: ['ec2'],
    description: 'The clouds to serve. `aws` is another name of `ec2`.',
  }),
  GATEWAY_EC2_REGIONS: setting.list({
    default: ['us-east-1'],
    description: 'Regions of EC2 to serve and to poll. The first one also answers questions of identity.',
  }),
  GATEWAY_EC2_ENDPOINT: setting.url({
    optional: true,
    description: 'Serves EC2, STS and IAM instead of AWS itself, for example a simulator. Default: AWS.',
  }),
  GATEWAY_EC2_CA_FILE: setting.file({
    optional: true,
    description: 'PEM file with the authorities to trust for EC2, instead of the well-known ones.',
  }),
  GATEWAY_EC2_PUBLISHED_IMAGE_OWNERS: setting.list({
    default: ['amazon'],
    description: 'Whose public images to list: account numbers or aliases; `none` lists nobody’s.',
  }),
  GATEWAY_EC2_PUBLISHED_SNAPSHOT_OWNERS: setting.list({
    default: ['none'],
    description:
      'Whose public snapshots to list: account numbers or aliases; `none` lists nobody’s. There are hundreds of thousands.',
  }),
  GATEWAY_EC2_CONNECT_TIMEOUT_MS: setting.milliseconds({
    default: 3_000,
    min: 1,
    description: 'How long a connection to EC2 may take.',
  }),
  GATEWAY_EC2_CALL_TIMEOUT_MS: setting.milliseconds({
    default: 10_000,
    min: 1,
    description: 'How long one attempt of a call to EC2 may take. A call may be attempted several times.',
  }),
  GATEWAY_EC2_POLL_BUDGET_PERCENT: setting.integer({
    default: 10,
    min: 1,
    max: 10_000,
    description:
      'How much of the rate of calls that EC2 publishes the polls of one process may use, per account and region. More than 100 where AWS has given the account more.',
  }),
  GATEWAY_EC2_REQUEST_BUDGET_PERCENT: setting.integer({
    default: 50,
    min: 1,
    max: 10_000,
    description: 'The same for what clients ask for: reads of the cloud and writes.',
  }),
  GATEWAY_EC2_PAGE_SIZE: setting.integer({
    default: 1_000,
    min: 5,
    max: 1_000,
    description: 'Items per page of a listing.',
  }),
  GATEWAY_UPSTREAM_PROXY_URL: setting.secretUrl({
    protocols: ['http:'],
    optional: true,
    description:
      'HTTP proxy through which the clouds are reached: http://user:password@host:port, user and password percent-encoded.',
  }),
  GATEWAY_UPSTREAM_CA_FILE: setting.file({
    optional: true,
    description:
      'PEM file with authorities to trust in addition to the well-known ones, for example of a proxy that inspects TLS.',
  }),
} as const;

/** What readConfig gives for these settings. */
export type CloudConfig = {
  readonly [Name in keyof typeof cloudSettings]: (typeof cloudSettings)[Name]['_zod']['output'];
};

/** For the service that polls, and for the one that tells how often. */
export const pollIntervalSettings = {
  GATEWAY_POLLER_INTERVAL_PERCENT: setting.integer({
    min: 1,
    max: 10_000,
    default: 100,
    description: 'Scales every polling interval of every cloud: 200 polls half as often.',
  }),
  GATEWAY_POLLER_INTERVALS: setting.list({
    default: [],
    description:
      'Intervals of single listings, instead of their own: <cloud>.<listing>=<floor>/<normal>/<ceiling>, for example ec2.instances=5s/30s/10m. GET /v1/clouds/:cloud shows the names.',
  }),
} as const;

export type PollIntervalConfig = {
  readonly [Name in keyof typeof pollIntervalSettings]: (typeof pollIntervalSettings)[Name]['_zod']['output'];
};
