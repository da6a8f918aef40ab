import { isConfigurationError } from '@cloud-gateway/runtime';
import { expect } from 'chai';
import { checkSettings } from '../../src/gateway/check-settings.ts';
import { type ServiceName, serviceNames } from '../../src/gateway/service-names.ts';

function wrongSettings(
  environment: Record<string, string>,
  names: readonly ServiceName[] = serviceNames,
): string[] {
  try {
    checkSettings(environment, names);
    return [];
  } catch (err) {
    if (!isConfigurationError(err)) throw err;
    return err.issues.map(({ name }) => name);
  }
}

describe('checkSettings', () => {
  it('needs nothing: servers that are not named will be private ones', () => {
    expect(wrongSettings({})).to.deep.equal([]);
    expect(wrongSettings({ GATEWAY_DATABASE_URL: '' })).to.deep.equal([]);
  });

  it('names everything that is wrong, once', () => {
    const environment = {
      GATEWAY_EDGE_PORT: 'x',
      GATEWAY_LOG_LEVEL: 'loud',
      GATEWAY_DATABASE_URL: 'postgres://a',
      GATEWAY_POLLER_SCAN_MS: 'soon',
    };
    expect(wrongSettings(environment).sort()).to.deep.equal(Object.keys(environment).sort());
  });

  it('looks only at the services that are to start', () => {
    expect(wrongSettings({ GATEWAY_EDGE_PORT: 'x' }, ['poller'])).to.deep.equal([]);
  });
});
