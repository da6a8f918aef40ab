import { expect } from 'chai';
import { judgeClientHello, type TlsTarget } from '../../src/front/judge-client-hello.ts';

describe('judgeClientHello', () => {
  const host = 'dynamodb.us-east-1.amazonaws.com';
  const proxy: TlsTarget = { mode: 'proxy', host, port: 443 };
  const endpoint: TlsTarget = { mode: 'endpoint', names: new Set(['gateway.example.com']) };
  const judge = (serverName: string | undefined, target: TlsTarget) =>
    judgeClientHello({ kind: 'hello', serverName }, target);
  const refusedName = { ok: false, alert: 'unrecognized_name', reason: 'server-name' };

  it('takes the host of CONNECT, with a certificate that is widened', () => {
    expect(judge(host, proxy)).to.deep.equal({
      ok: true,
      host,
      certificateNames: ['*.us-east-1.amazonaws.com', 'us-east-1.amazonaws.com'],
    });
  });

  it('takes a name of the gateway, with a certificate of its own', () => {
    expect(judge('gateway.example.com', endpoint)).to.deep.equal({
      ok: true,
      host: 'gateway.example.com',
      certificateNames: ['gateway.example.com'],
    });
  });

  it('refuses no name and any other', () => {
    expect(judge(undefined, proxy)).to.deep.equal(refusedName);
    expect(judge('sts.amazonaws.com', proxy)).to.deep.equal(refusedName);
    expect(judge(undefined, endpoint)).to.deep.equal(refusedName);
    expect(judge(host, endpoint)).to.deep.equal(refusedName);
  });

  it('refuses what is malformed, with the alert for it', () => {
    const alertFor = (reason: string) => judgeClientHello({ kind: 'malformed', reason }, proxy);
    expect(alertFor('not TLS')).to.include({ ok: false, alert: 'unexpected_message' });
    expect(alertFor('two server names')).to.include({ ok: false, alert: 'decode_error' });
  });
});
