import { expect } from 'chai';
import { pages } from '../../../src/ec2/describe/pages.ts';
import { rejection } from '../../test-cloud.ts';

async function collect(answers: readonly { NextToken?: string; items: number }[]) {
  const asked: (string | undefined)[] = [];
  const seen: number[] = [];
  for await (const page of pages((token) => {
    asked.push(token.NextToken);
    return Promise.resolve(answers[asked.length - 1] ?? { items: -1 });
  })) {
    seen.push(page.items);
  }
  return { asked, seen };
}

describe('pages', () => {
  it('goes on after an empty page that has a token', async () => {
    const { asked, seen } = await collect([
      { items: 2, NextToken: 'a' },
      { items: 0, NextToken: 'b' },
      { items: 1 },
    ]);

    expect(seen).to.deep.equal([2, 0, 1]);
    expect(asked).to.deep.equal([undefined, 'a', 'b']);
  });

  it('takes an empty token for none', async () => {
    const { seen } = await collect([{ items: 1, NextToken: '' }]);

    expect(seen).to.deep.equal([1]);
  });

  it('does not go round in circles when a token is repeated', async () => {
    const error = await rejection(
      collect([
        { items: 1, NextToken: 'a' },
        { items: 1, NextToken: 'a' },
      ]),
    );

    expect(error).to.include({ code: 'cloud-failed' });
  });
});
