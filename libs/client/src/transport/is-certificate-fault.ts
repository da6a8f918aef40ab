/** OpenSSL's own words for what is wrong with a certificate; waiting does not mend it. */
export function isCertificateFault(error: unknown): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH/.test(
    String((error as { code?: unknown } | null)?.code),
  );
}
