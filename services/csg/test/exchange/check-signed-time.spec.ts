import { createTestClock } from '@cloud-gateway/clock';
import type { ParsedSignature } from '@cloud-gateway/sigv4';
import { expect } from 'chai';
import { checkSignedTime } from '../../src/exchange/check-signed-time.ts';

const signedAtMs = Date.parse('2026-11-22T12:00:00Z');

function check(nowMs: number, expiresSeconds?: number): string {
  const parsed = { amzDate: '20261122T120000Z', expiresSeconds } as ParsedSignature;
  try {
    checkSignedTime(parsed, createTestClock(nowMs));
    return 'in time';
  } catch (err) {
    const { kind, message } = err as { kind: string; message: string };
    return `${kind}: ${message}`;
  }
}

describe('checkSignedTime', () => {
  it('takes exactly five minutes, both ways', () => {
    expect(check(signedAtMs + 300_000)).to.equal('in time');
    expect(check(signedAtMs - 300_000)).to.equal('in time');
  });

  it('refuses one second more, in the words of AWS', () => {
    expect(check(signedAtMs + 301_000)).to.equal(
      'clock-skew: Signature expired: 20261122T120000Z is now earlier than 20261122T120001Z (20261122T120501Z - 5 min.)',
    );
    expect(check(signedAtMs - 301_000)).to.equal(
      'clock-skew: Signature not yet current: 20261122T120000Z is still later than 20261122T115959Z (20261122T115459Z + 5 min.)',
    );
  });

  it('lets a presigned URL be used for as long as it says', () => {
    expect(check(signedAtMs + 3_600_000, 3600)).to.equal('in time');
    expect(check(signedAtMs + 3_601_000, 3600)).to.equal('presigned-expired: Request has expired');
    expect(check(signedAtMs - 301_000, 3600)).to.match(/^clock-skew/);
  });
});
