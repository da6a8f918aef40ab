import { createTestClock } from '@cloud-gateway/clock';
import { expect } from 'chai';
import { createSimulatorClock } from '../src/simulator-clock.ts';

describe('createSimulatorClock', () => {
  const place = { service: 'ec2', region: 'us-east-1' };

  it('is wrong where it was set wrong, the latest setting first', () => {
    const clock = createSimulatorClock(createTestClock(0));
    const at = (where: Partial<typeof place>) => clock.wireAt({ ...place, ...where }).nowMs() / 1000;

    clock.setOffsetSeconds(10);
    clock.setOffsetSeconds(20, { region: 'eu-west-1' });
    clock.setOffsetSeconds(30, { service: 'sts' });
    expect(at({})).to.equal(10);
    expect(at({ region: 'eu-west-1' })).to.equal(20);
    expect(at({ region: 'eu-west-1', service: 'sts' })).to.equal(30);
    expect(clock.wire.nowMs()).to.equal(10_000);

    clock.setOffsetSeconds(0, { service: 'sts' });
    expect(at({ service: 'sts' })).to.equal(0);
    clock.setOffsetSeconds(40);
    expect(at({ region: 'eu-west-1' })).to.equal(40);
    clock.reset();
    expect(at({})).to.equal(0);
  });

  it('moves the world and not the wire', () => {
    const clock = createSimulatorClock(createTestClock(0));

    clock.advanceMs(500);

    expect(clock.world.nowMs()).to.equal(500);
    expect(clock.wireAt(place).nowMs()).to.equal(0);
  });
});
