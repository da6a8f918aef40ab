import { createTestClock } from '@cloud-gateway/clock';
import { GatewayError } from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { RoleCredentials } from '../../../src/ec2/client/aws-credentials.ts';
import type { TemporaryKey } from '../../../src/ec2/credentials/assume-role.ts';
import { createKeySource } from '../../../src/ec2/credentials/key-source.ts';
import { credentials, rejection, role } from '../../test-cloud.ts';

const minuteMs = 60_000;
const signal = new AbortController().signal;

function sourceOfRoles({ lifeMs = 60 * minuteMs, max = 500 } = {}) {
  const clock = createTestClock(Date.UTC(2026, 10, 22));
  const asked: RoleCredentials[] = [];
  // Set to hold answers back, or to refuse.
  let answer: (key: TemporaryKey) => Promise<TemporaryKey> = async (key) => key;
  const keys = createKeySource({
    clock,
    max,
    assumeRole: (wanted) => {
      asked.push(wanted);
      const number = asked.length;
      return answer({
        accessKeyId: `ASIA${number}`,
        secretAccessKey: 's',
        sessionToken: 't',
        expiresAtMs: clock.nowMs() + lifeMs,
      });
    },
  });
  const setAnswer = (how: typeof answer) => {
    answer = how;
  };
  const idNow = async (wanted = role) => (await keys.held(wanted, signal)).accessKeyId;
  return { clock, asked, keys, setAnswer, idNow };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('createKeySource', () => {
  it('gives the keys of a user as they are', async () => {
    const { keys, asked } = sourceOfRoles();

    expect(await keys.held(credentials, signal)).to.deep.equal({
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey,
    });
    expect(asked).to.deep.equal([]);
  });

  it('asks once for many that wait for the same role', async () => {
    const { asked, idNow } = sourceOfRoles();

    const ids = await Promise.all(Array.from({ length: 50 }, () => idNow()));

    expect(new Set(ids)).to.deep.equal(new Set(['ASIA1']));
    expect(asked).to.deep.equal([role]);
  });

  it('never gives the keys of a role to whom has another secret or external id', async () => {
    const { idNow } = sourceOfRoles();
    await idNow();

    const withOtherSecret = {
      ...role,
      source: { ...role.source, secretAccessKey: 'another-secret-than-that' },
    };
    expect(await idNow(withOtherSecret)).to.equal('ASIA2');
    expect(await idNow({ ...role, externalId: 'another' })).to.equal('ASIA3');
    expect(await idNow()).to.equal('ASIA1');
  });

  for (const [life, renewedAt] of [
    [60, 55],
    [8, 4],
  ] as const) {
    it(`renews keys that live ${life} minutes after ${renewedAt}, without letting anybody wait`, async () => {
      const { clock, asked, idNow } = sourceOfRoles({ lifeMs: life * minuteMs });
      await idNow();

      clock.advance(renewedAt * minuteMs - 1);
      await idNow();
      expect(asked.length).to.equal(1);

      clock.advance(1);
      expect(await Promise.all([idNow(), idNow()])).to.deep.equal(['ASIA1', 'ASIA1']);
      await settled();
      expect(asked.length).to.equal(2);
      expect(await idNow()).to.equal('ASIA2');
    });
  }

  it('goes on with the old keys while renewing fails, asks again now and then, and stops when they expire', async () => {
    const { clock, asked, idNow, setAnswer } = sourceOfRoles();
    await idNow();
    setAnswer(() => Promise.reject(new GatewayError('cloud-unreachable', { message: 'away' })));

    clock.advance(55 * minuteMs);
    expect(await idNow()).to.equal('ASIA1');
    await settled();
    expect(await idNow()).to.equal('ASIA1');
    await settled();
    expect(asked.length).to.equal(2);
    clock.advance(10_000);
    expect(await idNow()).to.equal('ASIA1');
    await settled();
    expect(asked.length).to.equal(3);

    clock.advance(5 * minuteMs);
    expect(await rejection(idNow())).to.include({ code: 'cloud-unreachable' });
  });

  it('lets a caller give up without ending it for the others', async () => {
    const { keys, setAnswer, asked } = sourceOfRoles();
    let finish: () => void = () => {};
    setAnswer((key) => new Promise((resolve) => (finish = () => resolve(key))));
    const impatient = new AbortController();

    const givenUp = rejection(keys.held(role, impatient.signal));
    const patient = keys.held(role, signal);
    impatient.abort();

    expect(await givenUp).to.include({ code: 'cloud-timeout' });
    finish();
    expect((await patient).accessKeyId).to.equal('ASIA1');
    expect(asked.length).to.equal(1);
  });

  it('asks again in any case where the answer has to be true now', async () => {
    const { keys, idNow } = sourceOfRoles();
    await idNow();

    expect((await keys.fresh(role, signal)).accessKeyId).to.equal('ASIA2');
    expect(await idNow()).to.equal('ASIA2');
  });

  it('forgets the role that was not used for the longest time', async () => {
    const { idNow } = sourceOfRoles({ max: 2 });
    const other = (externalId: string) => ({ ...role, externalId });
    await idNow(other('one'));
    await idNow(other('two'));
    await idNow(other('one'));
    await idNow(other('three'));

    expect(await idNow(other('one'))).to.equal('ASIA1');
    expect(await idNow(other('two'))).to.equal('ASIA4');
  });
});
