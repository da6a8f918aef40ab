import { expect } from 'chai';
import { callLine, logstashLine } from '../../src/usage/call-line.ts';
import { sampleCall } from './sample-call.ts';

describe('the line of a call', () => {
  it('is one line of flat JSON', () => {
    const call = sampleCall({ id: 'call_x', host: 'a"b\n\\', target: '/a/b' });

    expect(callLine(call)).not.to.contain('\n');
    expect(JSON.parse(callLine(call))).to.deep.equal({
      time: '2026-03-04T05:06:07.891Z',
      level: 'info',
      service: 'csg',
      message: 'call',
      'call.id': 'call_x',
      'client.address': '192.0.2.7',
      'organization.id': 'org_a',
      'environment.id': 'env_a',
      'user.id': 'cli_a',
      'access.request.id': 'req_a',
      'access.key.id': 'CGWAAAAAAAAAAAAAAAAA',
      'cloud.service': 'dynamodb',
      'cloud.region': 'us-east-1',
      'cloud.action': 'GetItem',
      'cloud.request.id': 'ABC123',
      'http.method': 'POST',
      'http.host': 'a"b\n\\',
      'http.path': '/a/b',
      'http.status': 200,
      outcome: 'answered',
      refusal: null,
      'bytes.in': 130,
      'bytes.out': 1024,
      'duration.ms': 12.5,
    });
  });

  it('holds nothing of the query', () => {
    const call = sampleCall({ target: '/bucket/key?X-Amz-Signature=abcdef&X-Amz-Security-Token=ghi?jkl' });

    expect(JSON.parse(callLine(call))).to.have.property('http.path', '/bucket/key');
    expect(callLine(call)).not.to.match(/Signature|Token|jkl/);
  });

  it('cuts a path that is very long', () => {
    expect(callLine(sampleCall({ target: `/${'a'.repeat(60_000)}` })).length).to.be.below(2000);
  });

  it('has what logstash wants in front', () => {
    const call = sampleCall();
    const line = callLine(call);

    expect(JSON.parse(logstashLine(line, call))).to.deep.equal({
      '@timestamp': '2026-03-04T05:06:07.891Z',
      '@version': '1',
      tags: ['csg', 'call'],
      ...JSON.parse(line),
    });
  });
});
