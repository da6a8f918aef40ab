import { expect } from 'chai';
import { parseProxyUrl } from '../src/upstream-proxy.ts';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('parseProxyUrl', () => {
  it('reads host, port, user and password', () => {
    expect(parseProxyUrl('http://proxy.corp:3128')).to.deep.equal({
      host: 'proxy.corp',
      port: 3128,
      authorization: undefined,
    });
    expect(parseProxyUrl('http://me:pass@proxy.corp')).to.deep.equal({
      host: 'proxy.corp',
      port: 80,
      authorization: basic('me:pass'),
    });
    expect(parseProxyUrl('http://[::1]:8080').host).to.equal('::1');
  });

  it('decodes what had to be encoded', () => {
    expect(parseProxyUrl('http://me%40corp:a%3Ab%40c%25@p').authorization).to.equal(basic('me@corp:a:b@c%'));
    expect(parseProxyUrl('http://m%C3%A9:@p').authorization).to.equal(basic('mé:'));
  });

  for (const text of ['https://proxy', 'socks5://proxy', 'proxy:3128', '']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => parseProxyUrl(text)).to.throw('http://');
    });
  }

  it('refuses what it cannot send, without showing it', () => {
    expect(() => parseProxyUrl('http://me:100%@p')).to.throw(/^(?!.*100).*%25/);
    expect(() => parseProxyUrl('http://a%3Ab:hidden@p')).to.throw(/^(?!.*hidden).*colon/);
  });
});
