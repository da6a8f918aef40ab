import { expect } from 'chai';
import { isAllowedReplyAddress } from '../../src/responder/reply-address.ts';

describe('isAllowedReplyAddress', () => {
  const cases: [address: string, clientId: string | undefined, allowed: boolean][] = [
    ['amq.rabbitmq.reply-to.g1h2aA==', undefined, true],
    ['amq.gen-JzTY20BRgKO', undefined, true],
    ['reply.cli_1.main', 'cli_1', true],
    ['reply.cli_1.', 'cli_1', true],
    ['reply.cli_2.main', 'cli_1', false],
    ['reply.cli_12.main', 'cli_1', false],
    ['reply.cli_1.main', undefined, false],
    ['credentials.write', 'cli_1', false],
    ['gateway.dead-letters', 'cli_1', false],
    ['amq.rabbitmq.reply-to', 'cli_1', false],
    ['', 'cli_1', false],
  ];
  for (const [address, clientId, allowed] of cases) {
    it(`${allowed ? 'lets' : 'does not let'} ${clientId ?? 'nobody'} be answered in "${address}"`, () => {
      expect(isAllowedReplyAddress(address, clientId)).to.equal(allowed);
    });
  }
});
