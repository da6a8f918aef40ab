import type { GatewayError } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import { assertWebhookUrl, type WebhookUrlRules } from '../../src/webhooks/assert-webhook-url.ts';

const publicName: WebhookUrlRules = {
  allowPrivate: false,
  resolve: async (hostname) => [
    hostname === 'inside.example' ? { address: '10.1.2.3', family: 4 } : { address: '8.8.8.8', family: 4 },
  ],
};

function refusalOf(url: string, rules = publicName): Promise<string | undefined> {
  return assertWebhookUrl(url, rules).then(
    () => undefined,
    (err: GatewayError) => `${err.code}: ${err.message}`,
  );
}

describe('assertWebhookUrl', () => {
  for (const url of [
    'https://hooks.example/events?tenant=1',
    'https://hooks.example:8443/',
    'https://8.8.4.4/',
  ])
    it(`takes ${url}`, async () => {
      expect(await refusalOf(url)).to.equal(undefined);
    });

  for (const [url, reason] of [
    ['http://hooks.example/', 'https://'],
    ['ftp://hooks.example/', 'https://'],
    ['https://user:word@hooks.example/', 'user or password'],
    ['https://inside.example/', 'public internet'],
    ['https://127.0.0.1/', 'public internet'],
    ['https://2130706433/', 'public internet'], // 127.0.0.1 as one number
    ['https://0x7f.1/', 'public internet'],
    ['https://0177.0.0.1/', 'public internet'],
    ['https://169.254.169.254/latest/meta-data/', 'public internet'],
    ['https://[::1]/', 'public internet'],
    ['https://[::ffff:169.254.169.254]/', 'public internet'],
    ['https://[fd00:ec2::254]/', 'public internet'],
    ['nonsense', 'must be a URL'],
  ] as const)
    it(`refuses ${url}`, async () => {
      const refusal = await refusalOf(url);
      expect(refusal).to.match(/^validation-failed: /);
      expect(refusal).to.contain(reason);
    });

  it('takes http and private addresses where the operator allows them', async () => {
    expect(await refusalOf('http://127.0.0.1:8080/', { allowPrivate: true })).to.equal(undefined);
    expect(
      await refusalOf('http://receiver.internal/', {
        allowPrivate: true,
        resolve: async () => [{ address: '10.0.0.9', family: 4 }],
      }),
    ).to.equal(undefined);
  });

  it('refuses a name that the DNS does not know, and takes one that it cannot tell of just now', async () => {
    const failing = (code: string): WebhookUrlRules => ({
      allowPrivate: false,
      resolve: () => Promise.reject(Object.assign(new Error(code), { code })),
    });

    expect(await refusalOf('https://no.example/', failing('ENOTFOUND'))).to.contain('no.example');
    expect(await refusalOf('https://slow.example/', failing('ETIMEOUT'))).to.equal(undefined);
  });
});
