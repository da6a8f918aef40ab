import { expect } from 'chai';
import { localProblem } from '../../src/gateway-problem.ts';
import { patientLogin } from '../../src/tokens/patient-login.ts';

describe('patientLogin', () => {
  const byBroker = localProblem('unauthenticated', 'The broker refuses cli_1.', { cause: new Error('403') });
  const byGateway = localProblem('unauthenticated', 'There is no such client.');

  function start() {
    const world: { nowMs: number; refusal: Error | undefined } = { nowMs: 0, refusal: undefined };
    const login = patientLogin(
      () => (world.refusal ? Promise.reject(world.refusal) : Promise.resolve('token')),
      () => world.nowMs,
    );
    const outcome = () => login().catch((error: { code?: unknown }) => error.code);
    return { world, outcome };
  }

  it('takes a refusal of a secret that was never good for final', async () => {
    const { world, outcome } = start();
    world.refusal = byBroker;
    expect(await outcome()).to.equal('unauthenticated');
  });

  it('gives a secret that was good two minutes, each time anew', async () => {
    const { world, outcome } = start();
    await outcome();
    world.refusal = byBroker;
    expect(await outcome()).to.equal('unavailable');
    world.nowMs = 119_999;
    expect(await outcome()).to.equal('unavailable');
    world.nowMs = 120_000;
    expect(await outcome()).to.equal('unauthenticated');
    world.refusal = undefined;
    await outcome();
    world.refusal = byBroker;
    expect(await outcome()).to.equal('unavailable');
  });

  it('counts no time in which nobody asked', async () => {
    const { world, outcome } = start();
    await outcome();
    world.refusal = byBroker;
    await outcome();
    world.nowMs = 3_600_000;
    expect(await outcome()).to.equal('unavailable');
  });

  it('takes what the gateway itself says for final', async () => {
    const { world, outcome } = start();
    await outcome();
    world.refusal = byGateway;
    expect(await outcome()).to.equal('unauthenticated');
  });
});
