import type { Clock } from '@cloud-gateway/clock';
import type { CertificateAuthority, Repositories } from '@cloud-gateway/store';

// A proxy notes its root far more often than this while it is at work.
const atWorkMs = 24 * 3_600_000;

/**
 * The roots of the proxies that were at work lately, the one seen last first; when none was, the one seen last. What is
 * out of use for long is not handed out: nobody should go on trusting it.
 */
export async function currentAuthorities(
  { certificateAuthorities }: Pick<Repositories, 'certificateAuthorities'>,
  clock: Clock,
): Promise<CertificateAuthority[]> {
  const nowMs = clock.nowMs();
  const known = await certificateAuthorities.list({ limit: 100 });
  const unexpired = known.filter(({ notAfter }) => notAfter.getTime() > nowMs);
  const atWork = unexpired.filter(({ lastSeenAt }) => lastSeenAt.getTime() > nowMs - atWorkMs);
  return atWork.length > 0 ? atWork : unexpired.slice(0, 1);
}
