import { expect } from 'chai';
import { createWebhookAddresses, type ResolvedAddress } from '../../src/webhooks/webhook-addresses.ts';

describe('createWebhookAddresses', () => {
  const found: ResolvedAddress[] = [
    { address: '127.0.0.1', family: 4 },
    { address: '8.8.8.8', family: 4 },
    { address: '2001:4860:4860::8888', family: 6 },
  ];
  const { lookup, checkHost } = createWebhookAddresses({ allowPrivate: false, resolve: async () => found });

  function look(options: { all?: boolean; family?: number }): Promise<unknown> {
    return new Promise((resolve) => {
      lookup('name.example', options, (err, address) => resolve(err ? Reflect.get(err, 'code') : address));
    });
  }

  it('gives public addresses only, in each way that node asks for them', async () => {
    expect(await look({ all: true })).to.deep.equal(found.slice(1));
    expect(await look({})).to.equal('8.8.8.8');
    expect(await look({ family: 6 })).to.equal('2001:4860:4860::8888');
  });

  it('refuses a name that has none of the family that is asked for', async () => {
    const inside = createWebhookAddresses({ allowPrivate: false, resolve: async () => found.slice(0, 2) });
    const answer = await new Promise((resolve) =>
      inside.lookup('name.example', { family: 6 }, (err) => resolve(err?.code)),
    );
    expect(answer).to.equal('FORBIDDEN_ADDRESS');
  });

  it('tells names from addresses', () => {
    expect(checkHost('name.example')).to.equal('name');
    expect(checkHost('[2001:4860:4860::8888]')).to.equal('address');
    expect(() => checkHost('[::1]')).to.throw('[::1] leads to no public address');
  });
});
