import { routeTable } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { buildRequest } from '../../src/calls/build-request.ts';
import type { AnyCallInput } from '../../src/index.ts';

describe('buildRequest', () => {
  const build = (name: keyof typeof routeTable, input: AnyCallInput = {}) => {
    let count = 0;
    return buildRequest(routeTable[name], input, { newId: () => `id-${++count}`, userAgent: 'test' });
  };
  const params = { cloud: 'ec2', account: 'ec2-1' };

  it('fills the path, percent-encoded', () => {
    const { path } = build('instance-show', { params: { ...params, id: 'a/b c' } });
    expect(path).to.equal('/v1/clouds/ec2/accounts/ec2-1/instances/a%2Fb%20c');
  });

  it('refuses a parameter that is missing or empty', () => {
    expect(() => build('instance-show', { params })).to.throw(TypeError, 'instance-show needs params.id');
    expect(() => build('instance-show', { params: { ...params, id: '' } })).to.throw(TypeError, 'params.id');
  });

  it('writes out the query: lists as repeated fields, numbers and truth values as text, nothing for undefined', () => {
    const query = { tag: ['env=prod', 'x&y'], limit: 5, dryRun: true, region: undefined };
    expect(build('instance-list', { params, query }).query).to.equal(
      'tag=env%3Dprod&tag=x%26y&limit=5&dryRun=true',
    );
  });

  it('gives a write an idempotency key beside its id, and a read or a login none', () => {
    const write = build('environment-create', { body: { name: 'a' } });
    expect([write.id, write.headers['idempotency-key']]).to.deep.equal(['id-1', 'id-2']);
    expect(build('environment-create', { idempotencyKey: 'mine' }).headers).to.include({
      'idempotency-key': 'mine',
    });
    expect(build('account-list').headers).not.to.have.property('idempotency-key');
    expect(build('token-create', { body: {} }).headers).not.to.have.property('idempotency-key');
  });

  it('writes a body as JSON, and no content type without one', () => {
    const write = build('environment-create', { body: { name: 'ä' } });
    expect(write.body).to.equal('{"name":"ä"}');
    expect(write.headers).to.include({ 'content-type': 'application/json' });
    expect(build('instance-stop', { params: { ...params, id: 'i' } }).headers).not.to.have.property(
      'content-type',
    );
  });

  it("takes the caller's headers, in lower case", () => {
    expect(build('account-list', { headers: { 'If-None-Match': 'x' } }).headers).to.include({
      'if-none-match': 'x',
    });
  });
});
