// http-mitm-proxy, told where the cloud is, and to keep connections.
import { readFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findFreePort } from '@cloud-gateway/embedded';
import type { PackageProgramInput } from '../package-program.ts';

export const httpMitmProxyProgram = { start };

async function start({ mainFile, folder, authority, cloudPort }: PackageProgramInput) {
  const { Proxy: MitmProxy } = (await import(pathToFileURL(mainFile).href)) as HttpMitmProxy;
  const proxy = new MitmProxy();
  const port = await findFreePort();
  proxy.onError(() => undefined);
  // It reports every client that hangs up.
  console.log = console.error = console.info = () => undefined;
  proxy.onRequest((context, proceed) => {
    Object.assign(context.proxyToServerRequestOptions, {
      host: '127.0.0.1',
      port: cloudPort,
      servername: context.clientToProxyRequest.headers.host,
    });
    proceed();
  });
  await new Promise<void>((resolve, reject) => {
    proxy.listen(
      {
        host: '127.0.0.1',
        port,
        keepAlive: true,
        sslCaDir: folder,
        httpsAgent: new Agent({ keepAlive: true, ca: authority }),
      },
      (err) => (err ? reject(err) : resolve()),
    );
  });
  return { port, authority: await readFile(join(folder, 'certs', 'ca.pem'), 'utf8') };
}

/** What is used of it; its own types are not installed here. */
interface HttpMitmProxy {
  readonly Proxy: new () => {
    onError(handler: (context: unknown, err?: Error) => void): void;
    onRequest(
      handler: (
        context: {
          readonly proxyToServerRequestOptions: object;
          readonly clientToProxyRequest: { readonly headers: { readonly host?: string } };
        },
        proceed: () => void,
      ) => void,
    ): void;
    listen(options: object, done: (err?: Error) => void): void;
  };
}
