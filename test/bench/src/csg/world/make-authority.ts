// The certificates of the benchmark, by the openssl of the machine: an authority that every proxy may mint with and
// every client trusts, and the certificate of the cloud.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from '../../processes/run-tool.ts';
import { databaseHost, storageHost } from '../calls/hosts.ts';

interface CertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

export interface Authority extends CertificateFiles {
  readonly pem: string;
  /** Of the cloud, and of the proxies that cannot mint. */
  readonly leaf: CertificateFiles;
}

export async function makeAuthority(folder: string, signal: AbortSignal): Promise<Authority> {
  const own = { certificateFile: join(folder, 'authority.crt'), keyFile: join(folder, 'authority.key') };
  const leaf = { certificateFile: join(folder, 'leaf.crt'), keyFile: join(folder, 'leaf.key') };
  const openssl = (...args: string[]) => runTool('openssl', args, { signal });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await openssl(
    ...['req', '-x509', ...newKey, '-days', '30', '-subj', '/CN=Cloud Gateway benchmark'],
    ...[
      '-addext',
      'keyUsage=critical,keyCertSign,cRLSign',
      '-keyout',
      own.keyFile,
      '-out',
      own.certificateFile,
    ],
  );
  const request = join(folder, 'leaf.csr');
  await openssl('req', ...newKey, '-subj', `/CN=${databaseHost}`, '-keyout', leaf.keyFile, '-out', request);
  const extensions = join(folder, 'leaf.ext');
  await writeFile(
    extensions,
    `subjectAltName=DNS:${databaseHost},DNS:${storageHost},DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n`,
  );
  await openssl(
    ...['x509', '-req', '-in', request, '-days', '30', '-extfile', extensions, '-out', leaf.certificateFile],
    ...['-CA', own.certificateFile, '-CAkey', own.keyFile, '-CAcreateserial'],
  );
  return { ...own, pem: await readFile(own.certificateFile, 'utf8'), leaf };
}
