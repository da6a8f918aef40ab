import { expect } from 'chai';
import { createLearnedRoutes, type LearnedRoutes } from '../../src/requests/learned-routes.ts';

describe('createLearnedRoutes', () => {
  let nowMs: number;
  let routes: LearnedRoutes;

  beforeEach(() => {
    nowMs = 0;
    routes = createLearnedRoutes({ lifeMs: 1_000, now: () => nowMs });
    routes.learn('v1.clouds.ec2', 'cloud-adapter.ec2.read');
    routes.learn('v1.tokens', 'credentials.read');
  });

  it('finds the queue of everything under a prefix, and of the prefix itself', () => {
    expect(routes.find('read.v1.clouds.ec2')).to.equal('cloud-adapter.ec2.read');
    expect(routes.find('read.v1.clouds.ec2.accounts.a.instances')).to.equal('cloud-adapter.ec2.read');
    expect(routes.find('read.v1.tokens.current')).to.equal('credentials.read');
  });

  it('knows whole words only, and reads only', () => {
    expect(routes.find('read.v1.clouds.ec2b')).to.equal(undefined);
    expect(routes.find('read.v1.clouds')).to.equal(undefined);
    expect(routes.find('write.v1.tokens')).to.equal(undefined);
  });

  it('forgets after a while, and learns anew', () => {
    nowMs = 1_000;
    expect(routes.find('read.v1.tokens')).to.equal(undefined);

    routes.learn('v1.tokens', 'elsewhere');
    expect(routes.find('read.v1.tokens')).to.equal('elsewhere');
  });

  it('forgets a queue that is gone', () => {
    routes.forget('credentials.read');

    expect(routes.find('read.v1.tokens')).to.equal(undefined);
    expect(routes.find('read.v1.clouds.ec2')).to.equal('cloud-adapter.ec2.read');
  });
});
