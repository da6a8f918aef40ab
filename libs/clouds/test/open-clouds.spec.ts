import { systemClock } from '@cloud-gateway/clock';
import { silentLog } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import type { CloudConfig } from '../src/cloud-settings.ts';
import { openClouds } from '../src/open-clouds.ts';
import { credentials } from './test-cloud.ts';

const config: CloudConfig = {
  GATEWAY_CLOUDS: ['ec2'],
  GATEWAY_EC2_REGIONS: ['us-east-1', 'eu-west-1'],
  GATEWAY_EC2_ENDPOINT: 'http://127.0.0.1:1',
  GATEWAY_EC2_CA_FILE: undefined,
  GATEWAY_EC2_PUBLISHED_IMAGE_OWNERS: ['amazon'],
  GATEWAY_EC2_PUBLISHED_SNAPSHOT_OWNERS: ['none'],
  GATEWAY_EC2_POLL_BUDGET_PERCENT: 10,
  GATEWAY_EC2_REQUEST_BUDGET_PERCENT: 50,
  GATEWAY_EC2_CONNECT_TIMEOUT_MS: 500,
  GATEWAY_EC2_CALL_TIMEOUT_MS: 500,
  GATEWAY_EC2_PAGE_SIZE: 1_000,
  GATEWAY_UPSTREAM_PROXY_URL: undefined,
  GATEWAY_UPSTREAM_CA_FILE: undefined,
};
const deps = { clock: systemClock, log: silentLog, onClockTransition: () => {}, onUnknownState: () => {} };

describe('openClouds', () => {
  it('opens the clouds that are named, with what each can do', async () => {
    const clouds = openClouds(config, deps);

    const capabilities = clouds.get('ec2').capabilities();
    await clouds.close();

    expect(capabilities).to.deep.include({ id: 'ec2', kind: 'ec2', regions: ['us-east-1', 'eu-west-1'] });
  });

  it('lists what is published only of those that are named', async () => {
    const clouds = openClouds(
      {
        ...config,
        GATEWAY_EC2_PUBLISHED_IMAGE_OWNERS: ['none'],
        GATEWAY_EC2_PUBLISHED_SNAPSHOT_OWNERS: ['123456789012'],
      },
      deps,
    );
    const published = clouds.get('ec2').pollGroups.filter(({ scope }) => scope === 'published');
    await clouds.close();

    expect(published.map(({ name }) => name)).to.deep.equal(['published-snapshots']);
  });

  it('names the regions that there are when asked for another', () => {
    const clouds = openClouds(config, deps);

    expect(() =>
      clouds
        .get('ec2')
        .open(credentials, { region: 'mars-1', cloudAccountId: '123456789012', purpose: 'poll' }),
    ).to.throw('it has us-east-1, eu-west-1');
  });

  it('takes aws for ec2, once', () => {
    const clouds = openClouds({ ...config, GATEWAY_CLOUDS: ['aws', 'ec2'] }, deps);

    expect(clouds.all().map(({ id }) => id)).to.deep.equal(['ec2']);
  });

  it('refuses a cloud that is not known, and no regions at all', () => {
    expect(() => openClouds({ ...config, GATEWAY_CLOUDS: ['azure'] }, deps)).to.throw('GATEWAY_CLOUDS');
    expect(() => openClouds({ ...config, GATEWAY_EC2_REGIONS: [] }, deps)).to.throw('GATEWAY_EC2_REGIONS');
  });
});
