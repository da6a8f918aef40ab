// mockttp, passing everything through to the cloud.
import { pathToFileURL } from 'node:url';
import { findFreePort } from '@cloud-gateway/embedded';
import type { PackageProgramInput } from '../package-program.ts';

export const mockttpProgram = { start };

async function start({ mainFile, authorityFile, cloudPort }: PackageProgramInput) {
  const mockttp = (await import(pathToFileURL(mainFile).href)) as Mockttp;
  const { cert, key } = await mockttp.generateCACertificate();
  const server = mockttp.getLocal({ https: { cert, key }, http2: false, recordTraffic: false });
  const port = await findFreePort();
  await server.start(port);
  await server.forAnyRequest().thenPassThrough({
    additionalTrustedCAs: [{ certPath: authorityFile }],
    transformRequest: { replaceHost: { targetHost: `127.0.0.1:${cloudPort}`, updateHostHeader: false } },
  });
  return { port, authority: cert };
}

/** What is used of it; its own types are not installed here. */
interface Mockttp {
  generateCACertificate(): Promise<{ readonly cert: string; readonly key: string }>;
  getLocal(options: object): {
    start(port: number): Promise<void>;
    forAnyRequest(): { thenPassThrough(options: object): Promise<unknown> };
  };
}
