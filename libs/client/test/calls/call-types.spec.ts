import { expect } from 'chai';
import type { AnswerOf, DryRunAnswer, GatewayClient, ItemOf } from '../../src/index.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

const params = { cloud: 'ec2', account: 'ec2-1' };

/** Compiled, never run: a call that is wrong must not compile, and an answer must have its type. */
export function compiled(gateway: GatewayClient) {
  // @ts-expect-error The path has parameters.
  void gateway.call('instance-list');
  // @ts-expect-error One of them is missing.
  void gateway.call('instance-list', { params: { cloud: 'ec2' } });
  // @ts-expect-error There is no such filter.
  void gateway.call('instance-list', { params, query: { sate: 'running' } });
  // @ts-expect-error There is no such state.
  void gateway.call('environment-create', { body: { name: 'a', connectionPolicy: 'nearby' } });
  // @ts-expect-error A read takes no body.
  void gateway.call('account-list', { body: {} });
  // @ts-expect-error It is no list.
  void gateway.each('cloud-list');
  // @ts-expect-error It cannot be tried.
  void gateway.call('environment-create', { body: { name: 'a' }, query: { dryRun: true } });

  const query = { limit: 5, tag: ['a=b', 'c'], state: 'running' };
  return {
    list: gateway.call('instance-list', { params, query }),
    none: gateway.call('account-list'),
    tried: gateway.call('image-create', { params, body: {} as never, query: { dryRun: true } }),
    made: gateway.call('instance-reboot', { params: { ...params, id: 'i-1' }, query: { dryRun: false } }),
  };
}

type Calls = ReturnType<typeof compiled>;

describe('the types of calls', () => {
  it('answers what the route answers, and that it would succeed to dryRun alone', () => {
    const answers: [
      Equal<Calls['list'], Promise<AnswerOf<'instance-list'>>>,
      Equal<Calls['tried'], Promise<DryRunAnswer>>,
      Equal<Awaited<Calls['made']>['cloudId'], string>,
      Equal<Extract<Awaited<Calls['made']>, { dryRun: true }>, never>,
      Equal<ItemOf<'account-list'>['cloudAccountId'], string>,
    ] = [true, true, true, true, true];
    expect(answers).not.to.include(false);
  });
});
