import { type Environment, readConfig } from '@cloud-gateway/runtime';
import { expect } from 'chai';
import { environmentSchema, toSettings } from '../src/environment.ts';

const read = (environment: Environment) => toSettings(readConfig(environmentSchema, environment));

describe('toSettings', () => {
  it('has a fixed port of its own, and the defaults of the simulator for the rest', () => {
    const settings = read({ PATH: '/bin' });

    expect(settings).to.include({ port: 4566, host: '127.0.0.1', paging: 'mild' });
    expect(settings).not.to.have.any.keys('users', 'tls');
  });

  it('reads numbers, lists and users', () => {
    const settings = read({
      GATEWAY_SIMULATOR_PORT: '0',
      GATEWAY_SIMULATOR_HOST: '::1',
      GATEWAY_SIMULATOR_REGIONS: 'us-east-1, eu-west-1',
      GATEWAY_SIMULATOR_TRANSITION_MS: '0',
      GATEWAY_SIMULATOR_PAGING: 'harsh',
      GATEWAY_SIMULATOR_USERS: JSON.stringify([
        { accessKeyId: 'SIMKEYOFTHETEST01', secretAccessKey: 's', accountId: '111111111111', userName: 'u' },
      ]),
    });

    expect(settings).to.deep.include({
      port: 0,
      host: '::1',
      regions: ['us-east-1', 'eu-west-1'],
      transitionMs: 0,
      paging: 'harsh',
    });
    expect(settings.users?.[0]?.accountId).to.equal('111111111111');
  });

  for (const [name, value] of [
    ['GATEWAY_SIMULATOR_PORT', 'http'],
    ['GATEWAY_SIMULATOR_PAGING', 'wild'],
    ['GATEWAY_SIMULATOR_USERS', '[{}]'],
    ['GATEWAY_SIMULATOR_TLS_CERT_FILE', '/none'],
  ] as const) {
    it(`refuses ${name}=${value}`, () => {
      expect(() => read({ [name]: value })).to.throw();
    });
  }
});
