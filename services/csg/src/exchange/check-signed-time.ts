// The clock-skew guard at the proxy: five minutes, both ways. A presigned URL is good for as long as it says; its
// beginning may lie in the past, but not more than five minutes ahead of our clock.
import { type Clock, checkRequestTime, parseAmzDate } from '@cloud-gateway/clock';
import { formatAmzDate, type ParsedSignature } from '@cloud-gateway/sigv4';
import { RefusedCall } from './refused-call.ts';

/** Throws RefusedCall with the texts of AWS, which the SDKs look for. */
export function checkSignedTime(parsed: ParsedSignature, clock: Clock): void {
  const signedAt = parseAmzDate(parsed.amzDate) ?? Number.NaN;
  const nowMs = clock.nowMs();
  if (parsed.expiresSeconds !== undefined && signedAt * 1000 <= nowMs) {
    if (nowMs > (signedAt + parsed.expiresSeconds) * 1000) {
      throw new RefusedCall('presigned-expired', 'Request has expired');
    }
    return;
  }
  const verdict = checkRequestTime(signedAt, clock);
  if (verdict.ok) return;
  const now = formatAmzDate(nowMs);
  throw new RefusedCall(
    'clock-skew',
    verdict.skewSeconds > 0
      ? `Signature not yet current: ${parsed.amzDate} is still later than ${formatAmzDate(nowMs + 300_000)} (${now} + 5 min.)`
      : `Signature expired: ${parsed.amzDate} is now earlier than ${formatAmzDate(nowMs - 300_000)} (${now} - 5 min.)`,
  );
}
