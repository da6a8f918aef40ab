import { expect } from 'chai';
import { subscribersOf } from '../../src/trace/subscribers-of.ts';

type Subscriptions = Parameters<typeof subscribersOf>[1];

describe('subscribersOf', () => {
  const event = {
    accountId: 'ec2-1',
    sequence: 7,
    routingKey: 'v1.ec2.ec2-1.us-east-1.instance.state.running',
  };
  const account = { accountId: 'ec2-1', cloud: 'ec2', bound: true, sequence: 6 };
  const filter = { administration: false };
  const subscriptions: Subscriptions = [
    { id: 'all', accounts: [account], filter },
    { id: 'fitting', accounts: [account], filter: { ...filter, types: ['instance'], states: ['running'] } },
    { id: 'other type', accounts: [account], filter: { ...filter, types: ['volume'] } },
    { id: 'other account', accounts: [{ ...account, accountId: 'ec2-2' }], filter },
    { id: 'not bound', accounts: [{ ...account, bound: false }], filter },
    { id: 'bound later', accounts: [{ ...account, sequence: 7 }], filter },
  ];

  it('are those that were bound before it and whose filter takes it', () => {
    expect(subscribersOf(event, subscriptions)).to.deep.equal(['all', 'fitting']);
  });
});
