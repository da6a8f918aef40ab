import { expect } from 'chai';
import type { BrokerQuestion } from '../../src/broker/broker-question.ts';
import { mayOnBroker } from '../../src/broker/may-on-broker.ts';

const me = 'cli_01hzzzzzzzzzzzzzzzzzzzzzzz';
const other = 'cli_01hyyyyyyyyyyyyyyyyyyyyyyy';
const vhost = 'gateway';

/** Who asks, in the tags of his log-in. */
const asked = {
  client: ['gateway_client'],
  reader: ['gateway_client', 'gateway_events'],
  login: ['gateway_login'],
  nobody: [] as string[],
};
type Who = keyof typeof asked;
const everybody = Object.keys(asked) as Who[];
const permissions = ['configure', 'write', 'read'] as const;

describe('mayOnBroker', () => {
  const may = (question: object, who: Who, username = me) =>
    mayOnBroker({ username, vhost, tags: asked[who], ...question } as BrokerQuestion, vhost);
  const allowed = (question: object) => everybody.filter((who) => may(question, who));
  const queue = (name: string, permission: string) => ({
    kind: 'resource',
    resource: 'queue',
    name,
    permission,
  });
  const exchange = (name: string, permission: string) => ({
    kind: 'resource',
    resource: 'exchange',
    name,
    permission,
  });
  const topic = (routingKey: string, name = 'gateway.requests', permission = 'write') => ({
    kind: 'topic',
    name,
    permission,
    routing_key: routingKey,
  });

  it("lets in everybody who logged in, to the gateway's virtual host only", () => {
    expect(allowed({ kind: 'vhost' })).to.deep.equal(['client', 'reader', 'login']);
    expect(allowed({ kind: 'vhost', vhost: '/' })).to.deep.equal([]);
    expect(allowed({ ...exchange('gateway.requests', 'write'), vhost: '/' })).to.deep.equal([]);
  });

  const matrix: readonly (readonly [name: string, permission: string, who: readonly Who[]])[] = [
    [`reply.${me}.1`, 'configure', ['client', 'reader']],
    [`reply.${me}.1`, 'read', ['client', 'reader']],
    [`reply.${me}.1`, 'write', []],
    [`subscription.${me}.sub_1`, 'read', ['reader']],
    [`subscription.${me}.sub_1.dead`, 'read', ['reader']],
    [`subscription.${me}.sub_1`, 'configure', []],
    [`subscription.${me}.sub_1`, 'write', []],
  ];
  for (const [name, permission, who] of matrix) {
    it(`queue ${name}, ${permission}: ${who.join(', ') || 'nobody'}`, () => {
      expect(allowed(queue(name, permission))).to.deep.equal(who);
    });
  }

  const foreign = [
    `reply.${other}.1`,
    `reply.${me}`,
    `reply.${me}x.1`,
    'reply.',
    `subscription.${other}.sub_1`,
    `subscription.${me}`,
    'webhook.sub_1',
    'gateway.dropped',
    'gateway.dead-letters',
    'credentials.read',
    'amq.gen-0123456789',
    '',
  ];
  for (const name of foreign) {
    it(`queue "${name}": nobody, in no way`, () => {
      for (const permission of permissions) expect(allowed(queue(name, permission))).to.deep.equal([]);
    });
  }

  it('gives no user a prefix in which another one could be', () => {
    for (const username of ['', 'a', 'a.b', '.', `${me}.x`, 'gateway']) {
      expect(may(queue(`reply.${username}.1`, 'read'), 'reader', username)).to.equal(false);
      expect(may(queue(`subscription.${username}.1`, 'read'), 'reader', username)).to.equal(false);
    }
  });

  it('lets publish to gateway.requests, and do nothing else with an exchange', () => {
    expect(allowed(exchange('gateway.requests', 'write'))).to.deep.equal(['client', 'reader', 'login']);
    expect(allowed(exchange('gateway.requests', 'configure'))).to.deep.equal([]);
    expect(allowed(exchange('gateway.requests', 'read'))).to.deep.equal([]);
    for (const name of [
      'amq.default',
      'gateway.events',
      'gateway.dropped',
      'gateway.overflow',
      'amq.topic',
      'mine',
    ]) {
      for (const permission of permissions) expect(allowed(exchange(name, permission))).to.deep.equal([]);
    }
  });

  it('takes no queue for the exchange, and no topic for a queue', () => {
    expect(allowed(queue('gateway.requests', 'write'))).to.deep.equal([]);
    expect(allowed({ ...queue(`reply.${me}.1`, 'read'), resource: 'topic' })).to.deep.equal([]);
  });

  it('lets a client use every routing key, and the secret of one only that of the log-in', () => {
    expect(allowed(topic('read.v1.resources.instances'))).to.deep.equal(['client', 'reader']);
    expect(allowed(topic('write.v1.tokens'))).to.deep.equal(['client', 'reader', 'login']);
    for (const key of [
      'read.v1.tokens',
      'write.v1.tokens.current',
      'write.v1.tokensx',
      'write.v1',
      '#',
      '',
    ]) {
      expect(may(topic(key), 'login')).to.equal(false);
    }
    expect(allowed(topic('#', 'gateway.events'))).to.deep.equal([]);
    expect(allowed(topic('#', 'gateway.requests', 'read'))).to.deep.equal([]);
  });
});
