import { expect } from 'chai';
import { parseEndpointMap } from '../../src/upstream/parse-endpoint-map.ts';

describe('parseEndpointMap', () => {
  it('maps nothing when nothing is said', () => {
    expect(parseEndpointMap([]).find('sts.amazonaws.com')).to.equal(undefined);
  });

  it('takes an exact name before a suffix, a longer suffix before a shorter, and * last', () => {
    const map = parseEndpointMap([
      '*=http://any',
      '*.amazonaws.com=http://amazon:81',
      '*.us-east-1.amazonaws.com=https://east',
      'sts.us-east-1.amazonaws.com=https://sts:8443/',
    ]);
    const portOf = (host: string) => map.find(host)?.port;

    expect(map.find('sts.us-east-1.amazonaws.com')).to.deep.equal({ host: 'sts', port: 8443, tls: true });
    expect(map.find('STS.US-EAST-1.amazonaws.com')?.host).to.equal('sts');
    expect(map.find('bucket.s3.us-east-1.amazonaws.com')).to.deep.equal({
      host: 'east',
      port: 443,
      tls: true,
    });
    expect(portOf('iam.amazonaws.com')).to.equal(81);
    expect(map.find('amazonaws.com')).to.deep.equal({ host: 'any', port: 80, tls: false });
    expect(map.find('evil-amazonaws.com')?.host).to.equal('any');
  });

  it('takes the brackets off an IPv6 address', () => {
    expect(parseEndpointMap(['*=http://[::1]:4566']).find('a')).to.deep.equal({
      host: '::1',
      port: 4566,
      tls: false,
    });
  });

  for (const [item, why] of [
    ['sts.amazonaws.com', 'expected <host'],
    ['=http://sim', 'before the ='],
    ['sts.*.com=http://sim', 'before the ='],
    ['*sts.com=http://sim', 'before the ='],
    ['https://sts.com=http://sim', 'before the ='],
    ['a=sim:80', 'http:// or https://'],
    ['a=ftp://sim', 'http:// or https://'],
    ['a=http://sim/path', 'host and port only'],
    ['a=http://sim?query', 'host and port only'],
  ] as const) {
    it(`refuses ${item}`, () => {
      expect(() => parseEndpointMap([item])).to.throw(
        `GATEWAY_CSG_UPSTREAM_ENDPOINTS: ${JSON.stringify(item)}: `,
      );
      expect(() => parseEndpointMap([item])).to.throw(why);
    });
  }

  it('refuses a host that stands there twice', () => {
    expect(() => parseEndpointMap(['a.b=http://one', 'A.B=http://two'])).to.throw('twice');
  });

  it('does not repeat a password', () => {
    expect(() => parseEndpointMap(['a=http://me:hidden@sim'])).to.throw(/^(?!.*hidden).*host and port only/);
  });
});
