// Credential scope: for which day, region and service a signature is good.

export interface CredentialScope {
  /** `YYYYMMDD` */
  readonly day: string;
  readonly region: string;
  readonly service: string;
}

const terminator = 'aws4_request';
const plainName = /^[A-Za-z0-9._-]+$/;
const keyId = /^[!-.0-~]+$/;

export function formatScope({ day, region, service }: CredentialScope): string {
  return `${day}/${region}/${service}/${terminator}`;
}

/** Reads `<access key id>/<day>/<region>/<service>/aws4_request`; undefined when a part is missing, empty or wrong. */
export function parseCredential(text: string): { accessKeyId: string; scope: CredentialScope } | undefined {
  const parts = text.split('/');
  const [accessKeyId, day, region, service, end] = parts;
  if (parts.length !== 5 || end !== terminator) return undefined;
  if (!accessKeyId || !region || !service || !day || !/^\d{8}$/.test(day)) return undefined;
  if (!keyId.test(accessKeyId) || !plainName.test(region) || !plainName.test(service)) return undefined;
  return { accessKeyId, scope: { day, region, service } };
}
