import { eventually, serverStartTimeoutMs } from '@cloud-gateway/test-support';
import { expect } from 'chai';
import { expectRetryableShape } from './expect-error-shape.ts';
import { bytesOf, drafts, sign } from './signed-request.ts';
import { startProxy, type TestProxy } from './start-proxy.ts';

const { json } = drafts;

describe('an endpoint whose clock is wrong', function () {
  this.timeout(serverStartTimeoutMs);
  let proxy: TestProxy;
  let aheadMs = 0;
  const clock = { nowMs: () => Date.now() + aheadMs };

  before(async () => {
    proxy = await startProxy({ clock });
  });
  after(async () => {
    await proxy?.stop();
  });

  it('gets no calls but a probe now and then; everybody is told; when it is right again, all is as before', async () => {
    let skewSeconds = 0;
    proxy.upstream.reply = (_request, socket) => {
      const date = new Date(clock.nowMs() + skewSeconds * 1000).toUTCString();
      socket.write(`HTTP/1.1 200 OK\r\nDate: ${date}\r\nContent-Length: 0\r\n\r\n`);
    };
    const client = await proxy.connect(json.host);
    const ask = () => {
      client.send(bytesOf(sign(json, proxy.key, { nowMs: clock.nowMs() })));
      return client.answer();
    };
    const events = async () =>
      (await proxy.ground.store.read.outbox.listWaiting(100)).filter(
        ({ type }) => type === 'cloud-gateway.cloud.clock-skew.v1',
      );

    expect((await ask()).status).to.equal(200);
    // The Date of every answer is not looked at, only one a second.
    aheadMs += 2000;
    skewSeconds = 310;
    expect((await ask()).status, 'the one that brings the news').to.equal(200);
    const before = proxy.upstream.requests.length;
    for (let i = 0; i < 3; i += 1) expectRetryableShape(await ask(), 'json');
    expect(proxy.upstream.requests.length, 'nothing goes to an endpoint out of sync').to.equal(before);
    const [event] = await eventually(async () => {
      const told = await events();
      return told.length > 0 && told;
    });
    expect(JSON.stringify(event)).to.include(json.host);

    aheadMs += 6000;
    skewSeconds = 0;
    expect((await ask()).status, 'the probe').to.equal(200);
    for (let i = 0; i < 3; i += 1) expect((await ask()).status).to.equal(200);
    expect(proxy.logged.filter(({ level }) => level === 'error')).to.deep.equal([]);
    client.close();
  });
});
