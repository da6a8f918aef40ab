// The root certificates of the proxies, never their keys. Each proxy notes its own now and then while it is at work.
import type { Knex } from 'knex';

export interface CertificateAuthority {
  /** Upper-case hexadecimal pairs with colons between them: 95 characters. */
  readonly sha256Fingerprint: string;
  readonly subject: string;
  readonly pem: string;
  readonly notAfter: Date;
  readonly lastSeenAt: Date;
}

export function createCertificateAuthorityRepository(db: Knex) {
  return {
    /** Notes that a proxy signs with it. */
    async put({
      sha256Fingerprint,
      subject,
      pem,
      notAfter,
      lastSeenAt,
    }: CertificateAuthority): Promise<void> {
      await db('certificate_authorities')
        .insert({
          sha256_fingerprint: sha256Fingerprint,
          subject: subject.slice(0, 255),
          pem,
          not_after: notAfter,
          last_seen_at: lastSeenAt,
        })
        .onConflict('sha256_fingerprint')
        .merge(['last_seen_at']);
    },

    /** The one seen last first. */
    async list({ limit }: { readonly limit: number }): Promise<CertificateAuthority[]> {
      return db('certificate_authorities')
        .orderBy([{ column: 'last_seen_at', order: 'desc' }, { column: 'sha256_fingerprint' }])
        .limit(limit)
        .select<CertificateAuthority[]>(columns);
    },
  };
}

const columns = {
  sha256Fingerprint: 'sha256_fingerprint',
  subject: 'subject',
  pem: 'pem',
  notAfter: 'not_after',
  lastSeenAt: 'last_seen_at',
};
