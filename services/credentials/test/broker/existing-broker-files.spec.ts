// deploy/rabbitmq is what the operator of a broker copies: it has to say what this service does.
import { readFileSync } from 'node:fs';
import { readConfig } from '@cloud-gateway/runtime';
import { expect } from 'chai';
import { replyQueuePolicy, replyQueuePolicyName } from '../../src/broker/reply-queue-policy.ts';
import { credentialsConfigSchema } from '../../src/config.ts';

const file = (name: string) =>
  readFileSync(new URL(`../../../../../deploy/rabbitmq/${name}`, import.meta.url), 'utf8');

describe('the files for an existing broker', () => {
  it('limit reply queues as the service does', () => {
    const { parameters } = JSON.parse(file('definitions.json'));

    expect(parameters).to.deep.equal([
      { component: 'operator_policy', vhost: '/', name: replyQueuePolicyName, value: replyQueuePolicy },
    ]);
  });

  it('let the broker ask where the service listens', () => {
    const { GATEWAY_BROKER_AUTH_HOST: host, GATEWAY_BROKER_AUTH_PORT: port } = readConfig(
      credentialsConfigSchema,
      { GATEWAY_AMQP_URL: 'amqp://x', GATEWAY_DATABASE_URL: 'mysql://x', GATEWAY_MASTER_KEY: 'A'.repeat(44) },
    );
    const lines = file('rabbitmq.conf').split('\n');
    const values = Object.fromEntries(
      lines.filter((line) => /^\w/.test(line)).map((line) => line.split(' = ') as [string, string]),
    );

    for (const question of ['user', 'vhost', 'resource', 'topic']) {
      expect(values[`auth_http.${question}_path`]).to.equal(`http://${host}:${port}/broker/${question}`);
    }
    expect(values).to.include({ 'auth_http.http_method': 'post', 'auth_backends.1': 'internal' });
    // Never the cache: a revoked token would get in again for a while.
    expect(values['auth_backends.2.authn']).to.equal('http');
  });

  it('enable the plugins that those settings are of', () => {
    expect(file('enabled_plugins')).to.match(
      /^\[rabbitmq_management,rabbitmq_auth_backend_cache,rabbitmq_auth_backend_http\]\.\n$/,
    );
  });
});
