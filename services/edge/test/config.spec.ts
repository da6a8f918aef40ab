import { isConfigurationError, readConfig } from '@cloud-gateway/runtime';
import { expect } from 'chai';
import { edgeConfigSchema } from '../src/config.ts';

describe('edgeConfigSchema', () => {
  it('needs nothing but the broker', () => {
    const config = readConfig(edgeConfigSchema, { GATEWAY_AMQP_URL: 'amqp://guest:guest@localhost/' });

    expect(config.GATEWAY_EDGE_PORT).to.equal(8080);
    expect(config.GATEWAY_EDGE_HOST).to.equal('127.0.0.1');
    expect(config.GATEWAY_EDGE_TRUST_PROXY).to.equal(false);
    expect(config.GATEWAY_EDGE_TLS_CERT_FILE).to.equal(undefined);
  });

  const wrong = {
    GATEWAY_AMQP_URL: 'http://localhost',
    GATEWAY_EDGE_PORT: '65536',
    GATEWAY_EDGE_BODY_LIMIT_BYTES: '1023',
    GATEWAY_EDGE_HEADER_LIMIT_BYTES: '100',
    GATEWAY_EDGE_REQUEST_TIMEOUT_MS: '99',
    GATEWAY_EDGE_PENDING_MAX: '0',
    GATEWAY_EDGE_TRUST_PROXY: 'maybe',
  };
  for (const [name, value] of Object.entries(wrong)) {
    it(`refuses ${name}=${value} by its name`, () => {
      expect(() =>
        readConfig(edgeConfigSchema, { GATEWAY_AMQP_URL: 'amqp://localhost', [name]: value }),
      ).to.throw(new RegExp(`^${name}: `));
    });
  }

  it('refuses to be without a broker', () => {
    expect(() => readConfig(edgeConfigSchema, {}))
      .to.throw()
      .that.satisfies(isConfigurationError);
  });
});
