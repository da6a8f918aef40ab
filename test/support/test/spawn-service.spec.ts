import { expect } from 'chai';
import { spawnService } from '../src/spawn-service.ts';

const entry = new URL('./service-for-test.js', import.meta.url).pathname;
const ready = { logLine: (line: string) => line.includes('"port"') };

describe('spawnService', () => {
  it('returns when a line says that it is ready, and ends it on stop', async () => {
    const service = await spawnService({ entry, name: 'spawned', env: { NAME: 'me' }, ready });
    const { port } = JSON.parse(service.lines[0] ?? '');

    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).to.equal('me');
    expect(await service.stop()).to.eql({ status: null, signal: 'SIGTERM' });
  });

  it('quotes the output of a service that ends before it is ready', async () => {
    const error = await spawnService({ entry, name: 'broken', env: { BEHAVIOUR: 'fail' }, ready }).catch(
      String,
    );

    expect(error).to.equal('Error: broken ended with status 2:\ncannot start: no configuration');
  });

  it('kills a service that does not end in time, and fails', async () => {
    const service = await spawnService({ entry, name: 'stubborn', env: { BEHAVIOUR: 'stay' }, ready });

    const error = await service.stop(200).catch(String);

    expect(error).to.match(/^Error: stubborn had not ended 200 ms after SIGTERM:\n.*\nstaying$/);
    expect(await service.exited).to.eql({ status: null, signal: 'SIGKILL' });
  });
});
