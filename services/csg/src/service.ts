// The proxy door: what a connection becomes, from the port to the cloud.
//
//   front         CONNECT, TLS with a certificate of ours
//   exchange      one call after the other: authorize, sign again, forward
//   upstream      connections to the clouds
//   keys, cloud-credentials   what is known of keys and lent to them, kept fresh from the database
//   usage         what was called, stored and logged
import path from 'node:path';
import { findEndpoint } from '@cloud-gateway/aws-services';
import { type Clock, createSkewGuard, systemClock } from '@cloud-gateway/clock';
import { createClockReporter, openServiceClouds } from '@cloud-gateway/clouds';
import { createStopStack, openVault, type ServiceDeps } from '@cloud-gateway/runtime';
import { createSigningKeyCache } from '@cloud-gateway/sigv4';
import { openStore } from '@cloud-gateway/store';
import { announceRoot } from './certificates/announce-root.ts';
import { openCertificates } from './certificates/open-certificates.ts';
import { createCredentialLender } from './cloud-credentials/create-credential-lender.ts';
import type { CsgConfig } from './config.ts';
import { createConnectionServer } from './exchange/create-connection-server.ts';
import { openSpool } from './exchange/spool.ts';
import { startFront } from './front/start-front.ts';
import { createKeyDirectory } from './keys/create-key-directory.ts';
import { openUpstream } from './upstream/open-upstream.ts';
import { createCallCounter } from './usage/create-call-counter.ts';
import { openUsage } from './usage/open-usage.ts';

export interface CsgDeps extends ServiceDeps {
  /** Default: the system's. */
  readonly clock?: Clock;
}

export interface Csg {
  /** `http://host:port`, for HTTPS_PROXY. */
  readonly url: string;
  readonly port: number;
  readonly rootPem: string;
  stop(): Promise<void>;
}

/** Opens everything and listens. Rejects with ConfigurationError when the root or the port cannot be used. */
export async function start(config: CsgConfig, deps: CsgDeps): Promise<Csg> {
  const { log, metrics, health, clock = systemClock } = deps;
  const stops = createStopStack();
  try {
    const { root, contexts } = await openCertificates(config, { clock });
    // Known keys go on without the database: nothing here may wait for it for long.
    const store = openStore({
      databaseUrl: config.GATEWAY_DATABASE_URL.reveal(),
      log,
      statementTimeoutMs: 3000,
      acquireTimeoutMs: 2000,
    });
    stops.add('store', () => store.close());
    const vault = await openVault(config);
    const clouds = openServiceClouds(config, { store, clock, log, metrics });
    stops.add('clouds', () => clouds.close());
    const clockReporter = createClockReporter({ store, clock, log });
    stops.add('clock reporter', () => clockReporter.stop());
    const lender = createCredentialLender({ store, vault, clouds, clock, log });
    stops.add('lent credentials', () => lender.stop());
    const keys = createKeyDirectory({
      store,
      vault,
      clock,
      log,
      offlineGraceMs: config.GATEWAY_CSG_OFFLINE_GRACE_MS,
    });
    stops.add('keys', () => keys.stop());
    const callCounts = createCallCounter({ store, clock, log });
    stops.add('call counts', () => callCounts.stop());
    const usage = await openUsage(
      {
        spoolDirectory: path.join(config.GATEWAY_CSG_SPOOL_FOLDER, 'usage'),
        accessLog: config.GATEWAY_CSG_ACCESS_LOG,
        logstashUrl: config.GATEWAY_CSG_LOGSTASH_URL,
      },
      { store, clock, log, metrics },
    );
    stops.add('usage', () => usage.stop(), usageFlushMs);
    const upstream = openUpstream(config, { clock, log });
    stops.add('upstream', () => upstream.close());

    const server = createConnectionServer({
      clock,
      log,
      keys,
      lender,
      upstream,
      usage,
      callCounts,
      signingKeys: createSigningKeyCache({ keysMax: 5000 }),
      skewGuard: createSkewGuard({
        clock,
        onTransition: (transition) => clockReporter.note({ cloud: 'ec2', ...transition }),
      }),
      spool: await openSpool({
        directory: path.join(config.GATEWAY_CSG_SPOOL_FOLDER, 'bodies'),
        fileBytesMax: config.GATEWAY_CSG_SPOOL_FILE_BYTES,
        totalBytesMax: config.GATEWAY_CSG_SPOOL_TOTAL_BYTES,
      }),
      config,
    });
    const front = await startFront({
      host: config.GATEWAY_CSG_HOST,
      port: config.GATEWAY_CSG_PORT,
      portSetting: 'GATEWAY_CSG_PORT',
      gatewayNames: [...config.GATEWAY_CSG_NAMES, new URL(config.GATEWAY_CSG_PUBLIC_URL).hostname],
      root,
      contexts,
      admit: admitHost,
      onConnection: (connection) => server.serve(connection),
      clock,
      log,
      openingTimeoutMs: config.GATEWAY_CSG_OPENING_TIMEOUT_MS,
      headBytesMax: 16 * 1024,
      connectionsMax: config.GATEWAY_CSG_CONNECTIONS_MAX,
      connectionsPerClientMax: config.GATEWAY_CSG_CONNECTIONS_PER_CLIENT_MAX,
    });
    stops.add(
      'front',
      async () => {
        const closed = front.close();
        await server.drain(drainTimeoutMs);
        front.destroyConnections();
        await closed;
      },
      drainTimeoutMs + 2000,
    );
    metrics.gauge('gateway_csg_connections', 'Open connections of clients.', [], (gauge) =>
      gauge.set(front.connections),
    );
    const announcing = announceRoot({ root, store, clock, log });
    stops.add('root announcement', () => announcing.stop());
    health.add('database', async () => {
      await store.ping();
      return true;
    });
    log.info('the proxy listens', { port: front.port, rootFingerprint: root.fingerprint256 });
    return {
      url: `http://${config.GATEWAY_CSG_HOST}:${front.port}`,
      port: front.port,
      rootPem: root.certificatePem,
      stop: () => stops.stop(),
    };
  } catch (err) {
    await stops.stop().catch(() => undefined);
    throw err;
  }
}

// Bodies that are under way get this long to finish.
const drainTimeoutMs = 10_000;
const usageFlushMs = 12_000;

/** Endpoints of AWS and nothing else: the proxy is no way to anywhere. */
function admitHost(
  host: string,
  port: number,
): { readonly ok: true } | { readonly ok: false; readonly message: string } {
  if (port === 443 && findEndpoint(host)) return { ok: true };
  return {
    ok: false,
    message: `${host}:${port} cannot be reached through this gateway: only endpoints of AWS on port 443 can.\n`,
  };
}
