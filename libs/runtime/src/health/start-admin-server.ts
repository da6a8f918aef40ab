// The door for the orchestrator and Prometheus: /livez, /readyz, /metrics. A port of its own, so that it is never
// reachable by way of the service's public one.
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '../logging/logger.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { HealthProbes, HealthReport } from './health.ts';

export interface AdminServerOptions {
  readonly host: string;
  /** 0 lets the operating system choose; the result says which. */
  readonly port: number;
  readonly health: HealthProbes;
  readonly metrics: Pick<Metrics, 'render'>;
  readonly log: Logger;
}

export interface AdminServer {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Listens. Rejects when the port is taken. */
export async function startAdminServer({
  host,
  port,
  health,
  metrics,
  log,
}: AdminServerOptions): Promise<AdminServer> {
  const pages: Readonly<Record<string, () => Promise<Page>>> = {
    '/livez': async () => healthPage(await health.live()),
    '/readyz': async () => healthPage(await health.ready()),
    '/metrics': async () => ({ status: 200, ...(await metrics.render()) }),
  };

  const server = createServer((req, res) => {
    const [path = ''] = (req.url ?? '').split('?', 1);
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (page === undefined) return send(res, textPage(404, 'There are /livez, /readyz and /metrics.'));
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.setHeader('allow', 'GET, HEAD');
      return send(res, textPage(405, 'Only GET and HEAD are allowed here.'));
    }
    page().then(
      (ready) => send(res, ready),
      (err: unknown) => {
        log.error('admin page failed', { path, err });
        send(res, textPage(500, 'This page failed; the log says why.'));
      },
    );
  });

  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    port: address.port,
    stop: () => close(server),
  };
}

interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

function healthPage(report: HealthReport): Page {
  return {
    status: report.ok ? 200 : 503,
    contentType: 'application/json',
    body: `${JSON.stringify(report)}\n`,
  };
}

function textPage(status: number, text: string): Page {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${text}\n` };
}

// Node leaves out the body of an answer to HEAD by itself.
function send(res: ServerResponse, { status, contentType, body }: Page): void {
  res.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (err) => {
      reject(new Error(`The admin server cannot listen on ${host}:${port}: ${err.message}`, { cause: err }));
    });
    server.listen(port, host, resolve);
  });
}

// Scrapers keep connections open; they are not worth waiting for.
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
