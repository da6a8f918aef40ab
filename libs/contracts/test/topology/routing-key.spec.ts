import { expect } from 'chai';
import { deliveryClassOf, routingKeyOf } from '../../src/topology/routing-key.ts';

describe('routingKeyOf', () => {
  const cases: [method: string, path: string, key: string][] = [
    ['GET', '/v1/clouds/ec2', 'read.v1.clouds.ec2'],
    ['HEAD', '/v1/tokens/current', 'read.v1.tokens.current'],
    ['POST', '/v1/tokens', 'write.v1.tokens'],
    ['DELETE', '/v1/tokens/tok_1', 'write.v1.tokens.tok_1'],
    ['PROPFIND', '/v1/x', 'write.v1.x'],
    ['GET', '/', 'read.'],
    ['GET', '/v1/a.b/c', 'read.v1.a%2Eb.c'],
    ['GET', '/v1//x/', 'read.v1..x.'],
  ];
  for (const [method, path, key] of cases) {
    it(`gives ${key} for ${method} ${path}`, () => {
      expect(routingKeyOf(method, path)).to.equal(key);
    });
  }

  it('leaves out whole segments of a path that is too long for a key, never half of one', () => {
    const key = routingKeyOf('GET', `/v1/clouds/ec2/${'segment/'.repeat(60)}end`);

    expect(key.length).to.be.at.most(255);
    expect(key).to.match(/^read\.v1\.clouds\.ec2(\.segment)+$/);
  });

  it('cuts a single segment that is too long to the prefix before it', () => {
    expect(routingKeyOf('GET', `/v1/${'x'.repeat(400)}`)).to.equal('read.v1');
  });
});

describe('deliveryClassOf', () => {
  it('takes the safe methods of RFC 9110 for reads and all others, unknown ones too, for writes', () => {
    expect(['GET', 'HEAD', 'OPTIONS', 'TRACE'].map(deliveryClassOf)).to.deep.equal(Array(4).fill('read'));
    expect(['POST', 'PUT', 'PATCH', 'DELETE', 'MKCOL', 'get'].map(deliveryClassOf)).to.deep.equal(
      Array(6).fill('write'),
    );
  });
});
