import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { expect } from 'chai';
import type { ActiveResources } from '../src/active-resources.ts';
import { expectNothingActive, rememberActive } from '../src/expect-nothing-active.ts';

describe('expectNothingActive', () => {
  let before: ActiveResources;
  let server: Server;
  beforeEach(async () => {
    before = await rememberActive();
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    if (server.listening) server.close();
  });

  it('says what stays open', async () => {
    expect(await expectNothingActive(before, { graceMs: 50 })).to.deep.equal([
      'still active: 1 TCPServerWrap',
    ]);
  });

  it('waits for what is closing', async () => {
    const waiting = expectNothingActive(before);
    server.close();
    expect(await waiting).to.deep.equal([]);
  });

  it('does not mind what keeps no process from ending', async () => {
    server.unref();
    expect(await expectNothingActive(before, { graceMs: 50 })).to.deep.equal([]);
  });
});
